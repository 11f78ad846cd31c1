//! One sanitiser for every gate (import, finished screen, printed line): what a terminal or a reader cannot see, or
//! would obey, becomes visible as `‹U+XXXX›`.
use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character must never reach a terminal or a file for people as itself: C0, C1 and DEL, direction
/// marks, zero-width and other invisible format characters, variation selectors, line separators, interlinear marks,
/// tags, blank fillers.
pub fn is_unsafe(c: char) -> bool {
    match c {
        ' '..='~' | '\u{3000}'..='\u{3163}' | '\u{3165}'..='\u{D7A3}' => false,
        '\u{AD}' | '\u{034F}' | '\u{061C}' | '\u{17B4}' | '\u{17B5}' | '\u{180B}'..='\u{180F}' => true,
        '\u{200B}'..='\u{200F}' | '\u{2028}'..='\u{202E}' | '\u{2060}'..='\u{206F}' => true,
        '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}' | '\u{FFF0}'..='\u{FFFB}' | '\u{E0000}'..='\u{E0FFF}' => true,
        '\u{115F}' | '\u{1160}' | '\u{3164}' | '\u{FFA0}' | '\u{1BCA0}'..='\u{1BCA3}' | '\u{1D173}'..='\u{1D17A}' => {
            true
        }
        _ => c.is_control(),
    }
}

/// Whether a text of several lines holds anything else than text, line ends and tabs.
pub fn is_hiding(text: &str) -> bool {
    may_hide(text) && text.chars().any(|c| is_unsafe(c) && c != '\n' && c != '\t')
}

/// A quick look by bytes, for loads of a million rows: the first bytes of all unsafe characters and some others.
fn may_hide(text: &str) -> bool {
    let first = |b: u8| matches!(b, ..0x20 | 0x7F | 0xC2 | 0xCD | 0xD8 | 0xE1..=0xE3 | 0xEF | 0xF0 | 0xF3);
    text.bytes().any(first)
}

/// What is stored of a text: line ends as `\n`, everything hidden visible.
pub fn stored(text: &str) -> Cow<'_, str> {
    if !is_hiding(text) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(visible_lines(&text.replace("\r\n", "\n")).into_owned())
}

/// A cell of a file for people: one line, trimmed, everything hidden visible.
pub fn cell(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if !text.chars().any(is_unsafe) {
        return Cow::Borrowed(text);
    }
    let line = text.replace("\r\n", " ").replace(['\t', '\n', '\r'], " ");
    Cow::Owned(visible(&line).into_owned())
}

/// Makes every unsafe character visible, line breaks and tabs too. Borrows when there is nothing to do.
pub fn visible(text: &str) -> Cow<'_, str> {
    shown(text, is_unsafe)
}

/// The same, but `\n` and `\t` stay: for text that is printed over several lines.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    shown(text, |c| is_unsafe(c) && c != '\n' && c != '\t')
}

/// The same text of JSON with unsafe characters as `\u` escapes. In JSON they can only stand inside strings.
pub fn escaped(json: &str) -> Cow<'_, str> {
    let hidden = |c| is_unsafe(c) && c != '\n';
    if !json.chars().any(hidden) {
        return Cow::Borrowed(json);
    }
    let mut out = String::with_capacity(json.len() + 8);
    for c in json.chars() {
        if hidden(c) {
            for unit in c.encode_utf16(&mut [0; 2]) {
                // Writing into a String cannot fail.
                let _ = write!(out, "\\u{unit:04x}");
            }
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

fn shown(text: &str, hidden: impl Fn(char) -> bool) -> Cow<'_, str> {
    if !text.chars().any(&hidden) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars() {
        if hidden(c) {
            // Writing into a String cannot fail.
            let _ = write!(out, "‹U+{:04X}›", u32::from(c));
        } else {
            out.push(c);
        }
    }
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn ordinary_text_is_borrowed() {
        for text in ["", "张三", "阿卜杜拉·买买提", "“备注”——……", "é𠮷䶮ａ　"] {
            assert!(matches!(visible(text), Cow::Borrowed(t) if t == text), "{text}");
        }
    }

    #[test]
    fn hidden_characters_are_shown() {
        assert_eq!(visible("a\u{1b}[2Jb"), "a‹U+001B›[2Jb");
        assert_eq!(visible("张\u{202e}三\u{200b}\u{feff}"), "张‹U+202E›三‹U+200B›‹U+FEFF›");
        assert_eq!(visible("\u{9b}\u{fffb}\u{e0041}\u{2066}\u{7f}"), "‹U+009B›‹U+FFFB›‹U+E0041›‹U+2066›‹U+007F›");
        assert_eq!(visible("a\nb\tc"), "a‹U+000A›b‹U+0009›c");
        assert_eq!(visible_lines("a\nb\tc\r"), "a\nb\tc‹U+000D›");
    }

    #[test]
    fn escapes_read_back_as_the_same_text() {
        for text in ["张三", "a\u{1b}[2J\u{9b}\u{202e}\u{e0041}\n\t\u{7f}"] {
            let json = serde_json::to_string_pretty(&[text]).unwrap();
            let safe = escaped(&json);
            assert!(!safe.chars().any(|c| is_unsafe(c) && c != '\n'), "{safe}");
            assert_eq!(serde_json::from_str::<Vec<String>>(&safe).unwrap(), [text]);
        }
    }

    #[test]
    fn stored_text_keeps_its_lines_and_a_cell_is_one_line() {
        assert_eq!(stored("一\r\n二\t三\n"), "一\n二\t三\n");
        assert_eq!(stored("a\rb\u{200b}"), "a‹U+000D›b‹U+200B›");
        assert_eq!(cell(" 一\r\n二\t\u{202e}三\n"), "一 二 ‹U+202E›三");
        assert_eq!(cell("\0=1"), "‹U+0000›=1");
    }

    #[test]
    fn the_quick_look_passes_by_nothing() {
        for c in (0..=0x10_FFFF).filter_map(char::from_u32).filter(|c| is_unsafe(*c)) {
            assert!(may_hide(c.encode_utf8(&mut [0; 4])), "{:X}", u32::from(c));
        }
    }

    proptest! {
        #[test]
        fn nothing_hidden_is_left_and_a_second_pass_changes_nothing(text in any::<String>()) {
            let once = visible(&text).into_owned();
            prop_assert!(!once.chars().any(is_unsafe));
            prop_assert_eq!(visible(&once), once.as_str());
        }
    }
}
