//! The terminal is given back on every way out, in a real pseudo-terminal.
//!
//! The child is this test binary itself, running one of the ignored tests below.
use kaowu::tui::chord::Chord;
use kaowu::tui::events::Events;
use kaowu::tui::glyphs::Ambiguous;
use kaowu::tui::input::Input;
use kaowu::tui::terminal::{Guard, Mouse, RESTORE, Tty};
use kaowu::tui::{probe, signals};
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use signal_hook::consts::{SIGHUP, SIGTERM};
use std::io::{Read, Write};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;
use std::thread;
use std::time::Duration;

/// Far beyond what any step takes; only a hang reaches it.
const LIMIT: Duration = Duration::from_secs(10);

struct Pty {
    child: Box<dyn Child + Send + Sync>,
    master: Box<dyn MasterPty + Send>,
    reader: Box<dyn Read + Send>,
    /// Dropping it types a line end and an end-of-file character.
    writer: Box<dyn Write + Send>,
    seen: Vec<u8>,
}

impl Pty {
    fn run(test: &str) -> Pty {
        let pair = native_pty_system().openpty(PtySize { rows: 24, cols: 80, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(std::env::current_exe().unwrap());
        command.args(["--ignored", "--exact", "--nocapture", "--test-threads=1", test]);
        let child = pair.slave.spawn_command(command).unwrap();
        let reader = pair.master.try_clone_reader().unwrap();
        let writer = pair.master.take_writer().unwrap();
        Pty { child, master: pair.master, reader, writer, seen: Vec::new() }
    }

    /// Reads until the text was seen. A silent child ends itself, which ends the reading.
    fn wait_for(&mut self, text: &str) {
        let mut chunk = [0; 4096];
        while !contains(&self.seen, text.as_bytes()) {
            match self.reader.read(&mut chunk) {
                Ok(count @ 1..) => self.seen.extend(&chunk[..count]),
                _ => panic!("never saw {text:?} in {:?}", String::from_utf8_lossy(&self.seen)),
            }
        }
    }

    fn type_bytes(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    fn exit_code(mut self) -> u32 {
        self.child.wait().unwrap().exit_code()
    }

    /// Closes the terminal under the child.
    fn hang_up(self) -> u32 {
        let Pty { mut child, master, reader, writer, .. } = self;
        drop((master, reader, writer));
        child.wait().unwrap().exit_code()
    }
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|w| w == part)
}

/// Whether [`Pty::run`] started this process; a plain run of all ignored tests must do nothing.
fn is_child() -> bool {
    ["--ignored", "--exact"].iter().all(|flag| std::env::args().any(|arg| arg == *flag))
}

fn say(text: &str) {
    std::io::stdout().write_all(text.as_bytes()).unwrap();
    std::io::stdout().flush().unwrap();
}

/// As the main loop does once the terminal is gone: it does not come back. Ends only when a test would hang.
fn stuck() {
    thread::sleep(LIMIT);
    signal_hook::low_level::exit(99);
}

fn held() -> Guard {
    let guard = Guard::enter(Mouse::Off).unwrap();
    signals::watch().unwrap();
    guard
}

#[test]
#[ignore = "child of the tests below"]
fn child_is_stuck() {
    if !is_child() {
        return;
    }
    let _guard = held();
    say("ready");
    stuck();
}

#[test]
#[ignore = "child of the tests below"]
fn child_gets_sigterm() {
    if !is_child() {
        return;
    }
    let _guard = held();
    say("ready");
    signal_hook::low_level::raise(SIGTERM).unwrap();
    stuck();
}

#[test]
#[ignore = "child of the tests below"]
fn child_writes_into_a_stopped_terminal() {
    if !is_child() {
        return;
    }
    let _guard = held();
    let mut tty = Tty::open().unwrap();
    say("ready");
    thread::spawn(stuck);
    thread::spawn(|| {
        thread::sleep(Duration::from_millis(100));
        signal_hook::low_level::raise(SIGTERM).unwrap();
    });
    loop {
        tty.write_all(&[b'x'; 4096]).unwrap();
    }
}

#[test]
#[ignore = "child of the tests below"]
fn child_panics() {
    if !is_child() {
        return;
    }
    let _guard = held();
    panic!("on purpose");
}

#[test]
#[ignore = "child of the tests below"]
fn child_asks_for_the_width() {
    if !is_child() {
        return;
    }
    let guard = Guard::enter(Mouse::Off).unwrap();
    let answer = probe::ask(LIMIT);
    drop(guard);
    say(&format!("answer {:?} {:?}", answer.ambiguous, String::from_utf8_lossy(&answer.typed)));
}

#[test]
fn a_hang_up_ends_a_stuck_process() {
    let mut pty = Pty::run("terminal::child_is_stuck");
    pty.wait_for("ready");
    assert_eq!(pty.hang_up(), 129);
}

#[test]
#[ignore = "child of the tests below"]
fn child_reads_without_a_signal() {
    if !is_child() {
        return;
    }
    let _guard = Guard::enter(Mouse::Off).unwrap();
    signal_hook::flag::register(SIGHUP, Arc::new(AtomicBool::new(false))).unwrap();
    let mut events = Events::new(Vec::new());
    say("ready");
    thread::spawn(stuck);
    let mut typed = Vec::new();
    loop {
        match events.read(LIMIT) {
            Ok(inputs) => typed.extend(inputs),
            Err(_) if typed.starts_with(&[Input::Text('张'), Input::Key(Chord::Enter)]) => {
                signal_hook::low_level::exit(77)
            }
            Err(_) => signal_hook::low_level::exit(78),
        }
        if typed.contains(&Input::Key(Chord::Enter)) {
            say("got it");
        }
    }
}

#[test]
fn a_reader_that_hears_no_signal_sees_the_hang_up() {
    let mut pty = Pty::run("terminal::child_reads_without_a_signal");
    pty.wait_for("ready");
    pty.type_bytes("张\r".as_bytes());
    pty.wait_for("got it");
    assert_eq!(pty.hang_up(), 77);
}

#[test]
fn a_termination_gives_the_terminal_back() {
    let mut pty = Pty::run("terminal::child_gets_sigterm");
    pty.wait_for(std::str::from_utf8(RESTORE).unwrap());
    assert_eq!(pty.exit_code(), 143);
}

#[test]
fn a_terminal_that_takes_nothing_more_holds_nobody() {
    let mut pty = Pty::run("terminal::child_writes_into_a_stopped_terminal");
    pty.wait_for("ready");
    assert_eq!(pty.exit_code(), 143);
}

#[test]
fn a_panic_gives_the_terminal_back_before_it_speaks() {
    let mut pty = Pty::run("terminal::child_panics");
    pty.wait_for("on purpose");
    let at = |part: &[u8]| pty.seen.windows(part.len()).position(|w| w == part);
    assert!(at(RESTORE).unwrap() < at(b"on purpose").unwrap());
    assert_eq!(pty.seen.windows(RESTORE.len()).filter(|w| *w == RESTORE).count(), 1);
}

#[test]
fn a_cursor_report_tells_the_width_of_ambiguous_characters() {
    for (column, ambiguous) in [(4, Ambiguous::Narrow), (7, Ambiguous::Wide)] {
        let mut pty = Pty::run("terminal::child_asks_for_the_width");
        pty.wait_for("\x1b[6n");
        pty.type_bytes(format!("12\x1b[1;{column}R").as_bytes());
        pty.wait_for(&format!("answer {ambiguous:?} \"12\""));
    }
}
