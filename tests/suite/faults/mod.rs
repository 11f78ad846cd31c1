//! What breaks around the program: it is killed, hung up, starved of disk, held up by others.
mod busy;
mod disk;
mod hang_up;
mod killed;
mod pipe;
mod queue;
mod read_only;
mod storm;

use crate::harness::Shell;

/// How many rows the last word of a query counts.
fn count(shell: &Shell, sql: &str) -> i64 {
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.query_row(sql, [], |row| row.get(0)).unwrap()
}

const ADMISSIONS: &str = "SELECT count(*) FROM operation WHERE kind = 'checkin.admit'";
const PRESENT: &str = "SELECT count(*) FROM attendance";
const OPERATIONS: &str = "SELECT count(*) FROM operation";

/// The chain has no gap, no operation is without its rows or twice, and the program itself finds nothing wrong.
#[track_caller]
fn is_whole(shell: &Shell) {
    assert_eq!(count(shell, ADMISSIONS), count(shell, PRESENT));
    let saved = "SELECT count(*) FROM operation WHERE kind = 'entry.save'";
    assert_eq!(count(shell, saved), count(shell, "SELECT count(*) FROM entry"));
    assert_eq!(count(shell, "SELECT count(*) FROM change WHERE op NOT IN (SELECT id FROM operation)"), 0);
    assert_eq!(shell.run("log verify").status, 0);
    let found = shell.run("doctor --deep --json").json();
    let failed: Vec<_> =
        found["checks"].as_array().unwrap().iter().filter(|c| c["verdict"] == "fail").map(|c| &c["check"]).collect();
    assert!(failed.is_empty(), "{failed:?}");
}
