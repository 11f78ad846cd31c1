//! What a change of policy asks of the applications of a batch.
use crate::model::{ApplicationId, BatchId, Level, Route, SessionId};
use crate::store::fault::Result;
use rusqlite::Connection;

/// A live application, without the person's particulars.
#[derive(Debug, Clone, PartialEq)]
pub struct Applied {
    pub id: ApplicationId,
    pub name: String,
    pub occupation: String,
    pub level: Level,
    pub route: Route,
}

/// In the order in which they were filed.
pub fn applied(db: &Connection, batch: BatchId) -> Result<Vec<Applied>> {
    let sql = "SELECT id, name, occupation, level, route FROM application \
               WHERE batch = ?1 AND state IN ('submitted', 'returned', 'approved') ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| {
        Ok(Applied { id: r.get(0)?, name: r.get(1)?, occupation: r.get(2)?, level: r.get(3)?, route: r.get(4)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Seats given in a session.
pub fn seats(db: &Connection, session: SessionId) -> Result<i64> {
    let sql = "SELECT count(*) FROM placement WHERE session = ?1";
    Ok(db.prepare_cached(sql)?.query_row([session], |r| r.get(0))?)
}
