//! 违纪情况记录: a page for each incident, with boxes for the hands of everybody who has to sign.
use super::{Asked, Filled, Ids, NOTHING, Notice};
use crate::model::{Refusal, Stamp, identity};
use crate::ops::conduct::{Acts, Listed};
use crate::ops::{IncidentState, Result, conduct};
use serde::Serialize;

#[derive(Serialize)]
struct Records<'a> {
    notice: Notice<'a>,
    incidents: Vec<Record>,
}

/// Everything a template may ask for. Codes stay codes: the template has the words.
#[derive(Serialize)]
struct Record {
    number: i64,
    session: String,
    subject: &'static str,
    room: i64,
    seat: Option<i64>,
    name: Option<String>,
    ticket: Option<String>,
    /// Masked.
    id_number: Option<String>,
    occupation: Option<String>,
    table: String,
    basis: Option<String>,
    act: String,
    act_words: Option<String>,
    at: String,
    warned: bool,
    facts: String,
    evidence: Vec<String>,
    invigilators: [String; 2],
    signature: &'static str,
    state: &'static str,
    outcome: Option<String>,
    decision: Option<String>,
    decided_by: Option<String>,
    decided_at: Option<String>,
    barred_until: Option<String>,
    reported_by: String,
}

/// The incidents of the batch, of a session, of a room or of certain people, by session, room and time.
pub fn records(asked: &Asked<'_>) -> Result<Filled> {
    let mut all = conduct::incidents(asked.site)?;
    all.retain(|one| {
        asked.session.as_ref().is_none_or(|s| s.id == one.session)
            && asked.room.as_ref().is_none_or(|r| r.id == one.room)
            && (asked.who.is_empty() || one.application.is_some_and(|id| asked.who.contains(&id)))
    });
    if all.is_empty() {
        return Err(Refusal::new(NOTHING).into());
    }
    all.sort_by_key(|one| (one.session, one.room_number, one.at, one.number));
    let incidents: Vec<_> =
        all.into_iter().map(|one| record(conduct::acts(asked.site, Some(&one.table)).ok().as_ref(), one)).collect();
    let people = incidents.len();
    Filled::of(&Records { notice: Notice::of(asked.policy), incidents }, people, Ids::Masked)
}

fn record(acts: Option<&Acts>, one: Listed) -> Record {
    let time = |at: Stamp| at.minute();
    Record {
        number: one.number.0,
        session: one.session_code,
        subject: one.subject.code(),
        room: one.room_number,
        seat: one.seat,
        name: one.name,
        ticket: one.ticket,
        id_number: one.id_number.as_deref().map(identity::mask),
        occupation: one.occupation_name,
        basis: acts.map(|a| a.basis.clone()),
        act_words: acts.and_then(|a| a.act(&one.act).ok()).map(|act| act.words.zh.clone()),
        table: one.table,
        act: one.act,
        at: time(one.at),
        warned: one.warned,
        facts: one.facts,
        evidence: one.evidence.iter().flat_map(|e| e.lines()).map(str::to_owned).collect(),
        invigilators: one.invigilators,
        signature: one.signature.code(),
        state: one.state.code(),
        outcome: one.outcome,
        decision: one.decision.filter(|d| !d.is_empty()),
        decided_by: one.decided_by.filter(|_| one.state != IncidentState::Reported),
        decided_at: one.decided_at.map(time),
        barred_until: one.barred_until.map(|d| d.to_string()),
        reported_by: one.reported_by,
    }
}
