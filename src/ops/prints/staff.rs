//! Sheets of staff: whoever works in a session signs in (监考、考评人员签到表), each room with its people, and the register of
//! those who mark (S1-35).
use super::{Asked, Filled, Ids, Notice};
use crate::model::Refusal;
use crate::ops::Result;
use crate::ops::staff::{Line, NOBODY_WORKS, Worker, board, markers as registered};
use crate::policy::reviews::Body;
use serde::Serialize;

#[derive(Serialize)]
struct Sheet<'a> {
    notice: Notice<'a>,
    site: String,
    /// Who organises marking; nothing on the other sheets, and where the notice leaves it open.
    organised_by: Option<&'static str>,
    parts: Vec<Part>,
}

/// One session at one venue.
#[derive(Serialize)]
struct Part {
    session: String,
    subject: &'static str,
    starts: String,
    venue: String,
    rooms: Vec<Room>,
    people: Vec<Person>,
}

#[derive(Serialize)]
struct Room {
    number: i64,
    candidates: usize,
    people: Vec<Person>,
}

#[derive(Clone, Serialize)]
struct Person {
    name: String,
    unit: String,
    phone: Option<String>,
    room: Option<i64>,
    duty: &'static str,
    leads: bool,
    /// When they signed in.
    came: Option<String>,
}

fn person(line: &Line, worker: &Worker) -> Person {
    Person {
        name: worker.name.clone(),
        unit: worker.unit.clone(),
        phone: worker.phone.clone(),
        room: line.room_number,
        duty: line.duty.code(),
        leads: worker.leads,
        came: worker.came_at.map(|t| t.clock()),
    }
}

/// Everybody who works, by session and venue: those of the venue first, then room by room.
pub fn sheet(asked: &Asked<'_>) -> Result<Filled> {
    let mut lines = Vec::new();
    for session in asked.sessions()? {
        let mut of_session = board(asked.site, Some(session.id))?;
        of_session.retain(|l| {
            let (venue, room) = (&asked.venue, &asked.room);
            venue.as_ref().is_none_or(|v| v.id == l.venue) && room.as_ref().is_none_or(|r| Some(r.id) == l.room)
        });
        of_session.sort_by_key(|l| (l.venue_code, l.room_number, l.duty));
        lines.extend(of_session.into_iter().map(|l| (session.subject.code(), l)));
    }
    let mut parts: Vec<Part> = Vec::new();
    for (subject, line) in &lines {
        let at = part(&mut parts, subject, line);
        let Some(part) = parts.get_mut(at) else { continue };
        let people: Vec<_> = line.people.iter().map(|worker| person(line, worker)).collect();
        if let Some(number) = line.room_number {
            let (candidates, own) = (line.candidates, people.clone());
            match part.rooms.last_mut().filter(|room| room.number == number) {
                Some(room) => room.people.extend(own),
                None => part.rooms.push(Room { number, candidates, people: own }),
            }
        }
        part.people.extend(people);
    }
    parts.retain(|part| !part.people.is_empty());
    filled(asked, None, parts)
}

/// Where a line's session and venue stand among the parts, made if need be.
fn part(parts: &mut Vec<Part>, subject: &'static str, line: &Line) -> usize {
    let same = |part: &Part| part.session == line.code && part.venue == line.venue_name;
    let at = parts.iter().position(same).unwrap_or(parts.len());
    if at == parts.len() {
        parts.push(Part {
            session: line.code.clone(),
            subject,
            starts: line.starts.minute(),
            venue: line.venue_name.clone(),
            rooms: Vec::new(),
            people: Vec::new(),
        });
    }
    // Just found or pushed.
    at
}

/// The register of markers under the body that organises marking.
pub fn markers(asked: &Asked<'_>) -> Result<Filled> {
    let (body, all) = registered(asked.site)?;
    let mut parts = Vec::new();
    for (line, worker) in &all {
        if asked.session.as_ref().is_none_or(|s| s.id == line.session) {
            let subject = crate::ops::batch::sessions(asked.site)?.into_iter().find(|s| s.id == line.session);
            let subject = subject.map_or("", |s| s.subject.code());
            let at = part(&mut parts, subject, line);
            parts.get_mut(at).into_iter().for_each(|part| part.people.push(person(line, worker)));
        }
    }
    filled(asked, body.map(Body::code), parts)
}

fn filled(asked: &Asked<'_>, organised_by: Option<&'static str>, parts: Vec<Part>) -> Result<Filled> {
    if parts.is_empty() {
        return Err(Refusal::new(NOBODY_WORKS).into());
    }
    let people = parts.iter().map(|part| part.people.len()).sum();
    let notice = Notice::of(asked.policy);
    Filled::of(&Sheet { notice, site: asked.site.row()?.name, organised_by, parts }, people, Ids::Masked)
}
