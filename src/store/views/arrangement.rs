//! Seats that are taken, with room and venue, session by session.
use crate::model::BatchId;
use crate::store::exchange::Values;
use crate::store::fault::StoreFault;
use rusqlite::Connection;

/// Session, its start, venue, room, name of the room, seat, ticket, name, occupation, level.
const SQL: &str = "SELECT s.code, s.starts_at, v.name, r.number, r.name, p.seat, t.number, a.name, a.occupation_name, \
     a.level FROM session s JOIN placement p ON p.session = s.id JOIN room r ON r.id = p.room \
     JOIN venue v ON v.id = r.venue JOIN application a ON a.id = p.application \
     LEFT JOIN ticket t ON t.application = a.id \
     WHERE s.batch = ?1 ORDER BY s.starts_at, s.id, v.code, r.number, p.seat";

pub fn each<E: From<StoreFault>>(
    db: &Connection,
    batch: BatchId,
    row: &mut dyn FnMut(&Values<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let fault = |e: rusqlite::Error| E::from(StoreFault::from(e));
    let mut statement = db.prepare(SQL).map_err(fault)?;
    let mut rows = statement.query([batch]).map_err(fault)?;
    while let Some(found) = rows.next().map_err(fault)? {
        row(&Values::of(found))?;
    }
    Ok(())
}
