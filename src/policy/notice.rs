//! Who issued the notice and where to read it (S1-01).
use super::Moment;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Notice {
    /// Name of the policy file without `.toml`.
    pub code: String,
    pub issuer: String,
    /// 文号; some notices carry none.
    #[serde(default)]
    pub document: Option<String>,
    pub date: Moment,
    pub title: String,
    /// Year of the assessment, printed on forms and in tickets.
    pub year: i32,
    #[serde(default)]
    pub link: Option<String>,
    /// Documents the notice refers to (依据).
    #[serde(default)]
    pub basis: Vec<String>,
}

#[cfg(test)]
pub(super) mod tests;
