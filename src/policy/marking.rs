//! What may be typed as a mark and what deserves a second look. Who may type is in [`crate::model::entry`].
use super::criteria::Criterion;
use super::point_value;
use crate::model::{Code, Level, Mark, Points, Refusal, Rounding, Subject};
use serde::{Deserialize, Serialize};

pub const OUT_OF_RANGE: Code = Code("mark.out_of_range");
pub const OFF_STEP: Code = Code("mark.off_step");
pub const LOW: Code = Code("mark.low");
pub const FULL: Code = Code("mark.full");
pub const WAS_ABSENT: Code = Code("mark.was_absent");
pub const WAS_PRESENT: Code = Code("mark.was_present");
pub const NOT_CHECKED_IN: Code = Code("mark.not_checked_in");

/// Marks are out of 100 (百分制) in every notice.
pub const FULL_MARK: Points = Points::whole(100);

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Marking {
    /// Smallest step of a mark in hundredths of a point: 100 whole, 50 half, 10 one decimal.
    pub step: i32,
    /// A mark below this is questioned, never refused.
    #[serde(deserialize_with = "point_value::read")]
    pub low_warning: Points,
    /// Whether a full mark is questioned.
    pub full_warning: bool,
    /// How often each mark is typed, by different persons.
    pub entries: u8,
    /// Of means, such as that of two markers.
    pub rounding: Rounding,
    pub script_numbers: ScriptNumbers,
    pub typing: Typing,
    pub control_totals: ControlTotals,
    /// Where two markers mark each script, and what each of them found is typed; `None`: one mark stands on the paper,
    /// and whoever types it second must find the same.
    #[serde(default)]
    pub markers: Option<Markers>,
    /// Groups of questions whose points add up to the mark; empty: only the mark is typed.
    #[serde(default)]
    pub items: Vec<PaperItems>,
}

/// Whether scripts are marked under script numbers (密号).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScriptNumbers {
    Off,
    /// In rooms for which they were drawn.
    Optional,
    /// Nothing is typed before they are drawn.
    Required,
}

/// How a mark is finished at the keyboard.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Typing {
    /// With Enter.
    Enter,
    /// By itself, when as many digits stand as a mark below the full one has: `86` in whole points, `865` in tenths or halves.
    Digits,
}

/// Whether the sum of a room's marks is held against the cover of its bag before they are locked.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ControlTotals {
    Optional,
    Required,
}

/// 双评: two markers, and a third where they lie too far apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Markers {
    /// Two marks at most so far apart give their mean; further apart, a third marker marks.
    #[serde(deserialize_with = "point_value::read")]
    pub tolerance: Points,
}

/// The groups of questions (题型) of some papers.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaperItems {
    pub subject: Subject,
    /// Codes of the catalogue; empty: every occupation.
    #[serde(default)]
    pub occupations: Vec<String>,
    /// Empty: every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    pub groups: Vec<Criterion>,
}

impl Marking {
    /// Groups of questions of one paper; none: the total only. The first entry of the list that fits counts.
    pub fn groups(&self, subject: Subject, occupation: &str, level: Level) -> &[Criterion] {
        let fits = |items: &&PaperItems| {
            items.subject == subject
                && (items.occupations.is_empty() || items.occupations.iter().any(|code| code == occupation))
                && (items.levels.is_empty() || items.levels.contains(&level))
        };
        self.items.iter().find(fits).map_or(&[], |items| items.groups.as_slice())
    }
}

/// What check-in knows about the candidate of a mark.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Attended {
    Present,
    Absent,
    /// Nothing was recorded.
    Expected,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct MarkFacts {
    /// `None` when the subject has no check-in, as with a review of papers.
    pub attendance: Option<Attended>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Verdict {
    /// The mark cannot be saved.
    pub errors: Vec<Refusal>,
    /// The typist has to say that it is meant.
    pub warnings: Vec<Refusal>,
}

/// Warnings compare a mark with the scale and with check-in, never with the other entry: a typist could find it by trying.
pub fn check(marking: &Marking, mark: Mark, facts: MarkFacts) -> Verdict {
    let mut verdict = Verdict::default();
    if let Mark::Points(points) = mark {
        if points < Points::ZERO || points > FULL_MARK {
            verdict.errors.push(Refusal::new(OUT_OF_RANGE).with("highest", FULL_MARK.to_string()));
        } else if !on_step(points, marking.step) {
            verdict.errors.push(Refusal::new(OFF_STEP).with("step", Points::new(marking.step).to_string()));
        }
        if points < marking.low_warning {
            verdict.warnings.push(Refusal::new(LOW).with("below", marking.low_warning.to_string()));
        }
        if marking.full_warning && points == FULL_MARK {
            verdict.warnings.push(Refusal::new(FULL));
        }
    }
    verdict.warnings.extend(against_attendance(mark, facts.attendance).map(Refusal::new));
    verdict
}

fn on_step(points: Points, step: i32) -> bool {
    points.hundredths().checked_rem(step) == Some(0)
}

fn against_attendance(mark: Mark, attendance: Option<Attended>) -> Option<Code> {
    match (mark, attendance?) {
        (Mark::Points(_), Attended::Absent) => Some(WAS_ABSENT),
        (Mark::Points(_), Attended::Expected) => Some(NOT_CHECKED_IN),
        (Mark::Absent, Attended::Present) => Some(WAS_PRESENT),
        (Mark::Points(_), Attended::Present) => None,
        (Mark::Absent, Attended::Absent | Attended::Expected) | (Mark::Void, _) => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HALVES: Marking = Marking {
        step: 50,
        low_warning: Points::whole(20),
        full_warning: true,
        entries: 2,
        rounding: Rounding::HalfUp,
        script_numbers: ScriptNumbers::Off,
        typing: Typing::Enter,
        control_totals: ControlTotals::Optional,
        markers: None,
        items: Vec::new(),
    };

    fn of(hundredths: i32) -> Verdict {
        check(&HALVES, Mark::Points(Points::new(hundredths)), MarkFacts::default())
    }

    fn warnings(mark: Mark, attendance: Attended) -> Vec<Code> {
        let facts = MarkFacts { attendance: Some(attendance) };
        check(&HALVES, mark, facts).warnings.iter().map(|r| r.code).collect()
    }

    #[test]
    fn marks_lie_on_the_hundred_point_scale_s1_23() {
        assert!(of(0).errors.is_empty());
        assert!(of(10_000).errors.is_empty());
        assert!(of(10_050).errors[0].is(OUT_OF_RANGE));
        assert!(of(-50).errors[0].is(OUT_OF_RANGE));
        assert!(of(8650).errors.is_empty());
        assert!(of(8625).errors[0].is(OFF_STEP));
    }

    #[test]
    fn unusual_marks_are_questioned_not_refused() {
        assert!(of(1950).warnings[0].is(LOW));
        assert!(of(2000).warnings.is_empty());
        assert!(of(10_000).warnings[0].is(FULL));
    }

    #[test]
    fn check_in_and_mark_are_compared() {
        let eighty = Mark::Points(Points::whole(80));
        assert_eq!(warnings(eighty, Attended::Absent), [WAS_ABSENT]);
        assert_eq!(warnings(eighty, Attended::Expected), [NOT_CHECKED_IN]);
        assert_eq!(warnings(eighty, Attended::Present), []);
        assert_eq!(warnings(Mark::Absent, Attended::Present), [WAS_PRESENT]);
        assert_eq!(warnings(Mark::Absent, Attended::Absent), []);
        assert_eq!(warnings(Mark::Void, Attended::Present), []);
    }

    proptest! {
        #[test]
        fn an_accepted_mark_is_in_range_and_on_a_step(n in -20_000i32..20_000, step in prop::sample::select(vec![10, 50, 100])) {
            let marking = Marking { step, ..HALVES };
            let errors = check(&marking, Mark::Points(Points::new(n)), MarkFacts::default()).errors;
            prop_assert_eq!(errors.is_empty(), (0..=10_000).contains(&n) && n % step == 0);
        }
    }
}
