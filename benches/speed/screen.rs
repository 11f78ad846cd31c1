//! T1, T2, T5, T7, S3, ST1, ST2: the real program in a pseudo-terminal, bytes counted, against `less` and `sqlite3`.
use crate::Asked;
use crate::rounds::{Rounds, median, percentile, say};
use crate::terminal::Terminal;
use crate::world;
use std::path::Path;
use std::time::Duration;

const SMALL: (u16, u16) = (80, 24);
const LARGE: (u16, u16) = (200, 50);
const KAOWU: &str = env!("CARGO_BIN_EXE_kaowu");
const DOWN: &str = "\x1b[B";
/// Ends every frame of ours.
const FRAME: &str = "\x1b[?2026l";
const APPLICATIONS: &str = "\x1bOR";
const CHECK_IN: &str = "\x1b[15~";

pub fn run(asked: &Asked) {
    let folder = world::folder();
    let (small, large) = (folder.path().join("small"), folder.path().join("large"));
    world::seated_site(&small, 20_000);
    if asked.any(&["T1"]) {
        idle(&small);
    }
    if asked.any(&["T2", "T5"]) {
        bytes(&small);
    }
    if asked.any(&["S3", "ST2"]) {
        // More people than rooms have numbers for: a list without seats.
        world::empty_site(&large, &[world::POLICY]);
        let sheet = world::sheet(folder.path(), 0, asked.rows);
        crate::import::worker_import(&[sheet.to_str().unwrap().to_owned(), large.to_str().unwrap().to_owned()]);
    }
    if asked.any(&["T7"]) {
        against_less(&small, asked.rounds);
    }
    if asked.any(&["S3"]) {
        typing(&large);
    }
    if asked.any(&["ST1"]) {
        start(&small, asked.rounds * 4, "20,000 people");
    }
    if asked.any(&["ST2"]) {
        start(&large, asked.rounds * 4, &format!("{} people", asked.rows));
        let ratios = Rounds::run(asked.rounds * 4, || first_frame(&large), || first_frame(&small));
        ratios.print("ST2", &format!("first frame at {} people against 20,000", asked.rows), "<= 1.3", "ms");
    }
}

/// The program on its first screen, silent.
fn opened(home: &Path, size: (u16, u16), pane: &str) -> Terminal {
    let mut terminal = Terminal::run(KAOWU, &["--as", "bench"], size, home);
    terminal.until(FRAME);
    terminal.settle();
    terminal.press(pane);
    terminal
}

fn idle(home: &Path) {
    const LASTING: u64 = 20;
    let mut terminal = opened(home, SMALL, CHECK_IN);
    let before = terminal.ticks();
    let bytes = terminal.idle(Duration::from_secs(LASTING));
    let ticks = terminal.ticks() - before;
    say("T1", &format!("idle {LASTING} s: {bytes} bytes and {ticks} ticks of processor time, goal 0 and <= 1"));
}

fn bytes(home: &Path) {
    for (size, goals) in [(SMALL, "<= 300"), (LARGE, "<= 600")] {
        for (name, pane) in [("applications", APPLICATIONS), ("check-in", CHECK_IN)] {
            let mut terminal = opened(home, size, pane);
            if pane == APPLICATIONS {
                // Letters are actions in a list until its search is opened.
                terminal.press("/");
            }
            let mut key = |c: &str| terminal.press(c).bytes as f64;
            let found = ["z", "h", "a"].map(&mut key);
            // Nobody is called so: the list is empty and stays so.
            let _ = ["q", "q", "q"].map(&mut key);
            let kept = ["q", "q", "q"].map(&mut key);
            let _ = ["\x7f"; 7].map(&mut key);
            let moved: Vec<f64> = (0..6).map(|_| terminal.press(DOWN).bytes as f64).collect();
            let size = format!("{name} at {}x{}", size.0, size.1);
            say(
                "T2",
                &format!(
                    "{size}: selection by one {:.0} bytes (most {:.0}), goal {goals}",
                    median(&moved),
                    percentile(&moved, 100.0)
                ),
            );
            say(
                "T5",
                &format!(
                    "{size}: a typed character {:.0} bytes where the list stays, goal <= 80; {found:?} where it changes",
                    median(&kept)
                ),
            );
        }
        let mut terminal = opened(home, size, "\x1bOQ");
        let moved: Vec<f64> = (0..6).map(|_| terminal.press(DOWN).bytes as f64).collect();
        say(
            "T2",
            &format!(
                "command list at {}x{}: selection by one {:.0} bytes (most {:.0}), goal {goals}",
                size.0,
                size.1,
                median(&moved),
                percentile(&moved, 100.0)
            ),
        );
    }
}

fn against_less(home: &Path, rounds: usize) {
    let csv = world::sheet(home, 0, 20_000);
    let mut all = Rounds::default();
    for _ in 0..rounds {
        let mut ours = opened(home, SMALL, CHECK_IN);
        ours.press("z");
        let mut less = Terminal::run("less", &["-S", csv.to_str().unwrap()], SMALL, home);
        less.settle();
        let (mut a, mut b) = (Vec::new(), Vec::new());
        for _ in 0..40 {
            a.push(ours.press(DOWN).last);
            b.push(less.press(DOWN).last);
        }
        all.add(percentile(&a, 99.0), percentile(&b, 99.0));
    }
    all.print("T7", "key to last byte, p99, against less", "<= 3 or 5 ms", "ms");
}

/// Two keys of a search among all, on the check-in pane.
fn typing(home: &Path) {
    let mut took = Vec::new();
    let mut most: f64 = 0.0;
    for text in ["zw", "张伟", "33", "李", "ly"] {
        let mut terminal = opened(home, SMALL, CHECK_IN);
        took.extend(text.chars().map(|c| terminal.press(&c.to_string()).last));
        most = most.max(terminal.resident_mib());
    }
    say(
        "S3",
        &format!(
            "key to last byte while searching: p50 {:.1} most {:.1} ms, goal p50 <= 16, p99 <= 50",
            median(&took),
            percentile(&took, 100.0)
        ),
    );
    say("S4", &format!("{most:.1} MiB resident in a terminal after a search, goal <= 32"));
}

fn first_frame(home: &Path) -> f64 {
    Terminal::run(KAOWU, &["--as", "bench"], SMALL, home).until(FRAME)
}

fn start(home: &Path, rounds: usize, what: &str) {
    let database = world::database(home);
    let select = || Terminal::run("sqlite3", &[database.to_str().unwrap(), "select 41+1"], SMALL, home).until("42");
    if std::process::Command::new("sqlite3").arg("-version").output().is_err() {
        return say("ST1", "not measured: no sqlite3");
    }
    let ratios = Rounds::run(rounds, || first_frame(home), select);
    ratios.print("ST1", &format!("first frame against sqlite3 'select', {what}"), "<= 3.5", "ms");
}
