//! Sheets of marks by bag (登分表): blank ones for marking and typing, filled ones for the proof line by line (逐行核对).
//!
//! A sealed bag goes by its code and script numbers: neither people nor room stand on its page or in the file's name.
use super::person::day;
use super::{Asked, Filled, Ids, NOBODY_SEATED, NOT_DRAWN, NOT_LOCKED, Notice, SEALED_ROOM, STILL_SEALED};
use crate::model::{ApplicationId, AttendanceState, Points, Refusal, SessionMode, Subject};
use crate::ops::{
    ControlTotalRow, EntryRow, MarkKind, MarkLockRow, MarkRow, PanelRow, Result, RoomRow, ScriptBagRow, ScriptRow,
    SessionRow,
};
use crate::policy::criteria::{self, Criterion};
use crate::policy::marking::ScriptNumbers;
use crate::store::rows;
use crate::store::views::candidates::{self, Candidate};
use crate::store::views::conduct;
use serde::Serialize;

#[derive(Serialize)]
struct Sheets<'a> {
    notice: Notice<'a>,
    site: String,
    pages: Vec<Page>,
}

/// The papers of one bag that are marked by the same groups of questions.
#[derive(Serialize)]
struct Page {
    session: String,
    subject: &'static str,
    mode: Option<&'static str>,
    day: String,
    /// Code of the bag, where script numbers were drawn.
    bag: Option<String>,
    /// Nothing while the bag is sealed.
    room: Option<i64>,
    groups: Vec<Group>,
    lines: Vec<Line>,
    /// With a mark in points, and their sum; nothing on a blank sheet.
    papers: Option<usize>,
    total: Option<String>,
    control: Option<Control>,
}

#[derive(Serialize)]
struct Group {
    name: String,
    most: String,
}

/// What the cover of the bag says.
#[derive(Serialize)]
struct Control {
    papers: i64,
    total: String,
}

#[derive(Serialize)]
struct Line {
    /// Script number.
    number: Option<String>,
    /// Nothing while the bag is sealed.
    who: Option<Who>,
    /// In the order of the groups; as many as there are.
    items: Vec<Option<String>>,
    mark: Option<&'static str>,
    points: Option<String>,
    remark: Option<String>,
    /// `absent`, `void`: known before anybody marks.
    known: Option<&'static str>,
}

#[derive(Serialize)]
struct Who {
    seat: i64,
    ticket: Option<String>,
    name: String,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Blank,
    Proof,
}

/// One room's papers of a session.
struct Pile<'a> {
    session: &'a SessionRow,
    room: &'a RoomRow,
    bag: Option<ScriptBagRow>,
}

impl Pile<'_> {
    fn is_sealed(&self) -> bool {
        self.bag.as_ref().is_some_and(|bag| bag.unsealed_at.is_none())
    }
}

pub fn blank(asked: &Asked<'_>) -> Result<Filled> {
    sheets(asked, Kind::Blank)
}

/// Settled marks of locked sessions; a sealed bag waits until it is unsealed.
pub fn proof(asked: &Asked<'_>) -> Result<Filled> {
    sheets(asked, Kind::Proof)
}

fn sheets(asked: &Asked<'_>, kind: Kind) -> Result<Filled> {
    let mut pages = Vec::new();
    let (mut unlocked, mut sealed) = (None, false);
    let (sessions, rooms) = (sessions(asked)?, asked.rooms()?);
    for session in &sessions {
        let mut piles = piles(asked, session, &rooms)?;
        if kind == Kind::Proof && !piles.is_empty() {
            if rows::first::<MarkLockRow>(asked.site.store().db(), "WHERE session = ?1", [session.id])?.is_none() {
                unlocked = Some(session.code.clone());
                continue;
            }
            let all = piles.len();
            piles.retain(|pile| !pile.is_sealed());
            sealed |= piles.len() < all;
        }
        for pile in piles {
            pages.extend(of_pile(asked, &pile, kind)?);
        }
    }
    match (pages.is_empty(), unlocked, sealed) {
        (true, Some(session), _) => return Err(Refusal::new(NOT_LOCKED).with("session", session).into()),
        (true, None, true) => return Err(Refusal::new(STILL_SEALED).into()),
        (true, None, false) => return Err(Refusal::new(NOBODY_SEATED).into()),
        (false, ..) => {}
    }
    let people = pages.iter().map(|page| page.lines.len()).sum();
    let data = Sheets { notice: Notice::of(asked.policy), site: asked.site.row()?.name, pages };
    Filled::of(&data, people, Ids::Masked)
}

/// Those with papers: a review has none.
fn sessions(asked: &Asked<'_>) -> Result<Vec<SessionRow>> {
    let mut all = asked.sessions()?;
    all.retain(|s| s.subject != Subject::Review && asked.bag.as_ref().is_none_or(|bag| bag.session == s.id));
    Ok(all)
}

/// Rooms by number, then sealed bags by code: their order says nothing of rooms.
fn piles<'a>(asked: &Asked<'_>, session: &'a SessionRow, rooms: &'a [RoomRow]) -> Result<Vec<Pile<'a>>> {
    let db = asked.site.store().db();
    let mut piles = Vec::new();
    for room in rooms {
        if asked.bag.as_ref().is_some_and(|bag| bag.room != room.id) && asked.room.is_none() {
            continue;
        }
        let here = (session.id, room.id);
        let bag = rows::first::<ScriptBagRow>(db, "WHERE session = ?1 AND room = ?2", here)?;
        let pile = Pile { session, room, bag };
        if asked.room.is_some() && (pile.is_sealed() || asked.bag.is_some()) {
            return Err(Refusal::new(SEALED_ROOM).with("room", room.number).into());
        }
        let judged = "WHERE session = ?1 AND room = ?2 AND subject = 'practical'";
        if rows::first::<PanelRow>(db, judged, here)?.is_some() || candidates::in_room(db, here.0, here.1)?.is_empty() {
            continue;
        }
        if pile.bag.is_none() && asked.policy.marking.script_numbers == ScriptNumbers::Required {
            return Err(Refusal::new(NOT_DRAWN).with("session", session.code.as_str()).into());
        }
        piles.push(pile);
    }
    piles.sort_by_key(|pile| match &pile.bag {
        Some(bag) if pile.is_sealed() => (true, 0, bag.code.clone()),
        _ => (false, pile.room.number, String::new()),
    });
    Ok(piles)
}

/// The papers of a page while it is put together.
struct Part<'a> {
    groups: &'a [Criterion],
    lines: Vec<Line>,
    points: Vec<Points>,
}

/// A page for each set of groups of questions.
fn of_pile(asked: &Asked<'_>, pile: &Pile<'_>, kind: Kind) -> Result<Vec<Page>> {
    let subject = pile.session.subject;
    let mut parts: Vec<Part<'_>> = Vec::new();
    for (person, number) in papers(asked, pile)? {
        let groups = asked.policy.marking.groups(subject, &person.occupation, person.level);
        let known = if pile.is_sealed() { None } else { known(asked, &person, subject)? };
        let who = (!pile.is_sealed()).then(|| Who {
            seat: person.seat.unwrap_or_default(),
            ticket: person.ticket.clone(),
            name: person.name.clone(),
        });
        let items = groups.iter().map(|_| None).collect();
        let mut line = Line { number, who, items, mark: None, points: None, remark: None, known };
        let points = match kind {
            Kind::Proof => settled(asked, (person.application, subject), groups, &mut line)?,
            Kind::Blank => None,
        };
        let at = parts.iter().position(|part| part.groups == groups).unwrap_or(parts.len());
        if at == parts.len() {
            parts.push(Part { groups, lines: Vec::new(), points: Vec::new() });
        }
        if let Some(part) = parts.get_mut(at) {
            part.lines.push(line);
            part.points.extend(points);
        }
    }
    let control = match kind {
        Kind::Proof => control(asked, pile)?,
        Kind::Blank => None,
    };
    let mut pages: Vec<Page> = parts.into_iter().map(|part| page(pile, part, kind)).collect();
    if let Some(last) = pages.last_mut() {
        last.control = control;
    }
    Ok(pages)
}

/// Whose papers are in the pile, with their script numbers: by seat, or by number while nobody knows whose they are.
fn papers(asked: &Asked<'_>, pile: &Pile<'_>) -> Result<Vec<(Candidate, Option<String>)>> {
    let db = asked.site.store().db();
    let scripts = match &pile.bag {
        Some(bag) => rows::select::<ScriptRow>(db, "WHERE script_bag = ?1", [bag.id])?,
        None => Vec::new(),
    };
    let number = |who: ApplicationId| scripts.iter().find(|s| s.application == who).map(|s| s.number.clone());
    let people = candidates::in_room(db, pile.session.id, pile.room.id)?.into_iter();
    let sits =
        |p: &Candidate| p.state.is_live() && asked.policy.subjects.required(p.level).contains(pile.session.subject);
    let mut all: Vec<_> = people.filter(sits).map(|p| (number(p.application), p)).collect();
    if pile.is_sealed() {
        all.retain(|(number, _)| number.is_some());
        all.sort_by(|(a, _), (b, _)| a.cmp(b));
    }
    Ok(all.into_iter().map(|(number, person)| (person, number)).collect())
}

fn page(pile: &Pile<'_>, part: Part<'_>, kind: Kind) -> Page {
    let session = pile.session;
    let sum: i32 = part.points.iter().map(|p| p.hundredths()).sum();
    let counted = kind == Kind::Proof;
    Page {
        session: session.code.clone(),
        subject: session.subject.code(),
        mode: session.mode.map(SessionMode::code),
        day: day(session.starts_at.day()),
        bag: pile.bag.as_ref().map(|bag| bag.code.clone()),
        room: (!pile.is_sealed()).then_some(pile.room.number),
        groups: part.groups.iter().map(|c| Group { name: c.name.clone(), most: c.max.to_string() }).collect(),
        lines: part.lines,
        papers: counted.then_some(part.points.len()),
        total: counted.then(|| Points::new(sum).to_string()),
        control: None,
    }
}

/// What is certain before anybody marks.
fn known(asked: &Asked<'_>, person: &Candidate, subject: Subject) -> Result<Option<&'static str>> {
    if conduct::is_void(asked.site.store().db(), person.application, subject)? {
        return Ok(Some("void"));
    }
    Ok(person.attendance.is_some_and(|state| !AttendanceState::was_here(state)).then_some("absent"))
}

/// Fills a line from the settled mark, its parts where they still come to it. Gives the points.
fn settled(
    asked: &Asked<'_>,
    (application, subject): (ApplicationId, Subject),
    groups: &[Criterion],
    line: &mut Line,
) -> Result<Option<Points>> {
    let (db, key) = (asked.site.store().db(), (application, subject));
    let Some(mark) = rows::first::<MarkRow>(db, "WHERE application = ?1 AND subject = ?2", key)? else {
        return Ok(None);
    };
    line.mark = Some(mark.mark.code());
    line.points = mark.points.map(|p| p.to_string());
    let entries = "WHERE application = ?1 AND subject = ?2 AND state = 'matched' ORDER BY slot";
    let entries = rows::select::<EntryRow>(db, entries, key)?;
    let remarks: Vec<&str> = entries.iter().filter_map(|e| e.remark.as_deref()).collect();
    line.remark = (!remarks.is_empty()).then(|| remarks.join("\u{ff1b}"));
    let items = entries.first().and_then(|e| criteria::read(e.items.as_deref()?));
    if let (Some(items), Some(points)) = (items, mark.points)
        && mark.mark == MarkKind::Points
        && criteria::adds_up(groups, &items, points).is_ok()
    {
        let of = |c: &Criterion| items.iter().find(|(code, _)| *code == c.code).map(|(_, points)| points.to_string());
        line.items = groups.iter().map(of).collect();
    }
    Ok(mark.points)
}

fn control(asked: &Asked<'_>, pile: &Pile<'_>) -> Result<Option<Control>> {
    let key = (pile.session.id, pile.room.id);
    let row = rows::first::<ControlTotalRow>(asked.site.store().db(), "WHERE session = ?1 AND room = ?2", key)?;
    let sum = |total: i64| Points::new(i32::try_from(total).unwrap_or(i32::MAX)).to_string();
    Ok(row.map(|row| Control { papers: row.papers, total: sum(row.total) }))
}
