//! One side of a merge in memory: every row of the tables that a merge looks at, by its key.
use super::super::compare::cells;
use super::super::past::{self, Gone, Past};
use super::super::version::place;
use super::super::{Folder, fault};
use crate::bundle::decode::Encoding;
use crate::bundle::row_fault::Report;
use crate::bundle::site::read::{Next, TableReader};
use crate::bundle::site::{TABLES, Table, Unit};
use crate::model::{BatchId, Cell};
use crate::ops::{Error, Result};
use crate::store::StoreFault;
use crate::store::exchange::{self, Extract};
use crate::store::rows::Connection;
use std::collections::{BTreeMap, HashMap, HashSet};
use std::path::Path;

#[derive(Debug, Clone)]
pub struct Row {
    pub cells: Vec<Cell<'static>>,
    /// The same as a bundle writes them.
    pub written: Vec<String>,
}

/// The rows of one table in order, and their places by key. Rows with the same key are told apart by their count.
#[derive(Debug, Default)]
pub struct Rows {
    pub all: Vec<Row>,
    by_key: HashMap<String, usize>,
}

impl Rows {
    fn push(&mut self, table: &Table, row: Row) {
        let parts = table.headings().zip(&row.written).filter(|(h, _)| table.key.contains(h)).map(|(_, c)| c.as_str());
        let key = parts.collect::<Vec<_>>().join("\0");
        let mut count = 0;
        let mut place = key.clone();
        while self.by_key.contains_key(&place) {
            count += 1;
            place = format!("{key}\0{count}");
        }
        self.by_key.insert(place, self.all.len());
        self.all.push(row);
    }

    /// With the key that each row is found by.
    pub fn keyed(&self) -> BTreeMap<usize, &str> {
        self.by_key.iter().map(|(key, place)| (*place, key.as_str())).collect()
    }

    /// By what names them, all rows that go together under one name.
    pub fn grouped(&self, table: &Table) -> BTreeMap<String, Vec<Row>> {
        let mut all: BTreeMap<String, Vec<Row>> = BTreeMap::new();
        self.all.iter().for_each(|row| all.entry(place(table, &row.written)).or_default().push(row.clone()));
        all
    }

    /// What names them, each once, in order.
    pub fn places(&self, table: &Table) -> Vec<String> {
        let mut seen = HashSet::new();
        self.all.iter().map(|row| place(table, &row.written)).filter(|place| seen.insert(place.clone())).collect()
    }

    pub fn find(&self, key: &str) -> Option<&Row> {
        self.all.get(*self.by_key.get(key)?)
    }
}

/// Every table of one side, and what it knows to be replaced, by table.
#[derive(Debug, Default)]
pub struct Side {
    tables: HashMap<&'static str, Rows>,
    past: HashMap<String, Past>,
}

fn in_tables() -> impl Iterator<Item = &'static Table> {
    TABLES.iter().filter(|table| table.merge.unit != Unit::Past)
}

impl Side {
    pub fn here(db: &Connection, batch: BatchId) -> Result<Side> {
        let mut side = Side::default();
        for table in in_tables() {
            side.tables.insert(table.name, rows_here(db, batch, table)?);
        }
        side.remember(past::known(db, batch)?);
        Ok(side)
    }

    /// The whole bundle; every bad cell is told before anything is merged.
    pub fn there(folder: &Folder) -> Result<Side> {
        let mut side = Side::default();
        let mut report = Report::new("bundle", Encoding::Utf8);
        for table in in_tables() {
            side.tables.insert(table.name, read(folder, table, &mut report)?);
        }
        for table in TABLES.iter().filter(|table| table.merge.unit == Unit::Past) {
            let rows = read(folder, table, &mut report)?;
            side.remember(rows.all.into_iter().filter_map(|row| match row.written.as_slice() {
                [part, place, version] => Some((part.clone(), place.clone(), version.clone())),
                _ => None,
            }));
        }
        if report.counts.refused > 0 { Err(Error::Rejected(Box::new(report))) } else { Ok(side) }
    }

    fn remember(&mut self, gone: impl IntoIterator<Item = Gone>) {
        gone.into_iter().for_each(|one| self.past.entry(one.0.clone()).or_default().add(one));
    }

    pub fn gone(&self, table: &str, place: &str, version: &str) -> bool {
        self.past.get(table).is_some_and(|past| past.has(place, version))
    }

    pub fn knows(&self, table: &str, place: &str) -> bool {
        self.past.get(table).is_some_and(|past| past.knows(place))
    }

    /// All that this side knows to be replaced.
    pub fn past(&self) -> impl Iterator<Item = (&str, &str, &str)> {
        self.past
            .iter()
            .flat_map(|(part, past)| past.all().map(move |(place, version)| (part.as_str(), place, version)))
    }

    pub fn rows(&self, table: &str) -> &[Row] {
        self.tables.get(table).map(|rows| rows.all.as_slice()).unwrap_or_default()
    }

    pub fn table(&self, table: &str) -> Option<&Rows> {
        self.tables.get(table)
    }

    pub fn count(&self) -> u64 {
        self.tables.values().map(|rows| rows.all.len() as u64).sum()
    }
}

/// The rows of one table as they are here now.
pub fn rows_here(db: &Connection, batch: BatchId, table: &'static Table) -> Result<Rows> {
    let paths: Vec<_> = table.headings().collect();
    let what = Extract { table: table.record, paths: &paths, batch: table.batch, order: table.order };
    let mut rows = Rows::default();
    exchange::each::<StoreFault>(db, &what, batch, &mut |row| {
        let cells = (0..paths.len()).map(|n| own(&row.get(n))).collect();
        rows.push(table, written(table, cells));
        Ok(())
    })?;
    Ok(rows)
}

fn read(folder: &Folder, table: &'static Table, report: &mut Report) -> Result<Rows> {
    let path = Path::new(table.name);
    folder.table(table, |reader| all_rows(reader, table, report)).map_err(|f| fault(path, f))?
}

fn all_rows(reader: &mut TableReader<'_>, table: &'static Table, report: &mut Report) -> Result<Rows> {
    let (path, mut rows) = (Path::new(table.name), Rows::default());
    loop {
        match reader.advance().map_err(|f| fault(path, f))? {
            Next::End => return Ok(rows),
            Next::Row(row) => rows.push(table, written(table, row.cells.iter().map(own).collect())),
            Next::Bad(faults) => {
                report.counts.read += 1;
                report.counts.refused += 1;
                faults.into_iter().for_each(|f| report.push(f));
            }
        }
    }
}

pub fn own(cell: &Cell<'_>) -> Cell<'static> {
    match cell {
        Cell::None => Cell::None,
        Cell::Int(n) => Cell::Int(*n),
        Cell::Text(text) => Cell::own(text.to_string()),
    }
}

pub fn written(table: &Table, cells_: Vec<Cell<'static>>) -> Row {
    let written = cells(table, |n| cells_.get(n).cloned().unwrap_or(Cell::None));
    Row { cells: cells_, written }
}

pub fn table(name: &str) -> Result<&'static Table> {
    TABLES.iter().find(|t| t.name == name).ok_or_else(|| StoreFault::Other(name.to_owned()).into())
}

impl Row {
    /// What is written under a heading.
    pub fn get(&self, table: &Table, heading: &str) -> &str {
        let place = table.headings().position(|h| h == heading);
        place.and_then(|n| self.written.get(n)).map(String::as_str).unwrap_or_default()
    }

    pub fn version(&self, table: &Table) -> String {
        super::super::version::version(table, &self.written)
    }

    pub fn cell(&self, table: &Table, heading: &str) -> Cell<'static> {
        let place = table.headings().position(|h| h == heading);
        place.and_then(|n| self.cells.get(n)).cloned().unwrap_or(Cell::None)
    }

    pub fn set(&mut self, table: &Table, heading: &str, cell: Cell<'static>) {
        if let Some(slot) = table.headings().position(|h| h == heading).and_then(|n| self.cells.get_mut(n)) {
            *slot = cell;
        }
        self.written = cells(table, |n| self.cells.get(n).cloned().unwrap_or(Cell::None));
    }

    /// Names the application of a row: kind and number of the document, occupation, level.
    pub fn application(&self, table: &Table) -> String {
        let under = |part: &str| match table.record {
            "application" => self.get(table, part),
            _ => self.get(table, &format!("application.{part}")),
        };
        ["document", "id_number", "occupation", "level"].map(under).join("\0")
    }
}
