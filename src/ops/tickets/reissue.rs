//! `tickets.reissue`: another number in the place of one that is void, or that is made so by this.
use super::issue::{give, person};
use super::void::take;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{VoidTicketRow, rows};
use serde::Serialize;

/// There is nothing to replace: a first number needs no reason.
pub const NEVER_ISSUED: Code = Code("tickets.never_issued");

#[derive(Debug, Clone, Serialize)]
pub struct Reissue {
    pub application: ApplicationId,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Reissued {
    pub name: String,
    pub old: String,
    pub new: String,
}

impl Operation for Reissue {
    const KIND: &'static str = "tickets.reissue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Reissued;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reissued> {
        let person = person(work, self.application)?;
        let old = match take(work, person.id, &self.reason)? {
            Some(old) => old,
            None => {
                let tail = "WHERE application = ?1 ORDER BY id DESC";
                let last = rows::first::<VoidTicketRow>(work.tx.db(), tail, [person.id])?;
                last.ok_or_else(|| Refusal::new(NEVER_ISSUED).with("name", person.name.as_str()))?.number
            }
        };
        let new = give(work, &person)?;
        Ok(Reissued { name: person.name, old, new })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
