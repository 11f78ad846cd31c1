//! `ledger.snapshot`: how far each department is today, kept for the regular review (S4-31).
use super::board::{Source, read};
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work};
use crate::policy::duty::Figures;
use crate::store::{DutySnapshotRow, rows};
use serde::Serialize;
use std::collections::BTreeMap;

pub const NOBODY: Code = Code("ledger.nobody_on_duty");
pub const TAKEN: Code = Code("ledger.snapshot_taken");

#[derive(Debug, Serialize)]
pub struct TakeSnapshot {}

impl Operation for TakeSnapshot {
    const KIND: &'static str = "ledger.snapshot";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Figures;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Figures> {
        let (batch, dated) = (work.batch()?.id, work.now.day());
        if rows::count::<DutySnapshotRow>(work.tx.db(), "WHERE batch = ?1 AND dated = ?2", (batch, dated))? > 0 {
            return Err(Refusal::new(TAKEN).with("day", dated.to_string()).into());
        }
        let board = {
            let policy = work.policy()?;
            read(&Source { db: work.tx.db(), batch, policy, codes: work.codes }, dated)?
        };
        if board.departments.is_empty() {
            return Err(Refusal::new(NOBODY).into());
        }
        let (operator, at) = (work.actor.operator()?, work.now);
        let whole = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        for one in &board.departments {
            let (figures, department) = (one.figures, one.department.clone());
            let [on_duty, holders] = [figures.on_duty, figures.holders].map(whole);
            let [passed, sitting] = [figures.passed, figures.sitting].map(whole);
            let id = work.tx.next_id::<DutySnapshotRow>()?;
            #[rustfmt::skip]
            let row = DutySnapshotRow { id, batch, dated, department, on_duty, holders, passed, sitting, operator, at };
            work.tx.insert(&row)?;
        }
        Ok(board.figures)
    }
}

/// One department, or the whole, on the day of a snapshot.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SnapshotLine {
    pub on: Day,
    /// `None`: all of them together.
    pub department: Option<String>,
    #[serde(flatten)]
    pub figures: Figures,
    /// In hundredths of a percent.
    pub rate: Option<u64>,
    /// Holders more or fewer than on the snapshot before; `None`: there is none before.
    pub since_last: Option<i64>,
}

/// The newest day first; on each day the whole, then the departments.
pub fn snapshots(site: &Site) -> Result<Vec<SnapshotLine>> {
    let tail = "WHERE batch = ?1 ORDER BY dated, department";
    let all = rows::select::<DutySnapshotRow>(site.store().db(), tail, [site.batch()?.id])?;
    let mut days: BTreeMap<Day, Vec<(Option<String>, Figures)>> = BTreeMap::new();
    for row in all {
        days.entry(row.dated).or_default().push((Some(row.department.clone()), figures(&row)));
    }
    let (mut last, mut out): (BTreeMap<Option<String>, u64>, Vec<Vec<SnapshotLine>>) = Default::default();
    for (on, departments) in days {
        let whole = departments.iter().fold(Figures::default(), |sum, (_, one)| sum.and(*one));
        let mut day = Vec::new();
        for (department, figures) in std::iter::once((None, whole)).chain(departments) {
            let before = last.insert(department.clone(), figures.holders);
            let since_last =
                before.and_then(|before| i64::try_from(figures.holders).ok()?.checked_sub_unsigned(before));
            day.push(SnapshotLine { on, department, rate: figures.rate(), since_last, figures });
        }
        out.push(day);
    }
    Ok(out.into_iter().rev().flatten().collect())
}

/// Who never applied is not part of a snapshot.
fn figures(row: &DutySnapshotRow) -> Figures {
    let count = |n: i64| u64::try_from(n).unwrap_or(0);
    Figures {
        on_duty: count(row.on_duty),
        holders: count(row.holders),
        passed: count(row.passed),
        sitting: count(row.sitting),
        uncovered: 0,
    }
}
