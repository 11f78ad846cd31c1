//! `marks.decide_change`: another person agrees or refuses; `marks.withdraw_change`: whoever asked thinks better of it.
use super::ask::may_change;
use super::picture::{Ground, Preview};
use super::unlock::REASON;
use crate::model::{Code, MarkChangeId, Refusal, Role, Subject};
use crate::ops::{Operation, People, Result, Undo, Work, together};
use crate::store::{ApplicationRow, ChangeState, MarkChangeRow, MarkRow, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("marks.unknown_change");
pub const DECIDED: Code = Code("marks.already_decided");
/// Whoever asked does not decide.
pub const OWN: Code = Code("marks.own_request");
/// Only whoever asked withdraws.
pub const NOT_YOURS: Code = Code("marks.not_yours");
/// On a line of which nobody asked anything.
pub const NOTHING_ASKED: Code = Code("marks.not_asked");
/// The mark is no longer what it was when the change was asked for.
pub const STALE: Code = Code("marks.changed_since");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Verdict {
    Approve,
    /// With a note that says why.
    Refuse,
}

#[derive(Debug, Clone, Serialize)]
pub struct DecideChange {
    pub change: MarkChangeId,
    pub verdict: Verdict,
    pub note: String,
}

#[derive(Debug, Clone, Serialize)]
pub struct WithdrawChange {
    pub change: MarkChangeId,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Decided {
    pub number: MarkChangeId,
    pub name: String,
    pub subject: Subject,
    /// What it did; `None`: refused, so nothing.
    pub done: Option<Preview>,
}

/// A change of the batch that nobody has decided, and whose mark it is.
fn open(work: &Work<'_, '_>, change: MarkChangeId) -> Result<(MarkChangeRow, ApplicationRow)> {
    let unknown = || Refusal::new(UNKNOWN).with("number", change);
    let row = rows::first::<MarkChangeRow>(work.tx.db(), "WHERE id = ?1", [change])?.ok_or_else(unknown)?;
    let key = (row.application, work.batch()?.id);
    let person =
        rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", key)?.ok_or_else(unknown)?;
    if row.state != ChangeState::Asked {
        let state = format!("change_state.{}", row.state.code());
        return Err(Refusal::new(DECIDED).with("number", change).word("state", state).into());
    }
    Ok((row, person))
}

impl Operation for DecideChange {
    const KIND: &'static str = "marks.decide_change";
    const ROLES: &'static [Role] = &[Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("marks.ask_change");
    const PEOPLE: People = People::Proven;
    type Out = Decided;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Decided> {
        let (before, person) = open(work, self.change)?;
        let decider = work.actor.operator()?;
        if before.asked_by == decider {
            return Err(Refusal::new(OWN).into());
        }
        let note = Some(self.note.trim().to_owned()).filter(|note| !note.is_empty());
        let (number, name, subject) = (before.id, person.name, before.subject);
        let decided = |state| MarkChangeRow {
            state,
            decided_by: Some(decider),
            decided_at: Some(work.now),
            note: note.clone(),
            ..before.clone()
        };
        if self.verdict == Verdict::Refuse {
            if note.is_none() {
                return Err(Refusal::new(REASON).into());
            }
            work.tx.update(&before, &decided(ChangeState::Refused))?;
            return Ok(Decided { number, name, subject, done: None });
        }
        if !together::lasts(before.asked_at, work.now) {
            return Err(Refusal::new(together::LAPSED).into());
        }
        let done = preview(&Ground { db: work.tx.db(), policy: work.policy()?, batch: work.batch()?.id }, &before)?;
        // The change first: a locked mark follows an approved one only.
        work.tx.update(&before, &decided(ChangeState::Approved))?;
        put(work, &before)?;
        Ok(Decided { number, name, subject, done: Some(done) })
    }

    fn reason(&self) -> Option<&str> {
        Some(self.note.as_str()).filter(|note| !note.trim().is_empty())
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

/// What the change does now; refused where the mark is not what it was when somebody asked.
pub(super) fn preview(ground: &Ground<'_>, change: &MarkChangeRow) -> Result<Preview> {
    let of = (change.application, change.subject);
    let sitting = may_change(ground, of)?;
    let old = rows::first::<MarkRow>(ground.db, "WHERE application = ?1 AND subject = ?2", of)?;
    if old.as_ref().map(|m| m.mark) != change.old_mark || old.and_then(|m| m.points) != change.old_points {
        return Err(Refusal::new(STALE).with("number", change.id).into());
    }
    let new = change.new_mark.with(change.new_points);
    ground.preview(&sitting, of, new.ok_or_else(|| Refusal::new(STALE).with("number", change.id))?)
}

fn put(work: &mut Work<'_, '_>, change: &MarkChangeRow) -> Result<()> {
    let (application, subject) = (change.application, change.subject);
    let after = MarkRow { application, subject, mark: change.new_mark, points: change.new_points };
    let tail = "WHERE application = ?1 AND subject = ?2";
    match rows::first::<MarkRow>(work.tx.db(), tail, (application, subject))? {
        Some(before) => Ok(work.tx.update(&before, &after)?),
        None => Ok(work.tx.insert(&after)?),
    }
}

impl Operation for WithdrawChange {
    const KIND: &'static str = "marks.withdraw_change";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("marks.ask_change");
    /// Whose mark it is.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let (before, person) = open(work, self.change)?;
        let operator = work.actor.operator()?;
        if before.asked_by != operator {
            return Err(Refusal::new(NOT_YOURS).into());
        }
        let (state, decided_by, decided_at) = (ChangeState::Withdrawn, Some(operator), Some(work.now));
        work.tx.update(&before, &MarkChangeRow { state, decided_by, decided_at, ..before.clone() })?;
        Ok(person.name)
    }
}
