//! The ticket follows the seat: another room is another number where numbers name the room or the seat; a number that was
//! out becomes void and is never given again.
use super::{Spot, seats_of};
use crate::model::Refusal;
use crate::ops::seating::{TEMPLATE, ticket_number};
use crate::ops::{Result, Work};
use crate::policy::ticket::Template;
use crate::store::{ApplicationRow, TicketRow, VoidTicketRow, rows};
use serde::Serialize;

/// What became of somebody's ticket.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct Ticket {
    /// The number before, when it is void now.
    pub void: Option<String>,
    /// The number now.
    pub number: Option<String>,
    /// A printed sheet is out that names another seat or number.
    pub printed_is_wrong: bool,
}

/// After the seats are written. `before` is the seat of the first session that somebody had.
pub(super) fn follow(
    work: &mut Work<'_, '_>,
    who: &ApplicationRow,
    (before, reason): (Option<Spot>, &str),
) -> Result<Ticket> {
    let old = rows::first::<TicketRow>(work.tx.db(), "WHERE application = ?1", [who.id])?;
    let spot = seats_of(work, who.id)?.first().map(|p| Spot { room: p.room, seat: p.seat });
    let template = Template::parse(&work.policy()?.ticket.template).map_err(|_| Refusal::new(TEMPLATE))?;
    let other_room = before.map(|b| b.room) != spot.map(|s| s.room);
    let printed_is_wrong = old.as_ref().is_some_and(|t| t.printed_at.is_some());
    if spot.is_none() {
        let void = old.map(|ticket| make_void(work, &ticket, reason)).transpose()?;
        return Ok(Ticket { void, number: None, printed_is_wrong });
    }
    match old {
        Some(ticket) if !other_room || !template.names_place() => {
            Ok(Ticket { void: None, number: Some(ticket.number), printed_is_wrong })
        }
        old => {
            let void = old.map(|ticket| make_void(work, &ticket, reason)).transpose()?;
            let number = ticket_number::free(work, who.id)?;
            let (id, batch, application) = (work.tx.next_id::<TicketRow>()?, who.batch, who.id);
            work.tx.insert(&TicketRow { id, batch, application, number: number.clone(), printed_at: None })?;
            Ok(Ticket { void, number: Some(number), printed_is_wrong })
        }
    }
}

fn make_void(work: &mut Work<'_, '_>, ticket: &TicketRow, reason: &str) -> Result<String> {
    let (operator, at) = (work.actor.operator()?, work.now);
    work.tx.delete(ticket)?;
    let id = work.tx.next_id::<VoidTicketRow>()?;
    let (batch, application, number) = (ticket.batch, ticket.application, ticket.number.clone());
    work.tx.insert(&VoidTicketRow { id, batch, application, number, reason: reason.to_owned(), at, operator })?;
    Ok(ticket.number.clone())
}
