//! Edits of seats in place: nobody else is moved. Every edit is a list of changes that [`reseat`] checks and writes.
mod empty;
mod hall;
mod moving;
mod need;
mod number;
mod place;
mod reseat;
mod swap;
mod unseat;

pub(in crate::ops) use empty::empty_room;
pub(super) use hall::colleagues_key;
pub use moving::{Move, Scope};
pub use need::{ClearNeed, NeedSet, SetNeed};
pub use place::Place;
pub use reseat::{At, Beside, Moved, Reseated};
pub use swap::Swap;
pub use unseat::Unseat;

use crate::model::{ApplicationId, Code, Refusal, RoomId, SessionId};
use crate::ops::sessions::sitting;
use crate::ops::{Result, Work};
use crate::policy::sessions::is_due;
use crate::store::{ApplicationRow, PlacementRow, RoomRow, SessionRow, rows};

pub const UNKNOWN: Code = Code("applications.unknown");
pub const NOT_SEATED: Code = Code("seat.not_seated");
pub const NOT_SEATED_THEN: Code = Code("seat.not_seated_then");
pub const SAME_SEAT: Code = Code("seat.same_seat");
pub const NO_ROOM: Code = Code("seat.no_room");
pub const ROOM_CLOSED: Code = Code("seat.room_closed");
pub const NO_SEAT: Code = Code("seat.no_seat");
pub const BROKEN: Code = Code("seat.broken");
pub const NAMED: Code = Code("seat.named");
pub const TAKEN: Code = Code("seat.taken");
pub const FULL: Code = Code("seat.full");
pub const DESKS: Code = Code("seat.desks");
pub const STATIONS: Code = Code("seat.stations");
pub const OTHER_UNIT: Code = Code("seat.other_unit");
pub const ATTENDED: Code = Code("seat.attended");
pub const HIMSELF: Code = Code("seat.himself");
pub const SEATED_ALREADY: Code = Code("seat.seated_already");
pub const NOT_APPROVED: Code = Code("seat.not_approved");
pub const UNPAID: Code = Code("seat.unpaid");
pub const TWICE: Code = Code("seat.twice");
pub const NONE_FREE: Code = Code("seat.none_free");
pub const NONE_APART: Code = Code("seat.none_apart");
pub const NOT_DUE: Code = Code("seat.not_due");
pub const REASON: Code = Code("seat.reason_needed");
pub const NO_NEED: Code = Code("seat.no_need");

/// A seat of a room.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(super) struct Spot {
    pub room: RoomId,
    pub seat: i64,
}

/// One person, one session: the seat to be had then.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Change {
    pub who: ApplicationId,
    pub session: SessionId,
    /// `None`: no seat.
    pub to: Option<Spot>,
}

fn person(work: &Work<'_, '_>, who: ApplicationId) -> Result<ApplicationRow> {
    let key = (who, work.batch()?.id);
    let found = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", key)?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", who).into())
}

fn room(work: &Work<'_, '_>, number: i64) -> Result<RoomRow> {
    let key = (work.batch()?.id, number);
    let found = rows::first::<RoomRow>(work.tx.db(), "WHERE batch = ?1 AND number = ?2", key)?;
    found.ok_or_else(|| Refusal::new(NO_ROOM).with("room", number).into())
}

/// In time order.
fn sessions(work: &Work<'_, '_>) -> Result<Vec<SessionRow>> {
    Ok(rows::select::<SessionRow>(work.tx.db(), "WHERE batch = ?1 ORDER BY starts_at, id", [work.batch()?.id])?)
}

/// Somebody's seats, by the time of their sessions.
fn seats_of(work: &Work<'_, '_>, who: ApplicationId) -> Result<Vec<PlacementRow>> {
    let tail =
        "WHERE application = ?1 ORDER BY (SELECT starts_at FROM session WHERE session.id = placement.session), session";
    Ok(rows::select::<PlacementRow>(work.tx.db(), tail, [who])?)
}

/// The seat somebody has in this session, or in their first; then the sessions in which it is theirs.
fn old_seat(work: &Work<'_, '_>, who: &ApplicationRow, session: Option<SessionId>) -> Result<(Spot, Vec<SessionId>)> {
    let seats = seats_of(work, who.id)?;
    let name = who.name.as_str();
    if seats.is_empty() {
        return Err(Refusal::new(NOT_SEATED).with("name", name).into());
    }
    let old = seats.iter().find(|seat| session.is_none_or(|session| seat.session == session));
    let old = old.ok_or_else(|| Refusal::new(NOT_SEATED_THEN).with("name", name))?;
    let spot = Spot { room: old.room, seat: old.seat };
    let same = seats.iter().filter(|seat| seat.room == spot.room && seat.seat == spot.seat);
    Ok((spot, same.map(|seat| seat.session).collect()))
}

/// The sessions that somebody is due in, in time order.
fn due(work: &Work<'_, '_>, who: &ApplicationRow) -> Result<Vec<SessionRow>> {
    let sessions = sessions(work)?;
    let all: Vec<_> = sessions.iter().map(sitting).collect();
    let policy = work.policy()?;
    let mine = |row: &SessionRow| is_due(policy, &all, &sitting(row), &who.occupation, who.level);
    Ok(sessions.iter().filter(|row| mine(row)).cloned().collect())
}
