//! Training that a notice offers before the exam. It never decides who may sit.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Training {
    /// Whether a person chooses; otherwise it belongs to registration.
    pub voluntary: bool,
    pub online: bool,
    /// Codes or names of occupations; empty while they are not announced.
    #[serde(default)]
    pub occupations: Vec<String>,
    /// Whether its time is announced later.
    #[serde(default)]
    pub announced_later: bool,
}
