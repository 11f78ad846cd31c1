//! The ticket follows the seat: another room is another number where numbers name the room or the seat; a number that was
//! out becomes void and is never given again.
use super::{Spot, seats_of};
use crate::model::Refusal;
use crate::ops::seating::TEMPLATE;
use crate::ops::tickets::{give, take};
use crate::ops::{Result, Work};
use crate::policy::ticket::Template;
use crate::store::{ApplicationRow, TicketRow, rows};
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
    let stays = match &old {
        Some(_) => spot.is_some() && !(other_room && template.names_place()),
        // Somebody seated whose number was made void gets another by a coordinator's reason, not by a change of seats.
        None => spot.is_none() || before.is_some(),
    };
    if stays {
        return Ok(Ticket { void: None, number: old.map(|t| t.number), printed_is_wrong });
    }
    let void = take(work, who.id, reason)?;
    let number = spot.map(|_| give(work, who)).transpose()?;
    Ok(Ticket { void, number, printed_is_wrong })
}
