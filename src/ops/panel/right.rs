//! Who may do what at a panel, beyond their role.
use super::board::Board;
use super::proof::operator_of;
use crate::model::{ApplicationId, Code, MemberId, OperatorId, Refusal, Role};
use crate::ops::{PanelCandidateRow, PanelMemberRow, PanelSignatureRow, Result, Work};
use crate::store::rows::{self, Connection};

pub const CHAIR_ONLY: Code = Code("panel.chair_only");
pub const NOT_A_MEMBER: Code = Code("panel.not_a_member");
pub const OWN_PANEL: Code = Code("panel.own_panel");
pub const DECIDED: Code = Code("panel.decided");
pub const SIGNED: Code = Code("panel.signed");
pub const NOT_JUDGING: Code = Code("panel.not_judging");

/// The sitting member whom an operator is.
pub(super) fn member_of(db: &Connection, board: &Board, operator: Option<OperatorId>) -> Result<Option<MemberId>> {
    let Some(operator) = operator else { return Ok(None) };
    for member in board.sitting() {
        if operator_of(db, member)?.is_some_and(|row| row.id == operator) {
            return Ok(Some(member.id));
        }
    }
    Ok(None)
}

/// A coordinator, or somebody who sits on the panel.
pub(super) fn keeps(work: &Work<'_, '_>, board: &Board) -> Result<()> {
    let sits = || Ok::<_, crate::ops::Error>(member_of(work.tx.db(), board, work.actor.id)?.is_some());
    if work.actor.has(Role::Coordinator) || sits()? {
        return Ok(());
    }
    Err(Refusal::new(NOT_A_MEMBER).with("panel", board.panel.name.as_str()).into())
}

/// A coordinator, or the chair.
pub(super) fn leads(work: &Work<'_, '_>, board: &Board) -> Result<()> {
    let chair = board.chair();
    let own = member_of(work.tx.db(), board, work.actor.id)?;
    if work.actor.has(Role::Coordinator) || own.is_some() && own == chair.map(|m| m.id) {
        return Ok(());
    }
    Err(chair_only(board).into())
}

pub(super) fn chair_only(board: &Board) -> Refusal {
    let name = board.chair().map_or("-", |m| m.name.as_str());
    Refusal::new(CHAIR_ONLY).with("panel", board.panel.name.as_str()).with("chair", name)
}

/// Nobody takes back a ruling in which they had a part.
pub(super) fn outside(work: &Work<'_, '_>, board: &Board) -> Result<()> {
    let had_a_part = |member: &PanelMemberRow| -> Result<bool> {
        Ok(operator_of(work.tx.db(), member)?.is_some_and(|row| Some(row.id) == work.actor.id))
    };
    for member in &board.members {
        if had_a_part(member)? {
            return Err(Refusal::new(OWN_PANEL).with("panel", board.panel.name.as_str()).into());
        }
    }
    Ok(())
}

/// Whether a member's sheet for a candidate may be written: until they sign, and not once the chair has decided.
pub(super) fn may_write(work: &Work<'_, '_>, member: &PanelMemberRow, who: ApplicationId) -> Result<()> {
    let db = work.tx.db();
    if member.left_at.is_some() {
        return Err(Refusal::new(super::sign::LEFT).with("member", member.name.as_str()).into());
    }
    if !super::Seats::load(db, member.panel)?.judges(member.id, who) {
        return Err(Refusal::new(NOT_JUDGING).with("member", member.name.as_str()).into());
    }
    let tail = "WHERE panel = ?1 AND application = ?2 AND ruling IS NOT NULL";
    if rows::first::<PanelCandidateRow>(db, tail, (member.panel, who))?.is_some() {
        return Err(Refusal::new(DECIDED).into());
    }
    if rows::first::<PanelSignatureRow>(db, "WHERE member = ?1", [member.id])?.is_some() {
        let board = super::board::of_panel(db, work.policy()?, member.panel)?;
        if board.signature(member.id, &board.digest()).is_some() {
            return Err(Refusal::new(SIGNED).with("member", member.name.as_str()).into());
        }
    }
    Ok(())
}
