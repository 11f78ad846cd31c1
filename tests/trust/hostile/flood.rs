//! F12: a paste that ends before it ends, and one of ten megabytes, at the real program in a terminal.
use super::world::World;
use crate::harness::Console;
use kaowu::ops::demo::Stage;
use rusqlite::Connection;
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

fn console(world: &World) -> Console {
    let mut command = Command::new(env!("CARGO_BIN_EXE_kaowu"));
    command.env_clear().env("KAOWU_HOME", world.folder()).env("KAOWU_CLOCK", world.now.to_string());
    command.env("LANG", "zh_CN.UTF-8").env("TERM", "xterm-256color").current_dir(world.home.path());
    command.args(["--as", "主管"]);
    Console::of(&command)
}

/// Operations in the journal.
fn done(world: &World) -> i64 {
    let db = Connection::open(world.file()).unwrap();
    db.query_row("SELECT count(*) FROM operation", [], |r| r.get(0)).unwrap()
}

/// Everything that a key could do here: quit, undo, decide, answer.
const KEYS: &str = "\r\ry\rq\x18\x15x\x1bOS\x1b[21~\rjjj\r";

#[test]
fn ten_megabytes_with_an_end_inside_press_no_key() {
    let world = World::new(Stage::Exam);
    let before = done(&world);
    let mut console = console(&world);
    console.sees("[F5 ").type_text("\x1bOR").sees("[F3 ").type_text("/").settled();
    let half = "很长的名字A".repeat(5 * 1024 * 1024 / 16);
    let begin = Instant::now();
    console.type_bytes(format!("\x1b[200~{half}\x1b[201~{KEYS}").as_bytes());
    console.type_bytes(KEYS.repeat(5 * 1024 * 1024 / KEYS.len()).as_bytes()).type_bytes(b"\x1b[201~");
    let sent = begin.elapsed();
    console.sees("请停一秒再按").settled();
    // It goes on: the field holds no more than it takes, and a key is a key again.
    assert!(console.text().contains("[F3 "), "{}", console.text());
    assert!(console.text().contains("很长的名字A"), "{}", console.text());
    thread::sleep(Duration::from_millis(1200));
    let key = Instant::now();
    console.type_bytes(b"\x15").type_text("zzz").sees("zzz");
    println!("paste of 10 MB: taken in {} ms, next key after {} ms", sent.as_millis(), key.elapsed().as_millis());
    assert_eq!(done(&world), before);
    console.type_bytes(b"\x1b").settled();
    console.type_bytes(b"\x1b\x1b").settled();
    assert_eq!(done(&world), before);
}

/// Whatever the time since: a paste is over, and a key is a key.
#[test]
fn keys_after_a_paste_are_taken() {
    let world = World::new(Stage::Exam);
    let mut console = console(&world);
    console.sees("[F5 ").type_text("\x1bOR").sees("[F3 ").type_text("/").settled();
    for round in 0..8 {
        let name = format!("甲{round}");
        console.type_bytes(format!("\x1b[200~{name}\x1b[201~").as_bytes()).sees(&name);
        thread::sleep(Duration::from_millis(700 + 31 * round));
        console.type_text("乙").sees(&format!("{name}乙"));
        console.type_bytes(b"\x15").settled();
    }
}

/// What is thrown away ends in the middle of a paste, nearly everywhere: the next key is no part of it.
#[test]
fn a_flood_of_pastes_ends() {
    let world = World::new(Stage::Exam);
    let mut console = console(&world);
    console.sees("[F5 ").type_text("\x1bOR").sees("[F3 ").type_text("/").settled();
    let paste = "\x1b[200~aaa\x1b[201~\ry\rj\rq\r";
    console.type_bytes(paste.repeat(16 * 1024 * 1024 / paste.len()).as_bytes());
    console.sees("请停一秒再按").settled();
    thread::sleep(Duration::from_millis(1200));
    console.type_bytes(b"\x15").type_text("zzz").sees("zzz");
    assert!(!console.text().contains("azzz"), "{}", console.text());
}

/// Ten megabytes where the terminal marks no pastes: nothing types that fast.
#[test]
fn a_flood_of_keys_is_no_typing() {
    let world = World::new(Stage::Exam);
    let before = done(&world);
    let mut console = console(&world);
    console.sees("[F5 ").type_text("\x1bOR").sees("[F3 ").settled();
    console.type_bytes("y\rq\r".repeat(1024 * 1024).as_bytes()).settled();
    assert!(console.text().contains("[F3 "), "{}", console.text());
    assert_eq!(done(&world), before);
}
