//! Misconduct: which table of acts holds, and what an act leads to.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conduct {
    /// Name of a table of acts, `data/acts/<name>.toml`.
    pub acts: String,
}
