//! The plan of the exam as it is announced (S2-22), and the study material (S2-23).
use super::reviews::Body;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Announcement {
    pub contains: Vec<Announced>,
    /// Who makes the study material for theory, and for the practical part.
    #[serde(default)]
    pub theory_material: Option<Body>,
    #[serde(default)]
    pub practical_material: Option<Body>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Announced {
    Time,
    Place,
    Mode,
    /// 实操考核机构
    PracticalBody,
    Contact,
}
