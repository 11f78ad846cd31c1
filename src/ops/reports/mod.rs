//! What a notice wants counted and told: people on duty and their certificates, the special ledger, subsidies, enterprises,
//! the plan of the exam. Nothing here decides a result; it reads what others decided.
mod board;
mod claim;
mod duty;
mod enterprises;
mod import;
mod insure;
mod ledger;
mod plan;
mod snapshot;
mod subsidy;

pub use crate::bundle::duty_sheet::{headings as duty_headings, insured_headings};
pub use crate::policy::duty::{Figures, Holding, Outlook};
pub use crate::policy::filing::Medium;
pub use crate::policy::targets::TargetKind;
pub use crate::store::views::duty::Planned;
pub use board::{Board, Certificate, Department, PersonLine, board, holders};
pub use claim::{Claim, Earlier, Withdraw};
pub use duty::{Add, Change, Leave, Particulars, named};
pub use enterprises::{Enterprises, Entry, Round, UnitCount, enterprises};
pub use import::{Import, Imported, read_file};
pub use insure::{Insure, Insured, read_insurance};
pub use ledger::{ActivityLine, Record, Remove, activities};
pub use plan::{Plan, plan};
pub use snapshot::{SnapshotLine, TakeSnapshot, snapshots};
pub use subsidy::{Line as SubsidyLine, List, State as SubsidyState, list as subsidies};

use crate::model::{DocumentKind, Refusal, fold};

/// Folded text, nothing where it is blank.
fn some(text: Option<&str>) -> Option<String> {
    text.map(|t| fold::text(t).into_owned()).filter(|t| !t.is_empty())
}

/// The stored form of a document's number; an identity card where no kind is named.
fn identity(document: Option<DocumentKind>, number: &str) -> Result<(DocumentKind, String), Refusal> {
    let document = document.unwrap_or(DocumentKind::ResidentId);
    Ok((document, document.number(number)?.into_owned()))
}

/// Hundredths of a percent as people write them: `83.33%`.
pub fn percent(rate: Option<u64>) -> String {
    rate.map(|rate| format!("{}.{:02}%", rate / 100, rate % 100)).unwrap_or_default()
}
