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
