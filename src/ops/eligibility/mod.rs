//! Evidence of an application, and whether its conditions are met.
mod evidence;

pub use crate::policy::eligibility::evidence::{Part, classes, parts};
pub use evidence::{AddEvidence, AmendEvidence, JudgeEvidence, RemoveEvidence, recorded};
