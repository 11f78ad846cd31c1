//! What can go wrong with the database itself, as a closed set.
use thiserror::Error;

pub type Result<T, E = StoreFault> = std::result::Result<T, E>;

#[derive(Debug, Error)]
pub enum StoreFault {
    #[error("another process holds the database")]
    Busy,
    #[error("database has schema {found}, this program knows {known}")]
    TooNew { found: i64, known: i64 },
    #[error("not a kaowu database, or damaged: {0}")]
    Corrupt(String),
    #[error("disk full or quota reached")]
    Full,
    /// The system could not read or write the file: a quota, a size limit, a failing disk.
    #[error("{0}")]
    Io(String),
    /// The system refused a write. The transaction ends with the last thing written, so no whole one stands in the log.
    #[error("{0}")]
    Unwritten(String),
    #[error("database is read-only")]
    ReadOnly,
    #[error("no database at {0}")]
    Missing(String),
    #[error("SQLite {0} loses committed writes; 3.51.3 or newer is needed")]
    OldSqlite(String),
    #[error("constraint: {0}")]
    Constraint(String),
    #[error("{0}")]
    Other(String),
}

impl From<rusqlite::Error> for StoreFault {
    fn from(e: rusqlite::Error) -> Self {
        use rusqlite::Error as E;
        use rusqlite::ErrorCode as C;
        let text = e.to_string();
        let extended = e.sqlite_error().map(|e| e.extended_code);
        match e.sqlite_error_code() {
            Some(C::DatabaseBusy | C::DatabaseLocked) => StoreFault::Busy,
            Some(C::DatabaseCorrupt | C::NotADatabase) => StoreFault::Corrupt(text),
            Some(C::DiskFull) => StoreFault::Full,
            Some(C::SystemIoFailure) if extended == Some(rusqlite::ffi::SQLITE_IOERR_WRITE) => {
                StoreFault::Unwritten(text)
            }
            // A passing want of memory says nothing of what the file holds.
            Some(C::SystemIoFailure | C::OutOfMemory) => StoreFault::Io(text),
            Some(C::ReadOnly) => StoreFault::ReadOnly,
            Some(C::ConstraintViolation) => StoreFault::Constraint(text),
            // No statement of the program leaves such a value in a column.
            None if matches!(
                e,
                E::FromSqlConversionFailure(..)
                    | E::InvalidColumnType(..)
                    | E::IntegralValueOutOfRange(..)
                    | E::Utf8Error(..)
            ) =>
            {
                StoreFault::Corrupt(text)
            }
            _ => StoreFault::Other(text),
        }
    }
}

impl From<std::io::Error> for StoreFault {
    fn from(e: std::io::Error) -> Self {
        StoreFault::Other(e.to_string())
    }
}
