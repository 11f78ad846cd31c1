//! Review panels (综合评审) for levels 2 and 1: forming, sheets, the ruling (S1-22).
mod form;
mod plan;
mod reopen;
mod score;
mod seal;
mod seats;
mod show;

pub use crate::store::views::panels::Summary;
pub use form::{Form, Formed, MEMBER_TWICE, NAME_EMPTY, NAME_TAKEN, NewMember, Recused};
pub use plan::{criteria_faults, plan, plan_for, rule_of};
pub use reopen::{Reopen, Reopened};
pub use score::{Score, UNKNOWN_MEMBER, own_sheet, read_points};
pub use seal::{Seal, Sealed};
pub use seats::Seats;
pub use show::{Candidate, Sheet, View, named, panels, show, waiting};

use crate::model::{Code, PanelId, Refusal};
use crate::ops::{PanelRow, PanelState, Result, Work};
use crate::store::rows;

pub const UNKNOWN: Code = Code("panel.unknown");
pub const SEALED: Code = Code("panel.sealed");

/// A panel of the batch at hand.
fn find(work: &Work<'_, '_>, panel: PanelId) -> Result<PanelRow> {
    let batch = work.batch()?.id;
    rows::first::<PanelRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (panel, batch))?
        .ok_or_else(|| Refusal::new(UNKNOWN).with("panel", panel.to_string()).into())
}

/// The same, refused when it is sealed.
fn find_open(work: &Work<'_, '_>, panel: PanelId) -> Result<PanelRow> {
    let row = find(work, panel)?;
    match row.state {
        PanelState::Open => Ok(row),
        PanelState::Sealed => Err(Refusal::new(SEALED).with("panel", row.name).into()),
    }
}
