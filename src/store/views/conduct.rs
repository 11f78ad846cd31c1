//! Incidents with the names that people know them by, and what confirmed ones do to marks.
use crate::model::{ApplicationId, BatchId, Effect, IncidentId, OperatorId, RoomId, SessionId, Stamp, Subject};
use crate::store::fault::Result;
use crate::store::{CandidateSignature, IncidentState};
use rusqlite::{Connection, Row};
use serde::Serialize;

/// One incident for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    pub number: IncidentId,
    #[serde(skip)]
    pub session: SessionId,
    #[serde(rename = "session")]
    pub session_code: String,
    pub subject: Subject,
    #[serde(skip)]
    pub room: RoomId,
    #[serde(rename = "room")]
    pub room_number: i64,
    pub seat: Option<i64>,
    /// `None`: nobody in particular.
    pub application: Option<ApplicationId>,
    pub name: Option<String>,
    pub ticket: Option<String>,
    pub occupation_name: Option<String>,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: Option<String>,
    /// Name of the table of acts, and the code in it.
    pub table: String,
    pub act: String,
    pub at: Stamp,
    pub warned: bool,
    pub facts: String,
    /// One piece a line.
    pub evidence: Option<String>,
    pub invigilators: [String; 2],
    pub signature: CandidateSignature,
    pub state: IncidentState,
    pub outcome: Option<String>,
    pub decision: Option<String>,
    pub decided_by: Option<String>,
    pub decided_at: Option<Stamp>,
    pub sanction: Option<i64>,
    /// Last day of the bar, while it holds.
    pub barred_until: Option<crate::model::Day>,
    pub reported_by: String,
    #[serde(skip)]
    pub reporter: OperatorId,
}

const LISTED: &str = "SELECT i.id, i.session, s.code, s.subject, i.room, r.number, i.seat, i.application, a.name, t.number, \
       a.occupation_name, a.id_number, i.rules, i.act, i.at, i.warned, i.facts, i.evidence, i.invigilator_a, \
       i.invigilator_b, i.signature, i.state, i.outcome, i.decision, d.name, i.decided_at, i.sanction, x.until_day, \
       o.name, i.operator \
     FROM incident i JOIN session s ON s.id = i.session JOIN room r ON r.id = i.room \
     JOIN operator o ON o.id = i.operator LEFT JOIN operator d ON d.id = i.decided_by \
     LEFT JOIN application a ON a.id = i.application LEFT JOIN ticket t ON t.application = a.id \
     LEFT JOIN sanction x ON x.id = i.sanction AND x.lifted = 0";

fn listed(row: &Row<'_>) -> rusqlite::Result<Listed> {
    Ok(Listed {
        number: row.get(0)?,
        session: row.get(1)?,
        session_code: row.get(2)?,
        subject: row.get(3)?,
        room: row.get(4)?,
        room_number: row.get(5)?,
        seat: row.get(6)?,
        application: row.get(7)?,
        name: row.get(8)?,
        ticket: row.get(9)?,
        occupation_name: row.get(10)?,
        id_number: row.get(11)?,
        table: row.get(12)?,
        act: row.get(13)?,
        at: row.get(14)?,
        warned: row.get(15)?,
        facts: row.get(16)?,
        evidence: row.get(17)?,
        invigilators: [row.get(18)?, row.get(19)?],
        signature: row.get(20)?,
        state: row.get(21)?,
        outcome: row.get(22)?,
        decision: row.get(23)?,
        decided_by: row.get(24)?,
        decided_at: row.get(25)?,
        sanction: row.get(26)?,
        barred_until: row.get(27)?,
        reported_by: row.get(28)?,
        reporter: row.get(29)?,
    })
}

/// Every incident of a batch: those without a decision first, then the newest.
pub fn list(db: &Connection, batch: BatchId) -> Result<Vec<Listed>> {
    let sql = format!("{LISTED} WHERE s.batch = ?1 ORDER BY i.state <> 'reported', i.at DESC, i.id DESC");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([batch], listed)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One of them.
pub fn one(db: &Connection, batch: BatchId, incident: IncidentId) -> Result<Option<Listed>> {
    let mut statement = db.prepare_cached(&format!("{LISTED} WHERE s.batch = ?1 AND i.id = ?2"))?;
    let row = statement.query_map((batch, incident), listed)?.next().transpose()?;
    Ok(row)
}

/// What stands against one part of one application.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OnPart {
    pub application: ApplicationId,
    pub subject: Subject,
    pub effect: Effect,
    pub points: Option<i64>,
}

fn on_part(row: &Row<'_>) -> rusqlite::Result<OnPart> {
    Ok(OnPart { application: row.get(0)?, subject: row.get(1)?, effect: row.get(2)?, points: row.get(3)? })
}

/// Everything that stands against marks of a batch: few rows.
pub fn effects(db: &Connection, batch: BatchId) -> Result<Vec<OnPart>> {
    let sql = "SELECT e.application, e.subject, e.effect, e.points FROM mark_effect e \
         JOIN application a ON a.id = e.application WHERE a.batch = ?1 ORDER BY e.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], on_part)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The same for one application.
pub fn effects_of(db: &Connection, application: ApplicationId) -> Result<Vec<OnPart>> {
    let sql = "SELECT application, subject, effect, points FROM mark_effect WHERE application = ?1 ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([application], on_part)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether a part's paper counts for nothing.
pub fn is_void(db: &Connection, application: ApplicationId, subject: Subject) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM mark_effect WHERE application = ?1 AND subject = ?2 AND effect = 'void')";
    Ok(db.prepare_cached(sql)?.query_row((application, subject), |row| row.get(0))?)
}
