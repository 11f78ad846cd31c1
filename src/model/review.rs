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

/// What a review comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ReviewDecision {
    Pass,
    /// 退回: for correction, then a new round.
    Return,
    /// 不予通过: out of the batch.
    Reject,
}

impl ReviewDecision {
    pub const ALL: [ReviewDecision; 3] = [ReviewDecision::Pass, ReviewDecision::Return, ReviewDecision::Reject];

    pub fn code(self) -> &'static str {
        match self {
            ReviewDecision::Pass => "pass",
            ReviewDecision::Return => "return",
            ReviewDecision::Reject => "reject",
        }
    }

    pub fn parse(code: &str) -> Option<ReviewDecision> {
        ReviewDecision::ALL.into_iter().find(|decision| decision.code() == code)
    }

    pub fn key(self) -> String {
        format!("review_decision.{}", self.code())
    }
}
