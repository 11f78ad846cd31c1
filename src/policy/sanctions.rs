//! What follows from false papers or misconduct, and how long it lasts (S1-43, S2-29).
use super::materials::Material;
use crate::model::{Code, Day, Refusal};
use chrono::Datelike;
use serde::{Deserialize, Serialize};

pub const BARRED: Code = Code("sanctions.barred");
pub const NOT_IN_POLICY: Code = Code("sanctions.not_in_policy");
pub const PLEDGE_MISSING: Code = Code("sanctions.pledge_missing");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Sanction {
    pub act: Act,
    pub effects: Vec<Effect>,
    /// Years barred from applying.
    #[serde(default)]
    pub barred_years: Option<u8>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Act {
    /// 伪造、瞒报、误报
    FalseMaterials,
    Misconduct,
    Cheating,
    Impersonation,
    /// 超范围认定、授权委托他人 (S3-32)
    OutOfScope,
    /// 落实不到位 (S4-32)
    PoorProgress,
}

impl Act {
    pub const ALL: [Act; 6] =
        [Act::FalseMaterials, Act::Misconduct, Act::Cheating, Act::Impersonation, Act::OutOfScope, Act::PoorProgress];

    pub fn code(self) -> &'static str {
        match self {
            Act::FalseMaterials => "false_materials",
            Act::Misconduct => "misconduct",
            Act::Cheating => "cheating",
            Act::Impersonation => "impersonation",
            Act::OutOfScope => "out_of_scope",
            Act::PoorProgress => "poor_progress",
        }
    }

    pub fn parse(code: &str) -> Option<Act> {
        Act::ALL.into_iter().find(|a| a.code() == code)
    }

    pub fn key(self) -> String {
        format!("act.{}", self.code())
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Effect {
    LoseExam,
    LoseSubject,
    LoseMarks,
    LoseCertificate,
    /// 通报批评
    Criticism,
    /// 核查处理 (S3-37)
    Inquiry,
}

impl Effect {
    pub const ALL: [Effect; 6] = [
        Effect::LoseExam,
        Effect::LoseSubject,
        Effect::LoseMarks,
        Effect::LoseCertificate,
        Effect::Criticism,
        Effect::Inquiry,
    ];

    pub fn code(self) -> &'static str {
        match self {
            Effect::LoseExam => "lose_exam",
            Effect::LoseSubject => "lose_subject",
            Effect::LoseMarks => "lose_marks",
            Effect::LoseCertificate => "lose_certificate",
            Effect::Criticism => "criticism",
            Effect::Inquiry => "inquiry",
        }
    }

    pub fn parse(code: &str) -> Option<Effect> {
        Effect::ALL.into_iter().find(|e| e.code() == code)
    }
}

/// How far an application has come when the decision falls.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Stage {
    BeforeExam,
    /// Came to a session, or has a mark.
    AfterExam,
    /// Has a valid certificate.
    Certified,
}

/// What is done to the application's own rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Measures {
    /// Out of the batch.
    pub exclude: bool,
    /// Every mark of it counts for nothing.
    pub void_marks: bool,
    pub revoke: bool,
}

/// The policy's line for an act.
pub fn rule(sanctions: &[Sanction], act: Act) -> Result<&Sanction, Refusal> {
    let known = sanctions.iter().find(|s| s.act == act);
    known.ok_or_else(|| Refusal::new(NOT_IN_POLICY).word("act", act.key()))
}

/// The right to sit, the score or the certificate, whichever there is to lose (S1-43). A notice that takes only the right
/// to sit takes it whenever the act comes to light. A revoked certificate leaves no passing score behind.
pub fn measures(effects: &[Effect], stage: Stage) -> Measures {
    let has = |effect| effects.contains(&effect);
    let marks = has(Effect::LoseMarks) || has(Effect::LoseSubject);
    Measures {
        exclude: has(Effect::LoseExam) && (stage == Stage::BeforeExam || !marks),
        void_marks: marks && stage != Stage::BeforeExam,
        revoke: has(Effect::LoseCertificate) && stage == Stage::Certified,
    }
}

/// The last day of a bar of `years` from the day of the decision: the day before the same date (S2-29). A bar from
/// 29 February ends with February.
pub fn last_day(decided: Day, years: u8) -> Option<Day> {
    let year = decided.year().checked_add(i32::from(years))?;
    match decided.with_year(year) {
        Some(same) => same.pred_opt(),
        None => Day::from_ymd_opt(year, 2, 28),
    }
}

/// The last day of a bar that never ends.
pub const FOR_GOOD: Day = match Day::from_ymd_opt(9999, 12, 31) {
    Some(day) => day,
    None => Day::MAX,
};

/// A bar that lasts: its last day and what it stands on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bar {
    pub from: Day,
    pub until: Day,
    pub basis: String,
}

/// Whether somebody with these bars may apply on `day`; the longest is told.
pub fn may_apply(bars: &[Bar], day: Day) -> Result<(), Refusal> {
    let lasting = bars.iter().filter(|b| b.from <= day && day <= b.until).max_by_key(|b| b.until);
    match lasting {
        Some(bar) => {
            let until = bar.until.to_string();
            Err(Refusal::new(BARRED).with("until", until).with("basis", bar.basis.as_str()))
        }
        None => Ok(()),
    }
}

/// Nobody is admitted without the pledge signed by their own hand, where the notice asks for one (S1-74).
pub fn pledged(materials: &[Material], signed_on: Option<Day>) -> Result<(), Refusal> {
    let asked = materials.iter().any(|m| m.code == "pledge");
    if asked && signed_on.is_none() { Err(Refusal::new(PLEDGE_MISSING)) } else { Ok(()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::notice::tests::nmg_2023;
    use proptest::prelude::*;

    fn day(text: &str) -> Day {
        text.parse().unwrap()
    }

    /// S1-43: exam right, or score, or certificate, by what there is to lose.
    #[test]
    fn false_papers_cost_what_there_is_to_lose_s1_43() {
        let policy = nmg_2023().policy;
        let effects = &rule(&policy.sanctions, Act::FalseMaterials).unwrap().effects;
        let at = |stage| {
            let m = measures(effects, stage);
            (m.exclude, m.void_marks, m.revoke)
        };
        assert_eq!(at(Stage::BeforeExam), (true, false, false));
        assert_eq!(at(Stage::AfterExam), (false, true, false));
        assert_eq!(at(Stage::Certified), (false, true, true));
        assert!(rule(&policy.sanctions, Act::Cheating).unwrap_err().is(NOT_IN_POLICY));
    }

    /// S2-29: criticism, disqualified, barred for three years.
    #[test]
    fn fraud_bars_for_three_years_s2_29() {
        let text = "act = \"false_materials\"\neffects = [\"lose_exam\", \"criticism\"]\nbarred_years = 3\n";
        let line: Sanction = toml::from_str(text).unwrap();
        for stage in [Stage::BeforeExam, Stage::AfterExam, Stage::Certified] {
            assert!(measures(&line.effects, stage).exclude);
        }
        let until = last_day(day("2022-08-20"), line.barred_years.unwrap()).unwrap();
        assert_eq!(until, day("2025-08-19"));
        let bars = [Bar { from: day("2022-08-20"), until, basis: "x".into() }];
        assert_eq!(may_apply(&bars, day("2022-08-19")), Ok(()));
        assert!(may_apply(&bars, day("2022-08-20")).unwrap_err().is(BARRED));
        let last = may_apply(&bars, day("2025-08-19")).unwrap_err();
        assert_eq!(last.to_string(), "sanctions.barred until=2025-08-19 basis=x");
        assert_eq!(may_apply(&bars, day("2025-08-20")), Ok(()));
    }

    #[test]
    fn a_bar_from_a_leap_day_ends_with_february() {
        assert_eq!(last_day(day("2024-02-29"), 3), Some(day("2027-02-28")));
        assert_eq!(last_day(day("2024-02-29"), 4), Some(day("2028-02-28")));
        assert_eq!(last_day(day("2023-01-01"), 1), Some(day("2023-12-31")));
        assert_eq!(last_day(Day::MAX, 3), None);
    }

    #[test]
    fn the_longest_bar_is_told() {
        let bar = |until: &str, basis: &str| Bar { from: day("2023-01-01"), until: day(until), basis: basis.into() };
        let told = may_apply(&[bar("2024-01-01", "a"), bar("2026-01-01", "b")], day("2023-06-01")).unwrap_err();
        assert!(told.to_string().ends_with("until=2026-01-01 basis=b"));
    }

    /// S1-74: no pledge, not admitted; a notice that asks for none is content.
    #[test]
    fn without_the_pledge_nobody_is_admitted_s1_74() {
        let materials = nmg_2023().policy.materials;
        assert!(pledged(&materials, None).unwrap_err().is(PLEDGE_MISSING));
        assert_eq!(pledged(&materials, Some(day("2023-09-01"))), Ok(()));
        assert_eq!(pledged(&[], None), Ok(()));
    }

    proptest! {
        #[test]
        fn more_years_never_end_sooner(offset in 0u64..20_000, years in 1u8..50) {
            let decided = day("1990-01-01") + chrono::Days::new(offset);
            prop_assert!(last_day(decided, years).unwrap() >= decided);
            prop_assert!(last_day(decided, years + 1) > last_day(decided, years));
        }
    }
}
