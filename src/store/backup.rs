//! Copies of a live database: made whole, checked, and only then given their name.
use super::fault::{Result, StoreFault};
use rusqlite::Connection;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

/// Writes a consistent copy to `to`, which must not exist, and checks it before it gets that name.
pub fn copy(db: &Connection, to: &Path) -> Result<()> {
    if to.exists() {
        return Err(StoreFault::Other(format!("{} exists", to.display())));
    }
    let part = to.with_extension("part");
    let _ = std::fs::remove_file(&part);
    // An empty file of our own: SQLite fills it, and nobody else may read it.
    std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(&part)?;
    let made = db
        .execute("VACUUM INTO ?1", [part.to_string_lossy()])
        .map_err(StoreFault::from)
        .and_then(|_| check(&part))
        .and_then(|()| place(&part, to).map_err(StoreFault::from));
    if made.is_err() {
        let _ = std::fs::remove_file(&part);
    }
    made
}

/// Renames a durable file to a durable name.
fn place(part: &Path, to: &Path) -> std::io::Result<()> {
    std::fs::File::open(part)?.sync_all()?;
    std::fs::rename(part, to)?;
    match to.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        Some(folder) => std::fs::File::open(folder)?.sync_all(),
        None => Ok(()),
    }
}

fn check(file: &Path) -> Result<()> {
    let copy = Connection::open_with_flags(file, rusqlite::OpenFlags::SQLITE_OPEN_READ_ONLY)?;
    let answer: String = copy.query_row("PRAGMA quick_check(1)", [], |r| r.get(0))?;
    if answer == "ok" { Ok(()) } else { Err(StoreFault::Corrupt(answer)) }
}
