//! The real program in a pseudo-terminal: bytes in, the screen that a terminal would show out.
use super::Shell;
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::num::NonZeroU16;
use std::sync::atomic::{AtomicBool, Ordering};
use std::sync::{Arc, Mutex};
use std::thread::{self, JoinHandle};
use std::time::{Duration, Instant};

/// Far beyond what any step takes; only what never comes is waited for so long.
pub const LIMIT: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(5);

/// What the terminal has received.
struct Received {
    screen: vt100::Parser,
    all: Vec<u8>,
    at: Instant,
}

pub struct Console {
    child: Box<dyn Child + Send + Sync>,
    master: Option<Box<dyn MasterPty + Send>>,
    writer: Option<Arc<Mutex<Box<dyn Write + Send>>>>,
    received: Arc<Mutex<Received>>,
    modes: String,
    stop: Arc<AtomicBool>,
    reading: Option<JoinHandle<()>>,
}

impl Console {
    /// Opens the full-screen program over the site of `shell`, at 80x24.
    pub fn open(shell: &Shell) -> Console {
        Console::with(shell, &[])
    }

    pub fn with(shell: &Shell, args: &[&str]) -> Console {
        let mut plain = shell.command();
        plain.args(args);
        Console::of(&plain)
    }

    /// Runs this command in a terminal of its own.
    pub fn of(plain: &std::process::Command) -> Console {
        let pair = native_pty_system().openpty(size(80, 24)).unwrap();
        let mut command = CommandBuilder::new(plain.get_program());
        command.env_clear();
        command.args(plain.get_args());
        command.cwd(plain.get_current_dir().unwrap());
        for (name, value) in plain.get_envs() {
            command.env(name, value.unwrap_or_default());
        }
        let modes = format!("{:?}", pair.master.get_termios());
        let child = pair.slave.spawn_command(command).unwrap();
        let received =
            Received { screen: vt100::Parser::new(cells(24), cells(80), 0), all: Vec::new(), at: Instant::now() };
        let received = Arc::new(Mutex::new(received));
        let writer = Arc::new(Mutex::new(pair.master.take_writer().unwrap()));
        let reader = pair.master.try_clone_reader().unwrap();
        let (into, answers) = (received.clone(), Arc::downgrade(&writer));
        let stop = Arc::new(AtomicBool::new(false));
        let stopped = stop.clone();
        let reading = thread::spawn(move || {
            receive(reader, &into, &stopped, &|answer| {
                if let Some(writer) = answers.upgrade() {
                    let _ = writer.lock().unwrap().write_all(answer);
                }
            });
        });
        Console {
            child,
            master: Some(pair.master),
            writer: Some(writer),
            received,
            modes,
            stop,
            reading: Some(reading),
        }
    }

    pub fn type_bytes(&mut self, bytes: &[u8]) -> &mut Console {
        let mut writer = self.writer.as_ref().unwrap().lock().unwrap();
        writer.write_all(bytes).unwrap();
        writer.flush().unwrap();
        drop(writer);
        self
    }

    pub fn type_text(&mut self, text: &str) -> &mut Console {
        self.type_bytes(text.as_bytes())
    }

    pub fn resize(&mut self, width: u16, height: u16) -> &mut Console {
        self.received.lock().unwrap().screen.screen_mut().set_size(cells(height), cells(width));
        self.master.as_ref().unwrap().resize(size(width, height)).unwrap();
        self
    }

    pub fn text(&self) -> String {
        self.received.lock().unwrap().screen.screen().contents()
    }

    /// Waits until the screen shows the text.
    #[track_caller]
    pub fn sees(&mut self, wanted: &str) -> &mut Console {
        let begin = Instant::now();
        while !self.text().contains(wanted) {
            assert!(begin.elapsed() < LIMIT, "never saw {wanted:?} on the screen:\n{}", self.text());
            thread::sleep(PAUSE);
        }
        self
    }

    /// Waits until the screen shows the text no more.
    #[track_caller]
    pub fn loses(&mut self, unwanted: &str) -> &mut Console {
        let begin = Instant::now();
        while self.text().contains(unwanted) {
            assert!(begin.elapsed() < LIMIT, "{unwanted:?} stays on the screen:\n{}", self.text());
            thread::sleep(PAUSE);
        }
        self
    }

    /// Waits until nothing has come for a while, longer than the program looks for changes; gives what came in between.
    pub fn settled(&mut self) -> Vec<u8> {
        let quiet = Duration::from_millis(400);
        let begin = Instant::now();
        loop {
            let mut received = self.received.lock().unwrap();
            if received.at.elapsed() > quiet && begin.elapsed() > quiet {
                return std::mem::take(&mut received.all);
            }
            drop(received);
            thread::sleep(PAUSE);
        }
    }

    /// How many bytes a key costs on the line.
    pub fn cost(&mut self, key: &[u8]) -> usize {
        self.settled();
        self.type_bytes(key);
        self.settled().len()
    }

    /// The program's process.
    pub fn id(&self) -> u32 {
        self.child.process_id().unwrap()
    }

    pub fn signal(&mut self, name: &str) -> &mut Console {
        let id = self.child.process_id().unwrap();
        let sent = std::process::Command::new("sh").args(["-c", &format!("kill -{name} {id}")]).status().unwrap();
        assert!(sent.success());
        self
    }

    /// Waits for the end of the program: its exit code. Everything it wrote has been received then.
    #[track_caller]
    pub fn ends(&mut self) -> u32 {
        let begin = Instant::now();
        loop {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.exit_code();
            }
            if begin.elapsed() > LIMIT {
                let _ = self.child.kill();
                panic!("still running:\n{}", self.text());
            }
            thread::sleep(PAUSE);
        }
    }

    /// Waits until everything that an ended program wrote has been received.
    pub fn drained(&mut self) -> &mut Console {
        let begin = Instant::now();
        while self.reading.as_ref().is_some_and(|reading| !reading.is_finished()) {
            assert!(begin.elapsed() < LIMIT, "somebody still has the terminal");
            thread::sleep(PAUSE);
        }
        self
    }

    /// Every byte that came since this or [`Console::settled`] was called.
    pub fn bytes(&mut self) -> Vec<u8> {
        std::mem::take(&mut self.received.lock().unwrap().all)
    }

    /// Closes the terminal under the program.
    pub fn hang_up(&mut self) -> &mut Console {
        // The reader holds the terminal open too; Ctrl-L paints one more frame, which wakes it.
        self.stop.store(true, Ordering::SeqCst);
        self.type_bytes(b"\x0c");
        let begin = Instant::now();
        while self.reading.as_ref().is_some_and(|reading| !reading.is_finished()) {
            assert!(begin.elapsed() < LIMIT, "no frame came");
            thread::sleep(PAUSE);
        }
        self.writer = None;
        self.master = None;
        self
    }

    /// Whether the terminal is as it was: line modes, main screen, caret, no reports left on.
    #[track_caller]
    pub fn is_clean(&mut self) {
        self.settled();
        let modes = format!("{:?}", self.master.as_ref().unwrap().get_termios());
        assert_eq!(modes, self.modes);
        let received = self.received.lock().unwrap();
        let screen = received.screen.screen();
        assert!(!screen.alternate_screen() && !screen.hide_cursor() && !screen.bracketed_paste());
        assert_eq!(screen.mouse_protocol_mode(), vt100::MouseProtocolMode::None);
    }
}

impl Drop for Console {
    fn drop(&mut self) {
        if self.child.try_wait().is_ok_and(|status| status.is_none()) {
            let _ = self.child.kill();
        }
    }
}

fn size(width: u16, height: u16) -> PtySize {
    PtySize { rows: height, cols: width, ..PtySize::default() }
}

/// Reads until the end, and answers the one question that the program asks: where the caret is.
fn receive(mut reader: Box<dyn Read + Send>, into: &Mutex<Received>, stop: &AtomicBool, answer: &dyn Fn(&[u8])) {
    const QUESTION: &[u8] = b"\x1b[6n";
    let mut chunk = [0; 4096];
    while let Ok(count @ 1..) = reader.read(&mut chunk) {
        let bytes = &chunk[..count];
        if bytes.windows(QUESTION.len()).any(|w| w == QUESTION) {
            answer(b"\x1b[1;4R"); // ambiguous characters are narrow
        }
        let mut received = into.lock().unwrap();
        received.screen.process(bytes);
        received.all.extend_from_slice(bytes);
        received.at = Instant::now();
        if stop.load(Ordering::SeqCst) {
            return;
        }
    }
}

fn cells(count: u16) -> NonZeroU16 {
    NonZeroU16::new(count).unwrap()
}
