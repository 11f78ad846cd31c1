//! `tickets.void`: a number is void for good; its holder has none until another is given.
use super::issue::person;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{TicketRow, VoidTicketRow, rows};
use serde::Serialize;

pub const REASON: Code = Code("tickets.reason_needed");
pub const NO_TICKET: Code = Code("tickets.no_ticket");

#[derive(Debug, Clone, Serialize)]
pub struct Void {
    pub application: ApplicationId,
    pub reason: String,
}

impl Operation for Void {
    const KIND: &'static str = "tickets.void";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The number that is void now.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let person = person(work, self.application)?;
        let voided = take(work, self.application, &self.reason)?;
        voided.ok_or_else(|| Refusal::new(NO_TICKET).with("name", person.name).into())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Takes the valid number away, if there is one. Refused without a reason.
pub fn take(work: &mut Work<'_, '_>, application: ApplicationId, reason: &str) -> Result<Option<String>> {
    let reason = reason.trim();
    if reason.is_empty() {
        return Err(Refusal::new(REASON).into());
    }
    let batch = work.batch()?.id;
    let Some(ticket) = rows::first::<TicketRow>(work.tx.db(), "WHERE application = ?1", [application])? else {
        return Ok(None);
    };
    work.tx.delete(&ticket)?;
    work.tx.insert(&VoidTicketRow {
        id: work.tx.next_id::<VoidTicketRow>()?,
        batch,
        application,
        number: ticket.number.clone(),
        reason: reason.to_owned(),
        at: work.now,
        operator: work.actor.operator()?,
    })?;
    Ok(Some(ticket.number))
}
