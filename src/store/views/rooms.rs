//! Rooms with how many sit there.
use crate::model::{BatchId, DoorSide, RoomId, RoomKind, SessionId};
use crate::store::fault::Result;
use rusqlite::Connection;
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RoomLine {
    pub id: RoomId,
    pub number: i64,
    /// Code and name of where it is.
    pub venue: i64,
    pub venue_name: String,
    pub kind: RoomKind,
    pub rows: i64,
    pub columns: i64,
    pub rounds: i64,
    pub places: Option<i64>,
    pub door: Option<DoorSide>,
    pub name: Option<String>,
    /// Why nobody may be seated here any more.
    pub closed: Option<String>,
    /// People with a seat here in the session asked for.
    pub seated: i64,
}

/// The rooms of a batch by number.
pub fn rooms(db: &Connection, batch: BatchId, session: Option<SessionId>) -> Result<Vec<RoomLine>> {
    let sql = "SELECT r.id, r.number, v.code, v.name, r.kind, r.rows, r.columns, r.rounds, r.places, r.door, r.name, \
               r.closed, coalesce(p.seated, 0) FROM room r JOIN venue v ON v.id = r.venue \
               LEFT JOIN room_progress p ON p.room = r.id AND p.session = ?2 WHERE r.batch = ?1 ORDER BY r.number";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((batch, session), |r| {
        Ok(RoomLine {
            id: r.get(0)?,
            number: r.get(1)?,
            venue: r.get(2)?,
            venue_name: r.get(3)?,
            kind: r.get(4)?,
            rows: r.get(5)?,
            columns: r.get(6)?,
            rounds: r.get(7)?,
            places: r.get(8)?,
            door: r.get(9)?,
            name: r.get(10)?,
            closed: r.get(11)?,
            seated: r.get(12)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
