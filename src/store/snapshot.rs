//! One moment of the database, for readings that take long while others go on writing.
use super::fault::Result;
use rusqlite::Connection;

/// Until it is dropped every read through this connection sees the same state.
pub struct Snapshot<'db> {
    db: &'db Connection,
}

impl<'db> Snapshot<'db> {
    pub(super) fn begin(db: &'db Connection) -> Result<Snapshot<'db>> {
        db.execute_batch("BEGIN DEFERRED")?;
        let snapshot = Snapshot { db };
        // The state is fixed by the first read, not by BEGIN.
        db.query_row("SELECT count(*) FROM site", [], |_| Ok(()))?;
        Ok(snapshot)
    }

    pub fn db(&self) -> &'db Connection {
        self.db
    }
}

impl Drop for Snapshot<'_> {
    fn drop(&mut self) {
        if !self.db.is_autocommit() {
            let _ = self.db.execute_batch("ROLLBACK");
        }
    }
}
