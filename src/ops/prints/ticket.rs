//! The ticket sheet: who, the number with its code, where and when, and the rules for candidates.
use super::lines::{Gates, RoomHead, SessionLine, VenueLine};
use super::person::names;
use super::{Asked, Filled, Ids, NOBODY_SEATED, Notice};
use crate::model::{ApplicationId, Refusal, identity};
use crate::ops::{ApplicationRow, PlacementRow, Result, RoomRow, SessionRow, TicketRow, VenueRow, batch};
use crate::policy::ticket::IdNumber;
use crate::store::rows;
use serde::Serialize;

#[derive(Serialize)]
struct Sheets<'a> {
    notice: Notice<'a>,
    site: String,
    gates: Gates,
    tickets: Vec<Sheet>,
}

#[derive(Serialize)]
struct Sheet {
    ticket: String,
    name: String,
    sex: Option<&'static str>,
    document: &'static str,
    /// Whole or masked, as the policy says.
    id_number: String,
    occupation: String,
    direction: Option<String>,
    level: &'static str,
    employer: Option<String>,
    seats: Vec<Seat>,
}

#[derive(Serialize)]
struct Seat {
    session: SessionLine,
    venue: VenueLine,
    room: RoomHead,
    seat: i64,
}

/// Everything that seats point to, read once.
struct Places {
    sessions: Vec<SessionRow>,
    rooms: Vec<RoomRow>,
    venues: Vec<VenueRow>,
}

pub fn tickets(asked: &Asked<'_>) -> Result<Filled> {
    let db = asked.site.store().db();
    let places = Places {
        sessions: batch::sessions(asked.site)?,
        rooms: crate::ops::seating::rooms(asked.site)?,
        venues: rows::select(db, "WHERE batch = ?1", [asked.site.batch()?.id])?,
    };
    let mut sheets = Vec::new();
    let mut ids = Vec::new();
    for id in who(asked)? {
        let row = crate::ops::applications::by_id(asked.site, id)?;
        if let Some(ticket) = rows::first::<TicketRow>(db, "WHERE application = ?1", [id])? {
            ids.push(id);
            sheets.push(sheet(asked, &places, row, ticket.number)?);
        } else if !asked.who.is_empty() {
            return Err(Refusal::new(crate::ops::tickets::NO_TICKET).with("name", row.name).into());
        }
    }
    if sheets.is_empty() {
        return Err(Refusal::new(NOBODY_SEATED).into());
    }
    let shown = match asked.policy.ticket.id_number {
        IdNumber::Whole => Ids::Whole,
        IdNumber::Masked => Ids::Masked,
    };
    let data = Sheets {
        notice: Notice::of(asked.policy),
        site: asked.site.row()?.name,
        gates: Gates::of(&asked.policy.gates),
        tickets: sheets,
    };
    let mut filled = Filled::of(&data, ids.len(), shown)?;
    filled.tickets = ids;
    Ok(filled)
}

/// Those asked for, or everybody seated in what is asked for, by room and seat.
fn who(asked: &Asked<'_>) -> Result<Vec<ApplicationId>> {
    if !asked.who.is_empty() {
        return Ok(asked.who.clone());
    }
    let mut ids = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for person in asked.sittings()?.into_iter().flat_map(|s| s.people) {
        if seen.insert(person.application) {
            ids.push(person.application);
        }
    }
    Ok(ids)
}

fn sheet(asked: &Asked<'_>, places: &Places, a: ApplicationRow, ticket: String) -> Result<Sheet> {
    let db = asked.site.store().db();
    let mut seats = Vec::new();
    for session in &places.sessions {
        let tail = "WHERE session = ?1 AND application = ?2";
        let Some(seat) = rows::first::<PlacementRow>(db, tail, (session.id, a.id))? else { continue };
        let Some(room) = places.rooms.iter().find(|r| r.id == seat.room) else { continue };
        let Some(venue) = places.venues.iter().find(|v| v.id == room.venue) else { continue };
        seats.push(Seat {
            session: SessionLine::of(asked.policy, session),
            venue: VenueLine::of(venue),
            room: RoomHead::of(room),
            seat: seat.seat,
        });
    }
    let id_number = match asked.policy.ticket.id_number {
        IdNumber::Whole => a.id_number.clone(),
        IdNumber::Masked => identity::mask(&a.id_number),
    };
    Ok(Sheet {
        ticket,
        name: a.name,
        sex: a.sex.map(|s| s.official()),
        document: a.document.official(),
        id_number,
        occupation: a.occupation_name,
        direction: a.direction,
        level: names(a.level).0,
        employer: a.employer,
        seats,
    })
}
