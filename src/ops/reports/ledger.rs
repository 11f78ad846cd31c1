//! The special ledger (专项工作台账): `ledger.record`, `ledger.remove` (S4-27, S4-30 to S4-33).
use super::some;
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work};
use crate::store::{ActivityKind, ActivityRow, OperatorRow, rows};
use serde::Serialize;
use std::collections::HashMap;

pub const NO_WHAT: Code = Code("ledger.no_what");
pub const IN_FUTURE: Code = Code("ledger.in_future");
pub const ALREADY: Code = Code("ledger.already");
pub const UNKNOWN: Code = Code("ledger.unknown");
pub const REASON: Code = Code("ledger.reason_needed");
pub const PEOPLE: Code = Code("ledger.people");

#[derive(Debug, Clone, Serialize)]
pub struct Record {
    pub kind: ActivityKind,
    /// What was done.
    pub what: String,
    /// `None`: today.
    pub on: Option<Day>,
    /// `None`: of all.
    pub department: Option<String>,
    /// Who took part.
    pub people: Option<i64>,
}

impl Operation for Record {
    const KIND: &'static str = "ledger.record";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ActivityRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<ActivityRow> {
        let (batch, dated) = (work.batch()?.id, self.on.unwrap_or_else(|| work.now.day()));
        let what = some(Some(&self.what)).ok_or_else(|| Refusal::new(NO_WHAT))?;
        if dated > work.now.day() {
            return Err(Refusal::new(IN_FUTURE).with("day", dated.to_string()).into());
        }
        if let Some(people) = self.people.filter(|people| *people < 0) {
            return Err(Refusal::new(PEOPLE).with("value", people).into());
        }
        let same = "WHERE batch = ?1 AND dated = ?2 AND kind = ?3 AND what = ?4";
        if let Some(there) = rows::first::<ActivityRow>(work.tx.db(), same, (batch, dated, self.kind, &what))? {
            return Err(Refusal::new(ALREADY).with("number", there.id).into());
        }
        let row = ActivityRow {
            id: work.tx.next_id::<ActivityRow>()?,
            batch,
            dated,
            kind: self.kind,
            department: some(self.department.as_deref()),
            what,
            people: self.people,
            operator: work.actor.operator()?,
            at: work.now,
        };
        work.tx.insert(&row)?;
        Ok(row)
    }
}

#[derive(Debug, Serialize)]
pub struct Remove {
    pub number: i64,
    pub reason: String,
}

impl Operation for Remove {
    const KIND: &'static str = "ledger.remove";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ActivityRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<ActivityRow> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let own = "WHERE batch = ?1 AND id = ?2";
        let found = rows::first::<ActivityRow>(work.tx.db(), own, (work.batch()?.id, self.number))?;
        let row = found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", self.number))?;
        work.tx.delete(&row)?;
        Ok(row)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// A line of the ledger.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ActivityLine {
    pub number: i64,
    pub on: Day,
    pub kind: ActivityKind,
    pub department: Option<String>,
    pub what: String,
    pub people: Option<i64>,
    /// Who wrote it down.
    pub by: String,
}

/// By day.
pub fn activities(site: &Site) -> Result<Vec<ActivityLine>> {
    let db = site.store().db();
    let names = rows::select::<OperatorRow>(db, "", [])?;
    let names: HashMap<_, _> = names.into_iter().map(|o| (o.id, o.name)).collect();
    let all = rows::select::<ActivityRow>(db, "WHERE batch = ?1 ORDER BY dated, id", [site.batch()?.id])?;
    let line = |row: ActivityRow| ActivityLine {
        number: row.id,
        on: row.dated,
        kind: row.kind,
        department: row.department,
        what: row.what,
        people: row.people,
        by: names.get(&row.operator).cloned().unwrap_or_default(),
    };
    Ok(all.into_iter().map(line).collect())
}
