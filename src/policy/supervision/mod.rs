//! Quality supervision (质量督导) and complaints: how many look, and how soon somebody answers.
pub mod complaint;
pub mod draw;
pub mod inspection;

use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Supervision {
    /// Supervisors drawn for each object.
    pub per_object: u8,
    /// Every session has a supervision record (逢考必督).
    pub every_session: bool,
    /// Working days until a complaint is taken up or refused.
    pub look_within: u8,
    /// Working days from then until it is decided.
    pub decide_within: u8,
}
