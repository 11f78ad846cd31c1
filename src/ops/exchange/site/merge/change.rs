//! Rows that come in and go. One may have to wait for another, so what is refused is tried again after the rest.
use super::super::plan::{Nobody, Plan};
use super::Run;
use super::clash::Clash;
use super::side::Row;
use crate::bundle::site::Table;
use crate::model::BatchId;
use crate::ops::{Result, Work};
use crate::store::StoreFault;
use crate::store::load::{Load, put};
use crate::store::tx::Tx;

/// Rows of one name: those that go, those that come.
#[derive(Debug, Clone)]
pub struct Change {
    pub table: &'static Table,
    pub place: String,
    pub out: Vec<Row>,
    pub come: Vec<Row>,
}

/// A change and what stood in its way.
type Refused = (Change, String);

impl Run<'_> {
    pub(super) fn carry_out(&mut self, work: &mut Work<'_, '_>, changes: Vec<Change>) -> Result<()> {
        let (removals, rest): (Vec<_>, Vec<_>) = changes.into_iter().partition(|c| c.come.is_empty());
        let (fresh, rest): (Vec<_>, Vec<_>) = rest.into_iter().partition(|c| c.out.is_empty());
        let mut waiting: Vec<Refused> = Vec::new();
        // By table, in the order in which a row stands after those it names.
        let mut all: Vec<Change> = rest.into_iter().chain(fresh).collect();
        all.sort_by_key(|c| order(c.table));
        for group in all.chunk_by(|a, b| a.table.name == b.table.name && a.out.is_empty() == b.out.is_empty()) {
            let refused = match group.first() {
                Some(one) if one.out.is_empty() => self.add(work, group)?,
                _ => self.each(work, group.to_vec())?,
            };
            // Before the tables that stand on this one: a lock would keep its marks out.
            waiting.extend(self.each(work, refused.into_iter().map(|(change, _)| change).collect())?);
        }
        let mut removals: Vec<_> = removals;
        removals.sort_by_key(|c| std::cmp::Reverse(order(c.table)));
        waiting.extend(self.each(work, removals)?);
        self.again(work, waiting)
    }

    /// Tries what is left until nothing more goes through; then whole tables at once, for rows that change places.
    fn again(&mut self, work: &mut Work<'_, '_>, mut waiting: Vec<Refused>) -> Result<()> {
        loop {
            let before = waiting.len();
            waiting = self.each(work, waiting.into_iter().map(|(change, _)| change).collect())?;
            if waiting.is_empty() || waiting.len() == before {
                break;
            }
        }
        let mut left = Vec::new();
        for group in waiting.chunk_by(|(a, _), (b, _)| a.table.name == b.table.name) {
            let changes: Vec<_> = group.iter().map(|(change, _)| change.clone()).collect();
            let swapped = changes.len() > 1 && write(work.tx, self.batch, &changes)?.is_ok();
            match swapped {
                true => changes.iter().for_each(|c| self.counted(c)),
                false => left.extend_from_slice(group),
            }
        }
        for (Change { table, place, out, come }, why) in left {
            let clash = Clash { table, place, here: out, there: come, fields: None, why: Some(why) };
            self.clash(work, clash)?;
        }
        Ok(())
    }

    fn each(&mut self, work: &mut Work<'_, '_>, changes: Vec<Change>) -> Result<Vec<Refused>> {
        let mut refused = Vec::new();
        for change in changes {
            match write(work.tx, self.batch, std::slice::from_ref(&change))? {
                Ok(()) => self.counted(&change),
                Err(why) => refused.push((change, why)),
            }
        }
        Ok(refused)
    }

    fn counted(&mut self, change: &Change) {
        self.out.taken += change.out.len() as u64;
        self.out.account.added += change.come.len().saturating_sub(change.out.len()) as u64;
    }

    /// Many new rows of one table, in runs.
    fn add(&mut self, work: &mut Work<'_, '_>, changes: &[Change]) -> Result<Vec<Refused>> {
        let mut refused = Vec::new();
        let Some(table) = changes.first().map(|c| c.table) else { return Ok(refused) };
        let plan = plan(table)?;
        let mut load = Load::after_last(work.tx, table.record)?;
        for change in changes {
            // Several rows of one name stand or fall together.
            let [row] = change.come.as_slice() else {
                refused.push((change.clone(), String::new()));
                continue;
            };
            match plan.row(work.tx.db(), (self.batch, load.next_id()), &row.cells, table)? {
                Err(Nobody(heading)) => refused.push((change.clone(), nobody(heading))),
                Ok(values) => match load.push(work.tx, &values) {
                    Ok(()) => self.out.account.added += 1,
                    Err(StoreFault::Constraint(why)) => refused.push((change.clone(), why)),
                    Err(other) => return Err(other.into()),
                },
            }
        }
        load.finish(work.tx)?;
        Ok(refused)
    }
}

fn order(table: &Table) -> usize {
    crate::bundle::site::TABLES.iter().position(|t| t.name == table.name).unwrap_or(usize::MAX)
}

fn plan(table: &'static Table) -> Result<Plan> {
    Ok(Plan::of(table).ok_or_else(|| StoreFault::Other(table.name.to_owned()))?)
}

fn nobody(heading: &str) -> String {
    format!("names_nobody {heading}")
}

/// Writes all of it or nothing. The inner answer is what stands in the way.
pub fn write(tx: &mut Tx<'_>, batch: BatchId, changes: &[Change]) -> Result<std::result::Result<(), String>> {
    // A row is changed where the table allows it, and otherwise taken out and put in anew.
    for how in [in_place, anew] {
        match tx.attempt(|tx| how(tx, batch, changes)) {
            Ok(()) => return Ok(Ok(())),
            Err(StoreFault::Constraint(_)) => {}
            Err(other) => return Err(other.into()),
        }
    }
    match tx.attempt(|tx| anew(tx, batch, changes)) {
        Err(StoreFault::Constraint(why)) => Ok(Err(why)),
        other => Ok(Ok(other?)),
    }
}

type Stored<T> = std::result::Result<T, StoreFault>;

fn in_place(tx: &mut Tx<'_>, batch: BatchId, changes: &[Change]) -> Stored<()> {
    for change in changes {
        match (change.out.as_slice(), change.come.as_slice()) {
            ([old], [new]) => one(tx, batch, change.table, (Some(old), Some(new)))?,
            _ => anew(tx, batch, std::slice::from_ref(change))?,
        }
    }
    Ok(())
}

fn anew(tx: &mut Tx<'_>, batch: BatchId, changes: &[Change]) -> Stored<()> {
    for change in changes {
        for old in change.out.iter().filter(|old| !holds(&change.come, old)) {
            one(tx, batch, change.table, (Some(old), None))?;
        }
    }
    for change in changes {
        for new in change.come.iter().filter(|new| !holds(&change.out, new)) {
            one(tx, batch, change.table, (None, Some(new)))?;
        }
    }
    Ok(())
}

fn holds(rows: &[Row], row: &Row) -> bool {
    rows.iter().any(|other| other.written == row.written)
}

fn one(tx: &mut Tx<'_>, batch: BatchId, table: &'static Table, (old, new): (Option<&Row>, Option<&Row>)) -> Stored<()> {
    let plan = Plan::of(table).ok_or_else(|| StoreFault::Other(table.name.to_owned()))?;
    let values = |row: Option<&Row>| -> Stored<Option<_>> {
        let Some(row) = row else { return Ok(None) };
        let found = plan.loose(tx.db(), batch, &row.cells, table)?;
        let own = |cells: Vec<Option<crate::model::Cell<'_>>>| {
            cells.iter().map(|c| c.as_ref().map(super::side::own)).collect::<Vec<_>>()
        };
        Ok(Some(own(found.map_err(|Nobody(heading)| StoreFault::Constraint(nobody(heading)))?)))
    };
    let (old, new) = (values(old)?, values(new)?);
    put(tx, table.record, old.as_deref(), new.as_deref())
}
