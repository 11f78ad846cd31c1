//! Marks typed as digits alone, the decimal point implied; where the policy says so, the last digit saves them.
use crate::model::Points;
use serde::Serialize;

/// `86` in whole points, `865` for 86.5 in halves or tenths; the full mark has one digit more.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Digits {
    /// Digits before the point.
    whole: usize,
    /// Digits after it.
    decimals: usize,
    #[serde(skip)]
    highest: Points,
    #[serde(skip)]
    step: i32,
    /// The full mark where it has one digit more than all others: 100, not 20.
    #[serde(skip)]
    longer: Option<Points>,
}

impl Digits {
    /// For marks from 0 to `highest` in steps.
    pub fn of(highest: Points, step: Points) -> Digits {
        let step = step.hundredths();
        let decimals = match step {
            step if step % 100 == 0 => 0,
            step if step % 10 == 0 => 1,
            _ => 2,
        };
        let figures = (highest.hundredths() / 100).to_string();
        // 10 would make every 1 wait for a digit that seldom comes: it is typed `10`, and one point `01`.
        let is_round = figures.len() > 2 && figures.trim_end_matches('0') == "1";
        let longer = (is_round && highest.hundredths() % 100 == 0).then_some(highest);
        Digits { whole: figures.len() - usize::from(longer.is_some()), decimals, highest, step, longer }
    }

    /// Digits of a mark below the full one.
    pub fn count(self) -> usize {
        self.whole + self.decimals
    }

    /// A mark as it is typed, for the line beside the field.
    pub fn written(self, points: Points) -> String {
        let hundredths = usize::try_from(points.hundredths()).unwrap_or(0);
        let shown = format!("{hundredths:0width$}", width = self.whole + 2);
        shown.get(..shown.len().saturating_sub(2 - self.decimals)).unwrap_or(&shown).to_owned()
    }

    /// Whether the text stands for a mark that nothing more can belong to.
    pub fn is_whole(self, text: &str) -> bool {
        match text.split_once('.') {
            Some((whole, decimals)) => !whole.is_empty() && self.decimals > 0 && decimals.len() == self.decimals,
            None => self.is_full(text) || text.len() == self.count() && !self.may_be_full(text),
        }
    }

    /// The mark behind the text, as with a point: `865` is 86.5, and fewer digits are whole points. `None` where it may be
    /// either of two marks: 10.0 or 100.
    pub fn read(self, text: &str) -> Option<String> {
        if text.contains('.') || text.len() < self.count() || !text.bytes().all(|b| b.is_ascii_digit()) {
            return Some(text.to_owned());
        }
        if self.is_full(text) {
            return self.longer.map(|full| full.to_string());
        }
        if text.len() > self.count() || self.decimals == 0 {
            return Some(text.to_owned());
        }
        if self.may_be_full(text) {
            return None;
        }
        text.split_at_checked(self.whole).map(|(whole, decimals)| format!("{whole}.{decimals}"))
    }

    /// The mark behind a text that Enter ends: as it is written; but `865` is 86.5 where 865 is no mark and 86.5 is one.
    pub fn read_ended(self, text: &str) -> String {
        let is_plain = text.len() == self.count() && text.bytes().all(|b| b.is_ascii_digit());
        let above = Points::parse(text).is_some_and(|points| points > self.highest);
        let pointed = text.split_at_checked(self.whole).map(|(whole, decimals)| format!("{whole}.{decimals}"));
        let fits = |text: &String| {
            let points = Points::parse(text);
            points.is_some_and(|p| p <= self.highest && p.hundredths().checked_rem(self.step) == Some(0))
        };
        match pointed.filter(|text| is_plain && above && self.decimals > 0 && fits(text)) {
            Some(pointed) => pointed,
            None => text.to_owned(),
        }
    }

    fn is_full(self, text: &str) -> bool {
        self.longer.is_some_and(|full| self.written(full) == text)
    }

    /// Whether one digit more makes it the full mark.
    fn may_be_full(self, text: &str) -> bool {
        self.longer.is_some_and(|full| self.written(full).strip_suffix('0') == Some(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const FULL: Points = Points::whole(100);

    fn typed(step: i32, text: &str) -> (bool, Option<String>) {
        let digits = Digits::of(FULL, Points::new(step));
        (digits.is_whole(text), digits.read(text))
    }

    #[test]
    fn the_step_fixes_how_many_digits_stand() {
        let count = |full: i32, step: i32| Digits::of(Points::whole(full), Points::new(step)).count();
        assert_eq!([count(100, 100), count(100, 50), count(100, 10), count(100, 5)], [2, 3, 3, 4]);
        assert_eq!([count(9, 100), count(10, 100), count(20, 50), count(40, 100)], [1, 2, 3, 2]);
    }

    #[test]
    fn a_mark_is_whole_with_its_last_digit() {
        let mark = |text: &str| Some(text.to_owned());
        assert_eq!(typed(100, "05"), (true, mark("05")));
        assert_eq!(typed(100, "8"), (false, mark("8")));
        assert_eq!(typed(100, "100"), (true, mark("100")));
        assert_eq!(typed(50, "865"), (true, mark("86.5")));
        assert_eq!(typed(50, "005"), (true, mark("00.5")));
        assert_eq!(typed(50, "86"), (false, mark("86")));
        assert_eq!(typed(50, "86.5"), (true, mark("86.5")));
        assert_eq!(typed(50, "86."), (false, mark("86.")));
        assert_eq!(typed(50, "1000"), (true, mark("100")));
    }

    #[test]
    fn enter_takes_what_is_written_and_three_digits_for_a_half() {
        let read = |step: i32, text: &str| Digits::of(FULL, Points::new(step)).read_ended(text);
        assert_eq!(
            ["865", "86", "86.5", "100", "005", "101", "863", "8650"].map(|text| read(50, text)),
            ["86.5", "86", "86.5", "100", "005", "101", "863", "8650"]
        );
        assert_eq!((read(10, "863"), read(10, "101")), ("86.3".into(), "10.1".into()));
        assert_eq!((read(100, "865"), read(100, "86")), ("865".into(), "86".into()));
    }

    /// Ten waits for the nought that would make it a hundred.
    #[test]
    fn ten_is_no_hundred() {
        assert_eq!(typed(100, "10"), (false, Some("10".into())));
        assert_eq!(typed(50, "100"), (false, None));
        assert_eq!(typed(50, "10.0"), (true, Some("10.0".into())));
    }

    proptest! {
        /// Every mark can be typed, nothing before its last digit saves it, and it is read as itself.
        #[test]
        fn every_mark_is_typed_and_read(step in prop::sample::select(vec![5, 10, 25, 50, 100]), n in 0i32..=10_000,
            full in prop::sample::select(vec![9, 10, 20, 25, 40, 100])) {
            let points = Points::new(n - n % step);
            prop_assume!(points <= Points::whole(full));
            let digits = Digits::of(Points::whole(full), Points::new(step));
            let text = digits.written(points);
            let end = text.len();
            for part in 0..end {
                prop_assert!(!digits.is_whole(&text[..part]), "{}", &text[..part]);
            }
            prop_assert!(digits.is_whole(&text) || digits.may_be_full(&text));
            prop_assert!(end == digits.count() || Some(points) == digits.longer);
            if let Some(read) = digits.read(&text) {
                prop_assert_eq!(Points::parse(&read), Some(points));
            } else {
                prop_assert_eq!(points, Points::whole(10));
            }
        }
    }
}
