//! What has to stand on paper before a result document (资格文件) is given out, and how many sign it.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Documents {
    /// Blocks of marks on the form that are signed and stamped first (S2-38, S2-39).
    pub blocks: Vec<Block>,
    /// How many sign a document, and each block.
    pub signers: u8,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Block {
    Theory,
    Practical,
}

impl Default for Documents {
    fn default() -> Documents {
        Documents { blocks: Vec::new(), signers: 1 }
    }
}
