//! `entry.settle`: a coordinator who typed neither entry decides what becomes of two that differ.
use super::paper::{Live, Reader, UNKNOWN};
use super::save::{not_locked, settle_mark};
use crate::model::entry::Slot;
use crate::model::{ApplicationId, Code, Mark, Refusal, Role, Subject};
use crate::ops::{Operation, Result, Work};
use crate::policy::marking::{self, MarkFacts};
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
    /// The coordinator's own mark, where three markers stay apart.
    Arbitrate(Mark),
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
    /// Whose mark it is, or its script number.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let (batch, settler) = (work.batch()?.id, work.actor.operator()?);
        let tail = "WHERE id = ?1 AND batch = ?2";
        let person = rows::first::<ApplicationRow>(work.tx.db(), tail, (self.application, batch))?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("id", self.application))?;
        let of = (self.application, self.subject);
        not_locked(work, of)?;
        let live = Reader::Tx(work.tx).live(self.application, self.subject)?;
        let state = live.state.clone();
        match self.action {
            Action::Keep(slot) => {
                state.keep(settler, slot)?;
                keep(work, &live, slot)?;
            }
            Action::DiscardBoth => {
                state.discard(settler)?;
                all_become(work, &live, EntryState::Discarded)?;
            }
            Action::SendBack(slot) => {
                state.send_back(settler, slot)?;
                for row in &live.rows {
                    let own = if row.slot == slot.number() { EntryState::Returned } else { EntryState::Open };
                    become_state(work, row, own)?;
                }
            }
            Action::Arbitrate(mark) => {
                on_scale(work, mark)?;
                state.arbitrate(settler, mark)?;
                all_become(work, &live, EntryState::Matched)?;
                settle_mark(work, of, mark)?;
            }
        }
        Reader::Tx(work.tx).label(&person, self.subject)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

fn on_scale(work: &Work<'_, '_>, mark: Mark) -> Result<()> {
    let verdict = marking::check(&work.policy()?.marking, mark, MarkFacts::default());
    match verdict.errors.into_iter().next() {
        Some(error) => Err(error.into()),
        None => Ok(()),
    }
}

/// The other one goes first, so that its place is free.
fn keep(work: &mut Work<'_, '_>, live: &Live, slot: Slot) -> Result<()> {
    let kept = live.row(slot)?;
    for row in live.rows.iter().filter(|row| row.id != kept.id) {
        become_state(work, row, EntryState::Discarded)?;
    }
    let after = EntryRow { slot: Slot::First.number(), state: EntryState::Open, ..kept.clone() };
    if after != *kept {
        work.tx.update(kept, &after)?;
    }
    Ok(())
}

fn all_become(work: &mut Work<'_, '_>, live: &Live, state: EntryState) -> Result<()> {
    live.rows.iter().try_for_each(|row| become_state(work, row, state))
}

fn become_state(work: &mut Work<'_, '_>, row: &EntryRow, state: EntryState) -> Result<()> {
    if row.state != state {
        work.tx.update(row, &EntryRow { state, ..row.clone() })?;
    }
    Ok(())
}
