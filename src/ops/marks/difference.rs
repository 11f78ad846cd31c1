//! What a change of a mark does to everything that follows from it.
use crate::model::Mark;
use crate::ops::results::{Counts, Outcome};
use crate::store::views::locks::Sum;
use serde::{Serialize, Serializer};

/// Everything that follows from a person's marks, at one moment or as a change would make it.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Picture {
    /// As given.
    pub given: Option<Mark>,
    /// What counts, after what confirmed incidents do to it.
    pub counts: Option<Mark>,
    pub outcome: Outcome,
    /// Of the occupation and level.
    pub board: Counts,
    /// Gets a number the next time that certificates are numbered.
    pub to_number: bool,
    pub control: Option<Control>,
}

/// The room's marks beside the cover of its bag.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Control {
    pub marks: Sum,
    pub cover: Option<Sum>,
}

impl Control {
    /// `None`: no cover was entered.
    pub fn fits(&self) -> Option<bool> {
        self.cover.map(|cover| cover == self.marks)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Turned<T> {
    pub before: T,
    pub after: T,
}

/// `None`: stays as it is.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Difference {
    #[serde(serialize_with = "marks")]
    pub given: Option<Turned<Option<Mark>>>,
    #[serde(serialize_with = "marks")]
    pub counts: Option<Turned<Option<Mark>>>,
    /// With its reasons.
    pub outcome: Option<Turned<Outcome>>,
    pub board: Option<Turned<Counts>>,
    pub to_number: Option<Turned<bool>>,
    pub control: Option<Turned<Control>>,
}

/// Marks as machines read them: `"86.5"`, `"absent"`, `"void"`, and null where there is none.
fn marks<S: Serializer>(turned: &Option<Turned<Option<Mark>>>, s: S) -> Result<S::Ok, S::Error> {
    let text = |mark: Option<Mark>| mark.map(|mark| mark.to_string());
    turned.map(|t| Turned { before: text(t.before), after: text(t.after) }).serialize(s)
}

/// What is not the same in both.
pub fn difference(before: &Picture, after: &Picture) -> Difference {
    Difference {
        given: turned(before.given, after.given),
        counts: turned(before.counts, after.counts),
        outcome: turned(before.outcome, after.outcome),
        board: turned(before.board, after.board),
        to_number: turned(before.to_number, after.to_number),
        control: match (before.control, after.control) {
            (Some(before), Some(after)) => turned(before, after),
            _ => None,
        },
    }
}

fn turned<T: PartialEq>(before: T, after: T) -> Option<Turned<T>> {
    (before != after).then_some(Turned { before, after })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::{Points, Subject};
    use crate::ops::results::Parts;

    fn picture(points: i32) -> Picture {
        let mark = Some(Mark::Points(Points::whole(points)));
        let passed = points >= 60;
        let below = Parts::NONE.with(Subject::Theory);
        let failed = Outcome::Failed { below, absent: Parts::NONE, void: Parts::NONE };
        let sum = |total| Sum { papers: 1, total };
        Picture {
            given: mark,
            counts: mark,
            outcome: if passed { Outcome::Passed } else { failed },
            board: Counts { applied: 1, passed: u64::from(passed), failed: u64::from(!passed), ..Counts::default() },
            to_number: passed,
            control: Some(Control { marks: sum(i64::from(points) * 100), cover: Some(sum(5900)) }),
        }
    }

    #[test]
    fn only_what_turns_is_told() {
        let same = difference(&picture(70), &picture(70));
        assert_eq!((same.given, same.outcome, same.board, same.control), (None, None, None, None));
        let higher = difference(&picture(70), &picture(80));
        assert!(higher.given.is_some() && higher.outcome.is_none() && higher.board.is_none());
        let turned = difference(&picture(59), &picture(60));
        assert_eq!(turned.to_number, Some(Turned { before: false, after: true }));
        assert_eq!(turned.outcome.map(|o| o.after), Some(Outcome::Passed));
        let control = turned.control.unwrap();
        assert_eq!((control.before.fits(), control.after.fits()), (Some(true), Some(false)));
    }

    /// S0-26: an absent person and one with 0 points are not the same.
    #[test]
    fn absent_and_zero_are_told_apart_s0_26() {
        let absent = Picture { given: Some(Mark::Absent), counts: Some(Mark::Absent), ..picture(0) };
        let told = difference(&absent, &picture(0));
        assert!(told.given.is_some() && told.counts.is_some());
        let json = serde_json::to_value(&told).unwrap();
        assert_eq!((&json["given"]["before"], &json["given"]["after"]), (&"absent".into(), &"0".into()));
    }
}
