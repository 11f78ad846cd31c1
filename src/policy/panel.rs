//! The review panel (综合评审): how many sit on it, and how their marks become one.
use super::criteria::Criterion;
use super::point_value;
use crate::model::{Code, Points, Refusal, Rounding};
use serde::{Deserialize, Serialize};

pub const TOO_SMALL: Code = Code("panel.too_small");
pub const EVEN: Code = Code("panel.even");
pub const SHEETS_MISSING: Code = Code("panel.sheets_missing");
pub const BELOW_QUORUM: Code = Code("panel.below_quorum");
pub const RULING_OUTSIDE: Code = Code("panel.ruling_outside");
pub const RULING_OFF_STEP: Code = Code("panel.ruling_off_step");

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

/// What the sheets of one candidate come to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Ruling {
    pub points: Points,
    pub lowest: Points,
    pub highest: Points,
    /// Highest sheet less lowest sheet.
    pub spread: Points,
    /// The spread is above the rule's warning.
    pub wide: bool,
    /// As many sheets pass as fail.
    pub tie: bool,
}

/// Why the chair or lead decides instead of the rule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ask {
    /// The sheets lie too far apart.
    Wide,
    /// As many sheets pass as fail.
    Tie,
    /// The sheets differ about a mandatory item.
    Fails,
}

impl Ask {
    pub fn code(self) -> &'static str {
        match self {
            Ask::Wide => "wide",
            Ask::Tie => "tie",
            Ask::Fails => "fails",
        }
    }
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

/// Whether the sheets of this many members are enough for a candidate, when members are recused or have left. An even
/// number is: a tie goes to the chair.
pub fn enough(rule: &PanelRule, judges: usize) -> Result<(), Refusal> {
    let least = usize::from(rule.quorum).max(1);
    if judges < least {
        return Err(Refusal::new(BELOW_QUORUM).with("judges", judges).with("quorum", least));
    }
    Ok(())
}

/// One place for each member whose sheet counts; `None` is a sheet not handed in. `pass` is the mark that passes.
/// A ruling rounded to the step of the sheets lies within the sheets.
pub fn ruling(rule: &PanelRule, pass: Points, sheets: &[Option<Points>]) -> Result<Ruling, Refusal> {
    enough(rule, sheets.len())?;
    let mut marks: Vec<Points> = sheets.iter().copied().flatten().collect();
    let missing = sheets.len() - marks.len();
    let missing_sheets = || Refusal::new(SHEETS_MISSING).with("missing", missing.max(1));
    if missing > 0 {
        return Err(missing_sheets());
    }
    marks.sort_unstable();
    let (Some(lowest), Some(highest)) = (marks.first().copied(), marks.last().copied()) else {
        return Err(missing_sheets());
    };
    let spread = Points::new(highest.hundredths().saturating_sub(lowest.hundredths()));
    let counted = match rule.rule {
        Aggregate::Mean => marks.as_slice(),
        Aggregate::TrimmedMean => inner(&marks, usize::from(marks.len() > 2)),
        Aggregate::Median => inner(&marks, (marks.len() - 1) / 2),
    };
    let points = Points::mean(counted, rule.step, rule.rounding).ok_or_else(missing_sheets)?;
    let passing = marks.iter().filter(|m| **m >= pass).count();
    let tie = passing * 2 == marks.len();
    Ok(Ruling { points, lowest, highest, spread, wide: spread > rule.spread_warning, tie })
}

/// Whether the chair decides, and why.
pub fn asks(rule: &PanelRule, ruling: &Ruling, fails_differ: bool) -> Option<Ask> {
    if fails_differ {
        return Some(Ask::Fails);
    }
    if ruling.tie {
        return Some(Ask::Tie);
    }
    (ruling.wide && rule.wide == Wide::ChairRules).then_some(Ask::Wide)
}

/// Whether the chair may decide so: not below the lowest sheet, not above the highest, on the rule's step.
pub fn may_rule(rule: &PanelRule, ruling: &Ruling, points: Points) -> Result<(), Refusal> {
    if points < ruling.lowest || points > ruling.highest {
        let refusal = Refusal::new(RULING_OUTSIDE).with("lowest", ruling.lowest.to_string());
        return Err(refusal.with("highest", ruling.highest.to_string()));
    }
    // A sheet's own points stand as they are.
    let on_step = points.hundredths() % rule.step.max(1) == 0;
    if on_step || points == ruling.lowest || points == ruling.highest {
        return Ok(());
    }
    Err(Refusal::new(RULING_OFF_STEP).with("step", Points::new(rule.step).to_string()))
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

    const PASS: Points = Points::whole(60);

    fn ruled(rule: Aggregate, all: &[i32]) -> Points {
        ruling(&PanelRule { rule, ..RULE }, PASS, &sheets(all)).unwrap().points
    }

    #[test]
    fn a_panel_is_odd_and_large_enough_s0_25() {
        assert!(size(&RULE, 2).unwrap_err().is(TOO_SMALL));
        assert!(size(&RULE, 4).unwrap_err().is(EVEN));
        assert_eq!(size(&RULE, 5), Ok(()));
        assert_eq!(size(&PanelRule { odd: false, ..RULE }, 4), Ok(()));
    }

    #[test]
    fn what_is_left_of_a_panel_is_odd_and_a_quorum() {
        assert!(enough(&RULE, 2).unwrap_err().is(BELOW_QUORUM));
        assert_eq!(enough(&RULE, 4), Ok(()), "a tie is the chair's");
        assert_eq!(enough(&RULE, 3), Ok(()));
        assert_eq!(enough(&PanelRule { odd: false, ..RULE }, 4), Ok(()));
    }

    #[test]
    fn each_way_of_ruling() {
        assert_eq!(ruled(Aggregate::Mean, &[80, 85, 86]), Points::new(8370));
        assert_eq!(ruled(Aggregate::TrimmedMean, &[10, 80, 81, 83, 100]), Points::new(8130));
        assert_eq!(ruled(Aggregate::Median, &[10, 99, 70]), Points::whole(70));
        let median = PanelRule { rule: Aggregate::Median, ..RULE };
        assert_eq!(ruling(&median, PASS, &sheets(&[10, 70, 71, 99])).unwrap().points, Points::new(7050));
    }

    #[test]
    fn sheets_far_apart_are_flagged_or_left_to_the_chair() {
        assert!(!ruling(&RULE, PASS, &sheets(&[70, 75, 85])).unwrap().wide);
        let wide = ruling(&RULE, PASS, &sheets(&[70, 75, 86])).unwrap();
        assert!(wide.wide);
        assert_eq!(wide.spread, Points::whole(16));
        assert_eq!(asks(&RULE, &wide, false), None);
        assert_eq!(asks(&RULE, &wide, true), Some(Ask::Fails));
        let chair = PanelRule { wide: Wide::ChairRules, ..RULE };
        assert_eq!(asks(&chair, &wide, false), Some(Ask::Wide));
        assert_eq!(may_rule(&chair, &wide, Points::whole(86)), Ok(()));
        assert!(may_rule(&chair, &wide, Points::new(8610)).unwrap_err().is(RULING_OUTSIDE));
        assert!(may_rule(&chair, &wide, Points::new(6990)).unwrap_err().is(RULING_OUTSIDE));
        assert!(may_rule(&chair, &wide, Points::new(7005)).unwrap_err().is(RULING_OFF_STEP));
    }

    #[test]
    fn every_sheet_is_needed_and_enough_of_them() {
        let mut three = sheets(&[80, 80, 80]);
        three[1] = None;
        assert!(ruling(&RULE, PASS, &three).unwrap_err().is(SHEETS_MISSING));
        assert!(ruling(&RULE, PASS, &sheets(&[80, 80])).unwrap_err().is(BELOW_QUORUM));
        assert!(ruling(&PanelRule { quorum: 0, ..RULE }, PASS, &[]).unwrap_err().is(BELOW_QUORUM));
    }

    #[test]
    fn half_that_pass_and_half_that_do_not_are_a_tie() {
        let four = |all: &[i32]| ruling(&RULE, PASS, &sheets(all)).unwrap();
        assert!(four(&[59, 60, 50, 90]).tie);
        assert!(!four(&[60, 60, 50, 90]).tie);
        assert_eq!(asks(&RULE, &four(&[59, 60, 58, 61]), false), Some(Ask::Tie));
    }

    proptest! {
        #[test]
        fn a_ruling_lies_within_the_sheets_and_ignores_their_order(
            mut all in prop::collection::vec((0i32..=1000).prop_map(|tenths| Some(Points::new(tenths * 10))), 3..8),
            rule in prop::sample::select(vec![Aggregate::Mean, Aggregate::TrimmedMean, Aggregate::Median]),
            rounding in prop::sample::select(vec![Rounding::HalfUp, Rounding::HalfEven, Rounding::Down, Rounding::Up]),
            turn in 0usize..8,
        ) {
            let rule = PanelRule { rule, rounding, ..RULE };
            let one = ruling(&rule, PASS, &all).unwrap();
            let (low, high) = (all.iter().flatten().min().unwrap(), all.iter().flatten().max().unwrap());
            prop_assert!(one.points >= *low && one.points <= *high);
            prop_assert_eq!((one.lowest, one.highest), (*low, *high));
            prop_assert_eq!(may_rule(&rule, &one, one.points), Ok(()));
            all.reverse();
            let by = turn % all.len();
            all.rotate_left(by);
            prop_assert_eq!(ruling(&rule, PASS, &all).unwrap(), one);
        }

        #[test]
        fn a_tie_is_found_exactly(all in prop::collection::vec(40i32..=80, 3..9)) {
            let passing = all.iter().filter(|n| **n >= 60).count();
            let tie = ruling(&RULE, PASS, &sheets(&all)).unwrap().tie;
            prop_assert_eq!(tie, passing == all.len() - passing);
            prop_assert!(!tie || all.len() % 2 == 0);
        }
    }
}
