//! Review panels (综合评审) for levels 2 and 1: forming, sheets, the ruling (S1-22).
mod board;
mod chair;
mod draw;
mod experts;
mod form;
mod leave;
mod list;
mod minutes;
mod missing;
mod move_to;
mod plan;
mod pool;
mod proof;
mod recuse;
mod reopen;
mod rereview;
mod right;
mod rule;
mod score;
mod seal;
mod seats;
mod show;
mod sign;
mod stand_in;
mod timing;

pub use crate::policy::criteria::{Criterion, Items, Mandatory, Plan, read as read_items, read_fails};
pub use crate::policy::panel::Ask;
pub use chair::TakeChair;
pub use draw::{Draw, DrawPlan, DrawnPanels, Excluded, Planned, PlannedCandidate, PlannedMember, Unseated, draw_plan};
pub use experts::{ExpertLine, Pair, experts};
pub use form::{Form, Formed, MEMBER_TWICE, NAME_EMPTY, NAME_TAKEN, NewMember, Recused};
pub use leave::{Gone, Leave, NewChair, Replace};
pub use list::{Summary, panels};
pub use minutes::{CandidateFact, MemberFact, Minutes, MinutesFacts, RecusalFact, minutes};
pub use missing::{Missing, Next, some};
pub use move_to::{Move, Moved};
pub use plan::{criteria_faults, plan, plan_for, rule_of};
pub use proof::{Needs, Proof, needs, on_paper, prove};
pub use recuse::{Conflict, Recusal, Recuse, conflicts, refuse_conflicts};
pub use reopen::{Reopen, Reopened};
pub use rereview::{Rereview, Superseded};
pub use rule::{Question, Rule, question};
pub use score::{Score, UNKNOWN_MEMBER, own_sheet, read_points};
pub use seal::{Seal, Sealed};
pub use seats::Seats;
pub use show::{Candidate, Sheet, Signed, View, named, show, waiting};
pub use sign::{Sign, Signature};
pub use stand_in::{Short, StandIn};
pub use timing::{Begin, End};

use crate::model::{ApplicationId, Code, MemberId, PanelId, Refusal};
use crate::ops::{ApplicationRow, PanelMemberRow, PanelRow, PanelState, Result, Work, unit};
use crate::policy::Policy;
use crate::store::rows;
use crate::store::views::panels::{self as stored};

pub const UNKNOWN: Code = Code("panel.unknown");
pub const SEALED: Code = Code("panel.sealed");
pub const REPLACED: Code = Code("panel.replaced");

/// A panel of the batch at hand.
fn find(work: &Work<'_, '_>, panel: PanelId) -> Result<PanelRow> {
    let (batch, policy) = (work.batch()?.id, work.policy()?);
    let row = rows::first::<PanelRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (panel, batch))?
        .ok_or_else(|| Refusal::new(UNKNOWN).with("panel", panel.to_string()))?;
    let own = unit::of_actor(work.tx.db(), policy, work.actor)?;
    if unit::sees(own.as_ref(), row.unit.as_ref()) {
        return Ok(row);
    }
    Err(other_unit(policy, own.as_ref(), row.unit.as_ref()).into())
}

/// A unit forms and sees the panels of its own candidates (S1-22, S1-35).
fn other_unit(policy: &Policy, own: Option<&String>, unit: Option<&String>) -> Refusal {
    let name = |code: Option<&String>| code.map(|c| unit::name(policy, c).to_owned()).unwrap_or_else(|| "-".to_owned());
    Refusal::new(unit::OTHER_UNIT).with("unit", name(unit)).with("own", name(own))
}

/// The same, refused when it is sealed.
fn find_open(work: &Work<'_, '_>, panel: PanelId) -> Result<PanelRow> {
    let row = find(work, panel)?;
    match row.state {
        PanelState::Open => Ok(row),
        PanelState::Sealed => Err(Refusal::new(SEALED).with("panel", row.name).into()),
    }
}

fn member_of(work: &Work<'_, '_>, member: MemberId) -> Result<PanelMemberRow> {
    let unknown = || Refusal::new(score::UNKNOWN_MEMBER).with("member", member.to_string());
    Ok(rows::first::<PanelMemberRow>(work.tx.db(), "WHERE id = ?1", [member])?.ok_or_else(unknown)?)
}

/// One whom the panel judges.
fn candidate_of(work: &Work<'_, '_>, panel: &PanelRow, id: ApplicationId) -> Result<stored::Candidate> {
    let found = stored::candidates(work.tx.db(), panel.id)?.into_iter().find(|c| c.application == id);
    let unknown = || Refusal::new(score::NOT_A_CANDIDATE).with("id", id).with("panel", panel.name.as_str());
    Ok(found.ok_or_else(unknown)?)
}

/// Name of somebody of the batch at hand.
fn name_of(work: &Work<'_, '_>, id: ApplicationId) -> Result<String> {
    let found = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, work.batch()?.id))?;
    Ok(found.map(|row| row.name).ok_or_else(|| Refusal::new(form::NOT_IN_BATCH).with("id", id))?)
}
