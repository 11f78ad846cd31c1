//! Certificates that this site itself gave an applicant before, in another batch or occupation.
use crate::model::{ApplicationId, BatchId, Day, Level, Route};
use crate::store::fault::Result;
use rusqlite::Connection;

#[derive(Debug, Clone, PartialEq)]
pub struct Earned {
    pub application: ApplicationId,
    pub level: Level,
    pub issued_on: Day,
    pub number: String,
    /// By which route it was won.
    pub route: Route,
    pub occupation: String,
    pub occupation_name: String,
    /// Whether it is of the occupation now applied for.
    pub same: bool,
}

const SQL: &str = "SELECT b.id, c.level, c.issued_on, c.number, a.route, a.occupation, a.occupation_name, \
     a.occupation = b.occupation FROM application b \
     JOIN application a ON a.batch IN (SELECT id FROM batch) AND a.id_number = b.id_number AND a.document = b.document \
     AND a.id <> b.id JOIN certificate c ON c.application = a.id AND c.state = 'valid' WHERE ";

/// Of one application, oldest first.
pub fn of(db: &Connection, application: ApplicationId) -> Result<Vec<Earned>> {
    select(db, "b.id = ?1 ORDER BY c.issued_on, c.id", application.0)
}

/// Of every application of a batch.
pub fn in_batch(db: &Connection, batch: BatchId) -> Result<Vec<Earned>> {
    let any: i64 = db.query_row("SELECT EXISTS (SELECT 1 FROM certificate)", [], |r| r.get(0))?;
    if any == 0 {
        return Ok(Vec::new());
    }
    select(db, "b.batch = ?1 ORDER BY b.id, c.issued_on, c.id", batch.0)
}

fn select(db: &Connection, which: &str, id: i64) -> Result<Vec<Earned>> {
    let mut statement = db.prepare_cached(&format!("{SQL}{which}"))?;
    let rows = statement.query_map([id], |r| {
        Ok(Earned {
            application: r.get(0)?,
            level: r.get(1)?,
            issued_on: r.get(2)?,
            number: r.get(3)?,
            route: r.get(4)?,
            occupation: r.get(5)?,
            occupation_name: r.get(6)?,
            same: r.get(7)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
