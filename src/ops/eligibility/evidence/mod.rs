//! Recording what an applicant brings forward. The journal keeps each piece as it was before and after.
mod add;
mod amend;
mod judge;
mod remove;

pub use add::AddEvidence;
pub use amend::AmendEvidence;
pub use judge::JudgeEvidence;
pub use remove::RemoveEvidence;

use crate::model::{ApplicationId, Code, Evidence, Refusal};
use crate::ops::applications::UNKNOWN;
use crate::ops::{Result, Site, Work};
use crate::store::{ApplicationRow, ApplicationState, EvidenceRow, rows};

pub const FROZEN: Code = Code("evidence.frozen");
pub const NOT_LIVE: Code = Code("evidence.not_live");
pub const NO_SUCH: Code = Code("evidence.unknown");
pub const REASON: Code = Code("evidence.reason_needed");

/// The recorded pieces of an application, oldest entry first.
pub fn recorded(site: &Site, application: ApplicationId) -> Result<Vec<EvidenceRow>> {
    Ok(rows::select::<EvidenceRow>(site.store().db(), "WHERE application = ?1 ORDER BY id", [application])?)
}

/// One recorded piece of the batch at hand.
pub fn by_number(site: &Site, id: i64) -> Result<Evidence> {
    let own = "WHERE id = ?1 AND application IN (SELECT id FROM application WHERE batch = ?2)";
    let row = rows::first::<EvidenceRow>(site.store().db(), own, (id, site.batch()?.id))?;
    Ok(row.ok_or_else(|| Refusal::new(NO_SUCH).with("id", id))?.evidence())
}

/// An application whose evidence may still change: in the batch, not yet approved.
fn open(work: &Work<'_, '_>, id: ApplicationId) -> Result<ApplicationRow> {
    let batch = work.batch()?.id;
    let row = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, batch))?
        .ok_or_else(|| Refusal::new(UNKNOWN).with("id", id))?;
    changeable(&row)?;
    Ok(row)
}

/// Whether the evidence of an application may still change.
pub fn changeable(row: &ApplicationRow) -> Result<(), Refusal> {
    match row.state {
        ApplicationState::Submitted | ApplicationState::Returned => Ok(()),
        ApplicationState::Approved => Err(Refusal::new(FROZEN).with("name", row.name.as_str())),
        _ => Err(Refusal::new(NOT_LIVE).with("name", row.name.as_str())),
    }
}

/// A recorded piece whose application may still change.
fn piece(work: &Work<'_, '_>, id: i64) -> Result<EvidenceRow> {
    let row = rows::first::<EvidenceRow>(work.tx.db(), "WHERE id = ?1", [id])?;
    let row = row.ok_or_else(|| Refusal::new(NO_SUCH).with("id", id))?;
    open(work, row.application)?;
    Ok(row)
}
