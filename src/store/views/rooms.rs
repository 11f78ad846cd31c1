//! Rooms with how many sit there.
use crate::model::{BatchId, RoomId, SessionId};
use crate::store::fault::Result;
use rusqlite::Connection;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoomLine {
    pub id: RoomId,
    pub number: i64,
    pub rows: i64,
    pub columns: i64,
    /// People with a seat here in the session asked for.
    pub seated: i64,
}

/// The rooms of a batch by number.
pub fn rooms(db: &Connection, batch: BatchId, session: Option<SessionId>) -> Result<Vec<RoomLine>> {
    let sql = "SELECT r.id, r.number, r.rows, r.columns, coalesce(p.seated, 0) FROM room r \
               LEFT JOIN room_progress p ON p.room = r.id AND p.session = ?2 WHERE r.batch = ?1 ORDER BY r.number";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((batch, session), |r| {
        Ok(RoomLine { id: r.get(0)?, number: r.get(1)?, rows: r.get(2)?, columns: r.get(3)?, seated: r.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
