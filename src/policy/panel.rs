//! The review panel (综合评审): how many sit on it, and how their marks become one.
use super::criteria::Criterion;
use super::point_value;
use crate::model::{Code, Points, Refusal, Rounding};
use serde::{Deserialize, Serialize};

pub const TOO_SMALL: Code = Code("panel.too_small");
pub const EVEN: Code = Code("panel.even");
pub const BELOW_QUORUM: Code = Code("panel.below_quorum");
pub const EVEN_LEFT: Code = Code("panel.even_left");
pub const SHEETS_MISSING: Code = Code("panel.sheets_missing");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PanelRule {
    pub min_members: u8,
    /// Whether the number of members must be odd.
    pub odd: bool,
    pub rule: Aggregate,
    /// The result is rounded half up to this, in hundredths of a point.
    pub step: i32,
    pub rounding: Rounding,
    /// Sheets that each candidate needs at least, when members are recused or have left.
    pub quorum: u8,
    /// How long the judging of one candidate lasts at least, in minutes; 0: not said.
    pub min_minutes: u16,
    pub reveal: Reveal,
    pub wide: Wide,
    pub signing: Signing,
    /// Whether those who judge technicians must be senior assessors; the levels are those of the staffing rules.
    pub senior: bool,
    /// What the mark is made of; empty: the total only, unless the occupation has its own sheet.
    #[serde(default)]
    pub criteria: Vec<Criterion>,
    /// Sheets further apart than this are questioned.
    #[serde(deserialize_with = "point_value::read")]
    pub spread_warning: Points,
    pub organised_by: PanelOwner,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Aggregate {
    Mean,
    /// One highest and one lowest sheet are left out when there are three or more.
    TrimmedMean,
    Median,
}

/// When sheets are shown to others than whoever wrote them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Reveal {
    /// When every sheet of the candidate is in.
    AllIn,
    Sealed,
}

/// What becomes of sheets further apart than the warning.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Wide {
    /// They are said to be wide; the rule holds.
    Flag,
    /// The chair or lead decides the mark, with a reason.
    ChairRules,
}

/// Who puts their name to the sheets before the ruling stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Signing {
    /// The chair and every member, each with their own PIN.
    Members,
    /// Nobody in the program: the sheets on paper carry the signatures.
    Paper,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PanelOwner {
    /// 盟市监管部门
    Supervisor,
    /// 协办单位
    CoOrganiser,
    Issuer,
    /// 评价机构
    Organisation,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ruling {
    pub points: Points,
    /// Highest sheet less lowest sheet.
    pub spread: Points,
    /// The spread is above the rule's warning.
    pub wide: bool,
}

/// Whether this many members may sit.
pub fn size(rule: &PanelRule, members: usize) -> Result<(), Refusal> {
    if members < usize::from(rule.min_members) {
        let least = i64::from(rule.min_members);
        return Err(Refusal::new(TOO_SMALL).with("least", least).with("members", members));
    }
    if rule.odd && members.is_multiple_of(2) {
        return Err(Refusal::new(EVEN).with("members", members));
    }
    Ok(())
}

/// Whether the sheets of this many members are enough for a candidate, when members are recused or have left.
pub fn enough(rule: &PanelRule, judges: usize) -> Result<(), Refusal> {
    if judges < usize::from(rule.quorum) {
        return Err(Refusal::new(BELOW_QUORUM).with("judges", judges).with("quorum", i64::from(rule.quorum)));
    }
    if rule.odd && judges.is_multiple_of(2) {
        return Err(Refusal::new(EVEN_LEFT).with("judges", judges));
    }
    Ok(())
}

/// One sheet per member; `None` is a sheet not handed in.
pub fn ruling(rule: &PanelRule, sheets: &[Option<Points>]) -> Result<Ruling, Refusal> {
    size(rule, sheets.len())?;
    let mut marks: Vec<Points> = sheets.iter().copied().flatten().collect();
    let missing = sheets.len() - marks.len();
    let missing_sheets = || Refusal::new(SHEETS_MISSING).with("missing", missing.max(1));
    if missing > 0 {
        return Err(missing_sheets());
    }
    marks.sort_unstable();
    let (Some(lowest), Some(highest)) = (marks.first(), marks.last()) else {
        return Err(missing_sheets());
    };
    let spread = Points::new(highest.hundredths().saturating_sub(lowest.hundredths()));
    let counted = match rule.rule {
        Aggregate::Mean => marks.as_slice(),
        Aggregate::TrimmedMean => inner(&marks, usize::from(marks.len() > 2)),
        Aggregate::Median => inner(&marks, (marks.len() - 1) / 2),
    };
    let points = Points::mean(counted, rule.step, rule.rounding).ok_or_else(missing_sheets)?;
    Ok(Ruling { points, spread, wide: spread > rule.spread_warning })
}

/// All but `cut` at each end.
fn inner(sorted: &[Points], cut: usize) -> &[Points] {
    sorted.get(cut..sorted.len().saturating_sub(cut)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const RULE: PanelRule = PanelRule {
        min_members: 3,
        odd: true,
        rule: Aggregate::Mean,
        step: 10,
        rounding: Rounding::HalfUp,
        quorum: 3,
        min_minutes: 0,
        reveal: Reveal::AllIn,
        wide: Wide::Flag,
        signing: Signing::Paper,
        senior: true,
        criteria: Vec::new(),
        spread_warning: Points::whole(15),
        organised_by: PanelOwner::Supervisor,
    };

    fn sheets(all: &[i32]) -> Vec<Option<Points>> {
        all.iter().map(|n| Some(Points::whole(*n))).collect()
    }

    fn ruled(rule: Aggregate, all: &[i32]) -> Points {
        ruling(&PanelRule { rule, ..RULE }, &sheets(all)).unwrap().points
    }

    #[test]
    fn a_panel_is_odd_and_large_enough() {
        assert!(size(&RULE, 2).unwrap_err().is(TOO_SMALL));
        assert!(size(&RULE, 4).unwrap_err().is(EVEN));
        assert_eq!(size(&RULE, 5), Ok(()));
        assert_eq!(size(&PanelRule { odd: false, ..RULE }, 4), Ok(()));
    }

    #[test]
    fn what_is_left_of_a_panel_is_odd_and_a_quorum() {
        assert!(enough(&RULE, 2).unwrap_err().is(BELOW_QUORUM));
        assert!(enough(&RULE, 4).unwrap_err().is(EVEN_LEFT));
        assert_eq!(enough(&RULE, 3), Ok(()));
        assert_eq!(enough(&PanelRule { odd: false, ..RULE }, 4), Ok(()));
    }

    #[test]
    fn each_way_of_ruling() {
        assert_eq!(ruled(Aggregate::Mean, &[80, 85, 86]), Points::new(8370));
        assert_eq!(ruled(Aggregate::TrimmedMean, &[10, 80, 81, 83, 100]), Points::new(8130));
        assert_eq!(ruled(Aggregate::Median, &[10, 99, 70]), Points::whole(70));
        let even = PanelRule { odd: false, rule: Aggregate::Median, ..RULE };
        assert_eq!(ruling(&even, &sheets(&[10, 70, 71, 99])).unwrap().points, Points::new(7050));
    }

    #[test]
    fn sheets_far_apart_are_flagged() {
        assert!(!ruling(&RULE, &sheets(&[70, 75, 85])).unwrap().wide);
        let wide = ruling(&RULE, &sheets(&[70, 75, 86])).unwrap();
        assert!(wide.wide);
        assert_eq!(wide.spread, Points::whole(16));
    }

    #[test]
    fn every_sheet_is_needed() {
        let mut three = sheets(&[80, 80, 80]);
        three[1] = None;
        assert!(ruling(&RULE, &three).unwrap_err().is(SHEETS_MISSING));
        assert!(ruling(&PanelRule { min_members: 0, odd: false, ..RULE }, &[]).unwrap_err().is(SHEETS_MISSING));
    }

    proptest! {
        #[test]
        fn a_ruling_lies_within_the_sheets_and_ignores_their_order(
            mut all in prop::collection::vec(0i32..=100, 3..8),
            rule in prop::sample::select(vec![Aggregate::Mean, Aggregate::TrimmedMean, Aggregate::Median]),
        ) {
            let rule = PanelRule { rule, odd: false, ..RULE };
            let one = ruling(&rule, &sheets(&all)).unwrap();
            let (low, high) = (*all.iter().min().unwrap(), *all.iter().max().unwrap());
            prop_assert!(one.points >= Points::whole(low) && one.points <= Points::whole(high));
            all.reverse();
            prop_assert_eq!(ruling(&rule, &sheets(&all)).unwrap(), one);
        }
    }
}
