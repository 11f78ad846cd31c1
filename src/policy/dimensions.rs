//! What is looked at besides the parts of the exam (S3-22, S3-23).
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Dimensions {
    pub weigh: Vec<Dimension>,
    pub outline: Vec<Topic>,
    /// Whether a mark for performance at work may be recorded beside the others.
    pub work_performance_mark: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Dimension {
    /// 品德
    Morality,
    /// 能力
    Ability,
    /// 业绩
    Performance,
    /// 职业素养
    Professionalism,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Topic {
    Theory,
    TechnicalRequirements,
    Law,
    SafetyNorms,
    EmergencyHandling,
    WorkPerformance,
    ProductionResults,
    Innovation,
}
