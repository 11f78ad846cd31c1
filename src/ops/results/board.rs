//! The board: counts by occupation and level, and the spread of marks, in one pass over the batch (S1-37).
use super::{Judge, Outcome, marks};
use crate::model::{Level, Mark, Points, Subject};
use crate::ops::{BatchRow, Result, Site};
use crate::policy::Policy;
use crate::store::views::results::Boxes;
use serde::Serialize;
use std::collections::BTreeMap;

/// Counts of people; each person is in exactly one of passed, failed and incomplete.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Counts {
    pub applied: u64,
    /// Have points or a void paper in at least one required part.
    pub sat: u64,
    /// Absent from every required part that is settled, and at least one is.
    pub absent: u64,
    /// Reached the pass mark of that part.
    pub passed_theory: u64,
    pub passed_practical: u64,
    pub passed_review: u64,
    pub passed: u64,
    pub failed: u64,
    pub incomplete: u64,
}

impl Counts {
    pub fn passed_part(&self, part: Subject) -> u64 {
        match part {
            Subject::Theory => self.passed_theory,
            Subject::Practical => self.passed_practical,
            Subject::Review => self.passed_review,
        }
    }

    /// People whose outcome is decided: what a pass rate is a share of.
    pub fn decided(&self) -> u64 {
        self.passed + self.failed
    }

    /// Share of the decided who passed, in tenths of a percent, rounded half up; `None` while nobody is decided.
    pub fn rate_tenths(&self) -> Option<u64> {
        tenths(self.passed, self.decided())
    }

    /// The same as `66.7%`.
    pub fn rate(&self) -> Option<String> {
        share(self.passed, self.decided())
    }

    pub(super) fn add(&mut self, case: &Case) {
        self.applied += 1;
        self.sat += u64::from(case.sat);
        self.absent += u64::from(case.absent);
        let [theory, practical, review] = case.passed_parts;
        self.passed_theory += u64::from(theory);
        self.passed_practical += u64::from(practical);
        self.passed_review += u64::from(review);
        match case.outcome {
            Outcome::Passed => self.passed += 1,
            Outcome::Failed { .. } => self.failed += 1,
            Outcome::Incomplete { .. } => self.incomplete += 1,
        }
    }
}

fn tenths(part: u64, whole: u64) -> Option<u64> {
    (part * 2000 + whole).checked_div(whole * 2)
}

/// `part` of `whole` as `66.7%`, rounded half up; `None` of nobody.
pub fn share(part: u64, whole: u64) -> Option<String> {
    tenths(part, whole).map(|t| format!("{}.{}%", t / 10, t % 10))
}

/// Tenths of a percent by which something rose or fell, as `+1.5` or `-0.3`.
pub fn points_of(tenths: i64) -> String {
    let sign = if tenths < 0 { '-' } else { '+' };
    format!("{sign}{}.{}", tenths.abs() / 10, tenths.abs() % 10)
}

/// One occupation at one level.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Line {
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    #[serde(flatten)]
    pub counts: Counts,
}

/// The settled marks of one part.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Spread {
    pub subject: Subject,
    pub pass_mark: Points,
    /// Points from 0, 10, 20 and so on; 100 is in the last.
    pub bins: [u64; 10],
    pub absent: u64,
    pub void: u64,
    /// Required and not settled.
    pub missing: u64,
}

impl Spread {
    pub fn marked(&self) -> u64 {
        self.bins.iter().sum()
    }
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Board {
    /// By occupation code, level from 5 down.
    pub rows: Vec<Line>,
    pub totals: Counts,
    /// In the order of [`Subject::ALL`].
    pub spreads: [Spread; 3],
}

/// What one application adds.
pub(super) struct Case {
    pub outcome: Outcome,
    sat: bool,
    absent: bool,
    passed_parts: [bool; 3],
}

pub fn board(site: &Site) -> Result<Board> {
    of_batch(site, &site.batch()?, &*site.policy()?)
}

/// The board of any batch of the site, by that batch's policy.
pub(super) fn of_batch(site: &Site, batch: &BatchRow, policy: &Policy) -> Result<Board> {
    let mut tallying = Tallying::of(policy);
    marks::tally(site.store().db(), policy, batch.id, |row| {
        tallying.add((row.occupation, row.occupation_name, row.level), &row.boxes);
    })?;
    Ok(tallying.board())
}

/// A board in the making.
pub(super) struct Tallying<'p> {
    judge: Judge<'p>,
    spreads: [Spread; 3],
    totals: Counts,
    groups: BTreeMap<String, (String, BTreeMap<u8, Counts>)>,
}

impl Tallying<'_> {
    pub fn of(policy: &Policy) -> Tallying<'_> {
        let empty = |subject| {
            let pass_mark = policy.passing.of(subject);
            Spread { subject, pass_mark, bins: [0; 10], absent: 0, void: 0, missing: 0 }
        };
        let spreads = Subject::ALL.map(empty);
        Tallying { judge: Judge::of(policy), spreads, totals: Counts::default(), groups: BTreeMap::new() }
    }

    /// One person: code and name of the occupation, level, and the marks that count.
    pub fn add(&mut self, (occupation, name, level): (&str, &str, Level), boxes: &Boxes) {
        let case = case(&self.judge, level, boxes);
        self.totals.add(&case);
        for (spread, mark) in self.spreads.iter_mut().zip(boxes) {
            if self.judge.required(level).contains(spread.subject) {
                count(spread, *mark);
            }
        }
        // Looked up first, so that only the first of an occupation costs an allocation.
        if !self.groups.contains_key(occupation) {
            self.groups.insert(occupation.to_owned(), (name.to_owned(), BTreeMap::new()));
        }
        if let Some((_, levels)) = self.groups.get_mut(occupation) {
            levels.entry(level.digit()).or_default().add(&case);
        }
    }

    pub fn board(self) -> Board {
        let lines = self.groups.into_iter().flat_map(|(occupation, (occupation_name, levels))| {
            let level = |digit: u8| Level::ALL.into_iter().find(|l| l.digit() == digit);
            levels.into_iter().rev().filter_map(move |(digit, counts)| {
                let (occupation, occupation_name) = (occupation.clone(), occupation_name.clone());
                Some(Line { occupation, occupation_name, level: level(digit)?, counts })
            })
        });
        Board { rows: lines.collect(), totals: self.totals, spreads: self.spreads }
    }
}

pub(super) fn case(judge: &Judge<'_>, level: Level, boxes: &Boxes) -> Case {
    let (mut sat, mut absent, mut passed_parts) = (false, false, [false; 3]);
    for ((part, mark), passed) in Subject::ALL.into_iter().zip(boxes).zip(&mut passed_parts) {
        if !judge.required(level).contains(part) {
            continue;
        }
        match mark {
            Some(Mark::Points(points)) => {
                sat = true;
                *passed = *points >= judge.policy.passing.of(part);
            }
            Some(Mark::Void) => sat = true,
            Some(Mark::Absent) => absent = true,
            None => {}
        }
    }
    Case { outcome: judge.outcome(level, boxes), sat, absent: absent && !sat, passed_parts }
}

fn count(spread: &mut Spread, mark: Option<Mark>) {
    match mark {
        None => spread.missing += 1,
        Some(Mark::Absent) => spread.absent += 1,
        Some(Mark::Void) => spread.void += 1,
        Some(Mark::Points(points)) => {
            let last = spread.bins.len() - 1;
            let bin = usize::try_from(points.hundredths() / 1000).unwrap_or(0).min(last);
            if let Some(bin) = spread.bins.get_mut(bin) {
                *bin += 1;
            }
        }
    }
}
