//! `seating.swap`: two people change seats.
use super::reseat::{Reseated, reseat};
use super::{Change, HIMSELF, Scope, old_seat, person};
use crate::model::{ApplicationId, Refusal, Role, SessionId};
use crate::ops::{Operation, Result, Work};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Swap {
    pub one: ApplicationId,
    pub other: ApplicationId,
    /// The session whose seats are meant; `None`: the first of each.
    pub session: Option<SessionId>,
    pub scope: Scope,
}

impl Operation for Swap {
    const KIND: &'static str = "seating.swap";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Reseated;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reseated> {
        let (one, other) = (person(work, self.one)?, person(work, self.other)?);
        if one.id == other.id {
            return Err(Refusal::new(HIMSELF).with("name", one.name).into());
        }
        let (seat, sessions) = old_seat(work, &one, self.session)?;
        let (other_seat, others) = old_seat(work, &other, self.session)?;
        // Without a name, the first session of each.
        let only = |all: &[SessionId]| self.session.or(all.first().copied());
        let in_scope =
            |all: &[SessionId], session: &SessionId| self.scope == Scope::Same || only(all) == Some(*session);
        let mut changes = Vec::new();
        for session in sessions.iter().filter(|s| in_scope(&sessions, s)) {
            changes.push(Change { who: one.id, session: *session, to: Some(other_seat) });
        }
        for session in others.iter().filter(|s| in_scope(&others, s)) {
            changes.push(Change { who: other.id, session: *session, to: Some(seat) });
        }
        reseat(work, &changes, None)
    }
}
