//! Conditions for applying (申报条件): rule sets as data, and the evaluation that explains itself.
//!
//! Every answer has three values. Met names the evidence that proves it; not met says by how much; undecidable names
//! what must be asked for. Nothing here reads what the applicant claims in one number.
mod assess;
mod certificate;
pub mod evidence;
mod finding;
mod judge;
mod papers;
mod read;
mod rules;
mod span;
mod work;

pub use assess::{Assessment, BranchResult};
pub use evidence::Part;
pub use finding::{Clock, Finding, Missing, Short, Standing};
pub use judge::{Facts, Judge, Wording};
pub use read::{Checked, check, load};
pub use rules::{Branch, CertificateNeed, Condition, EducationNeed, EngagedNeed, RuleSet, TitleNeed, Words};
pub use span::Span;

#[cfg(test)]
mod tests;
