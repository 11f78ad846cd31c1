//! What the rules look at: who sits where, who works where, and when.
use super::Past;
use crate::model::{AssessorGrade, Day, Duty, Level, RoomId, RoomKind, SessionId, StaffId, Stamp, TieKind, VenueId};
use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};

/// Why somebody may not meet a candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Tie {
    pub kind: TieKind,
    pub id_number: String,
    pub name: String,
}

/// One of the staff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Person {
    pub id: StaffId,
    pub name: String,
    pub unit: String,
    pub id_number: Option<String>,
    pub grade: AssessorGrade,
    pub card_no: Option<String>,
    pub card_until: Option<Day>,
    /// Empty: the card covers every occupation.
    pub occupations: Vec<String>,
    pub duties: Vec<Duty>,
    pub retired: bool,
    pub ties: Vec<Tie>,
}

impl Person {
    pub fn covers(&self, occupation: &str) -> bool {
        self.occupations.is_empty() || self.occupations.iter().any(|own| own == occupation)
    }
}

/// A candidate's place in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seat {
    pub session: SessionId,
    pub venue: VenueId,
    pub room: RoomId,
    pub id_number: String,
    pub employer: Option<String>,
    pub occupation: String,
    pub level: Level,
}

/// Somebody's work in a session.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Task {
    pub staff: StaffId,
    pub session: SessionId,
    pub venue: VenueId,
    pub room: Option<RoomId>,
    pub duty: Duty,
}

/// What is to be done: one place to fill.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Post {
    pub session: SessionId,
    pub venue: VenueId,
    pub room: Option<RoomId>,
    pub duty: Duty,
}

/// Who sits in a room in a session.
#[derive(Debug, Clone, Default)]
pub struct Sitters {
    pub kind: Option<RoomKind>,
    pub people: usize,
    /// By occupation and level.
    pub sat: BTreeMap<(String, Level), usize>,
}

/// A session of any batch of the site; an open end lasts to the end of its day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct When {
    pub code: String,
    pub starts: Stamp,
    pub ends: Stamp,
}

/// Everything that the rules ask about, looked up by key.
#[derive(Debug, Clone, Default)]
pub struct Facts {
    pub sessions: BTreeMap<SessionId, When>,
    pub venues: BTreeMap<VenueId, String>,
    /// Rooms with candidates, by session.
    pub rooms: BTreeMap<(SessionId, VenueId, RoomId), Sitters>,
    /// Everybody who takes part in the batch, seated or not.
    pub candidates: HashSet<String>,
    /// Where a candidate sits, by identity number.
    sits: HashMap<String, Vec<(SessionId, VenueId, RoomId)>>,
    units: HashMap<(SessionId, RoomId), HashSet<String>>,
    venue_units: HashMap<(SessionId, VenueId), HashSet<String>>,
    /// What somebody does, in every batch.
    pub work: BTreeMap<StaffId, BTreeSet<SessionId>>,
    pub past: Past,
}

impl Facts {
    pub fn seat(&mut self, seat: Seat, kind: RoomKind) {
        let place = (seat.session, seat.venue, seat.room);
        let room = self.rooms.entry(place).or_default();
        room.kind = Some(kind);
        room.people += 1;
        *room.sat.entry((seat.occupation, seat.level)).or_default() += 1;
        if let Some(unit) = seat.employer.filter(|unit| !unit.is_empty()) {
            self.venue_units.entry((seat.session, seat.venue)).or_default().insert(unit.clone());
            self.units.entry((seat.session, seat.room)).or_default().insert(unit);
        }
        self.candidates.insert(seat.id_number.clone());
        self.sits.entry(seat.id_number).or_default().push(place);
    }

    /// Somebody works here from now on.
    pub fn take(&mut self, task: &Task) {
        self.work.entry(task.staff).or_default().insert(task.session);
        if let (Duty::Assessor, Some(when), Some(venue)) =
            (task.duty, self.sessions.get(&task.session), self.venues.get(&task.venue))
        {
            self.past.add(venue, (when.starts, task.session), task.staff);
        }
    }

    /// Somebody does not work here any more. What they did is left out of rotation for their own session anyway.
    pub fn release(&mut self, task: &Task) {
        if let Some(work) = self.work.get_mut(&task.staff) {
            work.remove(&task.session);
        }
    }

    /// Whether a candidate is among those whom the post deals with: of the room, or of the whole venue.
    pub fn meets(&self, post: &Post, id_number: &str) -> bool {
        let here = |(session, venue, room): &(SessionId, VenueId, RoomId)| {
            *session == post.session && *venue == post.venue && post.room.is_none_or(|own| own == *room)
        };
        self.sits.get(id_number).is_some_and(|places| places.iter().any(here))
    }

    /// Whether somebody of this employer is among them.
    pub fn meets_unit(&self, post: &Post, unit: &str) -> bool {
        let units = match post.room {
            Some(room) => self.units.get(&(post.session, room)),
            None => self.venue_units.get(&(post.session, post.venue)),
        };
        units.is_some_and(|units| units.contains(unit))
    }

    /// A session in which somebody works at a time of this one.
    pub fn clash(&self, staff: StaffId, session: SessionId) -> Option<&When> {
        let own = self.sessions.get(&session)?;
        let meets = |other: &&When| own.starts < other.ends && other.starts < own.ends;
        let all = self.work.get(&staff)?.iter();
        all.filter_map(|id| self.sessions.get(id)).find(meets)
    }

    pub fn sitters(&self, post: &Post) -> Option<&Sitters> {
        self.rooms.get(&(post.session, post.venue, post.room?))
    }

    /// The session's day, and its place in time for rotation.
    pub fn when(&self, session: SessionId) -> Option<&When> {
        self.sessions.get(&session)
    }

    /// Whether somebody is new among the assessors of the venue; `None` where none worked before.
    pub fn is_new(&self, post: &Post, staff: StaffId) -> Option<bool> {
        let (when, venue) = (self.sessions.get(&post.session)?, self.venues.get(&post.venue)?);
        self.past.is_new(venue, (when.starts, post.session), staff)
    }

    /// Whether assessors worked at the post's venue before.
    pub fn has_past(&self, post: &Post) -> bool {
        match (self.sessions.get(&post.session), self.venues.get(&post.venue)) {
            (Some(when), Some(venue)) => self.past.has_group(venue, (when.starts, post.session)),
            _ => false,
        }
    }
}
