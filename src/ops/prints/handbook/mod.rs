//! The exam handbook (考务手册), complete from the data, with what is still missing in it (S1-34).
mod missing;
mod parts;
mod staff;

pub use missing::{Missing, Readiness, readiness};

use super::lines::{Gates, SessionLine};
use super::person::day;
use super::{Asked, Filled, Ids, Notice};
use crate::ops::Result;
use parts::{Counted, RoomPart, SessionPart, VenuePart};
use serde::Serialize;
use staff::{DutyPart, Post, StaffLine};

#[derive(Serialize)]
struct Handbook<'a> {
    notice: Notice<'a>,
    site: String,
    gates: Gates,
    made_on: String,
    /// The last day in time, where the notice sets one.
    due: Option<String>,
    /// First and last day of the exam.
    exam: Option<(String, String)>,
    missing: Vec<Missing>,
    /// Sets of sessions, in time order.
    sessions: Vec<SessionLine>,
    parts: Vec<SessionPart>,
    venues: Vec<VenuePart>,
    rooms: Vec<RoomPart>,
    duties: Vec<DutyPart>,
    staff: Vec<StaffLine>,
    posts: Vec<Post>,
    materials: Vec<Counted>,
    people: usize,
}

pub fn handbook(asked: &Asked<'_>) -> Result<Filled> {
    let site = asked.site;
    let ready = readiness(site)?;
    let sessions = asked.sessions()?;
    // A draft is printed before anybody is seated.
    let sittings = asked.sittings().or_else(|error| match error.refusal() {
        Some(refusal) if refusal.is(super::NOBODY_SEATED) => Ok(Vec::new()),
        _ => Err(error),
    })?;
    let roster = staff::roster(asked)?;
    let rooms = parts::rooms(asked, &sittings);
    let people = rooms.iter().filter(|r| r.opens_list).map(|r| r.seats.len()).sum();
    let days: Vec<_> = sessions.iter().map(|s| s.starts_at.day()).collect();
    let data = Handbook {
        notice: Notice::of(asked.policy),
        site: site.row()?.name,
        gates: Gates::of(&asked.policy.gates),
        made_on: day(site.now().day()),
        due: ready.due.map(day),
        exam: days.iter().min().zip(days.iter().max()).map(|(a, b)| (day(*a), day(*b))),
        missing: ready.missing,
        sessions: sessions.iter().map(|s| SessionLine::of(asked.policy, s)).collect(),
        parts: parts::sessions(asked, &sessions, &sittings),
        venues: parts::venues(asked, &sittings)?,
        materials: parts::materials(&sittings, roster.staff.len()),
        rooms,
        duties: roster.duties,
        staff: roster.staff,
        posts: roster.posts,
        people,
    };
    Filled::of(&data, people, Ids::Masked)
}
