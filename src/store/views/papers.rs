//! What papers are counted against: who sits where and came, what is void, and who may not touch them.
use crate::model::{BatchId, DoorSide, Level, RoomId, SessionId};
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension};

/// A room of a session in numbers.
#[derive(Debug, Clone, PartialEq)]
pub struct RoomFacts {
    pub room: RoomId,
    pub number: i64,
    pub name: Option<String>,
    pub rows: i64,
    pub columns: i64,
    pub door: Option<DoorSide>,
    pub seated: i64,
    /// Came in, also those who are out again.
    pub here: i64,
    pub absent: i64,
    pub refused: i64,
    pub out: i64,
    /// Of those who came: removed, or their part is void by an incident of this session.
    pub void: i64,
}

/// Rooms in which somebody sits or for which there are bags or a record, by number; `only` is one of them.
pub fn rooms(db: &Connection, session: SessionId, only: Option<RoomId>) -> Result<Vec<RoomFacts>> {
    let sql = "SELECT r.id, r.number, r.name, r.rows, r.columns, r.door, coalesce(p.seated, 0), coalesce(p.here, 0), \
                 coalesce(p.absent, 0), coalesce(p.refused, 0), coalesce(p.out, 0), \
                 (SELECT count(*) FROM placement q JOIN attendance h ON h.session = q.session AND h.application = q.application \
                   WHERE q.session = ?1 AND q.room = r.id AND (h.state = 'misconduct' \
                     OR h.state NOT IN ('absent', 'refused') AND EXISTS (SELECT 1 FROM mark_effect e \
                       JOIN incident i ON i.id = e.incident JOIN session s ON s.id = i.session \
                       WHERE e.application = q.application AND e.effect = 'void' AND e.subject = s.subject AND i.session = ?1))) \
               FROM room r LEFT JOIN room_progress p ON p.room = r.id AND p.session = ?1 \
               WHERE (?2 IS NULL OR r.id = ?2) AND (p.session IS NOT NULL \
                 OR EXISTS (SELECT 1 FROM paper_bag b WHERE b.session = ?1 AND b.room = r.id) \
                 OR EXISTS (SELECT 1 FROM room_record c WHERE c.session = ?1 AND c.room = r.id)) ORDER BY r.number";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((session, only), |r| {
        Ok(RoomFacts {
            room: r.get(0)?,
            number: r.get(1)?,
            name: r.get(2)?,
            rows: r.get(3)?,
            columns: r.get(4)?,
            door: r.get(5)?,
            seated: r.get(6)?,
            here: r.get(7)?,
            absent: r.get(8)?,
            refused: r.get(9)?,
            out: r.get(10)?,
            void: r.get(11)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Seat, occupation and level of everybody with a seat in a room.
pub fn sitters(db: &Connection, session: SessionId, room: RoomId) -> Result<Vec<(i64, String, Level)>> {
    let sql = "SELECT p.seat, a.occupation, a.level FROM placement p JOIN application a ON a.id = p.application \
               WHERE p.session = ?1 AND p.room = ?2 ORDER BY p.seat";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((session, room), |r| Ok((r.get(0)?, r.get(1)?, r.get(2)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The candidate of a batch because of whom somebody with this name may not handle papers: themself or kin.
pub fn barring(db: &Connection, batch: BatchId, name: &str) -> Result<Option<String>> {
    let sql = "SELECT a.name FROM staff s JOIN application a ON a.batch = ?1 \
                 AND a.state IN ('submitted', 'returned', 'approved') \
                 AND (a.id_number = s.id_number OR EXISTS (SELECT 1 FROM staff_tie t WHERE t.staff = s.id \
                   AND t.kind IN ('self', 'kin') AND t.id_number = a.id_number AND t.document = a.document)) \
               WHERE s.name = ?2 LIMIT 1";
    Ok(db.prepare_cached(sql)?.query_row((batch, name), |r| r.get(0)).optional()?)
}

/// Proctors who are assigned to a room.
pub fn proctors(db: &Connection, session: SessionId, room: RoomId) -> Result<Vec<String>> {
    let sql = "SELECT s.name FROM assignment a JOIN staff s ON s.id = a.staff \
               WHERE a.session = ?1 AND a.room = ?2 AND a.duty = 'proctor' ORDER BY a.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((session, room), |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
