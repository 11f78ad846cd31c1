//! `entry.save`: types one mark; whether it is the first entry, the second or a correction follows from what stands.
use super::paper::{Live, Reader};
use crate::model::entry::{Entries, Slot, Turn, Typed};
use crate::model::{ApplicationId, Code, EntryId, Mark, Refusal, Role, Subject};
use crate::ops::{Operation, Result, Work};
use crate::store::{EntryRow, EntrySource, EntryState, MarkKind, MarkRow};
use serde::Serialize;

pub const WARNINGS: Code = Code("entry.warnings");

/// Whoever settles never types.
pub(super) const TYPISTS: &[Role] = &[Role::Typist];

#[derive(Debug, Clone, Serialize)]
pub struct Save {
    pub application: ApplicationId,
    pub subject: Subject,
    pub mark: Mark,
    /// Warnings that the typist has seen and means.
    pub accepted: Vec<Code>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// Waits for somebody else's entry.
    Waits,
    Settled,
    Differs,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Saved {
    pub name: String,
    pub turn: Turn,
    pub outcome: Outcome,
}

impl Operation for Save {
    const KIND: &'static str = "entry.save";
    const ROLES: &'static [Role] = TYPISTS;
    type Out = Saved;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Saved> {
        let typed = Typed { operator: work.actor.operator()?, mark: self.mark };
        let (batch, of) = (work.batch()?.id, (self.application, self.subject));
        let reader = Reader::Tx(work.tx);
        let name = reader.person(work.policy()?, batch, of)?.name;
        let live = reader.live(self.application, self.subject)?;
        let turn = live.state.turn(typed.operator)?;
        let next = live.state.enter(typed)?;
        let verdict = reader.verdict(work.policy()?, of, self.mark)?;
        if let Some(error) = verdict.errors.into_iter().next() {
            return Err(error.into());
        }
        let codes: Vec<_> = verdict.warnings.iter().map(|w| w.code).collect();
        if codes.iter().any(|code| !self.accepted.contains(code)) {
            return Err(Refusal::new(WARNINGS).with("codes", words(&codes)).into());
        }
        self.write(work, &live, (turn, next), &words(&codes))?;
        let outcome = match next {
            Entries::Matched(..) => Outcome::Settled,
            Entries::Differs(..) => Outcome::Differs,
            Entries::None | Entries::One(_) | Entries::Returned { .. } => Outcome::Waits,
        };
        Ok(Saved { name, turn, outcome })
    }
}

fn words(codes: &[Code]) -> String {
    codes.iter().map(|c| c.0).collect::<Vec<_>>().join(",")
}

impl Save {
    fn write(&self, work: &mut Work<'_, '_>, live: &Live, (turn, next): (Turn, Entries), accepted: &str) -> Result<()> {
        let state = match next {
            Entries::Matched(..) => EntryState::Matched,
            Entries::Differs(..) => EntryState::Differs,
            Entries::None | Entries::One(_) | Entries::Returned { .. } => EntryState::Open,
        };
        match turn {
            Turn::First => self.insert(work, (Slot::First, state), accepted)?,
            Turn::Second => {
                let first = live.row(Slot::First)?;
                work.tx.update(first, &EntryRow { state, ..first.clone() })?;
                self.insert(work, (Slot::Second, state), accepted)?;
            }
            Turn::Correction => {
                for row in &live.rows {
                    let after = EntryRow { state, ..row.clone() };
                    let after = if row.state == EntryState::Returned {
                        let (mark, points) = (MarkKind::of(self.mark), self.mark.points());
                        EntryRow { mark, points, at: work.now, accepted: accepted.to_owned(), ..after }
                    } else {
                        after
                    };
                    work.tx.update(row, &after)?;
                }
            }
        }
        if let Some(mark) = next.settled() {
            work.tx.insert(&MarkRow {
                application: self.application,
                subject: self.subject,
                mark: MarkKind::of(mark),
                points: mark.points(),
            })?;
        }
        Ok(())
    }

    fn insert(&self, work: &mut Work<'_, '_>, (slot, state): (Slot, EntryState), accepted: &str) -> Result<()> {
        let row = EntryRow {
            id: EntryId(work.tx.next_id::<EntryRow>()?),
            application: self.application,
            subject: self.subject,
            slot: slot.number(),
            state,
            mark: MarkKind::of(self.mark),
            points: self.mark.points(),
            items: None,
            remark: None,
            source: EntrySource::Typed,
            operator: work.actor.operator()?,
            at: work.now,
            accepted: accepted.to_owned(),
        };
        Ok(work.tx.insert(&row)?)
    }
}
