//! Reading seats: rooms with their counts, a room as a grid, who has no seat.
use super::edit::colleagues_key;
use crate::model::{ApplicationId, Code, PaperForm, Refusal};
use crate::ops::applications::Line;
use crate::ops::rooms::{UNKNOWN, grid};
use crate::ops::sessions::sitting;
use crate::ops::{BrokenSeatRow, Result, RoomRow, SessionRow, Site, SpecialNeedRow, batch};
use crate::policy::rooms::Grid;
use crate::policy::seating::{Position, Side};
use crate::policy::sessions::{Sitting, is_due};
use crate::store::rows;
use crate::store::views::candidates::{self, Candidate};
use crate::store::views::seats::{self, Part, Seatable};
use crate::store::views::{applications, rooms as view};
use serde::Serialize;
use std::collections::{BTreeMap, BTreeSet};

pub use view::RoomLine;

pub const NO_ROOM: Code = Code("seating.no_room");

/// The rooms with how many sit in each in the first session.
pub fn room_lines(site: &Site) -> Result<Vec<RoomLine>> {
    let first = batch::sessions(site)?.into_iter().next();
    room_lines_in(site, first.as_ref())
}

/// The same for one session.
pub fn room_lines_in(site: &Site, session: Option<&SessionRow>) -> Result<Vec<RoomLine>> {
    Ok(view::rooms(site.store().db(), site.batch()?.id, session.map(|s| s.id))?)
}

/// A room in one session, as one sees it from behind the last row, looking to the front.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Chart {
    pub room: RoomLine,
    /// Codes of the sessions in which these seats hold, in time order.
    pub sessions: Vec<String>,
    pub door: Side,
    /// Seat numbers, front row first, left to right; the rows of a station's later rounds follow.
    pub grid: Vec<Vec<i64>>,
    /// Who sits here, in seat order.
    pub people: Vec<Candidate>,
    /// Seats of people who have a colleague among the eight neighbours.
    pub beside: BTreeSet<i64>,
    /// Seats that cannot be used, with the reason.
    pub broken: BTreeMap<i64, String>,
    /// Seats that are named for somebody, with the need.
    pub needs: BTreeMap<i64, Need>,
    /// Which paper lies on a seat, where there are two.
    pub forms: BTreeMap<i64, PaperForm>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Need {
    pub application: ApplicationId,
    pub need: String,
}

impl Chart {
    /// Locale key of the door's side.
    pub fn door_key(&self) -> &'static str {
        match self.door {
            Side::Left => "side.left",
            Side::Right => "side.right",
        }
    }

    pub fn at(&self, seat: impl Into<i64>) -> Option<&Candidate> {
        let seat = seat.into();
        self.people.iter().find(|c| c.seat == Some(seat))
    }

    /// Row and column of a seat in [`Chart::grid`].
    pub fn place(&self, seat: i64) -> Option<(usize, usize)> {
        self.grid.iter().enumerate().find_map(|(y, row)| Some((y, row.iter().position(|s| *s == seat)?)))
    }

    /// Rows of one round.
    pub fn round_rows(&self) -> usize {
        usize::try_from(self.room.rows).unwrap_or(1).max(1)
    }
}

/// The room with this number.
pub fn numbered(site: &Site, number: i64) -> Result<RoomLine> {
    let found = room_lines(site)?.into_iter().find(|r| r.number == number);
    found.ok_or_else(|| Refusal::new(NO_ROOM).with("room", number).into())
}

/// The room in the first session.
pub fn chart(site: &Site, room: RoomLine) -> Result<Chart> {
    let first = batch::sessions(site)?.into_iter().next();
    chart_in(site, room, first.as_ref())
}

pub fn chart_in(site: &Site, room: RoomLine, session: Option<&SessionRow>) -> Result<Chart> {
    let (db, id) = (site.store().db(), room.id);
    let row = rows::first::<RoomRow>(db, "WHERE id = ?1", [id])?;
    let row = row.ok_or_else(|| Refusal::new(UNKNOWN).with("room", room.number))?;
    let grid = grid(&site.policy()?.seating, &row);
    let (people, sessions) = match session {
        Some(session) => (candidates::in_room(db, session.id, id)?, same_seats(site, session)?),
        None => (Vec::new(), Vec::new()),
    };
    let of_room = "WHERE room = ?1";
    let broken = rows::select::<BrokenSeatRow>(db, of_room, [id])?;
    let needs = rows::select::<SpecialNeedRow>(db, of_room, [id])?;
    let need = |n: SpecialNeedRow| Some((n.seat?, Need { application: n.application, need: n.need }));
    Ok(Chart {
        sessions,
        door: grid.seating.door,
        grid: lines(&grid),
        beside: beside(&grid, &people),
        people,
        broken: out_of_use(&grid, &broken),
        needs: needs.into_iter().filter_map(need).collect(),
        forms: (1..=i64::from(grid.seats())).filter_map(|seat| Some((seat, grid.form(seat)?))).collect(),
        room,
    })
}

/// A broken station is broken in every round.
fn out_of_use(grid: &Grid, broken: &[BrokenSeatRow]) -> BTreeMap<i64, String> {
    let of = |seat: i64| broken.iter().find(|b| b.seat == seat || b.seat == grid.station(seat));
    (1..=i64::from(grid.seats())).filter_map(|seat| Some((seat, of(seat)?.reason.clone()))).collect()
}

fn lines(grid: &Grid) -> Vec<Vec<i64>> {
    let columns = grid.seating.columns;
    let row = |round: u16, row: u16| {
        (0..columns).filter_map(|column| grid.seat(round, Position { row, column })).collect::<Vec<_>>()
    };
    (1..=grid.rounds).flat_map(|round| (0..grid.seating.rows).map(move |y| row(round, y))).collect()
}

/// Seats of people who have a colleague beside them.
fn beside(grid: &Grid, people: &[Candidate]) -> BTreeSet<i64> {
    let key = |c: &Candidate| Some((c.seat?, colleagues_key(c.employer.as_deref())?));
    let keys: BTreeMap<i64, String> = people.iter().filter_map(key).collect();
    let near =
        |(seat, own): (&i64, &String)| grid.neighbours(*seat).iter().any(|n| keys.get(n) == Some(own)).then_some(*seat);
    keys.iter().filter_map(near).collect()
}

/// Codes of the session and of all others in which nobody sits elsewhere.
fn same_seats(site: &Site, session: &SessionRow) -> Result<Vec<String>> {
    let mut codes = Vec::new();
    for other in batch::sessions(site)? {
        if other.id == session.id || seats::same(site.store().db(), session.id, other.id)? {
            codes.push(other.code);
        }
    }
    Ok(codes)
}

fn seatable(site: &Site) -> Result<Seatable> {
    Ok(if site.policy()?.reviews.steps.is_empty() { Seatable::Live } else { Seatable::Approved })
}

/// People who may be seated and are due in a session in which they have no seat, at most `limit`, and how many there are:
/// first those with no seat at all, then those who lack one in some of their sessions. Before there are sessions, everybody
/// waits. Tickets do not count: a number may be void while its holder still sits.
pub fn unseated(site: &Site, limit: usize) -> Result<(Vec<Line>, usize)> {
    let (db, batch, policy, may) = (site.store().db(), site.batch()?.id, site.policy()?, seatable(site)?);
    let sessions = batch::sessions(site)?;
    let all: Vec<_> = sessions.iter().map(sitting).collect();
    let due = |at: &Sitting<'_>, who: &Part| is_due(&policy, &all, at, &who.occupation, who.level);
    let (placeless, elsewhere): (Vec<_>, Vec<_>) = seats::placeless(db, batch, may)?
        .into_iter()
        .partition(|part| all.is_empty() || all.iter().any(|session| due(session, part)));
    let count: usize = placeless.iter().map(|part| part.people).sum();
    let mut found = Vec::new();
    if count > 0 {
        found = applications::placeless(db, batch, (may, &elsewhere), limit)?;
    }
    let mut lacking = BTreeSet::new();
    for (session, part) in seats::lacks(db, batch, may)? {
        let at = sessions.iter().find(|s| s.id == session).map(sitting);
        if at.is_some_and(|at| due(&at, &part)) {
            lacking.extend(seats::lacking(db, batch, may, (session, &part))?);
        }
    }
    let rest: Vec<_> = lacking.iter().copied().take(limit.saturating_sub(found.len())).collect();
    found.extend(applications::of(db, &rest)?);
    Ok((found, count + lacking.len()))
}

/// People who cannot be seated because a review of the notice is not passed yet.
pub fn unapproved(site: &Site) -> Result<usize> {
    match seatable(site)? {
        Seatable::Live => Ok(0),
        Seatable::Approved => Ok(applications::in_review(site.store().db(), site.batch()?.id)?),
    }
}

/// One seat of somebody.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Held {
    pub session: String,
    pub room: i64,
    pub seat: i64,
}

/// All seats of somebody, in time order.
pub fn seats_of(site: &Site, who: ApplicationId) -> Result<Vec<Held>> {
    let mut held = Vec::new();
    for session in batch::sessions(site)? {
        let found = candidates::candidate(site.store().db(), Some(session.id), who)?;
        if let Some((room, seat)) = found.and_then(|c| Some((c.room_number?, c.seat?))) {
            held.push(Held { session: session.code, room, seat });
        }
    }
    Ok(held)
}

/// Somebody's special need.
pub fn need_of(site: &Site, who: ApplicationId) -> Result<Option<SpecialNeedRow>> {
    Ok(rows::first::<SpecialNeedRow>(site.store().db(), "WHERE application = ?1", [who])?)
}

/// Somebody, the need, the numbers of the room and of the seat.
pub type NeedLine = (ApplicationId, String, Option<i64>, Option<i64>);

/// Everybody with a special need, by room and seat.
pub fn needs(site: &Site) -> Result<Vec<NeedLine>> {
    let rooms: BTreeMap<_, _> = room_lines(site)?.into_iter().map(|r| (r.id, r.number)).collect();
    let of_batch =
        "WHERE application IN (SELECT id FROM application WHERE batch = ?1) ORDER BY room, seat, application";
    let rows = rows::select::<SpecialNeedRow>(site.store().db(), of_batch, [site.batch()?.id])?;
    let line = |n: SpecialNeedRow| (n.application, n.need, n.room.and_then(|r| rooms.get(&r).copied()), n.seat);
    Ok(rows.into_iter().map(line).collect())
}
