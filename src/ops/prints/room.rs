//! The forms of one room: sign-in sheet, seat chart, desk labels, list at the door.
use super::lines::{Gates, Group, RoomHead, SeatLine, SessionLine, VenueLine, door, groups};
use super::{Asked, Filled, Ids, Notice, Sitting};
use crate::model::ApplicationId;
use crate::ops::{Result, RoomRow};
use crate::policy::Policy;
use crate::policy::seating::{Position, Seating, Side};
use serde::Serialize;

#[derive(Serialize)]
struct Rooms<'a> {
    notice: Notice<'a>,
    site: String,
    gates: Gates,
    rooms: Vec<RoomPage>,
}

/// One room with one filling: a single session, or all in which the same people have the same seats.
#[derive(Serialize)]
struct RoomPage {
    sessions: Vec<SessionLine>,
    venue: VenueLine,
    room: RoomHead,
    seats: Vec<SeatLine>,
    groups: Vec<Group>,
    charts: Vec<Chart>,
}

/// The room as the proctor at the front desk sees it: the last row on top, the front row at the bottom.
#[derive(Debug, PartialEq, Serialize)]
struct Chart {
    /// From 1; stations are used in rounds.
    round: i64,
    /// Side of the paper on which the door is.
    door: &'static str,
    rows: Vec<Vec<Place>>,
}

#[derive(Debug, PartialEq, Serialize)]
struct Place {
    seat: i64,
    who: Option<SeatLine>,
}

/// A page for each room in each session.
pub fn each(asked: &Asked<'_>) -> Result<Filled> {
    let sittings = asked.sittings()?;
    filled(asked, sittings.into_iter().map(|s| vec![s]).collect())
}

/// A page for each room; sessions in which the same people have the same seats share one.
pub fn grouped(asked: &Asked<'_>) -> Result<Filled> {
    filled(asked, alike(asked.sittings()?))
}

fn filled(asked: &Asked<'_>, pages: Vec<Vec<Sitting>>) -> Result<Filled> {
    // Whoever sits in two sessions is one person.
    let everybody = pages.iter().flatten().flat_map(|s| &s.people).map(|p| p.application);
    let people = everybody.collect::<std::collections::BTreeSet<_>>().len();
    let data = Rooms {
        notice: Notice::of(asked.policy),
        site: asked.site.row()?.name,
        gates: Gates::of(&asked.policy.gates),
        rooms: pages.iter().filter_map(|sittings| page(asked.policy, sittings)).collect(),
    };
    Filled::of(&data, people, Ids::Masked)
}

/// By room, then by time.
pub fn alike(sittings: Vec<Sitting>) -> Vec<Vec<Sitting>> {
    let filling = |s: &Sitting| s.people.iter().map(|p| (p.seat, p.application)).collect::<Vec<(_, ApplicationId)>>();
    let mut pages: Vec<Vec<Sitting>> = Vec::new();
    for sitting in sittings {
        let same = |page: &&mut Vec<Sitting>| {
            page.first().is_some_and(|first| first.room.id == sitting.room.id && filling(first) == filling(&sitting))
        };
        match pages.iter_mut().find(same) {
            Some(page) => page.push(sitting),
            None => pages.push(vec![sitting]),
        }
    }
    pages.sort_by_key(|page| page.first().map(|s| (s.room.number, s.session.starts_at)));
    pages
}

fn page(policy: &Policy, sittings: &[Sitting]) -> Option<RoomPage> {
    let first = sittings.first()?;
    let seats: Vec<_> = first.people.iter().map(SeatLine::of).collect();
    Some(RoomPage {
        sessions: sittings.iter().map(|s| SessionLine::of(policy, &s.session)).collect(),
        venue: VenueLine::of(&first.venue),
        room: RoomHead::of(&first.room),
        groups: groups(first.people.iter()),
        charts: charts(policy, &first.room, &seats),
        seats,
    })
}

/// One chart for each round that somebody is in.
fn charts(policy: &Policy, room: &RoomRow, seats: &[SeatLine]) -> Vec<Chart> {
    let narrow = |n: i64| u16::try_from(n).unwrap_or(u16::MAX);
    let door = door(policy, room);
    let seating = Seating { rows: narrow(room.rows), columns: narrow(room.columns), door, ..policy.seating };
    let grid = i64::from(seating.grid());
    let chart = |round: i64| {
        let place = |row: u16, column: u16| {
            let seat = round * grid + i64::from(seating.seat(Position { row, column }).unwrap_or(0));
            Place { seat, who: seats.iter().find(|s| s.seat == seat).cloned() }
        };
        let row = |row: u16| (0..seating.columns).rev().map(|column| place(row, column)).collect();
        // Who faces the candidates has their left at the right hand.
        let door = match door {
            Side::Left => "right",
            Side::Right => "left",
        };
        Chart { round: round + 1, door, rows: (0..seating.rows).rev().map(row).collect() }
    };
    let all = (0..room.rounds.max(1)).map(chart);
    all.filter(|c| c.round == 1 || c.rows.iter().flatten().any(|p| p.who.is_some())).collect()
}
