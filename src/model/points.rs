//! Points on the 100-point scale (百分制), as hundredths of a point. No floating numbers anywhere.
use serde::{Deserialize, Deserializer, Serialize, Serializer};
use std::fmt;

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

    /// Mean of several, rounded half up to `step` hundredths. `None` when there are none or `step` is not positive.
    pub fn mean(all: &[Points], step: i32) -> Option<Points> {
        let count = i64::try_from(all.len()).ok().filter(|n| *n > 0)?;
        let step = i64::from(step);
        if step <= 0 {
            return None;
        }
        let sum: i64 = all.iter().map(|p| i64::from(p.0)).sum();
        let unit = count.checked_mul(step)?;
        let steps = sum.checked_mul(2)?.checked_add(unit)?.div_euclid(unit.checked_mul(2)?);
        i32::try_from(steps.checked_mul(step)?).ok().map(Points)
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
        assert_eq!(Points::mean(&three, 10), Some(Points::new(8370)));
        assert_eq!(Points::mean(&[Points::new(5995), Points::new(5995)], 10), Some(Points::new(6000)));
        assert_eq!(Points::mean(&[], 10), None);
    }

    proptest! {
        #[test]
        fn text_and_value_agree(n in 0i32..1_000_000) {
            prop_assert_eq!(Points::parse(&Points::new(n).to_string()), Some(Points::new(n)));
        }

        #[test]
        fn a_mean_lies_between_the_lowest_and_the_highest(all in proptest::collection::vec(0i32..=10_000, 1..9)) {
            let points: Vec<_> = all.iter().map(|n| Points::new(*n)).collect();
            let mean = Points::mean(&points, 1).unwrap();
            prop_assert!(mean >= *points.iter().min().unwrap() && mean <= *points.iter().max().unwrap());
        }
    }
}
