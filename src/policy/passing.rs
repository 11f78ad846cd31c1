//! Who passed: every required part by itself, never an average across parts (S1-23).
//!
//! Not here: objections, publicity, numbering. Everything is `Copy` and allocates nothing, because boards ask it for
//! every row.
use super::point_value;
use crate::model::{Mark, Points, Subject};
use serde::{Deserialize, Serialize, Serializer};

/// Pass mark of each part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PassMarks {
    #[serde(deserialize_with = "point_value::read")]
    pub theory: Points,
    #[serde(deserialize_with = "point_value::read")]
    pub practical: Points,
    #[serde(deserialize_with = "point_value::read")]
    pub review: Points,
}

impl PassMarks {
    pub fn of(&self, part: Subject) -> Points {
        match part {
            Subject::Theory => self.theory,
            Subject::Practical => self.practical,
            Subject::Review => self.review,
        }
    }
}

/// A set of parts.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Hash)]
pub struct Parts(u8);

impl Parts {
    pub const NONE: Parts = Parts(0);

    const fn bit(part: Subject) -> u8 {
        match part {
            Subject::Theory => 1,
            Subject::Practical => 2,
            Subject::Review => 4,
        }
    }

    pub const fn with(self, part: Subject) -> Parts {
        Parts(self.0 | Parts::bit(part))
    }

    pub const fn contains(self, part: Subject) -> bool {
        self.0 & Parts::bit(part) != 0
    }

    pub const fn is_empty(self) -> bool {
        self.0 == 0
    }

    pub fn iter(self) -> impl Iterator<Item = Subject> {
        Subject::ALL.into_iter().filter(move |part| self.contains(*part))
    }
}

impl FromIterator<Subject> for Parts {
    fn from_iter<I: IntoIterator<Item = Subject>>(parts: I) -> Parts {
        parts.into_iter().fold(Parts::NONE, Parts::with)
    }
}

impl Serialize for Parts {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_seq(self.iter())
    }
}

/// Settled marks of one candidate; `None` is "not there yet".
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Marks {
    pub theory: Option<Mark>,
    pub practical: Option<Mark>,
    pub review: Option<Mark>,
}

impl Marks {
    pub fn of(&self, part: Subject) -> Option<Mark> {
        match part {
            Subject::Theory => self.theory,
            Subject::Practical => self.practical,
            Subject::Review => self.review,
        }
    }

    pub fn set(&mut self, part: Subject, mark: Option<Mark>) {
        match part {
            Subject::Theory => self.theory = mark,
            Subject::Practical => self.practical = mark,
            Subject::Review => self.review = mark,
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case", tag = "outcome")]
pub enum Outcome {
    Passed,
    Failed {
        below: Parts,
        absent: Parts,
        void: Parts,
    },
    /// A required mark is missing, so nothing is decided, however bad the others are.
    Incomplete {
        missing: Parts,
    },
}

impl Outcome {
    pub fn code(self) -> &'static str {
        match self {
            Outcome::Passed => "passed",
            Outcome::Failed { .. } => "failed",
            Outcome::Incomplete { .. } => "incomplete",
        }
    }

    pub fn key(self) -> String {
        format!("outcome.{}", self.code())
    }
}

/// Marks of parts that are not required are not looked at. Nothing required is `Incomplete`, never a pass.
pub fn outcome(required: Parts, marks: &Marks, pass: &PassMarks) -> Outcome {
    let (mut below, mut absent, mut void, mut missing) = (Parts::NONE, Parts::NONE, Parts::NONE, Parts::NONE);
    for part in required.iter() {
        match marks.of(part) {
            None => missing = missing.with(part),
            Some(Mark::Absent) => absent = absent.with(part),
            Some(Mark::Void) => void = void.with(part),
            Some(Mark::Points(points)) if points < pass.of(part) => below = below.with(part),
            Some(Mark::Points(_)) => {}
        }
    }
    if required.is_empty() || !missing.is_empty() {
        return Outcome::Incomplete { missing };
    }
    if below.is_empty() && absent.is_empty() && void.is_empty() {
        return Outcome::Passed;
    }
    Outcome::Failed { below, absent, void }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const PASS: PassMarks =
        PassMarks { theory: Points::whole(60), practical: Points::whole(60), review: Points::whole(60) };

    fn parts(all: &[Subject]) -> Parts {
        all.iter().copied().collect()
    }

    fn two(theory: Option<Mark>, practical: Option<Mark>) -> Outcome {
        let marks = Marks { theory, practical, review: None };
        outcome(parts(&[Subject::Theory, Subject::Practical]), &marks, &PASS)
    }

    fn points(n: i32) -> Option<Mark> {
        Some(Mark::Points(Points::whole(n)))
    }

    fn failed(below: &[Subject], absent: &[Subject], void: &[Subject]) -> Outcome {
        Outcome::Failed { below: parts(below), absent: parts(absent), void: parts(void) }
    }

    #[test]
    fn every_part_is_passed_by_itself_s1_23() {
        assert_eq!(two(points(60), points(60)), Outcome::Passed);
        assert_eq!(two(points(100), points(20)), failed(&[Subject::Practical], &[], &[]));
        assert_eq!(two(Some(Mark::Points(Points::new(5950))), points(100)), failed(&[Subject::Theory], &[], &[]));
    }

    #[test]
    fn zero_absent_void_and_missing_are_four_things() {
        assert_eq!(two(points(0), points(60)), failed(&[Subject::Theory], &[], &[]));
        assert_eq!(two(Some(Mark::Absent), points(60)), failed(&[], &[Subject::Theory], &[]));
        assert_eq!(two(Some(Mark::Void), points(60)), failed(&[], &[], &[Subject::Theory]));
        assert_eq!(two(None, points(60)), Outcome::Incomplete { missing: parts(&[Subject::Theory]) });
        assert_eq!(two(None, Some(Mark::Absent)), Outcome::Incomplete { missing: parts(&[Subject::Theory]) });
    }

    #[test]
    fn a_technician_without_a_review_has_not_passed() {
        let marks = Marks { theory: points(90), practical: points(90), review: None };
        let missing = parts(&[Subject::Review]);
        assert_eq!(outcome(parts(&Subject::ALL), &marks, &PASS), Outcome::Incomplete { missing });
        let with_zero = Marks { review: points(0), ..marks };
        assert_eq!(outcome(parts(&Subject::ALL), &with_zero, &PASS), failed(&[Subject::Review], &[], &[]));
    }

    #[test]
    fn nothing_required_is_never_a_pass() {
        let marks = Marks { theory: points(100), practical: points(100), review: points(100) };
        assert_eq!(outcome(Parts::NONE, &marks, &PASS), Outcome::Incomplete { missing: Parts::NONE });
    }

    fn mark() -> impl Strategy<Value = Option<Mark>> {
        prop_oneof![
            Just(None),
            Just(Some(Mark::Absent)),
            Just(Some(Mark::Void)),
            (0i32..=200).prop_map(|n| Some(Mark::Points(Points::new(n * 50)))),
        ]
    }

    fn rank(outcome: Outcome) -> u8 {
        match outcome {
            Outcome::Failed { .. } => 0,
            Outcome::Incomplete { .. } => 1,
            Outcome::Passed => 2,
        }
    }

    proptest! {
        #[test]
        fn no_average_turns_a_fail_into_a_pass(theory in mark(), practical in mark(), review in mark(), bits in 1u8..8) {
            let (marks, required) = (Marks { theory, practical, review }, Parts(bits));
            let each = required.iter().all(|part| {
                marks.of(part).and_then(Mark::points).is_some_and(|points| points >= PASS.of(part))
            });
            prop_assert_eq!(outcome(required, &marks, &PASS) == Outcome::Passed, each);
        }

        #[test]
        fn a_higher_mark_never_makes_it_worse(
            theory in mark(), practical in mark(), review in mark(), low in 0i32..=10_000, high in 0i32..=10_000,
            part in prop::sample::select(Subject::ALL.to_vec()), bits in 1u8..8,
        ) {
            let mut marks = Marks { theory, practical, review };
            marks.set(part, Some(Mark::Points(Points::new(low.min(high)))));
            let before = rank(outcome(Parts(bits), &marks, &PASS));
            marks.set(part, Some(Mark::Points(Points::new(low.max(high)))));
            prop_assert!(rank(outcome(Parts(bits), &marks, &PASS)) >= before);
        }
    }
}
