//! What an arrangement and its check want to know of everybody in a batch, in one pass.
use super::seats::PLACELESS;
use crate::model::{ApplicationId, BatchId, DocumentKind, Level};
use crate::store::ApplicationState;
use crate::store::fault::Result;
use rusqlite::{Connection, Row};
use std::collections::HashSet;

/// One application.
#[derive(Debug, Clone, PartialEq)]
pub struct Applicant {
    pub id: ApplicationId,
    pub name: String,
    pub document: DocumentKind,
    pub id_number: String,
    pub occupation: String,
    pub level: Level,
    pub employer: Option<String>,
    pub region: Option<String>,
    pub unit: Option<String>,
    pub state: ApplicationState,
    pub paid: bool,
    pub ticket: Option<String>,
}

/// Everybody who has not left the batch or still has a ticket or a seat, in the order of filing.
pub fn applicants(db: &Connection, batch: BatchId) -> Result<Vec<Applicant>> {
    let sql = format!(
        "SELECT a.id, a.name, a.document, a.id_number, a.occupation, a.level, a.employer, a.region, a.unit, a.state, \
               a.paid_at IS NOT NULL, t.number FROM application a LEFT JOIN ticket t ON t.application = a.id \
               WHERE a.batch = ?1 AND (a.state IN ('submitted', 'returned', 'approved') OR t.id IS NOT NULL \
               OR NOT {PLACELESS}) ORDER BY a.id"
    );
    let read = |r: &Row<'_>| -> rusqlite::Result<Applicant> {
        Ok(Applicant {
            id: r.get(0)?,
            name: r.get(1)?,
            document: r.get(2)?,
            id_number: r.get(3)?,
            occupation: r.get(4)?,
            level: r.get(5)?,
            employer: r.get(6)?,
            region: r.get(7)?,
            unit: r.get(8)?,
            state: r.get(9)?,
            paid: r.get(10)?,
            ticket: r.get(11)?,
        })
    };
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([batch], read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Placements that somebody has made by hand: by another operation of the seats than an arrangement.
pub fn by_hand(db: &Connection) -> Result<HashSet<i64>> {
    let sql = "SELECT CAST(first_key AS INTEGER) FROM operation \
               WHERE (kind LIKE 'seating.%' AND kind <> 'seating.arrange' OR kind = 'rooms.close') \
               AND first_record = 'placement' AND first_upto IS NULL AND first_after IS NOT NULL \
               UNION ALL SELECT CAST(c.key AS INTEGER) FROM operation o CROSS JOIN further_change c ON c.op = o.id \
               WHERE (o.kind LIKE 'seating.%' AND o.kind <> 'seating.arrange' OR o.kind = 'rooms.close') \
               AND c.record = 'placement' AND c.upto IS NULL AND c.after IS NOT NULL";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
