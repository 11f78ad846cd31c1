//! The stored facts as the rules want them.
use super::particulars::{duties, split};
use super::row;
use crate::model::{BatchId, Duty, RoomKind, SessionId, SessionMode, StaffId, Stamp};
use crate::ops::Result;
use crate::policy::staffing::{Facts, Person, Seat, Task, Tie, When};
use crate::store::rows::Connection;
use crate::store::views::staffing::{Sitting, candidates, each_seat, work};
use crate::store::{AssignmentRow, RoomRow, SessionRow, StaffRow, StaffTieRow, VenueRow, rows};
use std::collections::HashMap;

pub struct World {
    pub facts: Facts,
    pub people: Vec<Person>,
    /// Of the batch, in the order in which they were made.
    pub tasks: Vec<AssignmentRow>,
    /// Of the batch, by time, by code, by number.
    pub sessions: Vec<SessionRow>,
    pub venues: Vec<VenueRow>,
    pub rooms: Vec<RoomRow>,
}

impl World {
    pub fn load(db: &Connection, batch: BatchId) -> Result<World> {
        let sessions = rows::select::<SessionRow>(db, "WHERE batch = ?1 ORDER BY starts_at, id", [batch])?;
        let venues = rows::select::<VenueRow>(db, "WHERE batch = ?1 ORDER BY code", [batch])?;
        let rooms = rows::select::<RoomRow>(db, "WHERE batch = ?1 ORDER BY number", [batch])?;
        let own = "WHERE session IN (SELECT id FROM session WHERE batch = ?1) ORDER BY id";
        let tasks = rows::select::<AssignmentRow>(db, own, [batch])?;
        let mut facts = Facts::default();
        for session in &sessions {
            facts.sessions.insert(session.id, when(&session.code, session.starts_at, session.ends_at));
        }
        facts.venues.extend(venues.iter().map(|v| (v.id, v.name.clone())));
        facts.candidates.extend(candidates(db, batch)?);
        each_seat(db, batch, &mut |sitting| {
            let kind = kind(&sitting);
            facts.seat(seat(sitting), kind);
        })?;
        for done in work(db)? {
            facts.sessions.entry(done.session).or_insert_with(|| when(&done.code, done.starts, done.ends));
            facts.venues.entry(done.venue).or_insert(done.venue_name);
            let duty = if done.is_assessor { Duty::Assessor } else { Duty::Proctor };
            facts.take(&Task { staff: done.staff, session: done.session, venue: done.venue, room: None, duty });
        }
        Ok(World { facts, people: people(db)?, tasks, sessions, venues, rooms })
    }

    pub fn person(&self, id: StaffId) -> Option<&Person> {
        self.people.binary_search_by_key(&id, |p| p.id).ok().and_then(|at| self.people.get(at))
    }
}

/// An open end lasts to the end of its day.
fn when(code: &str, starts: Stamp, ends: Option<Stamp>) -> When {
    let midnight = || starts.plus_minutes(24 * 60 - starts.minutes_since(Stamp::at(starts.day().into())));
    When { code: code.to_owned(), starts, ends: ends.unwrap_or_else(midnight) }
}

/// Whatever the furniture, a hands-on session is assessed on the spot.
fn kind(sitting: &Sitting) -> RoomKind {
    match sitting.mode {
        Some(SessionMode::HandsOn) => RoomKind::Stations,
        Some(SessionMode::Paper) => RoomKind::Desks,
        None => sitting.kind,
    }
}

fn seat(sitting: Sitting) -> Seat {
    let Sitting { session, venue, room, id_number, employer, occupation, level, .. } = sitting;
    Seat { session, venue, room, id_number, employer, occupation, level }
}

/// Everybody, by number.
fn people(db: &Connection) -> Result<Vec<Person>> {
    let mut ties: HashMap<StaffId, Vec<Tie>> = HashMap::new();
    for tie in rows::select::<StaffTieRow>(db, "ORDER BY id", [])? {
        let StaffTieRow { staff, kind, id_number, name, .. } = tie;
        ties.entry(staff).or_default().push(Tie { kind, id_number, name });
    }
    let person = |row: StaffRow| Person {
        duties: duties(&row),
        occupations: split(&row.occupations),
        ties: ties.remove(&row.id).unwrap_or_default(),
        id: row.id,
        name: row.name,
        unit: row.unit,
        id_number: row.id_number,
        grade: row.grade,
        card_no: row.card_no,
        card_until: row.card_until,
        retired: row.retired,
    };
    Ok(rows::select::<StaffRow>(db, "ORDER BY id", [])?.into_iter().map(person).collect())
}

/// The work of somebody in a session.
pub fn task_of(db: &Connection, session: SessionId, staff: StaffId) -> Result<AssignmentRow> {
    let found = rows::first::<AssignmentRow>(db, "WHERE session = ?1 AND staff = ?2", (session, staff))?;
    match found {
        Some(task) => Ok(task),
        None => {
            let name = row(db, staff)?.name;
            let code = rows::first::<SessionRow>(db, "WHERE id = ?1", [session])?.map(|s| s.code).unwrap_or_default();
            Err(super::assign::no_task(&name, &code).into())
        }
    }
}
