//! Evidence of an application, and whether its conditions are met.
mod bench;
mod draft;
mod evidence;
mod explain;
mod pieces;

pub use crate::policy::eligibility::evidence::{Part, classes, parts};
pub use crate::policy::eligibility::{Condition, Finding, Missing, Short, Span, Standing, Words};
pub use bench::{Bench, Set, reference};
pub use draft::{NOT_A_CHOICE, choices, read, written};
pub use evidence::{AddEvidence, AmendEvidence, JudgeEvidence, RemoveEvidence, by_number, changeable, recorded};
pub(in crate::ops) use explain::Judging;
pub use explain::{
    BranchShown, ConditionShown, Explanation, RulesUsed, Summary, SummaryLine, Years, check_all, explain,
};
pub use pieces::{Origin, Piece, pieces};

/// Every fault of a rule file with this text; what it inherits comes from the site's files.
pub fn rule_faults(assets: &crate::config::Assets, code: &str, text: &str) -> Vec<crate::ops::PolicyFault> {
    let read = |wanted: &str| {
        let own = (wanted == code).then(|| text.to_owned());
        own.or_else(|| assets.read(&format!("rules/{wanted}.toml")))
    };
    crate::policy::eligibility::check(code, &read)
}
