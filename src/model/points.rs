//! Points on the 100-point scale (百分制), as hundredths of a point. No floating numbers anywhere.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

/// What becomes of what lies between two steps (四舍五入，四舍六入五成双，舍去，进位).
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Rounding {
    #[default]
    HalfUp,
    HalfEven,
    Down,
    Up,
}

/// Hundredths of a point: `Points::new(8650)` is 86.5.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i32);

impl Points {
    pub const ZERO: Points = Points(0);

    /// Takes hundredths of a point.
    pub const fn new(hundredths: i32) -> Points {
        Points(hundredths)
    }

    pub const fn whole(points: i32) -> Points {
        Points(points.saturating_mul(100))
    }

    pub const fn hundredths(self) -> i32 {
        self.0
    }

    /// Reads `86`, `86.5` or `86.25`. Signs, exponents, blanks and more than two decimals are refused with `None`.
    pub fn parse(text: &str) -> Option<Points> {
        let (whole, decimals) = text.split_once('.').unwrap_or((text, ""));
        let digits = |s: &str| s.bytes().all(|b| b.is_ascii_digit());
        if whole.is_empty() || whole.len() > 6 || decimals.len() > 2 || !digits(whole) || !digits(decimals) {
            return None;
        }
        if text.ends_with('.') {
            return None;
        }
        let whole: i32 = whole.parse().ok()?;
        let part: i32 = format!("{decimals:0<2}").parse().ok()?;
        whole.checked_mul(100)?.checked_add(part).map(Points)
    }

    /// Mean of several, rounded to `step` hundredths. `None` when there are none or `step` is not positive.
    pub fn mean(all: &[Points], step: i32, rounding: Rounding) -> Option<Points> {
        let count = i64::try_from(all.len()).ok().filter(|n| *n > 0)?;
        let sum: i64 = all.iter().map(|p| i64::from(p.0)).sum();
        Points::quotient(sum, count, (step, rounding))
    }

    /// `sum` hundredths divided by `by`, rounded to a step in hundredths. `None` unless `by` and the step are positive.
    pub fn quotient(sum: i64, by: i64, (step, rounding): (i32, Rounding)) -> Option<Points> {
        let step = i64::from(step);
        if step <= 0 || by <= 0 {
            return None;
        }
        let unit = by.checked_mul(step)?;
        let (whole, rest) = (sum.div_euclid(unit), sum.rem_euclid(unit));
        let twice = rest.checked_mul(2)?;
        let up = match rounding {
            Rounding::HalfUp => twice >= unit,
            Rounding::HalfEven => twice > unit || (twice == unit && whole % 2 != 0),
            Rounding::Down => false,
            Rounding::Up => rest > 0,
        };
        i32::try_from(whole.checked_add(i64::from(up))?.checked_mul(step)?).ok().map(Points)
    }
}

impl fmt::Display for Points {
    /// Shortest exact form: `86`, `86.5`, `86.25`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (whole, part) = (self.0 / 100, (self.0 % 100).abs());
        let sign = if self.0 < 0 && whole == 0 { "-" } else { "" };
        let text = match part {
            0 => format!("{sign}{whole}"),
            p if p % 10 == 0 => format!("{sign}{whole}.{}", p / 10),
            p => format!("{sign}{whole}.{p:02}"),
        };
        f.pad(&text)
    }
}

impl Serialize for Points {
    /// As text with its decimals (`"86.5"`), so that no reader turns it into a binary fraction.
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(d: D) -> Result<Self, D::Error> {
        let text = String::deserialize(d)?;
        Points::parse(&text).ok_or_else(|| serde::de::Error::custom(format!("not points: {text}")))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn odd_forms_are_refused() {
        for text in ["", ".", "5.", ".5", "-1", "+1", "1e2", " 5", "86.555", "9O", "１", "1234567"] {
            assert_eq!(Points::parse(text), None, "{text:?}");
        }
    }

    #[test]
    fn mean_rounds_half_up_to_the_step() {
        let three = [Points::whole(80), Points::whole(85), Points::whole(86)];
        assert_eq!(Points::mean(&three, 10, Rounding::HalfUp), Some(Points::new(8370)));
        assert_eq!(
            Points::mean(&[Points::new(5995), Points::new(5995)], 10, Rounding::HalfUp),
            Some(Points::new(6000))
        );
        assert_eq!(Points::mean(&[], 10, Rounding::HalfUp), None);
    }

    #[test]
    fn what_lies_between_two_steps_is_rounded_as_told() {
        let pair = [Points::new(8050), Points::new(8100)];
        let rounded = |rounding| Points::mean(&pair, 50, rounding).unwrap().hundredths();
        assert_eq!(
            [Rounding::HalfUp, Rounding::HalfEven, Rounding::Down, Rounding::Up].map(rounded),
            [8100, 8100, 8050, 8100]
        );
        let even = |sum| Points::quotient(sum, 2, (50, Rounding::HalfEven)).unwrap().hundredths();
        assert_eq!((even(50), even(150)), (0, 100));
        assert_eq!(Points::quotient(1, 0, (50, Rounding::Up)), None);
    }

    proptest! {
        #[test]
        fn text_and_value_agree(n in 0i32..1_000_000) {
            prop_assert_eq!(Points::parse(&Points::new(n).to_string()), Some(Points::new(n)));
        }

        #[test]
        fn a_mean_lies_between_the_lowest_and_the_highest(all in proptest::collection::vec(0i32..=10_000, 1..9)) {
            let points: Vec<_> = all.iter().map(|n| Points::new(*n)).collect();
            let mean = Points::mean(&points, 1, Rounding::HalfUp).unwrap();
            prop_assert!(mean >= *points.iter().min().unwrap() && mean <= *points.iter().max().unwrap());
        }
    }
}
