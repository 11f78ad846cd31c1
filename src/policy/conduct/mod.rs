//! Misconduct: which table of acts holds, what an act leads to, and what that does to marks.
mod acts;
mod effects;
mod outcome;

pub use acts::{Act, Acts, check, load};
pub use effects::{OnMark, after_effects};
pub use outcome::{Bar, DecisionFacts, Manner, Outcome, Reach, decide, due, effects};

use crate::model::Code;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conduct {
    /// Name of a table of acts, `data/acts/<name>.toml`.
    pub acts: String,
}

pub const UNKNOWN_ACT: Code = Code("conduct.unknown_act");
/// The act counts only once somebody was warned.
pub const NEEDS_WARNING: Code = Code("conduct.needs_warning");
pub const TOO_HARSH: Code = Code("conduct.too_harsh");
pub const NOT_IN_TABLE: Code = Code("conduct.not_in_table");
pub const MILDER_REASON: Code = Code("conduct.milder_reason");
