//! Reading seats: rooms with their counts, a room as a grid, who has no seat.
use crate::model::{Code, Refusal};
use crate::ops::applications::Line;
use crate::ops::{Result, SessionRow, Site, batch};
use crate::policy::seating::{Position, Seating, Side};
use crate::store::views::applications::Seatable;
use crate::store::views::candidates::{self, Candidate};
use crate::store::views::{applications, rooms as view};
use serde::Serialize;

pub use view::RoomLine;

pub const NO_ROOM: Code = Code("seating.no_room");

/// The session whose seats are shown: the first, because everybody keeps the seat in the others (S1-31).
fn session(site: &Site) -> Result<Option<SessionRow>> {
    Ok(batch::sessions(site)?.into_iter().next())
}

/// The same with how many sit in each.
pub fn room_lines(site: &Site) -> Result<Vec<RoomLine>> {
    let session = session(site)?.map(|s| s.id);
    Ok(view::rooms(site.store().db(), site.batch()?.id, session)?)
}

/// A room as one sees it from behind the last row, looking to the front.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    pub room: RoomLine,
    /// Codes of the sessions in which these seats hold.
    pub sessions: Vec<String>,
    pub door: Side,
    /// Seat numbers, front row first, left to right.
    pub grid: Vec<Vec<u16>>,
    /// Who sits here, in seat order.
    pub people: Vec<Candidate>,
}

impl Chart {
    /// Locale key of the door's side.
    pub fn door_key(&self) -> &'static str {
        match self.door {
            Side::Left => "side.left",
            Side::Right => "side.right",
        }
    }

    pub fn at(&self, seat: u16) -> Option<&Candidate> {
        self.people.iter().find(|c| c.seat == Some(i64::from(seat)))
    }
}

/// The room with this number.
pub fn numbered(site: &Site, number: i64) -> Result<RoomLine> {
    let found = room_lines(site)?.into_iter().find(|r| r.number == number);
    found.ok_or_else(|| Refusal::new(NO_ROOM).with("room", number).into())
}

pub fn chart(site: &Site, room: RoomLine) -> Result<Chart> {
    let narrow = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
    let seating = Seating { rows: narrow(room.rows), columns: narrow(room.columns), ..site.policy()?.seating };
    let row = |row| (0..seating.columns).filter_map(|column| seating.seat(Position { row, column })).collect();
    let sessions = batch::sessions(site)?;
    let people = match sessions.first() {
        Some(first) => candidates::in_room(site.store().db(), first.id, room.id)?,
        None => Vec::new(),
    };
    let sessions = sessions.into_iter().map(|s| s.code).collect();
    Ok(Chart { sessions, door: seating.door, grid: (0..seating.rows).map(row).collect(), people, room })
}

fn seatable(site: &Site) -> Result<Seatable> {
    Ok(if site.policy()?.reviews.steps.is_empty() { Seatable::Live } else { Seatable::Approved })
}

/// People who may be seated and have no seat, at most `limit`, and how many there are.
pub fn unseated(site: &Site, limit: usize) -> Result<(Vec<Line>, usize)> {
    Ok(applications::unseated(site.store().db(), site.batch()?.id, seatable(site)?, limit)?)
}

/// People who cannot be seated because a review of the notice is not passed yet.
pub fn unapproved(site: &Site) -> Result<usize> {
    match seatable(site)? {
        Seatable::Live => Ok(0),
        Seatable::Approved => Ok(applications::in_review(site.store().db(), site.batch()?.id)?),
    }
}
