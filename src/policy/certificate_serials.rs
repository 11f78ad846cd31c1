//! Places 17 to 22 of certificate numbers: the serials that a site may use, without a gap and none twice.
use super::certificate::SERIAL_EXHAUSTED;
use crate::model::Refusal;
use std::collections::BTreeSet;

/// Serials have six places.
pub const LAST_SERIAL: i64 = 999_999;

/// One run of serials that a site may give.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Run {
    pub first: i64,
    pub last: i64,
    /// The highest that was ever given inside it, revoked or not; 0 before the first.
    pub highest: i64,
    /// Those above `highest` that came with a list of the issuer.
    pub taken: BTreeSet<i64>,
}

impl Run {
    /// All serials there are.
    pub fn whole() -> Run {
        Run { first: 1, last: LAST_SERIAL, highest: 0, taken: BTreeSet::new() }
    }

    fn next(&mut self) -> Option<i64> {
        let from = self.first.max(self.highest.saturating_add(1));
        let serial = (from..=self.last).find(|serial| !self.taken.contains(serial))?;
        self.highest = serial;
        Some(serial)
    }
}

/// The runs of a site for one prefix, year and level, in the order in which they are used.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Serials(pub Vec<Run>);

impl Serials {
    /// The serial after the highest given: a run is used up before the next is begun.
    pub fn give(&mut self) -> Result<i64, Refusal> {
        let last = self.0.iter().map(|run| run.last).max().unwrap_or(LAST_SERIAL);
        self.0.iter_mut().find_map(Run::next).ok_or_else(|| Refusal::new(SERIAL_EXHAUSTED).with("last", last))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn run(first: i64, last: i64, highest: i64, taken: &[i64]) -> Run {
        Run { first, last, highest, taken: taken.iter().copied().collect() }
    }

    #[test]
    fn serials_have_six_places() {
        let next = |highest| Serials(vec![Run { highest, ..Run::whole() }]).give();
        assert_eq!(next(0), Ok(1));
        assert_eq!(next(999_998), Ok(999_999));
        assert!(next(999_999).unwrap_err().is(SERIAL_EXHAUSTED));
    }

    #[test]
    fn a_segment_is_used_up_before_the_next_and_imported_serials_are_passed_over() {
        let mut serials = Serials(vec![run(11, 13, 11, &[12]), run(41, 42, 0, &[])]);
        let got: Vec<_> = std::iter::from_fn(|| serials.give().ok()).collect();
        assert_eq!(got, [13, 41, 42]);
        let refused = serials.give().unwrap_err();
        assert_eq!(refused.get("last").unwrap().to_string(), "42");
    }

    proptest! {
        #[test]
        fn none_is_given_twice_and_none_is_left_out(
            first in 1i64..50, length in 1i64..40, taken in prop::collection::btree_set(1i64..100, 0..30), many in 1usize..60,
        ) {
            let last = first + length - 1;
            let mut serials = Serials(vec![Run { first, last, highest: 0, taken: taken.clone() }]);
            let got: Vec<i64> = (0..many).map_while(|_| serials.give().ok()).collect();
            let free: Vec<i64> = (first..=last).filter(|n| !taken.contains(n)).take(many).collect();
            prop_assert_eq!(got, free);
        }
    }
}
