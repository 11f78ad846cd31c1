//! Looking stored applications up by their natural key while a file is read.
use crate::model::{ApplicationId, BatchId, Evidence, Level};
use crate::store::fault::Result;
use crate::store::record::Record;
use crate::store::{ApplicationRow, rows};
use rusqlite::{Connection, OptionalExtension};

/// The applications of a batch before a file. Knows when there are none, so that a first import looks nothing up.
pub struct Known<'db> {
    db: &'db Connection,
    batch: BatchId,
    empty: bool,
    /// Codes of other open batches that have applications.
    others: Vec<(BatchId, String)>,
    /// Made once: it is asked for every row.
    sql: String,
}

impl<'db> Known<'db> {
    pub fn new(db: &'db Connection, batch: BatchId) -> Result<Known<'db>> {
        let empty = rows::first::<ApplicationRow>(db, "WHERE batch = ?1", [batch])?.is_none();
        let columns: Vec<_> = ApplicationRow::COLUMNS.iter().map(|c| format!("\"{c}\"")).collect();
        let sql = format!(
            "SELECT {}, EXISTS (SELECT 1 FROM ticket WHERE application = application.id) FROM application \
             WHERE batch = ?1 AND id_number = ?2 AND document = ?3 AND occupation = ?4 AND level = ?5",
            columns.join(", ")
        );
        let mut others = db.prepare(
            "SELECT id, code FROM batch WHERE state = 'open' AND id <> ?1 \
             AND EXISTS (SELECT 1 FROM application WHERE application.batch = batch.id) ORDER BY id",
        )?;
        let others = others.query_map([batch], |r| Ok((r.get(0)?, r.get(1)?)))?.collect::<rusqlite::Result<_>>()?;
        Ok(Known { db, batch, empty, others, sql })
    }

    /// Another open batch in which the same person applies.
    pub fn elsewhere(&self, row: &ApplicationRow) -> Result<Option<&str>> {
        let sql = "SELECT 1 FROM application WHERE batch = ?1 AND id_number = ?2 AND document = ?3 \
                   AND state IN ('submitted', 'returned', 'approved')";
        for (batch, code) in &self.others {
            if self.db.prepare_cached(sql)?.exists((batch, &row.id_number, row.document))? {
                return Ok(Some(code));
            }
        }
        Ok(None)
    }

    /// Whether an application has this evidence: the same kind, level and first day.
    pub fn has_evidence(&self, application: ApplicationId, evidence: &Evidence) -> Result<bool> {
        let sql = "SELECT 1 FROM evidence WHERE application = ?1 AND kind = ?2 AND level IS ?3 AND from_day IS ?4";
        let key = (application, evidence.kind, evidence.level, evidence.from);
        Ok(self.db.prepare_cached(sql)?.exists(key)?)
    }

    /// Another application of the same person in the batch: its occupation and level.
    pub fn other(&self, row: &ApplicationRow) -> Result<Option<(String, Level)>> {
        if self.empty {
            return Ok(None);
        }
        let sql = "SELECT occupation_name, level FROM application WHERE batch = ?1 AND id_number = ?2 AND document = ?3 \
                   AND NOT (occupation = ?4 AND level = ?5) AND state IN ('submitted', 'returned', 'approved') LIMIT 1";
        let key = (self.batch, &row.id_number, row.document, &row.occupation, row.level);
        Ok(self.db.prepare_cached(sql)?.query_row(key, |r| Ok((r.get(0)?, r.get(1)?))).optional()?)
    }

    /// The stored row with the same batch, document, number, occupation and level, and whether its ticket is issued.
    pub fn find(&self, row: &ApplicationRow) -> Result<Option<(ApplicationRow, bool)>> {
        if self.empty {
            return Ok(None);
        }
        let key = (self.batch, &row.id_number, row.document, &row.occupation, row.level);
        let width = ApplicationRow::COLUMNS.len();
        let read = |r: &rusqlite::Row<'_>| Ok((ApplicationRow::read(r)?, r.get(width)?));
        Ok(self.db.prepare_cached(&self.sql)?.query_row(key, read).optional()?)
    }
}
