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

/// Who of a batch may be seated.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Seatable {
    /// The notice has no review.
    Live,
    Approved,
}

impl Seatable {
    pub(super) fn sql(self) -> &'static str {
        match self {
            Seatable::Live => "a.state IN ('submitted', 'returned', 'approved')",
            Seatable::Approved => "a.state = 'approved'",
        }
    }
}

/// People alike in what decides where they are due.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Part {
    pub occupation: String,
    pub level: Level,
    pub people: usize,
}

fn part(row: &Row<'_>, from: usize) -> rusqlite::Result<Part> {
    let people: i64 = row.get(from + 2)?;
    let people = usize::try_from(people).unwrap_or(0);
    Ok(Part { occupation: row.get(from)?, level: row.get(from + 1)?, people })
}

/// No seat in any session of the batch.
pub(super) const PLACELESS: &str = "NOT EXISTS (SELECT 1 FROM session s CROSS JOIN placement p \
     ON p.session = s.id AND p.application = a.id WHERE s.batch = a.batch)";

/// People who may be seated and have no seat at all.
pub fn placeless(db: &Connection, batch: BatchId, who: Seatable) -> Result<Vec<Part>> {
    let sql = format!(
        "SELECT a.occupation, a.level, count(*) FROM application a WHERE a.batch = ?1 AND {} AND {PLACELESS} \
         GROUP BY a.occupation, a.level",
        who.sql()
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([batch], |r| part(r, 0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// They have a seat in another session of the batch.
fn lacks_sql(who: Seatable) -> String {
    format!(
        "FROM session s JOIN application a ON a.batch = s.batch WHERE s.batch = ?1 AND {} \
         AND NOT EXISTS (SELECT 1 FROM placement p WHERE p.session = s.id AND p.application = a.id) \
         AND EXISTS (SELECT 1 FROM session o CROSS JOIN placement p ON p.session = o.id AND p.application = a.id \
         WHERE o.batch = a.batch)",
        who.sql()
    )
}

/// People who may be seated and have a seat, but none in this session.
pub fn lacks(db: &Connection, batch: BatchId, who: Seatable) -> Result<Vec<(SessionId, Part)>> {
    let sql =
        format!("SELECT s.id, a.occupation, a.level, count(*) {} GROUP BY s.id, a.occupation, a.level", lacks_sql(who));
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([batch], |r| Ok((r.get(0)?, part(r, 1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Who they are.
pub fn lacking(
    db: &Connection,
    batch: BatchId,
    who: Seatable,
    (session, part): (SessionId, &Part),
) -> Result<Vec<ApplicationId>> {
    let sql =
        format!("SELECT a.id {} AND s.id = ?2 AND a.occupation = ?3 AND a.level = ?4 ORDER BY a.id", lacks_sql(who));
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map((batch, session, &part.occupation, part.level), |r| r.get(0))?;
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
