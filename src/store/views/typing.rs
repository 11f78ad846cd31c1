//! Who typed how much and what became of it: times and fates, never a value.
use crate::model::{BatchId, OperatorId, Stamp};
use crate::store::fault::Result;
use rusqlite::Connection;

/// One entry of a batch.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TypedEntry {
    pub operator: OperatorId,
    pub name: String,
    pub at: Stamp,
    pub sheet: bool,
    pub matched: bool,
    pub discarded: bool,
    /// It came back, and what stands now is not what came back.
    pub changed: bool,
}

/// All entries by operator and time. What came back is read from the settlement that sent it back; one that was taken
/// back itself tells nothing.
pub fn entries(db: &Connection, batch: BatchId) -> Result<Vec<TypedEntry>> {
    let sql = "WITH sent AS MATERIALIZED (\
           SELECT CAST(c.key AS INTEGER) AS entry, c.after AS image FROM operation o JOIN change c ON c.op = o.id \
           WHERE o.kind = 'entry.settle' AND o.batch = ?1 AND c.record = 'entry' \
             AND json_extract(c.after, '$.state') = 'returned' \
             AND NOT EXISTS (SELECT 1 FROM operation u WHERE u.undoes = o.id)) \
         SELECT e.operator, o.name, e.at, e.source = 'sheet', e.state = 'matched', e.state = 'discarded', \
           EXISTS (SELECT 1 FROM sent WHERE sent.entry = e.id AND e.state <> 'returned' \
             AND (json_extract(image, '$.mark') IS NOT e.mark OR json_extract(image, '$.points') IS NOT e.points \
               OR json_extract(image, '$.items') IS NOT e.items)) \
         FROM entry e JOIN application a ON a.id = e.application JOIN operator o ON o.id = e.operator \
         WHERE a.batch = ?1 ORDER BY o.name, e.at";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| {
        Ok(TypedEntry {
            operator: r.get(0)?,
            name: r.get(1)?,
            at: r.get(2)?,
            sheet: r.get(3)?,
            matched: r.get(4)?,
            discarded: r.get(5)?,
            changed: r.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
