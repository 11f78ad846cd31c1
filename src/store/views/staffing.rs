//! What the rules for staff need to know: who sits where, and who worked when.
use crate::model::{BatchId, Level, RoomId, RoomKind, SessionId, SessionMode, StaffId, Stamp, VenueId};
use crate::store::fault::Result;
use rusqlite::{Connection, Row};

/// A candidate's place in a session, without those who left the batch.
#[derive(Debug, Clone)]
pub struct Sitting {
    pub session: SessionId,
    pub venue: VenueId,
    pub room: RoomId,
    pub kind: RoomKind,
    pub mode: Option<SessionMode>,
    pub id_number: String,
    pub employer: Option<String>,
    pub occupation: String,
    pub level: Level,
}

pub fn each_seat(db: &Connection, batch: BatchId, take: &mut dyn FnMut(Sitting)) -> Result<()> {
    let sql = "SELECT p.session, r.venue, p.room, r.kind, s.mode, a.id_number, a.employer, a.occupation, a.level \
               FROM session s JOIN placement p ON p.session = s.id JOIN room r ON r.id = p.room \
               JOIN application a ON a.id = p.application \
               WHERE s.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved')";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([batch])?;
    while let Some(row) = rows.next()? {
        take(sitting(row)?);
    }
    Ok(())
}

fn sitting(row: &Row<'_>) -> rusqlite::Result<Sitting> {
    Ok(Sitting {
        session: row.get(0)?,
        venue: row.get(1)?,
        room: row.get(2)?,
        kind: row.get(3)?,
        mode: row.get(4)?,
        id_number: row.get(5)?,
        employer: row.get(6)?,
        occupation: row.get(7)?,
        level: row.get(8)?,
    })
}

/// Numbers of everybody who takes part in a batch.
pub fn candidates(db: &Connection, batch: BatchId) -> Result<Vec<String>> {
    let sql = "SELECT DISTINCT id_number FROM application \
               WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved')";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A piece of work in any batch of the site.
#[derive(Debug, Clone)]
pub struct Worked {
    pub session: SessionId,
    pub code: String,
    pub starts: Stamp,
    pub ends: Option<Stamp>,
    pub venue: VenueId,
    pub venue_name: String,
    pub staff: StaffId,
    pub is_assessor: bool,
}

pub fn work(db: &Connection) -> Result<Vec<Worked>> {
    let sql = "SELECT s.id, s.code, s.starts_at, s.ends_at, v.id, v.name, a.staff, a.duty = 'assessor' \
               FROM assignment a JOIN session s ON s.id = a.session JOIN venue v ON v.id = a.venue ORDER BY a.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |r| {
        Ok(Worked {
            session: r.get(0)?,
            code: r.get(1)?,
            starts: r.get(2)?,
            ends: r.get(3)?,
            venue: r.get(4)?,
            venue_name: r.get(5)?,
            staff: r.get(6)?,
            is_assessor: r.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
