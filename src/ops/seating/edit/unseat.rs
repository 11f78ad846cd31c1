//! `seating.unseat`: somebody gives up every seat, with a reason; the ticket becomes void.
use super::reseat::{Reseated, reseat};
use super::{Change, NOT_SEATED, REASON, person, seats_of};
use crate::model::{ApplicationId, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Unseat {
    pub application: ApplicationId,
    pub reason: String,
}

impl Operation for Unseat {
    const KIND: &'static str = "seating.unseat";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Reseated;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reseated> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let who = person(work, self.application)?;
        let seats = seats_of(work, who.id)?;
        if seats.is_empty() {
            return Err(Refusal::new(NOT_SEATED).with("name", who.name).into());
        }
        let changes: Vec<_> = seats.iter().map(|s| Change { who: who.id, session: s.session, to: None }).collect();
        reseat(work, &changes, Some(self.reason.trim()))
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
