//! `kill -9` of the full-screen program around the moment in which it says that something is saved.
use super::{ADMISSIONS, count, is_whole};
use crate::harness::{Console, Shell};
use std::time::Duration;

/// Kills the program so many milliseconds after Enter, or right after it showed the words; whether it showed them.
fn killed_after_enter(console: &mut Console, words: &str, delay: Option<u64>) -> bool {
    console.type_bytes(b"\r");
    match delay {
        Some(time) => std::thread::sleep(Duration::from_millis(time)),
        None => drop(console.sees(words)),
    }
    console.signal("KILL").ends();
    console.drained().text().contains(words)
}

/// `None` waits for the words; the others lie around what a commit and a frame take.
const DELAYS: [Option<u64>; 12] =
    [None, Some(0), Some(1), Some(2), Some(4), Some(7), Some(11), Some(16), Some(23), Some(33), Some(60), None];

#[test]
fn an_admission_that_was_shown_is_there() {
    let (shell, tickets) = Shell::seated(DELAYS.len());
    let seats = shell.run("checkin list --session theory-1 --json").done().json();
    for (place, delay) in DELAYS.into_iter().enumerate() {
        let seat = seats[place]["seat"].as_i64().unwrap();
        let before = count(&shell, ADMISSIONS);
        let mut console = Console::open(&shell);
        console.sees("扫描/输入").type_text(&tickets[place]).sees(&tickets[place]);
        let words = format!("第1考场 {seat}号  准时");
        let shown = killed_after_enter(&mut console, &words, delay);
        let list = shell.run("checkin list --session theory-1 --json").done().json();
        let there = list[place]["attendance"] == "present";
        assert!(there || !shown, "{delay:?}: shown and lost");
        assert_eq!(count(&shell, ADMISSIONS) - before, i64::from(there), "{delay:?}");
        if there {
            Console::open(&shell).sees(&format!(" 1-{seat} "));
        }
    }
    is_whole(&shell);
}

#[test]
fn a_mark_that_was_shown_is_there() {
    let (shell, _) = Shell::seated(DELAYS.len());
    shell.run("operator add typist --role typist").done();
    const ENTRIES: &str = "SELECT count(*) FROM entry";
    for delay in DELAYS {
        let before = count(&shell, ENTRIES);
        let mut console = Console::with(&shell, &["--as", "typist"]);
        console.sees("理论 第1考场").type_bytes(b"\r");
        console.sees(&format!("第一次录入  {before}/{}", DELAYS.len())).type_text("80").sees("回车保存");
        let shown = killed_after_enter(&mut console, "第一次录入已保存", delay);
        let after = count(&shell, ENTRIES);
        assert!((i64::from(shown)..=1).contains(&(after - before)), "{delay:?}: shown {shown}, {before} to {after}");
    }
    is_whole(&shell);
}
