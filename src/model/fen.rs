//! Money in whole fen, read and written as yuan. Never a float.
use super::fold;

/// An amount above this is a slip of the pen: ten million yuan.
pub const HIGHEST: i64 = 1_000_000_000;

/// Fen as yuan with two decimals: `165.00`.
pub fn yuan(fen: i64) -> String {
    let (sign, fen) = (if fen < 0 { "-" } else { "" }, fen.unsigned_abs());
    format!("{sign}{}.{:02}", fen / 100, fen % 100)
}

/// Reads `165`, `165.5`, `￥1,650.00` or `165元` as fen; no sign, at most two decimals, at most [`HIGHEST`].
pub fn parse_yuan(text: &str) -> Option<i64> {
    let text = fold::number_like(text);
    let text = text.strip_prefix(['¥', '￥']).unwrap_or(&text);
    let text = text.strip_suffix('元').unwrap_or(text);
    let (whole, rest) = text.split_once('.').unwrap_or((text, ""));
    let whole = ungrouped(whole)?;
    let digits = |t: &str| t.bytes().all(|b| b.is_ascii_digit());
    // A spreadsheet writes 165.500 as readily as 165.5.
    let rest = rest.trim_end_matches('0');
    if whole.is_empty() || whole.len() > 9 || rest.len() > 2 || !digits(&whole) || !digits(rest) {
        return None;
    }
    let cents = format!("{rest:0<2}").parse::<i64>().ok()?;
    let fen = whole.parse::<i64>().ok()?.checked_mul(100)?.checked_add(cents)?;
    (fen <= HIGHEST).then_some(fen)
}

/// Digits without the commas between thousands; `None` when the commas stand elsewhere.
fn ungrouped(whole: &str) -> Option<String> {
    let mut groups = whole.split(',');
    let first = groups.next().filter(|f| !whole.contains(',') || (1..=3).contains(&f.len()))?;
    let rest: Vec<&str> = groups.collect();
    rest.iter().all(|g| g.len() == 3).then(|| std::iter::once(first).chain(rest).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn yuan_is_read_and_written() {
        for (text, fen) in [
            ("165", 16500),
            ("165.5", 16550),
            ("￥1,650.00", 165_000),
            ("１６５元", 16500),
            ("0.01", 1),
            ("165.500", 16550),
        ] {
            assert_eq!(parse_yuan(text), Some(fen), "{text}");
        }
        for text in ["", "-1", "1.234", "1e3", "1,65", ",165", "0x10", ".", "99999999999", "10000000.01", "一百"] {
            assert_eq!(parse_yuan(text), None, "{text}");
        }
        assert_eq!((yuan(16550), yuan(5), yuan(-1)), ("165.50".into(), "0.05".into(), "-0.01".into()));
    }

    proptest! {
        #[test]
        fn what_is_written_is_read_again(fen in 0i64..=HIGHEST) {
            prop_assert_eq!(parse_yuan(&yuan(fen)), Some(fen));
        }

        #[test]
        fn any_text_is_read_without_panic(text in "\\PC{0,16}") {
            let _ = parse_yuan(&text);
        }
    }
}
