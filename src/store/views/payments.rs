//! Numbers by which a payment platform knows people.
use crate::model::{ApplicationId, BatchId};
use crate::store::fault::Result;
use rusqlite::Connection;
use std::collections::HashMap;

/// Registration numbers of a batch; one number may stand for several applications.
pub fn registrations(db: &Connection, batch: BatchId) -> Result<HashMap<String, Vec<ApplicationId>>> {
    let sql =
        "SELECT registration_no, id FROM application WHERE batch = ?1 AND registration_no IS NOT NULL ORDER BY id";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([batch])?;
    let mut found: HashMap<String, Vec<ApplicationId>> = HashMap::new();
    while let Some(row) = rows.next()? {
        found.entry(row.get(0)?).or_default().push(row.get(1)?);
    }
    Ok(found)
}
