//! Reading a database in a folder that may not be written, while nobody else works on it.
//!
//! SQLite cannot open a write-ahead database without making files beside it. It can read the file as one that never
//! changes; as others may begin to work at any time, that is done once, into memory, and only trusted when the file was
//! the same before and after.
use super::fault::{Result, StoreFault};
use rusqlite::backup::Backup;
use rusqlite::{Connection, ErrorCode, OpenFlags};
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// Whether the file can be read only in this way: SQLite could not open it, and no log of others lies beside it.
pub fn needs_copy(db: &Connection, path: &Path) -> bool {
    let read = db.pragma_query_value(None, "user_version", |r| r.get::<_, i64>(0));
    // A full disk has no room for the file that SQLite makes beside it.
    let refusals = [Some(ErrorCode::CannotOpen), Some(ErrorCode::ReadOnly), Some(ErrorCode::DiskFull)];
    let no_room =
        |e: &rusqlite::Error| e.sqlite_error().is_some_and(|e| e.extended_code == rusqlite::ffi::SQLITE_IOERR_SHMSIZE);
    let refused = read.is_err_and(|e| refusals.contains(&e.sqlite_error_code()) || no_room(&e));
    refused && !log(path).exists()
}

/// The database as it is now, in memory, for reading only.
pub fn copy(path: &Path) -> Result<Connection> {
    let before = state(path)?;
    let flags = OpenFlags::SQLITE_OPEN_READ_ONLY | OpenFlags::SQLITE_OPEN_URI | OpenFlags::SQLITE_OPEN_NO_MUTEX;
    let file = Connection::open_with_flags(uri(path), flags)?;
    let mut memory = Connection::open_in_memory()?;
    Backup::new(&file, &mut memory)?.run_to_completion(1000, Duration::ZERO, None)?;
    memory.pragma_update(None, "query_only", true)?;
    if log(path).exists() || state(path)? != before {
        return Err(StoreFault::Busy);
    }
    Ok(memory)
}

fn state(path: &Path) -> Result<(u64, SystemTime)> {
    let meta = std::fs::metadata(path)?;
    Ok((meta.len(), meta.modified()?))
}

fn log(path: &Path) -> PathBuf {
    let mut name = path.as_os_str().to_owned();
    name.push("-wal");
    PathBuf::from(name)
}

/// The path as SQLite's URI; every byte that could mean something in one is escaped.
fn uri(path: &Path) -> String {
    use std::fmt::Write;
    use std::os::unix::ffi::OsStrExt;
    let mut out = "file:".to_owned();
    for byte in path.as_os_str().as_bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'/' | b'.' | b'-' | b'_' => out.push(char::from(*byte)),
            // Writing into a String cannot fail.
            _ => drop(write!(out, "%{byte:02x}")),
        }
    }
    out + "?immutable=1"
}
