//! Organisations that hold assessments themselves (试点企业): filings, their evaluation, the directory, cases.
mod attach;
mod case;
mod change;
mod evaluate;
mod file;
mod judge;
mod publish;
mod read;
mod scope;
mod sheets;
mod submit;

pub use crate::bundle::enterprise::Template;
pub use crate::bundle::enterprise::sheet::{Footer, Grid};
pub use crate::model::filing::*;
pub use crate::policy::enterprise::{Missing, Move, in_state, may_list, may_serve, may_submit};
pub use crate::store::views::enterprise::{Line, Talent};
pub use attach::Attach;
pub use case::Case;
pub use change::Change;
pub use evaluate::Evaluate;
pub use file::{File, Filed, read_file};
pub use judge::{Judge, Judged};
pub use publish::{Publish, Published};
pub use read::{Whole, lines, talents, whole};
pub(in crate::ops) use scope::Scope;
pub use scope::scope;
pub use sheets::{Of, directory, summary, write};
pub use submit::{Submit, Submitted};

use crate::model::{Code, CreditCode, Refusal};
use crate::ops::Result;
use crate::store::rows::{self, Connection};
use crate::store::{EvaluationRow, FilingRow, OrganisationRow};

pub const UNKNOWN: Code = Code("enterprise.unknown");
pub const NO_FILING: Code = Code("enterprise.no_filing");

/// By credit code or by name.
fn organisation(db: &Connection, who: &str) -> Result<OrganisationRow> {
    let code = CreditCode::parse(who).map_or_else(|_| who.trim().to_owned(), |code| code.as_str().to_owned());
    let found = rows::first::<OrganisationRow>(db, "WHERE credit_code = ?1 OR name = ?1 ORDER BY id", [&code])?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("organisation", who).into())
}

/// The organisation and its newest filing.
fn latest(db: &Connection, who: &str) -> Result<(OrganisationRow, FilingRow)> {
    filing(db, who, "WHERE organisation = ?1 ORDER BY round DESC")
}

/// The organisation and its filing in the directory, or the newest where none is in it.
fn in_force(db: &Connection, who: &str) -> Result<(OrganisationRow, FilingRow)> {
    filing(db, who, "WHERE organisation = ?1 ORDER BY state IN ('listed', 'suspended') DESC, round DESC")
}

fn filing(db: &Connection, who: &str, tail: &str) -> Result<(OrganisationRow, FilingRow)> {
    let organisation = organisation(db, who)?;
    let found = rows::first::<FilingRow>(db, tail, [organisation.id])?;
    let filing = found.ok_or_else(|| Refusal::new(NO_FILING).with("organisation", organisation.name.as_str()))?;
    Ok((organisation, filing))
}

/// What the last evaluation said.
fn last_result(db: &Connection, filing: i64) -> Result<Option<EvaluationResult>> {
    let last = rows::first::<EvaluationRow>(db, "WHERE filing = ?1 ORDER BY id DESC", [filing])?;
    Ok(last.map(|row| row.result))
}
