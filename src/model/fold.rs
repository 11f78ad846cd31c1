//! Folding of what people type and paste: full-width to half-width, stray blanks and invisible characters away.
//!
//! Every function borrows when there is nothing to fold: an import calls them for each cell.
use super::clean::is_unsafe;
use std::borrow::Cow;
use unicode_normalization::UnicodeNormalization;

/// The half-width form of one character: U+FF01..=U+FF5E, and U+3000 as a space; others stay.
pub fn half_width(c: char) -> char {
    match c {
        '\u{3000}' => ' ',
        '\u{FF01}'..='\u{FF5E}' => u32::from(c).checked_sub(0xFEE0).and_then(char::from_u32).unwrap_or(c),
        _ => c,
    }
}

/// A number, document number, phone or date: half-width, no blanks or invisible characters, `x` as `X`.
pub fn number_like(text: &str) -> Cow<'_, str> {
    if text.bytes().all(|b| b.is_ascii_graphic() && b != b'x') {
        return Cow::Borrowed(text);
    }
    let text = unmarked(text);
    let kept = text.chars().map(half_width).filter(|c| !c.is_whitespace() && !is_odd(*c));
    Cow::Owned(kept.map(|c| if c == 'x' { 'X' } else { c }).collect())
}

/// A person's name: NFC, trimmed, blanks beside a Han character removed, dots between parts written as `·`.
pub fn name(text: &str) -> Cow<'_, str> {
    let text = text.trim();
    if text.chars().all(|c| is_common_han(c) || c == '·') {
        return Cow::Borrowed(text);
    }
    let whole = text;
    let clean: String = unmarked(text).nfc().filter(|c| c.is_whitespace() || !is_odd(*c)).map(one_dot).collect();
    let mut out = String::with_capacity(clean.len());
    let mut blank = false;
    for c in clean.chars() {
        if c.is_whitespace() {
            blank = true;
            continue;
        }
        let tight = |c: char| !c.is_alphanumeric() || c >= '\u{2E80}';
        if blank && !out.chars().next_back().is_none_or(tight) && !tight(c) {
            out.push(' ');
        }
        blank = false;
        out.push(c);
    }
    if out == whole { Cow::Borrowed(whole) } else { Cow::Owned(out) }
}

/// Free text: trimmed, tabs and line ends as single spaces, controls and invisible characters removed.
pub fn text(text: &str) -> Cow<'_, str> {
    if is_plain(text) {
        return Cow::Borrowed(text.trim_matches(' '));
    }
    let text = text.trim();
    if !text.contains(is_odd) && !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    let text = unmarked(text);
    let spaced = text.chars().map(|c| if matches!(c, '\t' | '\n' | '\r') { ' ' } else { c });
    let clean: String = spaced.filter(|c| !is_odd(*c)).collect();
    Cow::Owned(clean.trim().to_owned())
}

/// Words from a closed list: free text with half-width letters, signs and no blanks.
pub fn word(text: &str) -> Cow<'_, str> {
    if is_plain(text) && !text.contains(' ') {
        return Cow::Borrowed(text);
    }
    let text = text.trim();
    let odd = |c: char| c.is_whitespace() || is_odd(c) || half_width(c) != c;
    if !text.contains(odd) && !text.contains(MARK) {
        return Cow::Borrowed(text);
    }
    Cow::Owned(unmarked(text).chars().map(half_width).filter(|c| !odd(*c)).collect())
}

/// What [`super::clean`] writes in place of a hidden character begins so: `‹U+202E›`.
const MARK: &str = "‹U+";

/// A text that was made visible in a file for people and comes back: the marks go, as the characters themselves would.
fn unmarked(text: &str) -> Cow<'_, str> {
    let mut parts = text.split(MARK);
    let Some(first) = parts.next().filter(|first| first.len() < text.len()) else { return Cow::Borrowed(text) };
    let mut out = first.to_owned();
    for part in parts {
        let digits = |hex: &str| (4..=6).contains(&hex.len()) && hex.bytes().all(|b| b.is_ascii_hexdigit());
        match part.split_once('›').filter(|(hex, _)| digits(hex)) {
            Some((_, rest)) => out.push_str(rest),
            None => out.extend([MARK, part]),
        }
    }
    Cow::Owned(out)
}

/// Zero-width and bidirectional marks, soft hyphens, variation selectors: nothing a person meant to type.
pub fn is_invisible(c: char) -> bool {
    matches!(
        c,
        '\u{AD}' | '\u{61C}' | '\u{180E}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{206F}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}'
    )
}

/// What no stored text may hold.
fn is_odd(c: char) -> bool {
    is_invisible(c) || is_unsafe(c)
}

/// Bytes that can hold neither a control nor an invisible character: three-byte Han and printable ASCII.
fn is_plain(text: &str) -> bool {
    text.bytes().all(|b| matches!(b, 0x20..=0x7E | 0x80..=0xBF | 0xE4..=0xE9))
}

fn is_common_han(c: char) -> bool {
    ('\u{4E00}'..='\u{9FFF}').contains(&c)
}

fn one_dot(c: char) -> char {
    match c {
        '•' | '‧' | '・' | '･' => '·',
        _ => c,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn numbers_lose_width_and_blanks() {
        assert_eq!(number_like("１５０１９９１９８８０２１０２６８ｘ"), "15019919880210268X");
        assert_eq!(number_like(" 1990 -01－02\u{3000}"), "1990-01-02");
        assert_eq!(number_like("15019919880210268x"), "15019919880210268X");
        assert!(matches!(number_like("150199"), Cow::Borrowed(_)));
    }

    #[test]
    fn names_keep_their_dot_and_lose_their_blanks() {
        assert_eq!(name(" 曾涛娜\u{3000}"), "曾涛娜");
        assert_eq!(name("张 三"), "张三");
        assert_eq!(name("阿卜杜拉 • 买买提"), "阿卜杜拉·买买提");
        assert_eq!(name("Anna  Lee"), "Anna Lee");
        assert_eq!(name("李\u{200B}四"), "李四");
        assert_eq!(name("张\u{1b}三\u{9b}\u{e0041}"), "张三");
        assert_eq!(name("=HYPERLINK(\"x\")"), "=HYPERLINK(\"x\")");
    }

    #[test]
    fn what_was_made_visible_is_lost_again() {
        for hidden in ["张\u{202e}三\u{e0041}", "\u{200b}张三\u{1b}"] {
            let shown = crate::model::clean::visible(hidden).into_owned();
            assert_eq!((name(&shown), text(&shown), word(&shown)), ("张三".into(), "张三".into(), "张三".into()));
        }
        assert_eq!(number_like("1506‹U+200B›99"), "150699");
        assert_eq!(text("‹U+zz›‹U+1›‹U+"), "‹U+zz›‹U+1›‹U+");
    }

    #[test]
    fn free_text_loses_controls() {
        assert_eq!(text(" a\tb\u{1b}[31m\u{202E} "), "a b[31m");
        assert!(matches!(text("内蒙古自治区 x"), Cow::Borrowed(_)));
        assert_eq!(word("护照（外国国籍）"), "护照(外国国籍)");
    }

    proptest! {
        #[test]
        fn nothing_unsafe_is_left(s in any::<String>()) {
            for folded in [number_like(&s), name(&s), text(&s), word(&s)] {
                prop_assert!(!folded.contains(is_unsafe), "{:?}", folded);
            }
        }

        #[test]
        fn folding_twice_is_folding_once(s in "\\PC{0,12}") {
            let once = number_like(&s);
            prop_assert_eq!(number_like(&once), once.as_ref());
            let once = name(&s);
            prop_assert_eq!(name(&once), once.as_ref());
            let once = text(&s);
            prop_assert_eq!(text(&once), once.as_ref());
            let once = word(&s);
            prop_assert_eq!(word(&once), once.as_ref());
        }
    }
}
