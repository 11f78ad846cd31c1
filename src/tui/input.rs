//! Terminal events to what panes understand. Presses only; broken sequences of slow lines are swallowed.
use super::chord::{Chord, fold};
use crossterm::event::{Event, KeyCode, KeyEvent, KeyModifiers, MouseEventKind};
use std::time::{Duration, Instant};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Input {
    /// A key that is no character.
    Key(Chord),
    /// A printable character as typed: first for a text field, else for the keymap (see [`Input::chord`]).
    Text(char),
    /// A bracketed paste, unfiltered.
    Paste(String),
    Resize(u16, u16),
    /// Mouse wheel, rows; negative is up.
    Scroll(i16),
    /// What stood behind a paste's end, or was too much to be typing, begins here: none of it is taken.
    Rest,
}

impl Input {
    /// The chord for the keymap; characters are folded to half width, so that keys work with an input method on.
    pub fn chord(&self) -> Option<Chord> {
        match self {
            Input::Key(chord) => Some(*chord),
            Input::Text(c) => Some(Chord::Char(fold(*c))),
            Input::Paste(_) | Input::Resize(..) | Input::Scroll(_) | Input::Rest => None,
        }
    }
}

/// How long after Esc a `[` may still be the rest of a split escape sequence.
const SPLIT: Duration = Duration::from_millis(50);

/// Bytes of a paste that are kept: as much as the longest text that is typed anywhere.
pub const MOST_PASTED: usize = 64 * 1024;

/// Keys that come so soon after a paste are its own rest: it held the mark that ends a paste. No hand is as quick.
const TAIL: Duration = Duration::from_millis(100);

/// Bytes of a paste that arrive in one piece with what stands behind its end.
const ONE_PIECE: usize = 1024;

/// The same for what arrives in pieces: whoever sends it is stopped between two of them, by a busy machine or a slow line.
const LONG_TAIL: Duration = Duration::from_secs(1);

/// A paste, or input that was thrown away, whose rest may still come.
#[derive(Debug, Clone, Copy)]
struct Tail {
    last: Instant,
    /// Nothing came for so long, while somebody looked: it is over.
    quiet: Duration,
    /// Something of the rest came already.
    torn: bool,
}

impl Tail {
    /// More of it is likely: what came while nobody looked belongs to it, however long ago the paste was.
    fn is_likely(self) -> bool {
        self.torn || self.quiet == LONG_TAIL
    }
}

/// Turns events into inputs; remembers only what a split escape sequence and a split paste need.
#[derive(Debug, Default)]
pub struct Decoder {
    esc: Option<Instant>,
    inside: Option<Instant>,
    tail: Option<Tail>,
}

impl Decoder {
    /// Zero, one or two inputs (Alt with a character is Esc and the character).
    pub fn feed(&mut self, event: Event, now: Instant) -> Vec<Input> {
        let key = match event {
            Event::Key(key) if key.is_press() => key,
            Event::Paste(text) => return self.paste(text, now),
            Event::Resize(width, height) => return vec![Input::Resize(width, height)],
            Event::Mouse(mouse) => return scroll(mouse.kind).into_iter().collect(),
            Event::Key(_) | Event::FocusGained | Event::FocusLost => return Vec::new(),
        };
        if let Some(rest) = self.rest(now) {
            return rest;
        }
        if self.swallows(key, now) {
            return Vec::new();
        }
        let alt = key.modifiers.contains(KeyModifiers::ALT);
        let esc = (alt && matches!(key.code, KeyCode::Char(_))).then_some(Input::Key(Chord::Esc));
        let inputs: Vec<Input> = esc.into_iter().chain(one(key)).collect();
        self.esc = (inputs.last() == Some(&Input::Key(Chord::Esc))).then_some(now);
        inputs
    }

    /// A second paste right behind another one is the same one's rest, too.
    fn paste(&mut self, mut text: String, now: Instant) -> Vec<Input> {
        if let Some(rest) = self.rest(now) {
            return rest;
        }
        let quiet = if text.len() > ONE_PIECE { LONG_TAIL } else { TAIL };
        self.tail = Some(Tail { last: now, quiet, torn: false });
        let most = (0..=MOST_PASTED.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(most.unwrap_or(0));
        vec![Input::Paste(text)]
    }

    /// Where what came now is the rest of a paste: what is said of it, once. Each piece makes the next one likely.
    fn rest(&mut self, now: Instant) -> Option<Vec<Input>> {
        let tail = self.tail.take().filter(|tail| now.saturating_duration_since(tail.last) < tail.quiet)?;
        self.tail = Some(Tail { last: now, torn: true, ..tail });
        Some(if tail.torn { Vec::new() } else { vec![Input::Rest] })
    }

    /// Whether all that comes now is the rest of something long, and not worth reading.
    pub fn takes_nothing(&self, now: Instant) -> bool {
        let over = |tail: Tail| now.saturating_duration_since(tail.last) >= tail.quiet;
        self.tail.is_some_and(|tail| tail.torn && tail.quiet == LONG_TAIL && !over(tail))
    }

    /// Input was thrown away unread: what follows belonged to it.
    pub fn lost(&mut self, now: Instant) {
        self.tail = Some(Tail { last: now, quiet: LONG_TAIL, torn: true });
    }

    /// A read begins. What was `waiting` came while the program was busy: nobody can say how soon after what.
    pub fn begin(&mut self, now: Instant, waiting: bool) {
        if waiting && let Some(tail) = self.tail.as_mut().filter(|tail| tail.is_likely()) {
            tail.last = now;
        }
    }

    /// A read is over: the time that it took is no pause of whoever sends.
    pub fn end(&mut self, now: Instant) {
        if let Some(tail) = &mut self.tail {
            tail.last = now;
        }
    }

    /// `[` within 50 ms after Esc, and what follows it up to a letter or `~`, is a split sequence, not typing.
    fn swallows(&mut self, key: KeyEvent, now: Instant) -> bool {
        let fresh = |since: Option<Instant>| since.is_some_and(|at| now.saturating_duration_since(at) < SPLIT);
        let KeyCode::Char(c) = key.code else {
            self.inside = None;
            return false;
        };
        if fresh(self.inside) {
            let more = c.is_ascii_digit() || c == ';' || c == '[';
            self.inside = more.then_some(now);
            return more || c.is_ascii_alphabetic() || c == '~';
        }
        let begins = c == '[' && key.modifiers.is_empty() && fresh(self.esc);
        self.inside = begins.then_some(now);
        self.esc = None;
        begins
    }
}

fn one(key: KeyEvent) -> Option<Input> {
    let ctrl = key.modifiers.contains(KeyModifiers::CONTROL);
    Some(match key.code {
        KeyCode::Char(c) if ctrl => match c.to_ascii_lowercase() {
            // Some terminals and scanners send these bytes for the keys themselves.
            'h' => Input::Key(Chord::Backspace),
            'j' | 'm' => Input::Key(Chord::Enter),
            'i' => Input::Key(Chord::Tab),
            ' ' => Input::Text(' '),
            c => Input::Key(Chord::Ctrl(c)),
        },
        KeyCode::Char(c) => Input::Text(c),
        code => Input::Key(named(code)?),
    })
}

fn named(code: KeyCode) -> Option<Chord> {
    Some(match code {
        KeyCode::Enter => Chord::Enter,
        KeyCode::Esc => Chord::Esc,
        KeyCode::Tab => Chord::Tab,
        KeyCode::BackTab => Chord::BackTab,
        KeyCode::Up => Chord::Up,
        KeyCode::Down => Chord::Down,
        KeyCode::Left => Chord::Left,
        KeyCode::Right => Chord::Right,
        KeyCode::Home => Chord::Home,
        KeyCode::End => Chord::End,
        KeyCode::PageUp => Chord::PageUp,
        KeyCode::PageDown => Chord::PageDown,
        KeyCode::Delete => Chord::Delete,
        KeyCode::Insert => Chord::Insert,
        KeyCode::Backspace => Chord::Backspace,
        KeyCode::F(n @ 1..=12) => Chord::F(n),
        _ => return None,
    })
}

fn scroll(kind: MouseEventKind) -> Option<Input> {
    match kind {
        MouseEventKind::ScrollUp => Some(Input::Scroll(-3)),
        MouseEventKind::ScrollDown => Some(Input::Scroll(3)),
        _ => None,
    }
}

/// Keys that were typed while a terminal query waited for its answer. Escape sequences among them are lost.
pub fn typed_ahead(bytes: &[u8]) -> Vec<Input> {
    let mut inputs = Vec::new();
    for c in String::from_utf8_lossy(bytes).chars() {
        match c {
            '\u{1b}' => break,
            '\r' | '\n' => inputs.push(Input::Key(Chord::Enter)),
            '\t' => inputs.push(Input::Key(Chord::Tab)),
            '\u{8}' | '\u{7f}' => inputs.push(Input::Key(Chord::Backspace)),
            '\u{1}'..='\u{1a}' => {
                let letter = char::from_u32(u32::from(c) + 0x60);
                inputs.extend(letter.map(|c| Input::Key(Chord::Ctrl(c))));
            }
            char::REPLACEMENT_CHARACTER => {}
            c if c.is_control() => {}
            c => inputs.push(Input::Text(c)),
        }
    }
    inputs
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossterm::event::KeyEventKind;

    fn press(code: KeyCode, modifiers: KeyModifiers) -> Event {
        Event::Key(KeyEvent::new(code, modifiers))
    }

    fn feed(events: &[Event]) -> Vec<Input> {
        let (mut decoder, now) = (Decoder::default(), Instant::now());
        events.iter().flat_map(|e| decoder.feed(e.clone(), now)).collect()
    }

    #[test]
    fn scanners_and_odd_terminals_are_understood() {
        let ctrl = |c| press(KeyCode::Char(c), KeyModifiers::CONTROL);
        assert_eq!(
            feed(&[ctrl('h'), ctrl('j'), ctrl('l'), press(KeyCode::F(5), KeyModifiers::NONE)]),
            [Chord::Backspace, Chord::Enter, Chord::Ctrl('l'), Chord::F(5)].map(Input::Key)
        );
    }

    #[test]
    fn releases_are_dropped() {
        let mut key = KeyEvent::new(KeyCode::Enter, KeyModifiers::NONE);
        key.kind = KeyEventKind::Release;
        assert_eq!(feed(&[Event::Key(key)]), []);
    }

    #[test]
    fn alt_is_esc_and_the_character() {
        let alt = press(KeyCode::Char('u'), KeyModifiers::ALT);
        assert_eq!(feed(&[alt]), [Input::Key(Chord::Esc), Input::Text('u')]);
    }

    #[test]
    fn a_split_sequence_is_not_typing() {
        let esc = press(KeyCode::Esc, KeyModifiers::NONE);
        let char = |c| press(KeyCode::Char(c), KeyModifiers::NONE);
        assert_eq!(feed(&[esc.clone(), char('['), char('A'), char('x')]), [Input::Key(Chord::Esc), Input::Text('x')]);
        assert_eq!(feed(&[esc.clone(), char('['), char('5'), char('~')]), [Input::Key(Chord::Esc)]);
        assert_eq!(feed(&[char('['), char('A')]), [Input::Text('['), Input::Text('A')]);

        let (mut decoder, now) = (Decoder::default(), Instant::now());
        decoder.feed(esc, now);
        assert_eq!(decoder.feed(char('['), now + SPLIT), [Input::Text('[')]);
    }

    /// F12: whoever writes the end of a paste into it does not get to press keys.
    #[test]
    fn what_follows_a_paste_at_once_is_no_key() {
        let (mut decoder, now) = (Decoder::default(), Instant::now());
        let soon = |ms| now + Duration::from_millis(ms);
        let paste = Event::Paste("张".repeat(MOST_PASTED));
        let taken = decoder.feed(paste, now);
        let [Input::Paste(text)] = taken.as_slice() else { panic!("{taken:?}") };
        assert_eq!(text.len(), MOST_PASTED - MOST_PASTED % 3);
        let enter = || press(KeyCode::Enter, KeyModifiers::NONE);
        assert_eq!(decoder.feed(enter(), now), [Input::Rest]);
        for ms in [900, 1800, 2700] {
            assert_eq!(decoder.feed(enter(), soon(ms)), []);
        }
        assert_eq!(decoder.feed(Event::Paste("rm".into()), soon(2800)), []);
        // The program was busy, and more was waiting.
        decoder.end(soon(2900));
        decoder.begin(soon(9000), true);
        assert_eq!(decoder.feed(enter(), soon(9000)), []);
        decoder.end(soon(9000));
        decoder.begin(soon(10_000), false);
        assert_eq!(decoder.feed(enter(), soon(10_000)), [Input::Key(Chord::Enter)]);
    }

    /// F12: taking the paste itself may keep the program busy for longer than any rest is waited for.
    #[test]
    fn what_waited_behind_a_long_paste_is_no_key() {
        let (mut decoder, now) = (Decoder::default(), Instant::now());
        let soon = |ms| now + Duration::from_millis(ms);
        let enter = || press(KeyCode::Enter, KeyModifiers::NONE);
        decoder.feed(Event::Paste("a".repeat(ONE_PIECE + 1)), now);
        decoder.end(now);
        decoder.begin(soon(5000), true);
        assert_eq!(decoder.feed(enter(), soon(5000)), [Input::Rest]);
        // What comes after a second in which nothing came is typed.
        decoder.end(soon(5000));
        decoder.begin(soon(6000), false);
        assert_eq!(decoder.feed(enter(), soon(6000)), [Input::Key(Chord::Enter)]);
    }

    /// A name that was pasted, then Enter: a person does that in a fifth of a second, also while the program is busy.
    #[test]
    fn a_key_after_a_short_paste_is_a_key() {
        let (mut decoder, now) = (Decoder::default(), Instant::now());
        let soon = |ms| now + Duration::from_millis(ms);
        let enter = || press(KeyCode::Enter, KeyModifiers::NONE);
        decoder.feed(Event::Paste("张三".into()), now);
        decoder.end(now);
        decoder.begin(soon(200), true);
        assert_eq!(decoder.feed(enter(), soon(200)), [Input::Key(Chord::Enter)]);
        assert_eq!(decoder.feed(Event::Paste("李四".into()), soon(400)), [Input::Paste("李四".into())]);
        assert_eq!(decoder.feed(enter(), soon(420)), [Input::Rest]);
        assert_eq!(decoder.feed(enter(), soon(600)), [Input::Key(Chord::Enter)]);
    }

    /// Input that was thrown away goes on for a while: whoever sends it may be stopped meanwhile.
    #[test]
    fn what_follows_thrown_away_input_is_no_key() {
        let (mut decoder, now) = (Decoder::default(), Instant::now());
        let soon = |ms| now + Duration::from_millis(ms);
        let enter = || press(KeyCode::Enter, KeyModifiers::NONE);
        decoder.lost(now);
        assert_eq!(decoder.feed(enter(), soon(999)), []);
        assert_eq!(decoder.feed(enter(), soon(1999)), [Input::Key(Chord::Enter)]);
    }

    #[test]
    fn full_width_keys_reach_the_keymap_and_stay_in_text() {
        let colon = Input::Text('：');
        assert_eq!(colon.chord(), Some(Chord::Char(':')));
        assert_eq!(feed(&[press(KeyCode::Char('：'), KeyModifiers::NONE)]), [colon]);
    }

    #[test]
    fn keys_typed_ahead_are_kept() {
        let typed = typed_ahead("张3\r\u{1b}[A".as_bytes());
        assert_eq!(typed, [Input::Text('张'), Input::Text('3'), Input::Key(Chord::Enter)]);
    }
}
