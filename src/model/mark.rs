//! What stands in one box of a score sheet. Absent, void, zero and not-required are four different things.
use super::Points;
use serde::{Deserialize, Serialize};
use std::fmt;

/// A mark as entered or settled. "Not required" is not a mark: it follows from the level and the policy.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    /// 0 points is a mark like any other.
    Points(Points),
    /// 缺考
    Absent,
    /// 作废: the script counts for nothing, after an incident.
    Void,
}

impl Mark {
    pub fn kind(self) -> &'static str {
        match self {
            Mark::Points(_) => "points",
            Mark::Absent => "absent",
            Mark::Void => "void",
        }
    }

    pub fn points(self) -> Option<Points> {
        match self {
            Mark::Points(p) => Some(p),
            Mark::Absent | Mark::Void => None,
        }
    }

    /// What stands on score sheets and command lines: `86.5`, `absent` or `缺考`, `void` or `作废`.
    pub fn parse(text: &str) -> Option<Mark> {
        match text {
            "absent" | "缺考" => Some(Mark::Absent),
            "void" | "作废" => Some(Mark::Void),
            _ => Points::parse(text).map(Mark::Points),
        }
    }

    /// Rebuilds a mark from its two stored columns; `None` when they do not fit together.
    pub fn from_parts(kind: &str, points: Option<Points>) -> Option<Mark> {
        match (kind, points) {
            ("points", Some(p)) => Some(Mark::Points(p)),
            ("absent", None) => Some(Mark::Absent),
            ("void", None) => Some(Mark::Void),
            _ => None,
        }
    }
}

impl fmt::Display for Mark {
    /// The form for machines, which [`Mark::parse`] reads; people get words.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Mark::Points(points) => points.fmt(f),
            Mark::Absent | Mark::Void => f.pad(self.kind()),
        }
    }
}
