//! `papers.reopen_room`: a room record is taken back, and its scripts out of their box.
use super::custody;
use super::unseal::needed_reason;
use crate::model::{Code, Refusal, Role, RoomId, SessionId};
use crate::ops::{Operation, Result, Work};
use crate::store::{ArchiveBoxRow, rows};
use serde::Serialize;

pub const NOT_CLOSED: Code = Code("papers.not_closed_yet");

#[derive(Debug, Clone, Serialize)]
pub struct ReopenRoom {
    pub session: SessionId,
    pub room: RoomId,
    pub reason: String,
}

impl Operation for ReopenRoom {
    const KIND: &'static str = "papers.reopen_room";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The room's number.
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        custody::session(work, self.session)?;
        let room = custody::room(work, self.session, self.room)?;
        needed_reason(&self.reason)?;
        let record = custody::record(work, self.session, self.room)?;
        let record = record.ok_or_else(|| Refusal::new(NOT_CLOSED).with("room", room.number))?;
        let tail = "WHERE session = ?1 AND room = ?2";
        if let Some(kept) = rows::first::<ArchiveBoxRow>(work.tx.db(), tail, (self.session, self.room))? {
            work.tx.delete(&kept)?;
        }
        work.tx.delete(&record)?;
        Ok(room.number)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
