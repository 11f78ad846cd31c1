//! The filing of an organisation that holds the assessment itself (S3-13 to S3-17).
use super::stamps::StampBy;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Filing {
    /// Who deals with the filing, in order.
    pub chain: Vec<StampBy>,
    /// In how many batches the directory is published.
    pub batches: u8,
    /// Papers that show the basic conditions stand beside the form.
    pub condition_list: bool,
    /// Both on paper and as files (S3-28).
    pub media: Vec<Medium>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Medium {
    Paper,
    Electronic,
}
