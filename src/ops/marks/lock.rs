//! `marks.lock`: the marks of a session are final.
use super::obstacles::{Obstacle, standing};
use super::status::find;
use crate::model::{Code, Refusal, Role, SessionId, Subject};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::views::locks;
use crate::store::{MarkLockRow, rows};
use serde::Serialize;

/// Says how much; the list is in the session's state.
pub const IN_THE_WAY: Code = Code("marks.in_the_way");
pub const NOBODY: Code = Code("marks.nobody");
pub const ALREADY: Code = Code("marks.already_locked");
/// Marks of the review are its panel's, which seals them.
pub const REVIEW: Code = Code("marks.review_session");

#[derive(Debug, Clone, Serialize)]
pub struct Lock {
    pub session: SessionId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct LockedNow {
    pub session: String,
    pub marks: usize,
    /// Told, and stop nothing.
    pub open_incidents: i64,
}

impl Operation for Lock {
    const KIND: &'static str = "marks.lock";
    const ROLES: &'static [Role] = &[Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("marks.ask_unlock");
    const BEFORE: crate::ops::Before = crate::ops::Before::Inspection;
    type Out = LockedNow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<LockedNow> {
        let batch = work.batch()?.id;
        let session = find(work.tx.db(), batch, self.session)?;
        if session.subject == Subject::Review {
            return Err(Refusal::new(REVIEW).with("session", session.code).into());
        }
        if rows::first::<MarkLockRow>(work.tx.db(), "WHERE session = ?1", [session.id])?.is_some() {
            return Err(Refusal::new(ALREADY).with("session", session.code).into());
        }
        let now = standing(work.tx.db(), work.policy()?, (session.id, session.subject))?;
        if now.expected == 0 {
            return Err(Refusal::new(NOBODY).with("session", session.code).into());
        }
        if !now.obstacles.is_empty() {
            let marks = now.obstacles.iter().filter(|o| matches!(o, Obstacle::Mark { .. })).count();
            let totals = now.obstacles.len() - marks;
            return Err(Refusal::new(IN_THE_WAY)
                .with("session", session.code)
                .with("marks", marks)
                .with("totals", totals)
                .into());
        }
        let operator = work.actor.operator()?;
        work.tx.insert(&MarkLockRow::new(session.id, work.now, operator))?;
        let open_incidents = locks::open_incidents(work.tx.db(), session.id)?;
        Ok(LockedNow { session: session.code, marks: now.settled, open_incidents })
    }
}
