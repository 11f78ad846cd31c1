//! `rosters.send`: handed on, whole and unchanged only; `rosters.drop`: drawn up in vain.
use super::read::{by_id, stops_of};
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::signatures::FUTURE;
use crate::store::{RosterRow, RosterState};
use serde::Serialize;

pub const SEND_TO: Code = Code("rosters.send_to_needed");
pub const REASON: Code = Code("rosters.reason_needed");

#[derive(Debug, Clone, Serialize)]
pub struct Send {
    pub roster: i64,
    pub to: String,
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for Send {
    const KIND: &'static str = "rosters.send";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = RosterRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<RosterRow> {
        let (batch, policy) = (work.batch()?.id, work.policy()?.clone());
        let before = open(work, self.roster)?;
        if let Some(first) = stops_of(work.tx.db(), &policy, batch, &before)?.into_iter().next() {
            return Err(first.into());
        }
        let to = Some(self.to.trim()).filter(|to| !to.is_empty()).ok_or_else(|| Refusal::new(SEND_TO))?;
        let on = self.on.unwrap_or_else(|| work.now.day());
        if on > work.now.day() {
            return Err(Refusal::new(FUTURE).with("day", on.to_string()).into());
        }
        let after = RosterRow {
            state: RosterState::Sent,
            sent_on: Some(on),
            sent_to: Some(to.to_owned()),
            sent_by: Some(work.actor.operator()?),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(after)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Drop {
    pub roster: i64,
    pub reason: String,
}

impl Operation for Drop {
    const KIND: &'static str = "rosters.drop";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = RosterRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<RosterRow> {
        let reason = Some(self.reason.trim()).filter(|r| !r.is_empty()).ok_or_else(|| Refusal::new(REASON))?;
        let before = open(work, self.roster)?;
        let after =
            RosterRow { state: RosterState::Dropped, dropped_reason: Some(reason.to_owned()), ..before.clone() };
        work.tx.update(&before, &after)?;
        Ok(after)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

fn open(work: &Work<'_, '_>, id: i64) -> Result<RosterRow> {
    let row = by_id(work.tx.db(), work.batch()?.id, id)?;
    if row.state != RosterState::Made {
        let state = format!("roster_state.{}", row.state.code());
        return Err(Refusal::new(super::fill::NOT_OPEN).with("roster", id).word("state", state).into());
    }
    Ok(row)
}
