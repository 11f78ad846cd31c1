//! The forms of papers: room record, hand-over and unsealing sheets, cover of a bag of scripts, archive register.
use super::person::day;
use super::{Asked, Filled, Ids, NOBODY_SEATED, Notice};
use crate::model::{ApplicationId, AttendanceState, PaperMove, Refusal};
use crate::ops::papers::{self, ArchiveLine, BagLine, Counts, RoomPapers};
use crate::ops::sessions::closed;
use crate::ops::site_key::in_groups;
use crate::ops::staff::operator_name;
use crate::ops::{AttendanceRow, IncidentRow, PaperEventRow, Result, SessionRow};
use crate::store::rows;
use crate::store::views::candidates::{self, Candidate};
use serde::Serialize;

#[derive(Serialize)]
struct Rooms<'a> {
    notice: Notice<'a>,
    site: String,
    rooms: Vec<RoomPage>,
}

#[derive(Serialize)]
struct RoomPage {
    session: String,
    subject: &'static str,
    day: String,
    starts: String,
    ends: Option<String>,
    number: i64,
    name: Option<String>,
    seated: i64,
    here: i64,
    sheets: i64,
    /// Nothing before the record is signed: a form to fill in by hand.
    counts: Option<Counts>,
    missing: Option<i64>,
    reason: Option<String>,
    remarks: Option<String>,
    signed_by: Vec<String>,
    /// Absent or sent away.
    absent: Vec<Who>,
    late: Vec<Who>,
    /// When the first one handed in.
    first_out: Option<String>,
    incidents: Vec<Incident>,
    bags: Vec<Bag>,
    closing: Option<Closing>,
}

/// The closing record of the whole session.
#[derive(Serialize)]
struct Closing {
    number: i64,
    seated: i64,
    present: i64,
    absent: i64,
    refused: i64,
    incidents: i64,
    bags: i64,
    by: Option<String>,
    at: String,
    head_no: i64,
    head: String,
}

#[derive(Serialize)]
struct Who {
    seat: i64,
    ticket: Option<String>,
    name: String,
    minutes: Option<i64>,
    refused: bool,
}

#[derive(Serialize)]
struct Incident {
    seat: Option<i64>,
    name: Option<String>,
    at: String,
    facts: String,
    decision: Option<String>,
}

#[derive(Serialize)]
struct Bag {
    number: String,
    occupation: String,
    level: Option<&'static str>,
    form: Option<&'static str>,
    sheets: i64,
    spare: i64,
    seal: Option<String>,
    handed_over: Option<Hands>,
    unsealed: Option<Hands>,
    collected: Option<Hands>,
    returned: Option<Hands>,
}

/// One movement with those who signed it.
#[derive(Serialize)]
struct Hands {
    at: String,
    giver: String,
    taker: String,
    others: Vec<String>,
    intact: Option<bool>,
    candidates: Vec<String>,
    sheets: Option<i64>,
    note: Option<String>,
}

/// A page for each room in each session asked for.
pub fn rooms(asked: &Asked<'_>) -> Result<Filled> {
    let mut pages = Vec::new();
    for session in asked.sessions()? {
        for room in papers::rooms(asked.site, &session)? {
            if asked.room.as_ref().is_none_or(|only| only.id == room.room) {
                pages.push(page(asked, &session, room)?);
            }
        }
    }
    if pages.is_empty() {
        return Err(Refusal::new(NOBODY_SEATED).into());
    }
    let people = pages.iter().map(|p| p.absent.len() + p.late.len()).sum();
    let data = Rooms { notice: Notice::of(asked.policy), site: asked.site.row()?.name, rooms: pages };
    Filled::of(&data, people, Ids::Masked)
}

fn page(asked: &Asked<'_>, session: &SessionRow, room: RoomPapers) -> Result<RoomPage> {
    let db = asked.site.store().db();
    let people = candidates::in_room(db, session.id, room.room)?;
    let attendance =
        "WHERE session = ?1 AND application IN (SELECT application FROM placement WHERE session = ?1 AND room = ?2)";
    let attendance = rows::select::<AttendanceRow>(db, attendance, (session.id, room.room))?;
    let of = |a: &AttendanceRow| people.iter().find(|p| p.application == a.application).map(|p| who(p, a));
    let mut absent: Vec<Who> = attendance.iter().filter(|a| !a.state.was_here()).filter_map(of).collect();
    let mut late: Vec<Who> = attendance.iter().filter(|a| a.late_minutes.is_some()).filter_map(of).collect();
    absent.sort_by_key(|w| w.seat);
    late.sort_by_key(|w| w.seat);
    let left = |a: &&AttendanceRow| matches!(a.state, AttendanceState::HandedIn | AttendanceState::LeftEarly);
    let first_out = attendance.iter().filter(left).filter_map(|a| a.out_at).min().map(|t| t.clock());
    let tail = "WHERE session = ?1 AND room = ?2 AND state <> 'dismissed' ORDER BY at, id";
    let incidents = rows::select::<IncidentRow>(db, tail, (session.id, room.room))?;
    let counts = room.counted();
    let sheets = room.sheets();
    let record = room.record;
    Ok(RoomPage {
        session: session.code.clone(),
        subject: session.subject.code(),
        day: day(session.starts_at.day()),
        starts: session.starts_at.clock(),
        ends: session.ends_at.map(|t| t.clock()),
        number: room.number,
        name: room.name,
        seated: room.seated,
        here: room.here,
        sheets,
        counts,
        missing: counts.map(|c| c.missing()),
        reason: record.as_ref().and_then(|r| r.reason.clone()),
        remarks: record.as_ref().and_then(|r| r.remarks.clone()),
        signed_by: record.map(|r| r.signed_by.lines().map(str::to_owned).collect()).unwrap_or_default(),
        absent,
        late,
        first_out,
        incidents: incidents.into_iter().map(|i| incident(i, &people)).collect(),
        bags: room.bags.iter().map(|b| bag(b, &people)).collect(),
        closing: closing(asked, session)?,
    })
}

fn closing(asked: &Asked<'_>, session: &SessionRow) -> Result<Option<Closing>> {
    let Some(row) = closed(asked.site, session.id)? else { return Ok(None) };
    Ok(Some(Closing {
        number: row.number,
        seated: row.seated,
        present: row.present,
        absent: row.absent,
        refused: row.refused,
        incidents: row.incidents,
        bags: row.bags,
        by: operator_name(asked.site, row.closed_by)?,
        at: row.closed_at.minute(),
        head_no: row.head_no,
        head: in_groups(&row.head),
    }))
}

fn who(p: &Candidate, a: &AttendanceRow) -> Who {
    Who {
        seat: p.seat.unwrap_or_default(),
        ticket: p.ticket.clone(),
        name: p.name.clone(),
        minutes: a.late_minutes,
        refused: a.state == AttendanceState::Refused,
    }
}

fn incident(i: IncidentRow, people: &[Candidate]) -> Incident {
    let name = i.application.and_then(|who| named(people, who));
    Incident { seat: i.seat, name, at: i.at.clock(), facts: i.facts, decision: i.decision }
}

fn named(people: &[Candidate], who: ApplicationId) -> Option<String> {
    people.iter().find(|p| p.application == who).map(|p| p.name.clone())
}

fn bag(line: &BagLine, people: &[Candidate]) -> Bag {
    let last = |kind: PaperMove| line.events.iter().rfind(|e| e.kind == kind).map(|e| hands(e, people));
    Bag {
        number: line.bag.number.clone(),
        occupation: line.occupation_name.clone(),
        level: line.bag.level.map(|l| l.official()),
        form: line.bag.form.map(|f| f.code()),
        sheets: line.bag.sheets,
        spare: line.bag.spare,
        seal: line.bag.seal.clone(),
        handed_over: last(PaperMove::HandedOver),
        unsealed: last(PaperMove::Unsealed),
        collected: last(PaperMove::Collected),
        returned: last(PaperMove::Returned),
    }
}

fn hands(e: &PaperEventRow, people: &[Candidate]) -> Hands {
    Hands {
        at: e.at.minute(),
        giver: e.giver.clone(),
        taker: e.taker.clone(),
        others: e.watched_by.iter().flat_map(|names| names.lines()).map(str::to_owned).collect(),
        intact: e.intact,
        candidates: [e.candidate_a, e.candidate_b].into_iter().flatten().filter_map(|id| named(people, id)).collect(),
        sheets: e.sheets,
        note: e.note.clone(),
    }
}

#[derive(Serialize)]
struct Register<'a> {
    notice: Notice<'a>,
    site: String,
    made_on: String,
    lines: Vec<ArchiveLine>,
}

/// The archive register of the session asked for, or of the whole batch (S1-38).
pub fn register(asked: &Asked<'_>) -> Result<Filled> {
    let data = Register {
        notice: Notice::of(asked.policy),
        site: asked.site.row()?.name,
        made_on: day(asked.site.now().day()),
        lines: papers::archive(asked.site, asked.session.as_ref().map(|s| s.id))?,
    };
    Filled::of(&data, 0, Ids::Masked)
}
