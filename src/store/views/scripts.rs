//! Bags of scripts under numbers, and what may be known of them while they are sealed.
use crate::model::{ApplicationId, BatchId, OperatorId, RoomId, ScriptBagId, SessionId, Stamp, Subject};
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension};

/// Somebody who sits in a room in a session.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Sitter {
    pub application: ApplicationId,
    pub number: Option<String>,
    /// Whether anything was ever typed for them in this subject.
    pub entered: bool,
}

/// Everybody in the room who has not withdrawn, in the order of filing.
pub fn sitters(db: &Connection, session: SessionId, room: RoomId) -> Result<Vec<Sitter>> {
    let sql = "SELECT a.id, n.number, \
           EXISTS (SELECT 1 FROM entry e WHERE e.application = a.id AND e.subject = s.subject) \
         FROM placement p JOIN session s ON s.id = p.session JOIN application a ON a.id = p.application \
         LEFT JOIN script n ON n.application = a.id \
           AND n.script_bag IN (SELECT id FROM script_bag WHERE session = p.session) \
         WHERE p.session = ?1 AND p.room = ?2 AND a.state IN ('submitted', 'returned', 'approved') ORDER BY a.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement
        .query_map((session, room), |r| Ok(Sitter { application: r.get(0)?, number: r.get(1)?, entered: r.get(2)? }))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// One room in one session, with its bag where numbers were drawn.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomBag {
    pub session: SessionId,
    pub session_code: String,
    pub subject: Subject,
    pub room: RoomId,
    pub room_number: i64,
    pub people: i64,
    pub numbered: i64,
    /// People for whom something was typed.
    pub entered: i64,
    pub bag: Option<ScriptBagId>,
    pub code: Option<String>,
    pub sealed_at: Option<Stamp>,
    pub sealed_by: Option<String>,
    pub asked_by: Option<OperatorId>,
    pub asked_name: Option<String>,
    pub unsealed_at: Option<Stamp>,
    pub unsealed_name: Option<String>,
    pub locked: bool,
}

impl RoomBag {
    pub fn is_sealed(&self) -> bool {
        self.bag.is_some() && self.unsealed_at.is_none()
    }
}

/// Every room in which somebody sits a part that is typed, by session and room number.
pub fn rooms(db: &Connection, batch: BatchId) -> Result<Vec<RoomBag>> {
    let sql = "SELECT s.id, s.code, s.subject, r.id, r.number, count(*), count(n.number), \
           total(EXISTS (SELECT 1 FROM entry e WHERE e.application = a.id AND e.subject = s.subject)), \
           b.id, b.code, b.sealed_at, (SELECT name FROM operator WHERE id = b.sealed_by), b.asked_by, \
           (SELECT name FROM operator WHERE id = b.asked_by), b.unsealed_at, \
           (SELECT name FROM operator WHERE id = b.unsealed_by), \
           EXISTS (SELECT 1 FROM mark_lock l WHERE l.session = s.id) \
         FROM session s JOIN placement p ON p.session = s.id JOIN room r ON r.id = p.room \
         JOIN application a ON a.id = p.application LEFT JOIN script_bag b ON b.session = s.id AND b.room = r.id \
         LEFT JOIN script n ON n.script_bag = b.id AND n.application = a.id \
         WHERE s.batch = ?1 AND s.subject <> 'review' AND a.state IN ('submitted', 'returned', 'approved') \
         GROUP BY s.id, r.id ORDER BY s.starts_at, s.id, r.number";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| {
        #[allow(clippy::cast_possible_truncation)] // total() answers a whole number as REAL
        let entered = r.get::<_, f64>(7)? as i64;
        Ok(RoomBag {
            session: r.get(0)?,
            session_code: r.get(1)?,
            subject: r.get(2)?,
            room: r.get(3)?,
            room_number: r.get(4)?,
            people: r.get(5)?,
            numbered: r.get(6)?,
            entered,
            bag: r.get(8)?,
            code: r.get(9)?,
            sealed_at: r.get(10)?,
            sealed_by: r.get(11)?,
            asked_by: r.get(12)?,
            asked_name: r.get(13)?,
            unsealed_at: r.get(14)?,
            unsealed_name: r.get(15)?,
            locked: r.get(16)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// A script number and whose it is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Named {
    pub session: SessionId,
    pub room: RoomId,
    pub bag: String,
    pub number: String,
    pub room_number: i64,
    pub seat: i64,
    pub ticket: Option<String>,
    pub name: String,
    pub sealed: bool,
}

/// Every number of the session by room and seat. Whoever calls decides who may see it.
pub fn names(db: &Connection, session: SessionId) -> Result<Vec<Named>> {
    let sql = "SELECT b.session, b.room, b.code, n.number, r.number, p.seat, t.number, a.name, b.unsealed_at IS NULL \
         FROM script_bag b JOIN script n ON n.script_bag = b.id JOIN room r ON r.id = b.room \
         JOIN application a ON a.id = n.application \
         JOIN placement p ON p.session = b.session AND p.application = n.application \
         LEFT JOIN ticket t ON t.application = a.id WHERE b.session = ?1 ORDER BY r.number, p.seat";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([session], |r| {
        Ok(Named {
            session: r.get(0)?,
            room: r.get(1)?,
            bag: r.get(2)?,
            number: r.get(3)?,
            room_number: r.get(4)?,
            seat: r.get(5)?,
            ticket: r.get(6)?,
            name: r.get(7)?,
            sealed: r.get(8)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether somebody's paper of a subject lies in a bag.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Bagged {
    /// No numbers were drawn for the room.
    No,
    /// In a sealed bag; `None`: came to the room after the numbers were drawn.
    Sealed(Option<String>),
    Open(Option<String>),
}

pub fn bagged(db: &Connection, application: ApplicationId, subject: Subject) -> Result<Bagged> {
    let sql = "SELECT n.number, b.unsealed_at IS NULL \
         FROM placement p JOIN session s ON s.id = p.session AND s.subject = ?2 \
         JOIN script_bag b ON b.session = p.session AND b.room = p.room \
         LEFT JOIN script n ON n.script_bag = b.id AND n.application = p.application WHERE p.application = ?1";
    let found: Option<(Option<String>, bool)> =
        db.prepare_cached(sql)?.query_row((application, subject), |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    Ok(match found {
        None => Bagged::No,
        Some((number, true)) => Bagged::Sealed(number),
        Some((number, false)) => Bagged::Open(number),
    })
}

/// Everybody whose paper of a subject lies in a sealed bag of the batch.
pub fn sealed(db: &Connection, batch: BatchId) -> Result<Vec<(ApplicationId, Subject)>> {
    let sql = "SELECT p.application, s.subject FROM script_bag b JOIN session s ON s.id = b.session \
         JOIN placement p ON p.session = b.session AND p.room = b.room WHERE b.batch = ?1 AND b.unsealed_at IS NULL";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whose paper of which part has this number.
pub fn by_number(db: &Connection, batch: BatchId, number: &str) -> Result<Option<(ApplicationId, Subject)>> {
    let sql = "SELECT n.application, s.subject FROM script n JOIN script_bag b ON b.id = n.script_bag \
         JOIN session s ON s.id = b.session WHERE n.batch = ?1 AND n.number = ?2";
    Ok(db.prepare_cached(sql)?.query_row((batch, number), |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
}

/// Whether the room's bag is sealed still.
pub fn room_sealed(db: &Connection, session: SessionId, room: RoomId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM script_bag WHERE session = ?1 AND room = ?2 AND unsealed_at IS NULL)";
    Ok(db.prepare_cached(sql)?.query_row((session, room), |r| r.get(0))?)
}

/// Whether the bag is sealed still.
pub fn is_sealed(db: &Connection, bag: ScriptBagId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM script_bag WHERE id = ?1 AND unsealed_at IS NOT NULL)";
    Ok(!db.prepare_cached(sql)?.query_row([bag], |r| r.get::<_, bool>(0))?)
}

/// Somebody whose script has a number in the session of one of these seats, first and last id of the rows.
pub fn numbered_between(db: &Connection, first: i64, last: i64) -> Result<Option<String>> {
    let sql = "SELECT a.name FROM placement p JOIN script_bag b ON b.session = p.session \
         JOIN script n ON n.script_bag = b.id AND n.application = p.application \
         JOIN application a ON a.id = p.application WHERE p.id BETWEEN ?1 AND ?2 ORDER BY p.id LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row((first, last), |r| r.get(0)).optional()?)
}

/// Whether a bag of numbers is made for the room in the session, sealed or open; its number and the session's code.
pub fn drawn_room(db: &Connection, session: SessionId, room: RoomId) -> Result<Option<(i64, String)>> {
    let sql = "SELECT r.number, s.code FROM script_bag b JOIN room r ON r.id = b.room JOIN session s ON s.id = b.session \
         WHERE b.session = ?1 AND b.room = ?2";
    Ok(db.prepare_cached(sql)?.query_row((session, room), |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
}
