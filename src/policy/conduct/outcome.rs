//! From an act to what is done to parts, seat and person.
use super::acts::{Act, Acts, Minus};
use super::effects::{OnMark, WHOLE};
use super::{MILDER_REASON, NOT_IN_TABLE, TOO_HARSH};
use crate::model::{Day, Effect, Refusal, Subject};
use crate::policy::passing::Parts;
use crate::policy::sanctions;
use chrono::Datelike;
use serde::{Deserialize, Serialize};

/// What a confirmed incident leads to, the mildest first.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// 警告, and nothing else.
    Warning,
    /// 扣分
    Minus,
    /// 记零分
    Zero,
    /// 该科目成绩无效
    SubjectVoid,
    /// 当次全部科目成绩无效
    AllVoid,
    /// ... and not admitted again this year.
    AllVoidYear,
    /// ... for five years.
    AllVoidFive,
    /// ... ever.
    AllVoidForGood,
}

/// How long somebody is not admitted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Bar {
    ThisYear,
    FiveYears,
    ForGood,
}

impl Bar {
    /// Its last day. `None` only at the end of the calendar.
    pub fn until(self, held: Day, decided: Day) -> Option<Day> {
        match self {
            // The year of the sitting; a decision that comes after it bars nothing further.
            Bar::ThisYear => Day::from_ymd_opt(held.year(), 12, 31).map(|last| last.max(decided)),
            Bar::FiveYears => sanctions::last_day(decided, 5),
            Bar::ForGood => Some(sanctions::FOR_GOOD),
        }
    }
}

impl Outcome {
    pub const ALL: [Outcome; 8] = [
        Outcome::Warning,
        Outcome::Minus,
        Outcome::Zero,
        Outcome::SubjectVoid,
        Outcome::AllVoid,
        Outcome::AllVoidYear,
        Outcome::AllVoidFive,
        Outcome::AllVoidForGood,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Outcome::Warning => "warning",
            Outcome::Minus => "minus",
            Outcome::Zero => "zero",
            Outcome::SubjectVoid => "subject_void",
            Outcome::AllVoid => "all_void",
            Outcome::AllVoidYear => "all_void_year",
            Outcome::AllVoidFive => "all_void_five",
            Outcome::AllVoidForGood => "all_void_for_good",
        }
    }

    pub fn parse(code: &str) -> Option<Outcome> {
        Outcome::ALL.into_iter().find(|o| o.code() == code)
    }

    pub fn key(self) -> String {
        format!("conduct_outcome.{}", self.code())
    }

    /// Whether somebody who still sits in the room is sent out.
    pub fn removes(self) -> bool {
        self >= Outcome::Zero
    }

    pub fn bar(self) -> Option<Bar> {
        match self {
            Outcome::AllVoidYear => Some(Bar::ThisYear),
            Outcome::AllVoidFive => Some(Bar::FiveYears),
            Outcome::AllVoidForGood => Some(Bar::ForGood),
            _ => None,
        }
    }
}

/// How the part is held in whose session it happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Manner {
    Written,
    HandsOn,
}

/// What an outcome can reach.
#[derive(Debug, Clone, Copy)]
pub struct Reach {
    /// The part of the session.
    pub subject: Subject,
    pub manner: Manner,
    /// Every part that the person's level needs.
    pub required: Parts,
}

/// What stands in the way of or changes a decision.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct DecisionFacts<'a> {
    /// The same act of this person in this session was confirmed before.
    pub repeated: bool,
    /// The decider's words.
    pub words: &'a str,
}

/// What the table says of an act.
pub fn due(act: &Act, repeated: bool) -> Outcome {
    act.again.filter(|_| repeated).unwrap_or(act.outcome)
}

/// The outcome that stands: as the table says, or a milder one of the same table with the reason for it.
pub fn decide(table: &Acts, act: &Act, wanted: Option<Outcome>, facts: DecisionFacts<'_>) -> Result<Outcome, Refusal> {
    let due = due(act, facts.repeated);
    let outcome = wanted.unwrap_or(due);
    let word = |code| Refusal::new(code).word("outcome", outcome.key()).word("due", due.key());
    if outcome > due {
        return Err(word(TOO_HARSH).with("act", act.code.as_str()));
    }
    if !table.outcomes().contains(&outcome) {
        return Err(word(NOT_IN_TABLE).with("table", table.code.as_str()));
    }
    if outcome < due && facts.words.trim().is_empty() {
        return Err(word(MILDER_REASON));
    }
    Ok(outcome)
}

/// What an outcome does to each part.
pub fn effects(outcome: Outcome, minus: Option<Minus>, reach: Reach) -> Vec<(Subject, OnMark)> {
    let own = |effect| vec![(reach.subject, effect)];
    match outcome {
        Outcome::Warning => Vec::new(),
        Outcome::Minus => match (minus, reach.manner) {
            (None, _) => Vec::new(),
            (Some(minus), Manner::Written) => {
                own(OnMark { effect: Effect::Minus, amount: i64::from(minus.points.hundredths()) })
            }
            (Some(minus), Manner::HandsOn) => {
                own(OnMark { effect: Effect::MinusShare, amount: i64::from(minus.percent) * 100 })
            }
        },
        Outcome::Zero => own(OnMark { effect: Effect::MinusShare, amount: WHOLE }),
        Outcome::SubjectVoid => own(OnMark::VOID),
        Outcome::AllVoid | Outcome::AllVoidYear | Outcome::AllVoidFive | Outcome::AllVoidForGood => {
            reach.required.with(reach.subject).iter().map(|part| (part, OnMark::VOID)).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Points;
    use crate::policy::eligibility::Words;
    use proptest::prelude::*;

    fn act(outcome: Outcome, again: Option<Outcome>) -> Act {
        let words = Words { zh: "甲".into(), en: "a".into() };
        let kind = sanctions::Act::Misconduct;
        Act { code: "1".into(), class: "1".into(), words, warn_first: false, outcome, again, kind }
    }

    fn table(acts: Vec<Act>) -> Acts {
        let title = Words { zh: "甲".into(), en: "a".into() };
        let minus = Some(Minus { points: Points::whole(10), percent: 10 });
        Acts { format: 1, code: "own".into(), basis: "x".into(), title, minus, acts }
    }

    const FIRST: DecisionFacts<'static> = DecisionFacts { repeated: false, words: "" };

    fn reach(subject: Subject, manner: Manner) -> Reach {
        Reach { subject, manner, required: Parts::NONE.with(Subject::Theory).with(Subject::Practical) }
    }

    /// Ten points off what is written, ten percent off what is done by hand.
    #[test]
    fn minus_takes_points_from_paper_and_a_share_from_handwork() {
        let minus = table(vec![]).minus;
        let of = |subject, manner| effects(Outcome::Minus, minus, reach(subject, manner));
        let points = OnMark { effect: Effect::Minus, amount: 1000 };
        let share = OnMark { effect: Effect::MinusShare, amount: 1000 };
        assert_eq!(of(Subject::Theory, Manner::Written), [(Subject::Theory, points)]);
        assert_eq!(of(Subject::Practical, Manner::Written), [(Subject::Practical, points)]);
        assert_eq!(of(Subject::Practical, Manner::HandsOn), [(Subject::Practical, share)]);
    }

    #[test]
    fn void_reaches_one_part_or_every_part_of_the_sitting() {
        let at = reach(Subject::Theory, Manner::Written);
        assert_eq!(effects(Outcome::SubjectVoid, None, at), [(Subject::Theory, OnMark::VOID)]);
        let all = [(Subject::Theory, OnMark::VOID), (Subject::Practical, OnMark::VOID)];
        for outcome in [Outcome::AllVoid, Outcome::AllVoidYear, Outcome::AllVoidFive, Outcome::AllVoidForGood] {
            assert_eq!(effects(outcome, None, at), all);
        }
        assert!(effects(Outcome::Warning, None, at).is_empty());
    }

    #[test]
    fn the_second_time_is_harder_and_a_milder_outcome_wants_a_reason() {
        let end = act(Outcome::Minus, Some(Outcome::Zero));
        let table = table(vec![end.clone()]);
        assert_eq!(decide(&table, &end, None, FIRST), Ok(Outcome::Minus));
        let again = DecisionFacts { repeated: true, ..FIRST };
        assert_eq!(decide(&table, &end, None, again), Ok(Outcome::Zero));
        assert!(decide(&table, &end, Some(Outcome::Minus), again).unwrap_err().is(MILDER_REASON));
        let told = DecisionFacts { words: "初犯", ..again };
        assert_eq!(decide(&table, &end, Some(Outcome::Minus), told), Ok(Outcome::Minus));
        assert!(decide(&table, &end, Some(Outcome::Zero), FIRST).unwrap_err().is(TOO_HARSH));
        let void = act(Outcome::SubjectVoid, None);
        assert!(
            decide(&self::table(vec![void.clone()]), &void, Some(Outcome::Zero), told).unwrap_err().is(NOT_IN_TABLE)
        );
    }

    #[test]
    fn bars_end_with_the_year_after_five_years_or_never() {
        let day = |text: &str| text.parse::<Day>().unwrap();
        let (held, decided) = (day("2023-10-15"), day("2023-10-18"));
        assert_eq!(Bar::ThisYear.until(held, decided), Some(day("2023-12-31")));
        assert_eq!(Bar::FiveYears.until(held, decided), Some(day("2028-10-17")));
        assert_eq!(Bar::ForGood.until(held, decided), Some(sanctions::FOR_GOOD));
        assert_eq!(Bar::ThisYear.until(held, day("2024-01-05")), Some(day("2024-01-05")));
    }

    proptest! {
        /// Nobody is punished harder than the table says, whatever is asked for.
        #[test]
        fn no_decision_is_harder_than_the_table(
            due_at in 0usize..8, wanted in proptest::option::of(0usize..8), again in proptest::option::of(0usize..8),
            repeated: bool, words in "[a-z ]{0,3}",
        ) {
            let pick = |n: usize| Outcome::ALL[n];
            let act = act(pick(due_at), again.map(pick));
            let table = table(Outcome::ALL.iter().map(|o| self::act(*o, None)).chain([act.clone()]).collect());
            let facts = DecisionFacts { repeated, words: &words };
            if let Ok(outcome) = decide(&table, &act, wanted.map(pick), facts) {
                prop_assert!(outcome <= due(&act, repeated));
                prop_assert!(outcome == due(&act, repeated) || !words.trim().is_empty());
            }
        }

        /// A harder outcome never leaves more parts alive.
        #[test]
        fn harder_outcomes_void_no_fewer_parts(a in 0usize..8, b in 0usize..8) {
            let (mild, hard) = (a.min(b), a.max(b));
            let void = |n: usize| {
                let all = effects(Outcome::ALL[n], table(vec![]).minus, reach(Subject::Theory, Manner::Written));
                all.into_iter().filter(|(_, e)| e.effect == Effect::Void).count()
            };
            prop_assert!(void(mild) <= void(hard));
            prop_assert!(!Outcome::ALL[mild].removes() || Outcome::ALL[hard].removes());
        }
    }
}
