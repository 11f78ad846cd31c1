//! Asks the terminal once how wide it draws ambiguous characters.
use super::glyphs::Ambiguous;
use super::wait::{self, Ready};
use std::fs::File;
use std::io::{self, IsTerminal, Read, Write};
use std::os::fd::AsFd;
use std::time::{Duration, Instant};

/// Local terminals answer in a millisecond, far ones in a round trip, some never.
pub const PATIENCE: Duration = Duration::from_millis(200);

/// Three ambiguous characters at the left edge; then the cursor report; then the line is cleaned again.
const ASK: &[u8] = "\r─·“\x1b[6n\r\x1b[K".as_bytes();

#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Answer {
    pub ambiguous: Ambiguous,
    /// Keys that came in between; give them to [`super::input::typed_ahead`].
    pub typed: Vec<u8>,
}

/// Asks in raw mode, before the first frame (or clear the screen after it) and before any other reader of input.
/// Not asked, and unknown, when input or output is no terminal.
pub fn ask(patience: Duration) -> Answer {
    if !io::stdin().is_terminal() || !io::stdout().is_terminal() {
        return Answer::default();
    }
    exchange(patience).unwrap_or_default()
}

fn exchange(patience: Duration) -> io::Result<Answer> {
    let mut out = super::terminal::Tty::open()?;
    out.write_all(ASK)?;
    let mut input = File::from(io::stdin().as_fd().try_clone_to_owned()?);
    let until = Instant::now() + patience;
    let mut bytes = Vec::new();
    loop {
        let left = until.saturating_duration_since(Instant::now());
        if left.is_zero() || wait::for_input(left) != Ready::Input {
            break;
        }
        let mut chunk = [0; 64];
        let count = input.read(&mut chunk)?;
        if count == 0 {
            break;
        }
        bytes.extend_from_slice(chunk.get(..count).unwrap_or_default());
        if report(&bytes).is_some() {
            break;
        }
    }
    Ok(read(&bytes))
}

/// Start, end and column of a cursor report `ESC [ row ; column R`.
fn report(bytes: &[u8]) -> Option<(usize, usize, u16)> {
    let starts = bytes.windows(2).enumerate().filter(|(_, w)| *w == b"\x1b[").map(|(at, _)| at);
    starts.into_iter().find_map(|start| {
        let body = bytes.get(start + 2..)?;
        let length = body.iter().position(|b| !b.is_ascii_digit() && *b != b';')?;
        let (_row, column) = std::str::from_utf8(body.get(..length)?).ok()?.split_once(';')?;
        let column = column.parse().ok()?;
        (body.get(length) == Some(&b'R')).then_some((start, start + 2 + length + 1, column))
    })
}

fn read(bytes: &[u8]) -> Answer {
    let Some((start, end, column)) = report(bytes) else {
        return Answer { ambiguous: Ambiguous::Unknown, typed: bytes.to_vec() };
    };
    let ambiguous = match column {
        4 => Ambiguous::Narrow,
        5..=7 => Ambiguous::Wide,
        _ => Ambiguous::Unknown,
    };
    let before = bytes.get(..start).unwrap_or_default();
    let after = bytes.get(end..).unwrap_or_default();
    Answer { ambiguous, typed: [before, after].concat() }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn answer(bytes: &str) -> (Ambiguous, String) {
        let answer = read(bytes.as_bytes());
        (answer.ambiguous, String::from_utf8(answer.typed).unwrap())
    }

    #[test]
    fn reports_are_read_and_keys_around_them_kept() {
        assert_eq!(answer("\x1b[1;4R"), (Ambiguous::Narrow, String::new()));
        assert_eq!(answer("\x1b[12;7R"), (Ambiguous::Wide, String::new()));
        assert_eq!(answer("张\x1b[A\x1b[1;4Rq"), (Ambiguous::Narrow, "张\x1b[Aq".to_owned()));
        assert_eq!(answer("\x1b[1;9R"), (Ambiguous::Unknown, String::new()));
        assert_eq!(answer("\x1b[1;"), (Ambiguous::Unknown, "\x1b[1;".to_owned()));
        assert_eq!(answer(""), (Ambiguous::Unknown, String::new()));
    }
}
