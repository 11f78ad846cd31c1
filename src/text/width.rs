//! Display width in terminal cells, by the same tables as the screen; cutting and padding never split a character.
use std::borrow::Cow;
use unicode_segmentation::UnicodeSegmentation;
use unicode_width::UnicodeWidthStr;

/// The mark for cut text: plain ASCII, so that its width is certain on every terminal.
pub const CUT: &str = "..";

/// Cells that a text takes: the sum over its visible characters, as the screen counts them. Half-width voiced marks
/// count one each, as terminals draw them.
pub fn width(text: &str) -> usize {
    if text.is_ascii() {
        return text.len();
    }
    let marks = text.chars().filter(|c| matches!(c, '\u{FF9E}' | '\u{FF9F}')).count();
    text.graphemes(true).map(UnicodeWidthStr::width).sum::<usize>() + marks
}

/// The longest beginning of `text` that fits into `cells`, never half a character.
pub fn head(text: &str, cells: usize) -> &str {
    let (mut used, mut end) = (0, 0);
    for (at, grapheme) in text.grapheme_indices(true) {
        used += width(grapheme);
        if used > cells {
            break;
        }
        end = at + grapheme.len();
    }
    text.get(..end).unwrap_or(text)
}

/// Cuts to `cells`, with `..` at the end when something was left out and there is room for the mark.
pub fn cut(text: &str, cells: usize) -> Cow<'_, str> {
    if width(text) <= cells {
        return Cow::Borrowed(text);
    }
    if cells <= CUT.len() {
        return Cow::Borrowed(CUT.get(..cells).unwrap_or(CUT));
    }
    Cow::Owned(format!("{}{CUT}", head(text, cells - CUT.len())))
}

/// Exactly `cells` wide: cut or filled with blanks on the right.
pub fn pad_right(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let gap = cells.saturating_sub(width(&text));
    format!("{text}{}", " ".repeat(gap))
}

/// Exactly `cells` wide: cut or filled with blanks on the left (numbers).
pub fn pad_left(text: &str, cells: usize) -> String {
    let text = cut(text, cells);
    let gap = cells.saturating_sub(width(&text));
    format!("{}{text}", " ".repeat(gap))
}

/// Breaks into lines of at most `cells`: at `\n`, before a Western word that does not fit, inside Han text anywhere.
/// A character wider than the line stands alone.
pub fn wrap(text: &str, cells: usize) -> Vec<String> {
    text.split('\n').flat_map(|line| wrap_line(line, cells.max(1))).collect()
}

fn wrap_line(text: &str, cells: usize) -> Vec<String> {
    let (mut lines, mut line) = (Vec::new(), String::new());
    for word in text.split_word_bounds() {
        if width(&line) + width(word) > cells && !line.is_empty() {
            let next = turn(&mut line, word);
            lines.push(std::mem::replace(&mut line, next).trim_end().to_owned());
            if word.trim().is_empty() {
                continue;
            }
        }
        for grapheme in word.graphemes(true) {
            if width(&line) + width(grapheme) > cells && !line.is_empty() {
                let next = turn(&mut line, grapheme);
                lines.push(std::mem::replace(&mut line, next));
            }
            line.push_str(grapheme);
        }
    }
    lines.push(line.trim_end().to_owned());
    lines
}

/// Takes from the end of a line what must stand with `next`: no closing mark begins a line, no opening mark ends one.
fn turn(line: &mut String, next: &str) -> String {
    let (mut at, mut after) = (line.len(), next);
    for (place, grapheme) in line.grapheme_indices(true).rev() {
        let parts = after.starts_with(CLOSING) || grapheme.starts_with(OPENING);
        // Western words stay whole.
        if !parts || grapheme.starts_with(|c: char| c.is_ascii_alphanumeric()) {
            break;
        }
        (at, after) = (place, grapheme);
    }
    if at == 0 { String::new() } else { line.split_off(at) }
}

const CLOSING: [char; 15] = ['。', '，', '、', '；', '：', '？', '！', '）', '》', '”', '’', '』', '」', '】', '…'];
const OPENING: [char; 7] = ['（', '《', '“', '‘', '『', '「', '【'];

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn han_count_two() {
        assert_eq!(width("张三a"), 5);
        assert_eq!(width("𠮷·"), 3);
        assert_eq!(head("张三", 3), "张");
        assert_eq!(cut("内蒙古自治区", 7), "内蒙..");
        assert_eq!(cut("内蒙古", 6), "内蒙古");
        assert_eq!(cut("内蒙古", 1), ".");
        assert_eq!(pad_right("张", 4), "张  ");
        assert_eq!(pad_left("8.5", 5), "  8.5");
    }

    #[test]
    fn no_line_begins_with_a_closing_mark_or_ends_with_an_opening_one() {
        assert_eq!(wrap("编号不再重用。", 12), ["编号不再重", "用。"]);
        assert_eq!(wrap("证书编号“甲”。", 10), ["证书编号", "“甲”。"]);
        assert_eq!(wrap("，，，，", 4), ["，，", "，，"]);
    }

    #[test]
    fn wrapping_keeps_words_and_breaks_han() {
        assert_eq!(wrap("press enter now", 8), ["press", "enter", "now"]);
        assert_eq!(wrap("请先缴费再签到", 5), ["请先", "缴费", "再签", "到"]);
        assert_eq!(wrap("a\n\nb", 5), ["a", "", "b"]);
        assert_eq!(wrap("abcdefgh", 3), ["abc", "def", "gh"]);
    }

    proptest! {
        #[test]
        fn padded_text_is_as_wide_as_asked(text in "[a-z张三·é\u{ff9e}\u{301}𠮷]{0,12}", cells in 0usize..20) {
            prop_assert_eq!(width(&pad_right(&text, cells)), cells);
            prop_assert_eq!(width(&pad_left(&text, cells)), cells);
        }

        #[test]
        fn wrapped_lines_fit(text in "[a-z 张三]{0,40}", cells in 2usize..20) {
            for line in wrap(&text, cells) {
                prop_assert!(width(&line) <= cells);
            }
        }
    }
}
