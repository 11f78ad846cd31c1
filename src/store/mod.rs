//! SQLite: the only SQL and the only `rusqlite`. Knows rows and the journal, no rule.
pub mod anchor;
mod archive;
pub mod backup;
mod bundles;
mod certificates;
pub mod changes;
mod codec;
pub mod disk;
mod documents;
pub mod dossier;
pub mod doubt;
mod duty;
pub mod enterprise;
pub mod erase;
mod exam_day;
pub mod exchange;
pub mod fault;
pub mod heads;
pub mod health;
pub mod in_use;
pub mod inspect;
pub mod journal;
pub mod load;
pub mod mark;
mod merging;
pub mod migrate;
mod policies;
mod publicity;
mod queue;
pub mod record;
pub mod records;
mod register;
pub mod replay;
mod results;
pub mod revert;
pub mod rows;
mod scores;
mod search_text;
mod secret;
mod sign_on;
mod snapshot;
mod still;
mod supervision;
mod together;
pub mod tx;
pub mod views;
pub mod wrong_pins;

pub use changes::Changes;
pub use fault::StoreFault;
pub use records::*;
pub use snapshot::Snapshot;
pub use tx::{Signature, Tx};

use fault::Result;
use queue::Queue;
use rusqlite::{Connection, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::Duration;

/// The oldest SQLite whose write-ahead log keeps every committed write.
const OLDEST_SQLITE: i32 = 3_051_003;
/// How long a writer waits in line, and then again for the lock itself.
const PATIENCE: Duration = Duration::from_secs(5);
/// Pages in the log before it is carried over into the file: the same few pages change again and again, and each is
/// carried over once.
const CHECKPOINT_PAGES: i64 = 4000;
/// The schema that brought marks.
const MARKS_SINCE: i64 = 22;
/// Pages that a bulk load may keep, in KiB; a terminal keeps SQLite's default.
const BULK_CACHE_KIB: i64 = 64 * 1024;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Access {
    ReadWrite,
    ReadOnly,
}

/// One open database.
pub struct Store {
    db: Connection,
    queue: Option<Queue>,
    path: Option<PathBuf>,
    /// Whether it may be written, whatever was asked for.
    access: Access,
    /// The schema that it had before it was opened; 0 for a fresh file.
    former: i64,
}

impl Store {
    /// Opens an existing database and brings its schema up to date.
    pub fn open(path: &Path, access: Access) -> Result<Store> {
        if !path.exists() {
            return Err(StoreFault::Missing(path.display().to_string()));
        }
        let flags = match access {
            Access::ReadWrite => OpenFlags::SQLITE_OPEN_READ_WRITE,
            Access::ReadOnly => OpenFlags::SQLITE_OPEN_READ_ONLY,
        };
        let mut db = Connection::open_with_flags(path, flags | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(PATIENCE)?;
        let still = still::needs_copy(&db, path);
        if still {
            db = still::copy(path)?;
        }
        // SQLite falls back to reading where the file may not be written.
        let access = if still || db.is_readonly("main")? { Access::ReadOnly } else { access };
        // Before anything is set: a file that is not ours stays as it is.
        let version = migrate::checked_version(&db)?;
        prepare(&db, access)?;
        let queue = Queue::of(path);
        if access == Access::ReadWrite && version < migrate::latest() {
            // One process at a time: the others find the work done when their turn comes.
            let _turn = queue.and_then(|q| q.wait(PATIENCE));
            migrate::migrate(&db, path.parent().map(|p| p.join("backups")).as_deref())?;
        }
        Ok(Store { db, queue, path: Some(path.to_owned()), access, former: version })
    }

    /// Makes a new database file, readable by its owner only.
    pub fn create(path: &Path) -> Result<Store> {
        use std::os::unix::fs::OpenOptionsExt;
        std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(path)?;
        Store::open(path, Access::ReadWrite)
    }

    /// A database that lives only in this process.
    pub fn in_memory() -> Result<Store> {
        let db = Connection::open_in_memory()?;
        prepare(&db, Access::ReadWrite)?;
        migrate::migrate(&db, None)?;
        Ok(Store { db, queue: None, path: None, access: Access::ReadWrite, former: 0 })
    }

    /// What was asked for, or reading only where the file may not be written.
    pub fn access(&self) -> Access {
        self.access
    }

    /// Whether it comes from before there were marks, and so cannot have one.
    pub fn is_older_than_marks(&self) -> bool {
        self.former > 0 && self.former < MARKS_SINCE
    }

    /// Whether its schema was this program's when it was opened.
    pub fn is_current(&self) -> bool {
        self.former == migrate::latest()
    }

    pub fn path(&self) -> Option<&Path> {
        self.path.as_deref()
    }

    /// For reads. Writes go through [`Store::begin`].
    pub fn db(&self) -> &Connection {
        &self.db
    }

    /// Waits for its turn and opens a write transaction.
    pub fn begin(&self) -> Result<Tx<'_>> {
        Tx::begin(&self.db, self.queue.and_then(|q| q.wait(PATIENCE)))
    }

    /// Another connection to the same file, for reading.
    pub fn again(&self) -> Result<Connection> {
        let path = self.path.as_deref().ok_or_else(|| StoreFault::Missing(String::new()))?;
        let db = Connection::open_with_flags(path, OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_NO_MUTEX)?;
        db.busy_timeout(PATIENCE)?;
        Ok(db)
    }

    /// Commits a write that changes nothing. What a failed COMMIT left behind in the log is overwritten by it.
    pub fn overwrite_log(&self) -> Result<()> {
        let _turn = self.queue.and_then(|q| q.wait(PATIENCE));
        self.db.execute_batch("BEGIN IMMEDIATE")?;
        let version = migrate::checked_version(&self.db);
        let done = version.and_then(|v| Ok(self.db.pragma_update(None, "user_version", v)?));
        let done = done.and_then(|()| Ok(self.db.execute_batch("COMMIT")?));
        if done.is_err() && !self.db.is_autocommit() {
            let _ = self.db.execute_batch("ROLLBACK");
        }
        done
    }

    /// Holds this moment for several reads.
    pub fn snapshot(&self) -> Result<Snapshot<'_>> {
        Snapshot::begin(&self.db)
    }

    /// Moves when another connection has committed; not for our own commits.
    pub fn data_version(&self) -> Result<i64> {
        Ok(self.db.prepare_cached("PRAGMA data_version")?.query_row([], |r| r.get(0))?)
    }

    /// A larger page cache for a bulk load: the default costs it half its speed.
    pub fn grow_cache(&self) -> Result<()> {
        Ok(self.db.pragma_update(None, "cache_size", -BULK_CACHE_KIB)?)
    }

    /// Writes the file anew and empties the log: what was deleted is in no free page any more. Nobody else may have the
    /// database open in the middle of something; then it says that it is busy, and can be asked again.
    pub fn scrub(&self) -> Result<()> {
        self.db.execute_batch("VACUUM")?;
        let busy: bool = self.db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |r| r.get(0))?;
        if busy { Err(StoreFault::Busy) } else { Ok(()) }
    }

    /// Back to what a terminal needs.
    pub fn shrink_cache(&self) -> Result<()> {
        self.db.pragma_update(None, "cache_size", -2000)?;
        Ok(self.db.release_memory()?)
    }
}

pub fn sqlite_version() -> &'static str {
    rusqlite::version()
}

fn prepare(db: &Connection, access: Access) -> Result<()> {
    if rusqlite::version_number() < OLDEST_SQLITE {
        return Err(StoreFault::OldSqlite(rusqlite::version().to_owned()));
    }
    db.busy_timeout(PATIENCE)?;
    if access == Access::ReadWrite {
        db.pragma_update_and_check(None, "journal_mode", "wal", |_| Ok(()))?;
    }
    db.pragma_update(None, "synchronous", "full")?;
    db.pragma_update(None, "wal_autocheckpoint", CHECKPOINT_PAGES)?;
    db.pragma_update(None, "foreign_keys", true)?;
    db.set_prepared_statement_cache_capacity(128);
    Ok(())
}
