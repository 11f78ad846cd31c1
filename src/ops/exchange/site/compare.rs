//! A bundle held against the same batch here. Nothing is written: what differs is listed.
use super::write::manifest;
use super::{Account, Folder, fault, write_table};
use crate::bundle::decode::Encoding;
use crate::bundle::row_fault::{MOST, Report};
use crate::bundle::site::read::{Next, TableReader};
use crate::bundle::site::{Manifest, TABLES, Table, Unit, column};
use crate::model::{BatchId, Cell, Code, Refusal};
use crate::ops::shown::{UNSAID, shown_cell, shown_pair};
use crate::ops::{Error, Result, Site};
use crate::store::exchange::{self, Extract};
use crate::store::rows::{self, Connection};
use crate::store::views::entry_queue::unsettled;
use crate::store::{BatchRow, StoreFault};
use serde::Serialize;
use std::collections::HashMap;
use std::path::Path;

pub const NOT_HERE: Code = Code("bundle.batch_not_here");

/// One value that is not the same on both sides, as people are told of it. Without a field the whole row is meant.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    pub table: &'static str,
    pub key: String,
    pub field: &'static str,
    pub here: String,
    pub there: String,
}

/// Compares by digest first, and row by row only where a table differs.
pub fn compare(site: &Site, folder: &Folder) -> Result<Account> {
    let row = site.row()?;
    let snapshot = site.store().snapshot()?;
    let db = snapshot.db();
    let there = &folder.manifest;
    let batch = rows::first::<BatchRow>(db, "WHERE code = ?1", [&there.batch.code])?.ok_or_else(|| {
        Refusal::new(NOT_HERE).with("batch", there.batch.code.as_str()).with("site", row.code.as_str())
    })?;
    let parts = TABLES.iter().map(|t| Ok(write_table(db, batch.id, t, std::io::sink())?.0)).collect::<Result<_>>()?;
    let (here, _) = manifest(db, &row, &batch, parts)?;
    let mut account = Account::default();
    heads(&here, there, &mut account);
    for ((table, here), there) in TABLES.iter().zip(&here.table).zip(&there.table) {
        // What rows were before is no difference between the sites.
        if table.merge.unit == Unit::Past {
            continue;
        }
        account.read += there.rows;
        if here == there {
            account.unchanged += there.rows;
        } else {
            tables(db, batch.id, (folder, table), &mut account)?;
        }
    }
    account.keep_blind(db)?;
    Ok(account)
}

impl Account {
    pub(super) fn conflict(&mut self, conflict: Conflict) {
        if self.conflicts.len() < MOST {
            self.conflicts.push(conflict);
        } else {
            self.conflicts_left_out += 1;
        }
    }
}

/// Tables that say what somebody typed, or whose a script number is.
pub(super) const BLIND: &[&str] =
    &["script-bags", "scripts", "entries", "entry-claims", "control-totals", "mark-changes", "marks"];

impl Account {
    /// While marks are being typed or lie under numbers, a comparison says that both sides differ, not in what (S0-23).
    pub(super) fn keep_blind(&mut self, db: &Connection) -> Result<()> {
        if unsettled(db)? {
            let told = self.conflicts.iter_mut().filter(|c| BLIND.contains(&c.table) && !c.field.is_empty());
            for text in told.flat_map(|c| [&mut c.here, &mut c.there]).filter(|text| !text.is_empty()) {
                *text = UNSAID.to_owned();
            }
        }
        Ok(())
    }
}

fn heads(here: &Manifest, there: &Manifest, account: &mut Account) {
    let text = |t: &Option<String>| t.clone().unwrap_or_default();
    let pairs = [
        ("site", "code", here.site.code.clone(), there.site.code.clone()),
        ("site", "name", here.site.name.clone(), there.site.name.clone()),
        ("site", "region", text(&here.site.region), text(&there.site.region)),
        ("site", "organisation", text(&here.site.organisation), text(&there.site.organisation)),
        ("batch", "name", here.batch.name.clone(), there.batch.name.clone()),
        ("batch", "state", here.batch.state.clone(), there.batch.state.clone()),
        ("policy", "sha256", here.policy.sha256.clone(), there.policy.sha256.clone()),
    ];
    for (table, field, here, there) in pairs.into_iter().filter(|(_, _, here, there)| here != there) {
        account.conflict(Conflict { table, key: String::new(), field, here, there });
    }
}

/// The written cells of rows, by key. Two rows with one key are told apart by their count.
type Rows = HashMap<String, Vec<String>>;

fn tables(
    db: &Connection,
    batch: BatchId,
    (folder, table): (&Folder, &'static Table),
    account: &mut Account,
) -> Result<()> {
    let mut here = rows_here(db, batch, table)?;
    let mut report = Report::new("bundle", Encoding::Utf8);
    let path = Path::new(table.name);
    let held = |reader: &mut TableReader<'_>| held(reader, (&mut here, &mut report), (table, &mut *account));
    folder.table(table, held).map_err(|f| fault(path, f))??;
    if report.counts.refused > 0 {
        return Err(Error::Rejected(Box::new(report)));
    }
    let mut left: Vec<_> = here.into_values().collect();
    left.sort();
    left.iter().for_each(|cells| account.conflict(whole(table, cells, Side::Here)));
    Ok(())
}

/// Holds each row of the bundle against the one here; what is met is taken out of `here`.
fn held(
    reader: &mut TableReader<'_>,
    (here, report): (&mut Rows, &mut Report),
    (table, account): (&'static Table, &mut Account),
) -> Result<()> {
    let (path, mut seen) = (Path::new(table.name), HashMap::new());
    loop {
        let cells = match reader.advance().map_err(|f| fault(path, f))? {
            Next::End => return Ok(()),
            Next::Row(row) => cells(table, |n| row.cells.get(n).cloned().unwrap_or(Cell::None)),
            Next::Bad(faults) => {
                (report.counts.read, report.counts.refused) = (report.counts.read + 1, report.counts.refused + 1);
                faults.into_iter().for_each(|f| report.push(f));
                continue;
            }
        };
        let key = key(table, &cells, &mut seen);
        let Some(ours) = here.remove(&key) else {
            account.conflict(whole(table, &cells, Side::There));
            continue;
        };
        let differing = account.conflicts.len() as u64 + account.conflicts_left_out;
        for ((heading, here), there) in table.headings().zip(&ours).zip(&cells).filter(|((_, a), b)| a != b) {
            let (here, there) = shown_pair(heading, here, there);
            account.conflict(Conflict { table: table.name, key: shown(table, &cells), field: heading, here, there });
        }
        if account.conflicts.len() as u64 + account.conflicts_left_out == differing {
            account.unchanged += 1;
        }
    }
}

fn rows_here(db: &Connection, batch: BatchId, table: &'static Table) -> Result<Rows> {
    let paths: Vec<_> = table.headings().collect();
    let what = Extract { table: table.record, paths: &paths, batch: table.batch, order: table.order };
    let (mut rows, mut seen) = (Rows::new(), HashMap::new());
    exchange::each::<StoreFault>(db, &what, batch, &mut |row| {
        let cells = cells(table, |n| row.get(n));
        rows.insert(key(table, &cells, &mut seen), cells);
        Ok(())
    })?;
    Ok(rows)
}

pub(super) fn cells<'c>(table: &Table, cell: impl Fn(usize) -> Cell<'c>) -> Vec<String> {
    let mut buffer = String::new();
    let written =
        table.columns.iter().enumerate().map(|(n, c)| column::write(&cell(n), c.form, &mut buffer).to_owned());
    written.collect()
}

fn key(table: &Table, cells: &[String], seen: &mut HashMap<String, u32>) -> String {
    let parts: Vec<_> = key_cells(table, cells).map(|(_, cell)| cell).collect();
    let key = parts.join("\0");
    let count = seen.entry(key.clone()).or_default();
    *count += 1;
    format!("{key}\0{count}")
}

fn key_cells<'c>(table: &'c Table, cells: &'c [String]) -> impl Iterator<Item = (&'static str, &'c str)> {
    table.headings().zip(cells).filter(|(h, _)| table.key.contains(h)).map(|(h, c)| (h, c.as_str()))
}

/// A key for people, masked.
pub(super) fn shown(table: &Table, cells: &[String]) -> String {
    key_cells(table, cells).map(|(heading, cell)| shown_cell(heading, cell)).collect::<Vec<_>>().join(" ")
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Side {
    Here,
    There,
}

/// A row that only one side has.
pub(super) fn whole(table: &Table, cells: &[String], side: Side) -> Conflict {
    let key = shown(table, cells);
    let mark = |on: Side| if on == side { "+".to_owned() } else { String::new() };
    Conflict { table: table.name, key, field: "", here: mark(Side::Here), there: mark(Side::There) }
}
