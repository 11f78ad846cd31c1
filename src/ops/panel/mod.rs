//! Review panels (综合评审) for levels 2 and 1: forming, sheets, the ruling (S1-22).
mod board;
mod form;
mod list;
mod minutes;
mod missing;
mod plan;
mod proof;
mod reopen;
mod right;
mod rule;
mod score;
mod seal;
mod seats;
mod show;
mod sign;
mod timing;

pub use crate::policy::panel::Ask;
pub use form::{Form, Formed, MEMBER_TWICE, NAME_EMPTY, NAME_TAKEN, NewMember, Recused};
pub use list::{Summary, panels};
pub use minutes::{CandidateFact, MemberFact, Minutes, MinutesFacts, RecusalFact, minutes};
pub use missing::{Missing, Next, some};
pub use plan::{criteria_faults, plan, plan_for, rule_of};
pub use proof::{Needs, Proof, needs, on_paper, prove};
pub use reopen::{Reopen, Reopened};
pub use rule::{Question, Rule, question};
pub use score::{Score, UNKNOWN_MEMBER, own_sheet, read_points};
pub use seal::{Seal, Sealed};
pub use seats::Seats;
pub use show::{Candidate, Sheet, Signed, View, named, show, waiting};
pub use sign::{Sign, Signature};
pub use timing::{Begin, End};

use crate::model::{Code, PanelId, Refusal};
use crate::ops::{PanelRow, PanelState, Result, Work};
use crate::store::rows;

pub const UNKNOWN: Code = Code("panel.unknown");
pub const SEALED: Code = Code("panel.sealed");
pub const REPLACED: Code = Code("panel.replaced");

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
