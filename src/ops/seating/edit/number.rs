//! The ticket follows the seat: another room is another number where numbers name the room or the seat; a number that was
//! out becomes void and is never given again.
use super::{NO_NUMBER, Spot, seats_of};
use crate::model::{Refusal, RoomId};
use crate::ops::{Result, Work};
use crate::policy::ticket::{Template, TicketFacts};
use crate::store::{ApplicationRow, RoomRow, SessionRow, TicketRow, VenueRow, VoidTicketRow, rows};
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
    let now = seats_of(work, who.id)?.first().cloned();
    let spot = now.as_ref().map(|p| Spot { room: p.room, seat: p.seat });
    let template = Template::parse(&work.policy()?.ticket.template).map_err(|_| Refusal::new(super::super::TEMPLATE))?;
    let other_room = before.map(|b| b.room) != spot.map(|s| s.room);
    let printed_is_wrong = old.as_ref().is_some_and(|t| t.printed_at.is_some());
    let (spot, placement) = match (spot, now) {
        (Some(spot), Some(placement)) => (spot, placement),
        _ => {
            let void = old.map(|ticket| make_void(work, &ticket, reason)).transpose()?;
            return Ok(Ticket { void, number: None, printed_is_wrong });
        }
    };
    match old {
        Some(ticket) if !other_room || !template.names_place() => {
            Ok(Ticket { void: None, number: Some(ticket.number), printed_is_wrong })
        }
        old => {
            let void = old.map(|ticket| make_void(work, &ticket, reason)).transpose()?;
            let session = rows::first::<SessionRow>(work.tx.db(), "WHERE id = ?1", [placement.session])?;
            let number = match session {
                Some(session) => issue(work, who, (&template, &session, spot))?,
                None => return Err(Refusal::new(NO_NUMBER).with("name", who.name.as_str()).into()),
            };
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

/// A number that nobody has or had. Where the seat's own number is out already, the first free one after the room's seats.
fn issue(
    work: &mut Work<'_, '_>,
    who: &ApplicationRow,
    (template, session, spot): (&Template, &SessionRow, Spot),
) -> Result<String> {
    let id = work.tx.next_id::<TicketRow>()?;
    let room = room_facts(work, spot.room)?;
    let region = work.site.region.clone().unwrap_or_default();
    let narrow = |n: i64| u32::try_from(n).unwrap_or(u32::MAX);
    let facts = |seat: i64| TicketFacts {
        day: session.starts_at.day(),
        region: &region,
        site: narrow(room.site),
        session: 1,
        room: narrow(room.number),
        seat: narrow(seat),
        serial: narrow(id),
        level: u32::from(who.level.digit()),
    };
    let spare = room.seats + 1..=room.seats + 999;
    for seat in std::iter::once(spot.seat).chain(spare) {
        let Ok(number) = template.render(&facts(seat)) else { break };
        if is_free(work, who, &number)? {
            let row = TicketRow { id, batch: who.batch, application: who.id, number: number.clone(), printed_at: None };
            work.tx.insert(&row)?;
            return Ok(number);
        }
    }
    Err(Refusal::new(NO_NUMBER).with("name", who.name.as_str()).into())
}

fn is_free(work: &Work<'_, '_>, who: &ApplicationRow, number: &str) -> Result<bool> {
    let (db, same) = (work.tx.db(), "WHERE batch = ?1 AND number = ?2");
    let out = rows::count::<TicketRow>(db, same, (who.batch, number))?;
    Ok(out == 0 && rows::count::<VoidTicketRow>(db, same, (who.batch, number))? == 0)
}

struct RoomFacts {
    site: i64,
    number: i64,
    seats: i64,
}

fn room_facts(work: &Work<'_, '_>, room: RoomId) -> Result<RoomFacts> {
    let row = rows::first::<RoomRow>(work.tx.db(), "WHERE id = ?1", [room])?;
    let Some(row) = row else { return Err(Refusal::new(super::NO_ROOM).with("room", room).into()) };
    let venue = rows::first::<VenueRow>(work.tx.db(), "WHERE id = ?1", [row.venue])?;
    let seats = row.rows * row.columns * row.rounds;
    Ok(RoomFacts { site: venue.map_or(0, |v| v.code), number: row.number, seats })
}
