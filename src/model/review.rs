//! The two examinations of an application.
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewStep {
    /// 初审
    First,
    /// 复审
    Second,
}

impl ReviewStep {
    pub const ALL: [ReviewStep; 2] = [ReviewStep::First, ReviewStep::Second];

    pub fn code(self) -> &'static str {
        match self {
            ReviewStep::First => "first",
            ReviewStep::Second => "second",
        }
    }

    pub fn parse(code: &str) -> Option<ReviewStep> {
        ReviewStep::ALL.into_iter().find(|step| step.code() == code)
    }

    pub fn key(self) -> String {
        format!("review_step.{}", self.code())
    }
}
