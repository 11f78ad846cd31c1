//! What a desk wants to know of people at a glance.
use super::applications::Standing;
use crate::model::AttendanceState;
use crate::model::{ApplicationId, DocumentKind, Level, RoomId, SessionId, Stamp};
use crate::store::ApplicationState;
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension, Row};
use serde::Serialize;

/// One person with ticket, and with seat and attendance in one session.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Candidate {
    pub application: ApplicationId,
    pub name: String,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: String,
    pub document: DocumentKind,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub employer: Option<String>,
    pub state: ApplicationState,
    pub paid: bool,
    pub ticket: Option<String>,
    /// Seat in the session asked for; `None` when not seated there.
    pub room: Option<RoomId>,
    pub room_number: Option<i64>,
    pub seat: Option<i64>,
    /// `None`: expected.
    pub attendance: Option<AttendanceState>,
    pub attended_at: Option<Stamp>,
}

impl Candidate {
    pub fn standing(&self) -> Standing {
        Standing::of(self.state, self.paid)
    }
}

const SQL: &str = "SELECT a.id, a.name, a.id_number, a.document, a.occupation, a.occupation_name, a.level, a.employer, \
     a.state, a.paid_at IS NOT NULL, t.number, p.room, r.number, p.seat, h.state, h.at \
     FROM application a \
     LEFT JOIN ticket t ON t.application = a.id \
     LEFT JOIN placement p ON p.session = ?1 AND p.application = a.id \
     LEFT JOIN room r ON r.id = p.room \
     LEFT JOIN attendance h ON h.session = ?1 AND h.application = a.id";

fn read(row: &Row<'_>) -> rusqlite::Result<Candidate> {
    Ok(Candidate {
        application: row.get(0)?,
        name: row.get(1)?,
        id_number: row.get(2)?,
        document: row.get(3)?,
        occupation: row.get(4)?,
        occupation_name: row.get(5)?,
        level: row.get(6)?,
        employer: row.get(7)?,
        state: row.get(8)?,
        paid: row.get(9)?,
        ticket: row.get(10)?,
        room: row.get(11)?,
        room_number: row.get(12)?,
        seat: row.get(13)?,
        attendance: row.get(14)?,
        attended_at: row.get(15)?,
    })
}

pub fn candidate(db: &Connection, session: Option<SessionId>, application: ApplicationId) -> Result<Option<Candidate>> {
    let sql = format!("{SQL} WHERE a.id = ?2");
    Ok(db.prepare_cached(&sql)?.query_row((session, application), read).optional()?)
}

/// People in the order of `ids`; ids that are not there are left out.
pub fn candidates(db: &Connection, session: Option<SessionId>, ids: &[ApplicationId]) -> Result<Vec<Candidate>> {
    ids.iter().filter_map(|id| candidate(db, session, *id).transpose()).collect()
}

/// Everybody in a room of a session, in seat order: the order of the paper pile.
pub fn in_room(db: &Connection, session: SessionId, room: RoomId) -> Result<Vec<Candidate>> {
    let sql = format!("{SQL} WHERE p.room = ?2 AND p.session = ?1 ORDER BY p.seat")
        .replace("LEFT JOIN placement", "JOIN placement");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((session, room), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
