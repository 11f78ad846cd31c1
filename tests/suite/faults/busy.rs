//! Somebody else holds the database for longer than anybody waits.
use super::{OPERATIONS, count, is_whole};
use crate::harness::{Console, Shell};
use rusqlite::Connection;

/// Another program that is in the middle of writing.
fn held(shell: &Shell) -> Connection {
    let other = Connection::open(shell.path("site.db")).unwrap();
    other.execute_batch("BEGIN IMMEDIATE").unwrap();
    other
}

#[test]
fn a_command_says_busy_and_does_nothing() {
    let shell = Shell::with_batch();
    let before = count(&shell, OPERATIONS);
    let other = held(&shell);
    let answer = shell.run("operator add Wang --role proctor");
    assert_eq!((answer.status, answer.out.as_str()), (6, ""));
    assert!(answer.err.contains("正被其他进程占用"), "{}", answer.err);
    // Readers are held up by nobody.
    shell.run("operator list").done();
    other.execute_batch("ROLLBACK").unwrap();
    assert_eq!(count(&shell, OPERATIONS), before);
    shell.run("operator add Wang --role proctor").done();
}

#[test]
fn the_screen_says_busy_and_keeps_what_was_typed() {
    let (shell, tickets) = Shell::seated(3);
    let mut console = Console::open(&shell);
    console.sees("扫描/输入").type_text(&tickets[0]).sees(&tickets[0]);
    let other = held(&shell);
    console.type_bytes(b"\r").sees("正被其他进程占用").sees(&tickets[0]);
    other.execute_batch("ROLLBACK").unwrap();
    console.type_bytes(b"\r").sees("第1考场 1号  准时").type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    is_whole(&shell);
}
