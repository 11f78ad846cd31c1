//! `tickets.issue`: numbers for those who are seated and have none.
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::applications::UNKNOWN;
use crate::ops::seating::ticket_number::free;
use crate::ops::{Operation, Result, Work};
use crate::store::views::tickets as view;
use crate::store::{ApplicationRow, TicketRow, VoidTicketRow, rows};
use serde::Serialize;

pub const NOBODY: Code = Code("tickets.nobody_waits");
/// A number in the place of a void one is given with a reason.
pub const WAS_VOID: Code = Code("tickets.was_void");

#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Issue {
    These(Vec<ApplicationId>),
    /// Everybody seated who never had a number.
    All,
}

impl Operation for Issue {
    const KIND: &'static str = "tickets.issue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The numbers given.
    type Out = Vec<String>;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Vec<String>> {
        let batch = work.batch()?.id;
        let ids = match self {
            Issue::These(ids) => ids.clone(),
            Issue::All => view::waiting(work.tx.db(), batch)?,
        };
        let mut given = Vec::with_capacity(ids.len());
        for id in ids {
            let db = work.tx.db();
            if rows::first::<TicketRow>(db, "WHERE application = ?1", [id])?.is_some() {
                continue;
            }
            let person = person(work, id)?;
            if let Some(old) = rows::first::<VoidTicketRow>(db, "WHERE application = ?1 ORDER BY id DESC", [id])? {
                return Err(Refusal::new(WAS_VOID).with("name", person.name).with("number", old.number).into());
            }
            given.push(give(work, &person)?);
        }
        if given.is_empty() { Err(Refusal::new(NOBODY).into()) } else { Ok(given) }
    }
}

pub fn person(work: &Work<'_, '_>, id: ApplicationId) -> Result<ApplicationRow> {
    let found = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, work.batch()?.id))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", id).into())
}

/// Writes a new number; refused without a seat.
pub fn give(work: &mut Work<'_, '_>, person: &ApplicationRow) -> Result<String> {
    let batch = work.batch()?.id;
    let number = free(work, person.id)?;
    let id = work.tx.next_id::<TicketRow>()?;
    let row = TicketRow { id, batch, application: person.id, number: number.clone(), printed_at: None };
    work.tx.insert(&row)?;
    Ok(number)
}
