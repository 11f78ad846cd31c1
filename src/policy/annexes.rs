//! The annexes of a notice (附件), and which of them came without their text (S0-42).
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Annex {
    pub number: u8,
    pub title: String,
    /// Whether its text came with the notice; if not, it is to be asked for.
    pub supplied: bool,
    /// Code of the policy whose annex is used until then.
    #[serde(default)]
    pub stand_in: Option<String>,
}
