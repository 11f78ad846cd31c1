//! What is put up for everybody: rooms, seats by name, timetable, rules. No identity number stands on any of it.
use super::lines::{Gates, Group, RoomHead, SeatLine, SessionLine, VenueLine, groups};
use super::room::alike;
use super::{Asked, Filled, Ids, Notice};
use crate::ops::Result;
use serde::Serialize;

#[derive(Serialize)]
struct Posted<'a, T> {
    notice: Notice<'a>,
    site: String,
    gates: Gates,
    sessions: Vec<SessionLine>,
    venues: Vec<VenueLine>,
    lines: Vec<T>,
}

#[derive(Serialize)]
struct RoomLine {
    venue: i64,
    sessions: Vec<SessionLine>,
    room: RoomHead,
    first_ticket: Option<String>,
    last_ticket: Option<String>,
    people: usize,
    groups: Vec<Group>,
}

/// A line of the list of names. Two people of one name are told apart by occupation, level and number.
#[derive(Serialize)]
struct NameLine {
    /// The first session of the seat.
    sessions: Vec<SessionLine>,
    venue: VenueLine,
    room: RoomHead,
    person: SeatLine,
}

fn posted<T: Serialize>(asked: &Asked<'_>, lines: Vec<T>, people: usize) -> Result<Filled> {
    let data = Posted {
        notice: Notice::of(asked.policy),
        site: asked.site.row()?.name,
        gates: Gates::of(&asked.policy.gates),
        sessions: asked.sessions()?.iter().map(|s| SessionLine::of(asked.policy, s)).collect(),
        venues: asked.venues()?.iter().map(VenueLine::of).collect(),
        lines,
    };
    Filled::of(&data, people, Ids::Masked)
}

pub fn rooms(asked: &Asked<'_>) -> Result<Filled> {
    let mut lines = Vec::new();
    for page in alike(asked.sittings()?) {
        let Some(first) = page.first() else { continue };
        let mut tickets: Vec<_> = first.people.iter().filter_map(|p| p.ticket.clone()).collect();
        tickets.sort();
        lines.push(RoomLine {
            venue: first.venue.code,
            sessions: page.iter().map(|s| SessionLine::of(asked.policy, &s.session)).collect(),
            room: RoomHead::of(&first.room),
            first_ticket: tickets.first().cloned(),
            last_ticket: tickets.last().cloned(),
            people: first.people.len(),
            groups: groups(first.people.iter()),
        });
    }
    let people = lines.iter().map(|l| l.people).sum();
    posted(asked, lines, people)
}

/// By pinyin of the name, as people look themselves up.
pub fn seats(asked: &Asked<'_>) -> Result<Filled> {
    let mut lines = Vec::new();
    for page in alike(asked.sittings()?) {
        let Some(first) = page.first() else { continue };
        let sessions: Vec<_> = page.iter().map(|s| SessionLine::of(asked.policy, &s.session)).collect();
        for person in &first.people {
            let row = crate::ops::applications::by_id(asked.site, person.application)?;
            let line = NameLine {
                sessions: sessions.clone(),
                venue: VenueLine::of(&first.venue),
                room: RoomHead::of(&first.room),
                person: SeatLine::of(person),
            };
            lines.push(((row.pinyin, row.name, first.session.starts_at), line));
        }
    }
    lines.sort_by(|(a, _), (b, _)| a.cmp(b));
    let lines: Vec<_> = lines.into_iter().map(|(_, line)| line).collect();
    let people = lines.len();
    posted(asked, lines, people)
}

pub fn timetable(asked: &Asked<'_>) -> Result<Filled> {
    posted(asked, Vec::<NameLine>::new(), 0)
}

pub fn rules(asked: &Asked<'_>) -> Result<Filled> {
    posted(asked, Vec::<NameLine>::new(), 0)
}
