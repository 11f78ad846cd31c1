//! `seating.move`: somebody goes to a free seat, of any open room.
use super::reseat::{Reseated, reseat};
use super::{Change, SAME_SEAT, Spot, old_seat, person, room};
use crate::model::{ApplicationId, Refusal, Role, SessionId};
use crate::ops::{Operation, Result, Work};
use serde::{Deserialize, Serialize};

/// In which sessions an edit holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// In all in which the old seat was had.
    Same,
    /// Only in the session named.
    One,
}

#[derive(Debug, Clone, Serialize)]
pub struct Move {
    pub application: ApplicationId,
    /// Number of the room and of the seat.
    pub room: i64,
    pub seat: i64,
    /// The session whose seat is given up; `None`: the first.
    pub session: Option<SessionId>,
    pub scope: Scope,
}

impl Operation for Move {
    const KIND: &'static str = "seating.move";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Reseated;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reseated> {
        let who = person(work, self.application)?;
        let to = Spot { room: room(work, self.room)?.id, seat: self.seat };
        let (old, same) = old_seat(work, &who, self.session)?;
        if old == to {
            let refusal = Refusal::new(SAME_SEAT).with("name", who.name.as_str());
            return Err(refusal.with("room", self.room).with("seat", self.seat).into());
        }
        // Without a name, the first session.
        let only = self.session.or(same.first().copied());
        let sessions = same.into_iter().filter(|session| self.scope == Scope::Same || only == Some(*session));
        let changes: Vec<_> = sessions.map(|session| Change { who: who.id, session, to: Some(to) }).collect();
        reseat(work, &changes, None)
    }
}
