//! What follows from false papers or misconduct (S1-43).
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sanction {
    pub act: Act,
    pub effects: Vec<Effect>,
    /// Years barred from applying.
    #[serde(default)]
    pub barred_years: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 伪造、瞒报、误报
    FalseMaterials,
    Misconduct,
    Cheating,
    Impersonation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    LoseExam,
    LoseSubject,
    LoseMarks,
    LoseCertificate,
    Criticism,
}
