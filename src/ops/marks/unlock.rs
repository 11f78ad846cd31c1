//! Opening a locked session again, where nothing rests on it yet: one asks, another agrees.
use super::decide::{NOT_YOURS, OWN, Verdict};
use super::status::find;
use crate::model::{Code, Refusal, Role, SessionId, fold};
use crate::ops::{Operation, People, Result, Undo, Work, together};
use crate::store::views::locks::{self, Resting};
use crate::store::{MarkLockRow, rows};
use serde::Serialize;

pub const REASON: Code = Code("marks.reason_needed");
pub const OPEN: Code = Code("marks.session_open");
/// Certificates, unsealed numbers or changes rest on the marks.
pub const RESTING: Code = Code("marks.resting");
pub const UNLOCK_WAITS: Code = Code("marks.unlock_waits");
pub const NOT_ASKED: Code = Code("marks.unlock_not_asked");

#[derive(Debug, Clone, Serialize)]
pub struct AskUnlock {
    pub session: SessionId,
    pub reason: String,
}

/// By somebody else than who asked.
#[derive(Debug, Clone, Serialize)]
pub struct DecideUnlock {
    pub session: SessionId,
    pub verdict: Verdict,
    pub note: String,
}

/// By whoever asked.
#[derive(Debug, Clone, Serialize)]
pub struct WithdrawUnlock {
    pub session: SessionId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Opened {
    pub session: String,
    /// Else it stays locked.
    pub open: bool,
}

/// The lock and the session's code.
fn lock(work: &Work<'_, '_>, session: SessionId) -> Result<(MarkLockRow, String)> {
    let row = find(work.tx.db(), work.batch()?.id, session)?;
    let lock = rows::first::<MarkLockRow>(work.tx.db(), "WHERE session = ?1", [session])?;
    Ok((lock.ok_or_else(|| Refusal::new(OPEN).with("session", row.code.as_str()))?, row.code))
}

fn nothing_rests(work: &Work<'_, '_>, (session, code): (SessionId, &str)) -> Result<()> {
    let resting = locks::resting(work.tx.db(), session)?;
    if resting == Resting::default() {
        return Ok(());
    }
    let Resting { certificates, unsealed, approved, waiting } = resting;
    Err(Refusal::new(RESTING)
        .with("session", code)
        .with("certificates", certificates)
        .with("unsealed", unsealed)
        .with("approved", approved)
        .with("waiting", waiting)
        .into())
}

impl Operation for AskUnlock {
    const KIND: &'static str = "marks.ask_unlock";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("marks.withdraw_unlock");
    const PEOPLE: People = People::Proven;
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let reason = fold::text(&self.reason).trim().to_owned();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let (before, code) = lock(work, self.session)?;
        if before.asked_at.is_some_and(|at| together::lasts(at, work.now)) {
            return Err(Refusal::new(UNLOCK_WAITS).with("session", code).into());
        }
        nothing_rests(work, (self.session, &code))?;
        let (asked_by, asked_at) = (Some(work.actor.operator()?), Some(work.now));
        work.tx.update(&before, &MarkLockRow { asked_by, asked_at, asked_reason: Some(reason), ..before.clone() })?;
        Ok(code)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

impl Operation for DecideUnlock {
    const KIND: &'static str = "marks.decide_unlock";
    const ROLES: &'static [Role] = &[Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("marks.lock");
    const PEOPLE: People = People::Proven;
    type Out = Opened;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Opened> {
        let (before, session) = lock(work, self.session)?;
        let decider = work.actor.operator()?;
        match before.asked_by {
            None => return Err(Refusal::new(NOT_ASKED).with("session", session).into()),
            Some(asker) if asker == decider => return Err(Refusal::new(OWN).into()),
            Some(_) => {}
        }
        if self.verdict == Verdict::Refuse {
            if self.note.trim().is_empty() {
                return Err(Refusal::new(REASON).into());
            }
            take_back(work, &before)?;
            return Ok(Opened { session, open: false });
        }
        if !before.asked_at.is_some_and(|at| together::lasts(at, work.now)) {
            return Err(Refusal::new(together::LAPSED).into());
        }
        nothing_rests(work, (self.session, &session))?;
        let agreed = MarkLockRow { opened_by: Some(decider), ..before.clone() };
        work.tx.update(&before, &agreed)?;
        work.tx.delete(&agreed)?;
        Ok(Opened { session, open: true })
    }

    fn reason(&self) -> Option<&str> {
        Some(self.note.as_str()).filter(|note| !note.trim().is_empty())
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

impl Operation for WithdrawUnlock {
    const KIND: &'static str = "marks.withdraw_unlock";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("marks.ask_unlock");
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let (before, session) = lock(work, self.session)?;
        match before.asked_by {
            None => return Err(Refusal::new(NOT_ASKED).with("session", session).into()),
            Some(asker) if asker != work.actor.operator()? => return Err(Refusal::new(NOT_YOURS).into()),
            Some(_) => {}
        }
        take_back(work, &before)?;
        Ok(session)
    }
}

/// Nobody asks any more.
fn take_back(work: &mut Work<'_, '_>, before: &MarkLockRow) -> Result<()> {
    let after = MarkLockRow { asked_by: None, asked_at: None, asked_reason: None, ..before.clone() };
    Ok(work.tx.update(before, &after)?)
}
