//! What is kept, for how long, and by whom is in [`super::responsible`].
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Archive {
    /// 试卷归档
    pub papers: bool,
    /// 原始文档
    pub originals: bool,
    /// 工作台账
    pub ledger: bool,
    /// Years that paper is kept.
    pub paper_years: Option<u8>,
    /// Years that electronic records are kept.
    pub electronic_years: Option<u8>,
}
