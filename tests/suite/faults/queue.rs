//! C7: a writer that dies at the head of the line holds up nobody.
//!
//! The child is this test binary itself, running the ignored test below.
use crate::harness::Shell;
use kaowu::store::{Access, Store};
use std::io::Read;
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const DATABASE: &str = "SUITE_DATABASE";
/// Below the time of two waits for a turn, one behind the other: with a turn that nobody gives back it would take longer.
const AT_ONCE: Duration = Duration::from_secs(9);

#[test]
#[ignore = "child of the test below"]
fn child_holds_the_turn() {
    let Some(path) = std::env::var_os(DATABASE) else { return };
    let store = Store::open(path.as_ref(), Access::ReadWrite).unwrap();
    let _tx = store.begin().unwrap();
    println!("it is mine");
    std::thread::sleep(Duration::from_secs(60));
}

#[test]
fn the_turn_of_a_dead_process_is_free() {
    let shell = Shell::with_batch();
    let path = shell.path("site.db");
    let mut holder = Command::new(std::env::current_exe().unwrap())
        .args(["--ignored", "--exact", "--nocapture", "--test-threads=1", "faults::queue::child_holds_the_turn"])
        .env(DATABASE, &path)
        .stdout(Stdio::piped())
        .spawn()
        .unwrap();
    let (mut out, mut seen) = (holder.stdout.take().unwrap(), String::new());
    while !seen.contains("it is mine") {
        let mut chunk = [0; 256];
        let count = out.read(&mut chunk).unwrap();
        assert!(count > 0, "the child never had the turn: {seen}");
        seen.push_str(&String::from_utf8_lossy(&chunk[..count]));
    }
    // Two more stand in line behind it.
    let waiting: Vec<_> = (0..2)
        .map(|_| {
            let path = path.clone();
            std::thread::spawn(move || drop(Store::open(&path, Access::ReadWrite).unwrap().begin().unwrap()))
        })
        .collect();
    std::thread::sleep(Duration::from_millis(200));
    assert!(waiting.iter().all(|w| !w.is_finished()));
    holder.kill().unwrap();
    holder.wait().unwrap();
    let begin = Instant::now();
    waiting.into_iter().for_each(|w| w.join().unwrap());
    drop(Store::open(&path, Access::ReadWrite).unwrap().begin().unwrap());
    assert!(begin.elapsed() < AT_ONCE, "{:?}", begin.elapsed());
}
