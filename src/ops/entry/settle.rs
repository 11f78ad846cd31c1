//! `entry.settle`: a coordinator who typed neither entry decides what becomes of two that differ.
use super::paper::{Live, Reader, UNKNOWN};
use crate::model::entry::Slot;
use crate::model::{ApplicationId, Code, Refusal, Role, Subject};
use crate::ops::{Operation, Result, Work, marks};
use crate::store::{ApplicationRow, EntryRow, EntryState, rows};
use serde::Serialize;

pub const REASON: Code = Code("entry.reason_needed");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Action {
    /// The other one is discarded; the kept one needs a new second entry by somebody else than its typist.
    Keep(Slot),
    DiscardBoth,
    /// To its own typist, to look at the paper again.
    SendBack(Slot),
}

#[derive(Debug, Clone, Serialize)]
pub struct Settle {
    pub application: ApplicationId,
    pub subject: Subject,
    pub action: Action,
    pub reason: String,
}

impl Operation for Settle {
    const KIND: &'static str = "entry.settle";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Whose mark it is.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let (batch, settler) = (work.batch()?.id, work.actor.operator()?);
        let tail = "WHERE id = ?1 AND batch = ?2";
        let person = rows::first::<ApplicationRow>(work.tx.db(), tail, (self.application, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("id", self.application))?;
        marks::refuse_locked(work.tx.db(), self.application, self.subject)?;
        let live = Reader::Tx(work.tx).live(self.application, self.subject)?;
        match self.action {
            Action::Keep(slot) => {
                live.state.keep(settler, slot)?;
                keep(work, &live, slot)?;
            }
            Action::DiscardBoth => {
                live.state.discard(settler)?;
                for row in &live.rows {
                    become_state(work, row, EntryState::Discarded)?;
                }
            }
            Action::SendBack(slot) => {
                live.state.send_back(settler, slot)?;
                become_state(work, live.row(slot)?, EntryState::Returned)?;
                become_state(work, live.row(slot.other())?, EntryState::Open)?;
            }
        }
        Ok(person.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// The other one goes first, so that its place is free.
fn keep(work: &mut Work<'_, '_>, live: &Live, slot: Slot) -> Result<()> {
    become_state(work, live.row(slot.other())?, EntryState::Discarded)?;
    let kept = live.row(slot)?;
    let after = EntryRow { slot: Slot::First.number(), state: EntryState::Open, ..kept.clone() };
    if after != *kept {
        work.tx.update(kept, &after)?;
    }
    Ok(())
}

fn become_state(work: &mut Work<'_, '_>, row: &EntryRow, state: EntryState) -> Result<()> {
    if row.state != state {
        work.tx.update(row, &EntryRow { state, ..row.clone() })?;
    }
    Ok(())
}
