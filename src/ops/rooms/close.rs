//! `rooms.close`, `rooms.reopen`: a room that cannot be used. Whoever sits there gets a seat elsewhere or none; nobody is lost.
use super::{ALREADY_CLOSED, NOT_CLOSED, find, reason};
use crate::model::{Refusal, Role};
use crate::ops::seating::edit::{Reseated, empty_room};
use crate::ops::{Operation, Result, Work};
use crate::store::RoomRow;
use serde::{Deserialize, Serialize};

/// What becomes of the people of a room that is closed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Then {
    /// They have no seat any more, until they are given one.
    Unseat,
    /// Free seats of the other open rooms; who finds none has no seat.
    Spread,
}

#[derive(Debug, Serialize)]
pub struct Close {
    pub room: i64,
    pub then: Then,
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub struct Reopen {
    pub room: i64,
}

impl Operation for Close {
    const KIND: &'static str = "rooms.close";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Reseated;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reseated> {
        reason(&self.reason)?;
        let before = find(work, self.room)?;
        if before.closed.is_some() {
            return Err(Refusal::new(ALREADY_CLOSED).with("room", self.room).into());
        }
        let closed = Some(self.reason.trim().to_owned());
        work.tx.update(&before, &RoomRow { closed, ..before.clone() })?;
        empty_room(work, before.id, self.then, &self.reason)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

impl Operation for Reopen {
    const KIND: &'static str = "rooms.reopen";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = find(work, self.room)?;
        if before.closed.is_none() {
            return Err(Refusal::new(NOT_CLOSED).with("room", self.room).into());
        }
        Ok(work.tx.update(&before, &RoomRow { closed: None, ..before.clone() })?)
    }
}
