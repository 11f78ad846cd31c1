//! Room numbers and sizes as people type them.
use crate::model::{Code, Refusal, fold};
use crate::ops::Result;

pub const BAD_NUMBERS: Code = Code("rooms.bad_numbers");
pub const BAD_GRID: Code = Code("rooms.bad_grid");

/// Rooms that one list may name.
const MOST: usize = 2000;

/// `1-12`, `3,5`, `1-4,9`: each number once, in rising order.
pub fn read_numbers(text: &str) -> Result<Vec<i64>> {
    let folded = fold::number_like(text).replace(['，', '、', ' '], ",").replace(['—', '–', '～', '~'], "-");
    let wrong = || Refusal::new(BAD_NUMBERS).with("value", text);
    let mut numbers = Vec::new();
    for part in folded.split(',').filter(|part| !part.is_empty()) {
        let (first, last) = part.split_once('-').unwrap_or((part, part));
        let read = |n: &str| n.parse::<i64>().ok().filter(|n| (1..=9999).contains(n));
        let (first, last) = read(first).zip(read(last)).filter(|(first, last)| first <= last).ok_or_else(wrong)?;
        numbers.extend(first..=last);
    }
    numbers.sort_unstable();
    numbers.dedup();
    if numbers.is_empty() || numbers.len() > MOST { Err(wrong().into()) } else { Ok(numbers) }
}

/// `6x5`: six rows of five.
pub fn read_size(text: &str) -> Result<(i64, i64)> {
    let folded = fold::number_like(text).to_lowercase().replace(['×', '*', '乘'], "x");
    let size = folded.split_once('x').and_then(|(rows, columns)| Some((rows.parse().ok()?, columns.parse().ok()?)));
    size.ok_or_else(|| Refusal::new(BAD_GRID).with("value", text).into())
}

/// The name of the `n`-th of several rooms: a number at its end counts up.
pub(super) fn counted(name: &str, n: i64) -> String {
    let digits = name.len() - name.trim_end_matches(|c: char| c.is_ascii_digit()).len();
    let (head, tail) = name.split_at(name.len() - digits);
    match tail.parse::<i64>() {
        Ok(first) => format!("{head}{:0digits$}", first.saturating_add(n)),
        Err(_) => name.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_of_numbers_are_read_as_people_type_them() {
        assert_eq!(read_numbers("1-3").unwrap(), [1, 2, 3]);
        assert_eq!(read_numbers("９、1－3,2 ").unwrap(), [1, 2, 3, 9]);
        for wrong in ["", "a", "3-1", "0", "-2", "1-99999", "1-2-3"] {
            assert!(read_numbers(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn sizes_and_names() {
        assert_eq!(read_size("6×５").unwrap(), (6, 5));
        assert!(read_size("65").is_err() && read_size("x").is_err());
        assert_eq!(counted("二号楼301", 11), "二号楼312");
        assert_eq!((counted("A09", 1).as_str(), counted("礼堂", 3).as_str()), ("A10", "礼堂"));
    }
}
