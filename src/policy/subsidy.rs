//! 技能提升补贴: what a holder may claim under another document (S4-12). The program lists, it pays nothing.
use crate::model::Level;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Subsidy {
    /// The document that grants it.
    pub document: String,
    pub caps: Vec<SubsidyCap>,
    /// Months of unemployment insurance that must be paid.
    pub insured_months: u8,
    /// Months after the issue of the certificate.
    pub claim_within_months: u8,
    pub most_per_year: u8,
    /// Whether one occupation and level is paid for once only.
    pub once_each: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct SubsidyCap {
    pub level: Level,
    /// Fen, at most.
    pub amount: i64,
}

impl Subsidy {
    /// In fen; `None` for a level that is not subsidised.
    pub fn cap(&self, level: Level) -> Option<i64> {
        self.caps.iter().find(|c| c.level == level).map(|c| c.amount)
    }
}
