//! The pieces that the forms of arrangement and exam day share: a session, a venue, a seat.
use super::person::{day, names};
use crate::model::{DoorSide, Level, SessionMode, Stamp, identity};
use crate::ops::{Candidate, RoomRow, SessionRow, VenueRow};
use crate::policy::Policy;
use crate::policy::gates::Gates as PolicyGates;
use crate::policy::seating::Side;
use chrono::Datelike;
use serde::Serialize;
use std::cmp::Reverse;
use std::collections::BTreeMap;

/// Times are `08:30`; words for codes are in the templates.
#[derive(Debug, Clone, Serialize)]
pub struct SessionLine {
    pub code: String,
    pub subject: &'static str,
    pub mode: Option<&'static str>,
    pub day: String,
    /// 1 is Monday.
    pub weekday: u32,
    pub from: String,
    /// Nothing where the end is open.
    pub to: Option<String>,
    pub minutes: Option<i64>,
    /// When the doors open, when nobody is let in any more, from when somebody may leave.
    pub opens: String,
    pub late: String,
    pub leave: String,
}

impl SessionLine {
    pub fn of(policy: &Policy, session: &SessionRow) -> SessionLine {
        let (gates, starts) = (&policy.gates, session.starts_at);
        let at = |minutes: i64| starts.plus_minutes(minutes).clock();
        SessionLine {
            code: session.code.clone(),
            subject: session.subject.code(),
            mode: session.mode.map(SessionMode::code),
            day: day(starts.day()),
            weekday: starts.day().weekday().number_from_monday(),
            from: starts.clock(),
            to: session.ends_at.map(Stamp::clock),
            minutes: session.ends_at.map(|end| end.minutes_since(starts)),
            opens: at(-i64::from(gates.opens_before_min)),
            late: at(i64::from(gates.late_limit_min)),
            leave: at(i64::from(gates.earliest_leave_min)),
        }
    }
}

/// Minutes, for the rules that candidates read.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct Gates {
    opens: u16,
    late: u16,
    leave: u16,
}

impl Gates {
    pub fn of(gates: &PolicyGates) -> Gates {
        Gates { opens: gates.opens_before_min, late: gates.late_limit_min, leave: gates.earliest_leave_min }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct VenueLine {
    pub code: i64,
    pub name: String,
    pub unit: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
}

impl VenueLine {
    pub fn of(venue: &VenueRow) -> VenueLine {
        let VenueRow { code, name, unit, address, phone, .. } = venue.clone();
        VenueLine { code, name, unit, address, phone }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct RoomHead {
    pub number: i64,
    pub name: Option<String>,
    /// `desks`, `stations`
    pub kind: &'static str,
    pub closed: Option<String>,
}

impl RoomHead {
    pub fn of(room: &RoomRow) -> RoomHead {
        let (name, closed) = (room.name.clone(), room.closed.clone());
        RoomHead { number: room.number, name, kind: room.kind.code(), closed }
    }
}

/// The door's side as one sees it from behind the candidates.
pub fn door(policy: &Policy, room: &RoomRow) -> Side {
    match room.door {
        Some(DoorSide::Left) => Side::Left,
        Some(DoorSide::Right) => Side::Right,
        None => policy.seating.door,
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SeatLine {
    pub seat: i64,
    pub ticket: Option<String>,
    pub name: String,
    /// Masked.
    pub id_number: String,
    pub occupation: String,
    /// `三级/高级工` and `高级工`
    pub level: &'static str,
    pub grade: &'static str,
    pub employer: Option<String>,
}

impl SeatLine {
    pub fn of(person: &Candidate) -> SeatLine {
        let (level, grade) = names(person.level);
        SeatLine {
            seat: person.seat.unwrap_or(0),
            ticket: person.ticket.clone(),
            name: person.name.clone(),
            id_number: identity::mask(&person.id_number),
            occupation: person.occupation_name.clone(),
            level,
            grade,
            employer: person.employer.clone(),
        }
    }
}

/// How many of each occupation and level, by the occupation's name, the lowest level first.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Group {
    pub occupation: String,
    pub level: &'static str,
    pub grade: &'static str,
    pub count: usize,
}

pub fn groups<'a>(people: impl Iterator<Item = &'a Candidate>) -> Vec<Group> {
    let mut all: BTreeMap<(&str, Reverse<Level>), usize> = BTreeMap::new();
    for person in people {
        *all.entry((&person.occupation_name, Reverse(person.level))).or_default() += 1;
    }
    let group = |((occupation, Reverse(of)), count): ((&str, Reverse<Level>), usize)| {
        let (level, grade) = names(of);
        Group { occupation: occupation.to_owned(), level, grade, count }
    };
    all.into_iter().map(group).collect()
}
