//! Venues (考点校区) and their rooms: desks for written parts, stations (工位) for hands-on work.
mod add;
mod change;
mod close;
mod numbers;
mod seats;
mod venue;

pub use add::{Add, Added};
pub use change::{Change, Set};
pub use close::{Close, Reopen, Then};
pub use numbers::{BAD_NUMBERS, read_numbers, read_size};
pub use seats::{BreakSeat, MendSeat};
pub use venue::{AddVenue, ChangeVenue, VenueAdded, venues};

use crate::model::{Code, Refusal, RoomId, RoomKind};
use crate::ops::{Result, Site, Work};
use crate::policy::rooms::Grid;
use crate::policy::seating::{Seating, Side};
use crate::store::views::seats as view;
use crate::store::{RoomRow, VenueRow, rows};
use std::collections::BTreeMap;

pub const UNKNOWN: Code = Code("rooms.unknown");
pub const UNKNOWN_VENUE: Code = Code("rooms.unknown_venue");
pub const UNKNOWN_UNIT: Code = Code("rooms.unknown_unit");
pub const VENUE_TAKEN: Code = Code("rooms.venue_taken");
pub const VENUE_CODE: Code = Code("rooms.venue_code");
pub const NO_NAME: Code = Code("rooms.no_name");
pub const OTHER_PEOPLE: Code = Code("rooms.other_people");
pub const TAKEN: Code = Code("rooms.taken");
pub const TOO_MANY: Code = Code("rooms.too_many");
pub const BAD_SIZE: Code = Code("rooms.bad_size");
pub const BAD_PLACES: Code = Code("rooms.bad_places");
pub const ROUNDS: Code = Code("rooms.rounds_of_desks");
pub const BELOW_PEOPLE: Code = Code("rooms.below_people");
pub const PEOPLE_INSIDE: Code = Code("rooms.people_inside");
pub const ALREADY_CLOSED: Code = Code("rooms.already_closed");
pub const NOT_CLOSED: Code = Code("rooms.not_closed");
pub const REASON: Code = Code("rooms.reason_needed");
pub const NO_SEAT: Code = Code("rooms.no_seat");
pub const SEAT_TAKEN: Code = Code("rooms.seat_taken");
pub const SEAT_NAMED: Code = Code("rooms.seat_named");
pub const ALREADY_BROKEN: Code = Code("rooms.already_broken");
pub const NOT_BROKEN: Code = Code("rooms.not_broken");

/// Rows or columns of a room: more is a slip of the hand.
const WIDEST: i64 = 60;
/// Rounds of a station.
const MOST_ROUNDS: i64 = 20;

/// Where the seats of a room stand, under what the policy says for all rooms. A workshop has as many places as stations.
pub fn grid(policy: &Seating, room: &RoomRow) -> Grid {
    use crate::model::DoorSide;
    let narrow = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
    let door = match room.door {
        Some(DoorSide::Left) => Side::Left,
        Some(DoorSide::Right) => Side::Right,
        None => policy.door,
    };
    let seating = Seating { rows: narrow(room.rows), columns: narrow(room.columns), door, ..*policy };
    let usual = match room.kind {
        RoomKind::Desks => u32::from(policy.max_per_room) + u32::from(policy.merge_remainder),
        RoomKind::Stations => seating.grid(),
    };
    let most = room.places.and_then(|n| u32::try_from(n).ok()).unwrap_or(usual);
    Grid { seating, rounds: narrow(room.rounds), most: most.min(seating.grid()) }
}

fn find(work: &Work<'_, '_>, number: i64) -> Result<RoomRow> {
    let batch = work.batch()?.id;
    let found = rows::first::<RoomRow>(work.tx.db(), "WHERE batch = ?1 AND number = ?2", (batch, number))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("room", number).into())
}

fn find_venue(work: &Work<'_, '_>, code: i64) -> Result<VenueRow> {
    let batch = work.batch()?.id;
    let found = rows::first::<VenueRow>(work.tx.db(), "WHERE batch = ?1 AND code = ?2", (batch, code))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN_VENUE).with("venue", code).into())
}

fn reason(text: &str) -> Result<()> {
    if text.trim().is_empty() { Err(Refusal::new(REASON).into()) } else { Ok(()) }
}

/// Blanks around a text, and nothing for an empty one.
fn some(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// Rows, columns, rounds and places of a room as they can be.
fn sound(room: &RoomRow) -> Result<()> {
    let within = |n: i64, most: i64| (1..=most).contains(&n);
    let bad = |code: Code| Err(Refusal::new(code).with("room", room.number).with("most", WIDEST).into());
    if !within(room.rows, WIDEST) || !within(room.columns, WIDEST) || !within(room.rounds, MOST_ROUNDS) {
        return bad(BAD_SIZE);
    }
    if room.kind == RoomKind::Desks && room.rounds != 1 {
        return bad(ROUNDS);
    }
    let seats = room.rows * room.columns;
    if room.places.is_some_and(|places| !within(places, seats)) {
        return Err(Refusal::new(BAD_PLACES).with("room", room.number).with("seats", seats).into());
    }
    Ok(())
}

/// People of each room, by session in time order.
pub fn counts(site: &Site) -> Result<BTreeMap<RoomId, Vec<i64>>> {
    let sessions = crate::ops::batch::sessions(site)?;
    let mut all: BTreeMap<RoomId, Vec<i64>> = BTreeMap::new();
    for (room, session, seated) in view::counts(site.store().db(), site.batch()?.id)? {
        let Some(place) = sessions.iter().position(|s| s.id == session) else { continue };
        let room = all.entry(room).or_insert_with(|| vec![0; sessions.len()]);
        room.get_mut(place).into_iter().for_each(|count| *count = seated);
    }
    Ok(all)
}
