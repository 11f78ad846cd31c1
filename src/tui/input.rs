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
}

impl Input {
    /// The chord for the keymap; characters are folded to half width, so that keys work with an input method on.
    pub fn chord(&self) -> Option<Chord> {
        match self {
            Input::Key(chord) => Some(*chord),
            Input::Text(c) => Some(Chord::Char(fold(*c))),
            Input::Paste(_) | Input::Resize(..) | Input::Scroll(_) => None,
        }
    }
}

/// How long after Esc a `[` may still be the rest of a split escape sequence.
const SPLIT: Duration = Duration::from_millis(50);

/// Bytes of a paste that are kept: as much as the longest text that is typed anywhere.
pub const MOST_PASTED: usize = 64 * 1024;

/// Keys that come so soon after a paste are its own rest: it held the mark that ends a paste. No hand is as quick.
const TAIL: Duration = Duration::from_millis(100);

/// Turns events into inputs; remembers only what a split escape sequence and a split paste need.
#[derive(Debug, Default)]
pub struct Decoder {
    esc: Option<Instant>,
    inside: Option<Instant>,
    pasted: Option<Instant>,
    /// Something of a paste's rest was swallowed already.
    torn: bool,
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
        if self.is_tail(now) || self.swallows(key, now) {
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
        if self.is_tail(now) {
            return Vec::new();
        }
        (self.pasted, self.torn) = (Some(now), false);
        let most = (0..=MOST_PASTED.min(text.len())).rev().find(|at| text.is_char_boundary(*at));
        text.truncate(most.unwrap_or(0));
        vec![Input::Paste(text)]
    }

    /// Whether what came now is the rest of a paste; each piece of it makes the next one likely.
    fn is_tail(&mut self, now: Instant) -> bool {
        let tail = self.pasted.is_some_and(|at| now.saturating_duration_since(at) < TAIL);
        self.pasted = tail.then_some(now);
        self.torn = tail;
        tail
    }

    /// Input was thrown away unread: what follows at once belonged to it.
    pub fn lost(&mut self, now: Instant) {
        (self.pasted, self.torn) = (Some(now), true);
    }

    /// A read begins. What was `waiting` came while the program was busy: of a torn paste, however long ago that was.
    pub fn begin(&mut self, now: Instant, waiting: bool) {
        if self.torn && waiting {
            self.pasted = Some(now);
        }
    }

    /// A read is over: the time that it took is no pause of whoever sends.
    pub fn end(&mut self, now: Instant) {
        self.pasted = self.pasted.map(|_| now);
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
        for ms in [0, 90, 180, 270] {
            assert_eq!(decoder.feed(enter(), soon(ms)), []);
        }
        assert_eq!(decoder.feed(Event::Paste("rm".into()), soon(300)), []);
        // The program was busy, and more was waiting.
        decoder.end(soon(350));
        decoder.begin(soon(1000), true);
        assert_eq!(decoder.feed(enter(), soon(1000)), []);
        decoder.end(soon(1000));
        decoder.begin(soon(1200), false);
        assert_eq!(decoder.feed(enter(), soon(1200)), [Input::Key(Chord::Enter)]);
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
