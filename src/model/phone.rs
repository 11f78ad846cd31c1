//! Phone numbers: mobile numbers of eleven digits, and landlines with their area code.
use super::fold;
use std::borrow::Cow;

/// The number as stored: digits only, a landline as `0477-8581234`, an extension after a second dash.
/// `None` when it is neither.
pub fn parse(text: &str) -> Option<Cow<'_, str>> {
    let text = fold::number_like(text);
    let bytes = text.as_bytes();
    if is_mobile(bytes) {
        return Some(text);
    }
    let bare = text.strip_prefix("+86").or_else(|| text.strip_prefix("0086")).unwrap_or(&text);
    let bare = bare.trim_start_matches('-');
    let digits: String = bare.chars().filter(|c| !"-()".contains(*c)).collect();
    if digits.len() == 11 && is_mobile(digits.as_bytes()) {
        return Some(Cow::Owned(digits));
    }
    landline(bare).map(Cow::Owned)
}

/// What may be seen of a number by everybody: its beginning and its end.
pub fn mask(number: &str) -> String {
    let count = number.chars().count();
    let (head, tail) = if count >= 10 { (3, 4) } else { (0, count.min(2)) };
    let hide = |(at, c): (usize, char)| if at < head || at + tail >= count { c } else { '*' };
    number.chars().enumerate().map(hide).collect()
}

pub fn is_mobile(digits: &[u8]) -> bool {
    matches!(digits, [b'1', b'3'..=b'9', rest @ ..] if rest.len() == 9 && rest.iter().all(u8::is_ascii_digit))
}

/// An area code is 0 and two digits (010, 02x) or three others; the number itself has seven or eight digits.
fn landline(text: &str) -> Option<String> {
    let text = text.replace(['(', ')'], "-");
    let parts: Vec<&str> = text.split('-').filter(|p| !p.is_empty()).collect();
    let joined;
    let (area, number, extension) = match parts.as_slice() {
        [one] => {
            let area = if one.starts_with("010") || one.starts_with("02") { 3 } else { 4 };
            joined = one.split_at_checked(area)?;
            (joined.0, joined.1, None)
        }
        [area, number] => (*area, *number, None),
        [area, number, extension] => (*area, *number, Some(*extension)),
        _ => return None,
    };
    let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
    let area_ok = area.starts_with('0') && (3..=4).contains(&area.len()) && digits(area);
    let number_ok = (7..=8).contains(&number.len()) && digits(number) && !number.starts_with(['0', '1']);
    let extension_ok = extension.is_none_or(|e| e.len() <= 6 && digits(e));
    let tail = extension.map(|e| format!("-{e}")).unwrap_or_default();
    (area_ok && number_ok && extension_ok).then(|| format!("{area}-{number}{tail}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_masked_number_shows_its_ends() {
        assert_eq!(super::mask("15400000001"), "154****0001");
        assert_eq!(super::mask("0477-8581234"), "047*****1234");
        assert_eq!((super::mask("12345"), super::mask("")), ("***45".to_owned(), String::new()));
    }

    #[test]
    fn mobiles_and_landlines_are_read() {
        for (text, stored) in [
            ("15405032582", "15405032582"),
            ("１５４ ０５０３ ２５８２", "15405032582"),
            ("+86 154-0503-2582", "15405032582"),
            ("0477-8581234", "0477-8581234"),
            ("04778581234", "0477-8581234"),
            ("(010)85812345", "010-85812345"),
            ("0477－8581234－801", "0477-8581234-801"),
        ] {
            assert_eq!(parse(text).as_deref(), Some(stored), "{text}");
        }
    }

    #[test]
    fn others_are_not() {
        for text in ["", "1541234", "12345678901", "154050325820", "8581234", "1.54E+10", "无", "-", "+86"] {
            assert_eq!(parse(text), None, "{text}");
        }
    }

    proptest! {
        #[test]
        fn what_is_stored_reads_as_itself(s in "[0-9+() -]{0,16}") {
            if let Some(stored) = parse(&s) {
                prop_assert_eq!(parse(&stored), Some(stored.clone()));
            }
        }
    }
}
