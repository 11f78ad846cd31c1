//! One key with its modifier, and its name in keymap files.
use std::fmt;

/// A key as keymaps know it. Alt does not exist here: Esc and a key coalesce into it on slow lines.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Chord {
    Enter,
    Esc,
    Tab,
    BackTab,
    Up,
    Down,
    Left,
    Right,
    Home,
    End,
    PageUp,
    PageDown,
    Delete,
    Insert,
    Backspace,
    /// 1 to 12.
    F(u8),
    /// A printable character, already folded to half width.
    Char(char),
    /// Ctrl with a lower-case letter.
    Ctrl(char),
}

const NAMES: [(&str, Chord); 17] = [
    ("enter", Chord::Enter),
    ("esc", Chord::Esc),
    ("tab", Chord::Tab),
    ("backtab", Chord::BackTab),
    ("up", Chord::Up),
    ("down", Chord::Down),
    ("left", Chord::Left),
    ("right", Chord::Right),
    ("home", Chord::Home),
    ("end", Chord::End),
    ("pageup", Chord::PageUp),
    ("pagedown", Chord::PageDown),
    ("delete", Chord::Delete),
    ("insert", Chord::Insert),
    ("backspace", Chord::Backspace),
    ("space", Chord::Char(' ')),
    ("escape", Chord::Esc),
];

/// Why a name in a keymap is no chord.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotChord {
    Unknown,
    /// Terminals, multiplexers or shells take it, or it is the same byte as another key.
    Forbidden,
}

/// Flow control, job control, interrupt, and letters that are the same byte as Enter, Tab, Backspace, Ctrl-J or Esc.
const FORBIDDEN: [char; 9] = ['s', 'q', 'z', 'c', 'm', 'i', 'h', 'j', '['];

impl Chord {
    /// As a keycap is written for people: `F1`, `Ctrl+X`, `Enter`.
    pub fn label(&self) -> String {
        match self {
            Chord::Ctrl(c) => format!("Ctrl+{}", c.to_ascii_uppercase()),
            Chord::F(n) => format!("F{n}"),
            Chord::PageUp => "PgUp".to_owned(),
            Chord::PageDown => "PgDn".to_owned(),
            Chord::BackTab => "Shift+Tab".to_owned(),
            Chord::Char(c) if *c != ' ' => c.to_string(),
            other => {
                let name = other.to_string();
                let mut letters = name.chars();
                letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
            }
        }
    }
}

impl Chord {
    /// Reads a name such as `enter`, `f5`, `ctrl-l`, `/`, `space`. Names of keys may be in either case.
    pub fn parse(name: &str) -> Result<Chord, NotChord> {
        let mut chars = name.chars();
        if let (Some(c), None) = (chars.next(), chars.next()) {
            let c = fold(c);
            let printable = c != ' ' && !c.is_control() && !crate::model::clean::is_unsafe(c);
            return if printable { Ok(Chord::Char(c)) } else { Err(NotChord::Unknown) };
        }
        let lower = name.to_ascii_lowercase();
        if let Some((_, chord)) = NAMES.iter().find(|(n, _)| *n == lower) {
            return Ok(*chord);
        }
        if lower.starts_with("alt-") || lower.starts_with("alt+") {
            return Err(NotChord::Forbidden);
        }
        if let Some(rest) = lower.strip_prefix("ctrl-").or_else(|| lower.strip_prefix("ctrl+")) {
            return ctrl(rest);
        }
        let number = lower.strip_prefix('f').and_then(|n| n.parse().ok());
        number.filter(|n| (1..=12).contains(n)).map(Chord::F).ok_or(NotChord::Unknown)
    }
}

fn ctrl(rest: &str) -> Result<Chord, NotChord> {
    let mut chars = rest.chars();
    let (Some(c), None) = (chars.next(), chars.next()) else { return Err(NotChord::Unknown) };
    if FORBIDDEN.contains(&c) {
        return Err(NotChord::Forbidden);
    }
    if c.is_ascii_lowercase() { Ok(Chord::Ctrl(c)) } else { Err(NotChord::Unknown) }
}

/// The half-width key behind a full-width character or a Chinese punctuation key; others stay.
pub fn fold(c: char) -> char {
    match c {
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        '\u{3000}' => ' ',
        '、' => '/',
        '。' => '.',
        '《' => '<',
        '》' => '>',
        '【' => '[',
        '】' => ']',
        '“' | '”' => '"',
        '‘' | '’' => '\'',
        '￥' | '¥' => '$',
        '·' => '`',
        '…' => '^',
        '—' => '_',
        _ => c,
    }
}

impl fmt::Display for Chord {
    /// The name that [`Chord::parse`] reads.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if let Some((name, _)) = NAMES.iter().find(|(_, chord)| chord == self) {
            return f.pad(name);
        }
        match self {
            Chord::F(n) => f.pad(&format!("f{n}")),
            Chord::Ctrl(c) => f.pad(&format!("ctrl-{c}")),
            Chord::Char(c) => f.pad(&c.to_string()),
            _ => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_read_back() {
        let others = ["f1", "f12", "ctrl-a", "ctrl-l", "/", "?", ":", "z", "Z", "+", "-", "\"", "#"];
        for name in NAMES.iter().map(|(n, _)| *n).filter(|n| *n != "escape").chain(others) {
            assert_eq!(Chord::parse(name).map(|c| c.to_string()).as_deref(), Ok(name));
        }
        assert_eq!(Chord::parse("Ctrl+L"), Ok(Chord::Ctrl('l')));
        assert_eq!(Chord::parse("？"), Ok(Chord::Char('?')));
    }

    #[test]
    fn unusable_chords_are_told_apart() {
        for name in ["ctrl-s", "ctrl-q", "ctrl-z", "ctrl-c", "ctrl-m", "ctrl-i", "ctrl-h", "ctrl-j", "ctrl-[", "alt-x"]
        {
            assert_eq!(Chord::parse(name), Err(NotChord::Forbidden), "{name}");
        }
        for name in ["", " ", "f0", "f13", "fx", "ctrl-", "ctrl-F1", "enterr", "\u{7}", "ctrl-张"] {
            assert_eq!(Chord::parse(name), Err(NotChord::Unknown), "{name:?}");
        }
    }

    #[test]
    fn chinese_keys_fold() {
        for (from, to) in ["：:", "？?", "、/", "／/", "１1", "ＡA", "。.", "　 "].iter().filter_map(|p| {
            let mut chars = p.chars();
            chars.next().zip(chars.next_back())
        }) {
            assert_eq!(fold(from), to);
        }
        assert_eq!(fold('张'), '张');
    }
}
