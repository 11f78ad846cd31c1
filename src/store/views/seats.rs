//! Seats that are taken, and who lacks one, session by session.
use crate::model::{ApplicationId, BatchId, Level, RoomId, SessionId};
use crate::store::fault::Result;
use rusqlite::{Connection, Row};

/// Somebody on a seat.
#[derive(Debug, Clone, PartialEq)]
pub struct Taken {
    pub session: SessionId,
    pub room: RoomId,
    pub seat: i64,
    pub application: ApplicationId,
    pub name: String,
    pub employer: Option<String>,
}

const SQL: &str = "SELECT p.session, p.room, p.seat, p.application, a.name, a.employer FROM placement p \
     JOIN application a ON a.id = p.application";

fn read(row: &Row<'_>) -> rusqlite::Result<Taken> {
    Ok(Taken {
        session: row.get(0)?,
        room: row.get(1)?,
        seat: row.get(2)?,
        application: row.get(3)?,
        name: row.get(4)?,
        employer: row.get(5)?,
    })
}

/// Everybody seated in a batch.
pub fn in_batch(db: &Connection, batch: BatchId) -> Result<Vec<Taken>> {
    let mut statement = db.prepare_cached(&format!("{SQL} WHERE a.batch = ?1"))?;
    let rows = statement.query_map([batch], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Everybody seated in a room, in whatever session.
pub fn in_room(db: &Connection, batch: BatchId, room: RoomId) -> Result<Vec<Taken>> {
    let sessions = "p.session IN (SELECT id FROM session WHERE batch = ?1)";
    let mut statement =
        db.prepare_cached(&format!("{SQL} WHERE {sessions} AND p.room = ?2 ORDER BY p.seat, p.session"))?;
    let rows = statement.query_map((batch, room), read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// People with a ticket who have no seat in a session, counted by what decides whether they are due there.
pub struct Lack {
    pub session: SessionId,
    pub occupation: String,
    pub level: Level,
}

const LACKS: &str = "FROM session s JOIN application a ON a.batch = s.batch JOIN ticket t ON t.application = a.id \
     WHERE s.batch = ?1 AND NOT EXISTS (SELECT 1 FROM placement p WHERE p.session = s.id AND p.application = a.id)";

pub fn lacks(db: &Connection, batch: BatchId) -> Result<Vec<Lack>> {
    let sql = format!("SELECT s.id, a.occupation, a.level {LACKS} GROUP BY s.id, a.occupation, a.level");
    let mut statement = db.prepare_cached(&sql)?;
    let rows =
        statement.query_map([batch], |r| Ok(Lack { session: r.get(0)?, occupation: r.get(1)?, level: r.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who they are.
pub fn lacking(db: &Connection, batch: BatchId, lack: &Lack) -> Result<Vec<ApplicationId>> {
    let sql = format!("SELECT a.id {LACKS} AND s.id = ?2 AND a.occupation = ?3 AND a.level = ?4 ORDER BY a.id");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((batch, lack.session, &lack.occupation, lack.level), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// People of a room in each session, by the session's number.
pub fn counts(db: &Connection, batch: BatchId) -> Result<Vec<(RoomId, SessionId, i64)>> {
    let sql = "SELECT p.room, p.session, p.seated FROM room_progress p JOIN session s ON s.id = p.session \
               WHERE s.batch = ?1";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether nobody has another seat in the one session than in the other.
pub fn same(db: &Connection, one: SessionId, other: SessionId) -> Result<bool> {
    let sql = "SELECT NOT EXISTS (SELECT 1 FROM placement a JOIN placement b ON b.application = a.application \
               WHERE a.session = ?1 AND b.session = ?2 AND (a.room, a.seat) <> (b.room, b.seat)) \
               AND EXISTS (SELECT 1 FROM placement a JOIN placement b ON b.application = a.application \
               WHERE a.session = ?1 AND b.session = ?2)";
    Ok(db.prepare_cached(sql)?.query_row((one, other), |r| r.get(0))?)
}
