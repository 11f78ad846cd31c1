//! A pseudo-terminal that answers the program's questions, counts its bytes and times its answers.
use portable_pty::{Child, CommandBuilder, MasterPty, PtySize, native_pty_system};
use std::io::{Read, Write};
use std::path::Path;
use std::sync::mpsc::{Receiver, channel};
use std::time::{Duration, Instant};

/// Silence that ends an answer.
const QUIET: Duration = Duration::from_millis(60);
const LIMIT: Duration = Duration::from_secs(20);

pub struct Terminal {
    child: Box<dyn Child + Send + Sync>,
    writer: Box<dyn Write + Send>,
    output: Receiver<(Instant, Vec<u8>)>,
    started: Instant,
    _master: Box<dyn MasterPty + Send>,
}

/// What came back for a key.
#[derive(Default)]
pub struct Answer {
    pub bytes: usize,
    /// Milliseconds to the last byte.
    pub last: f64,
}

impl Terminal {
    pub fn run(program: &str, args: &[&str], (cols, rows): (u16, u16), home: &Path) -> Terminal {
        let pair = native_pty_system().openpty(PtySize { rows, cols, ..PtySize::default() }).unwrap();
        let mut command = CommandBuilder::new(program);
        command.args(args);
        command.env("KAOWU_HOME", home);
        command.env("KAOWU_CLOCK", crate::world::CLOCK);
        command.env("TERM", "xterm-256color");
        command.env("LANG", "zh_CN.UTF-8");
        command.cwd(home);
        let started = Instant::now();
        let child = pair.slave.spawn_command(command).unwrap();
        drop(pair.slave);
        let mut reader = pair.master.try_clone_reader().unwrap();
        let (send, output) = channel();
        std::thread::spawn(move || {
            let mut chunk = [0; 65536];
            while let Ok(count @ 1..) = reader.read(&mut chunk) {
                if send.send((Instant::now(), chunk[..count].to_vec())).is_err() {
                    break;
                }
            }
        });
        let writer = pair.master.take_writer().unwrap();
        Terminal { child, writer, output, started, _master: pair.master }
    }

    /// Milliseconds from the start until `text` was written. Answers where the cursor is, as a narrow terminal does.
    pub fn until(&mut self, text: &str) -> f64 {
        let mut seen = Vec::new();
        loop {
            let (at, bytes) = self.output.recv_timeout(LIMIT).unwrap_or_else(|_| {
                panic!("never saw {text:?} in {:?}", String::from_utf8_lossy(&seen));
            });
            if contains(&bytes, b"\x1b[6n") {
                self.type_bytes(b"\x1b[1;4R");
            }
            seen.extend(bytes);
            if contains(&seen, text.as_bytes()) {
                return (at - self.started).as_secs_f64() * 1000.0;
            }
        }
    }

    /// Reads until it is silent.
    pub fn settle(&mut self) -> Answer {
        self.answer(Instant::now())
    }

    pub fn press(&mut self, bytes: &str) -> Answer {
        let start = Instant::now();
        self.type_bytes(bytes.as_bytes());
        self.answer(start)
    }

    fn answer(&mut self, start: Instant) -> Answer {
        let mut answer = Answer::default();
        while let Ok((at, bytes)) = self.output.recv_timeout(QUIET) {
            answer.bytes += bytes.len();
            answer.last = (at - start).as_secs_f64() * 1000.0;
        }
        answer
    }

    /// Bytes written while nobody does anything.
    pub fn idle(&mut self, lasting: Duration) -> usize {
        let end = Instant::now() + lasting;
        let mut bytes = 0;
        while let Some(left) = end.checked_duration_since(Instant::now()) {
            bytes += self.output.recv_timeout(left).map_or(0, |(_, b)| b.len());
        }
        bytes
    }

    fn type_bytes(&mut self, bytes: &[u8]) {
        self.writer.write_all(bytes).unwrap();
        self.writer.flush().unwrap();
    }

    /// Ticks of processor time so far (hundredths of a second).
    pub fn ticks(&self) -> u64 {
        let stat = std::fs::read_to_string(format!("/proc/{}/stat", self.child.process_id().unwrap())).unwrap();
        let rest: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
        rest[11].parse::<u64>().unwrap() + rest[12].parse::<u64>().unwrap()
    }

    pub fn resident_mib(&self) -> f64 {
        let status = std::fs::read_to_string(format!("/proc/{}/status", self.child.process_id().unwrap())).unwrap();
        let line = status.lines().find(|l| l.starts_with("VmRSS")).unwrap();
        line.split_whitespace().nth(1).unwrap().parse::<f64>().unwrap() / 1024.0
    }
}

impl Drop for Terminal {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

fn contains(all: &[u8], part: &[u8]) -> bool {
    all.windows(part.len()).any(|w| w == part)
}
