//! The engagement (聘任) that each applicant of a batch stated last.
use crate::model::{BatchId, Day, Level};
use crate::store::fault::Result;
use rusqlite::Connection;
use std::collections::HashMap;

/// By application: at which level, and since when.
pub fn latest(db: &Connection, batch: BatchId) -> Result<HashMap<i64, (Level, Option<Day>)>> {
    let sql = "SELECT e.application, e.level, e.from_day FROM evidence e JOIN application a ON a.id = e.application \
               WHERE a.batch = ?1 AND e.kind = 'engagement' AND e.level IS NOT NULL ORDER BY e.from_day, e.id";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([batch], |r| Ok((r.get(0)?, (r.get(1)?, r.get(2)?))))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
