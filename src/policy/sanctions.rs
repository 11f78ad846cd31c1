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
    /// 超范围认定、授权委托他人 (S3-32)
    OutOfScope,
    /// 落实不到位 (S4-32)
    PoorProgress,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    LoseExam,
    LoseSubject,
    LoseMarks,
    LoseCertificate,
    /// 通报批评
    Criticism,
    /// 核查处理 (S3-37)
    Inquiry,
}
