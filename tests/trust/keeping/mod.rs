//! Keeping a site: copies and the drill, a disk that cannot be written, what others may not read.
mod copies;
mod disk;
mod own_files;
mod private;
mod restoring;

use crate::harness::Shell;

/// How many rows the last word of a query counts.
fn count(shell: &Shell, sql: &str) -> i64 {
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

/// Names in a folder of the home, sorted; those that begin with a dot are nobody's business.
fn names(shell: &Shell, folder: &str) -> Vec<String> {
    let Ok(entries) = std::fs::read_dir(shell.path(folder)) else { return Vec::new() };
    let mut names: Vec<_> = entries.map(|e| e.unwrap().file_name().into_string().unwrap()).collect();
    names.retain(|name| !name.starts_with(".lock"));
    names.sort();
    names
}
