//! The journal played from nothing, and the tables held against what comes out, row by row. Finds what the file's own check
//! cannot: a row that is well formed and not what anybody wrote.
//!
//! A bulk insert left a digest for each run of rows: it is computed again over the rows as they were then, from the first
//! `before` of each that was changed since. What was erased is unknown, not wrong; what was not is compared as before.
use super::erase::Took;
use super::fault::Result;
use super::journal::{self, ChangeRow, OperationRow, hex};
use super::record::{Meta, put};
use super::records::RECORDS;
use super::secret;
use super::tx::{all_columns, cells, image, key_of, salted};
use rusqlite::Connection;
use rusqlite::types::{Value, ValueRef};
use serde::Serialize;
use serde_json::Value as Json;
use sha2::Digest;
use std::collections::HashMap;

/// What playing the journal found.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Replayed {
    /// Rows of the tables that were compared.
    pub rows: i64,
    /// Rows of which the journal no longer knows the content.
    pub unknown: i64,
    pub wrong: i64,
    /// The first that is wrong.
    pub first: Option<Wrong>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Wrong {
    pub table: String,
    pub key: String,
    /// `differs`, `extra`, `missing`, `run`, `journal`
    pub what: &'static str,
}

/// What the journal says of one row.
enum Known {
    Image(String),
    /// As it was before an erasure that may have taken it.
    Perhaps(String),
    Gone,
    Unknown,
}

struct Span {
    first: i64,
    last: i64,
    digest: Option<String>,
    /// `None`: erased.
    salt: Option<String>,
    /// An erasure may have taken rows of it.
    perhaps: bool,
}

#[derive(Default)]
struct Table {
    rows: HashMap<String, Known>,
    runs: Vec<Span>,
    /// Rows of runs as they were inserted, where they changed since; `None`: erased.
    inserted: HashMap<i64, Option<String>>,
}

impl Table {
    fn run_of(&self, id: i64) -> Option<&Span> {
        self.runs.iter().rev().find(|run| (run.first..=run.last).contains(&id))
    }
}

impl Replayed {
    fn wrong(&mut self, table: &str, key: &str, what: &'static str) {
        self.wrong += 1;
        if self.first.is_none() {
            self.first = Some(Wrong { table: table.to_owned(), key: key.to_owned(), what });
        }
    }
}

/// Plays every operation and compares every row.
pub fn replay(db: &Connection) -> Result<Replayed> {
    let mut found = Replayed::default();
    let mut tables: HashMap<String, Table> = HashMap::new();
    journal::walk(db, &mut |op| {
        for change in journal::changes(db, op.id)? {
            if !tables.contains_key(&change.record) {
                tables.insert(change.record.clone(), Table::default());
            }
            if let Some(table) = tables.get_mut(&change.record) {
                play(table, &op, change, &mut found);
            }
        }
        Ok(true)
    })?;
    let took = Took::read(db)?;
    for meta in RECORDS {
        let table = tables.remove(meta.table).unwrap_or_default();
        compare(&took, *meta, table, &mut found)?;
    }
    Ok(found)
}

fn play(table: &mut Table, op: &OperationRow, change: ChangeRow, found: &mut Replayed) {
    if let Some(last) = change.upto {
        play_run(table, op, &change, last);
        return;
    }
    // The line of an erasure: a table and a number of rows.
    if change.key.is_empty() {
        forget(table);
        return;
    }
    let id = change.key.parse::<i64>().ok().filter(|id| table.run_of(*id).is_some());
    if let Some(id) = id.filter(|_| !table.rows.contains_key(&change.key)) {
        table.inserted.entry(id).or_insert_with(|| change.before.clone());
    }
    if op.content.is_some() {
        table.rows.insert(change.key, Known::Unknown);
        return;
    }
    let fits = match (table.rows.get(&change.key), &change.before) {
        (Some(Known::Image(known)), Some(before)) => same(known, before),
        (Some(Known::Image(_)), None) => false,
        (Some(Known::Gone), before) => before.is_none(),
        (None, Some(_)) => id.is_some(),
        _ => true,
    };
    if !fits {
        found.wrong(&change.record, &change.key, "journal");
    }
    let known = change.after.map_or(Known::Gone, Known::Image);
    table.rows.insert(change.key, known);
}

fn play_run(table: &mut Table, op: &OperationRow, change: &ChangeRow, last: i64) {
    let first: i64 = change.key.parse().unwrap_or(0);
    // An erased removal has no word that it is one: a second run over the same rows with the same digest is.
    let known = |run: &Span| run.first == first && run.last == last && run.digest == change.digest;
    let removed = change.before.is_some() || (op.content.is_some() && table.runs.iter().any(known));
    if !removed {
        let (digest, salt) = (change.digest.clone(), op.salt.clone());
        table.runs.push(Span { first, last, digest, salt, perhaps: false });
        return;
    }
    table.runs.retain(|run| !(run.first == first && run.last == last));
    table.inserted.retain(|id, _| !(first..=last).contains(id));
    table.rows.retain(|key, _| key.parse::<i64>().map_or(true, |id| !(first..=last).contains(&id)));
}

/// An erasure took rows of this table, and the journal does not say which.
fn forget(table: &mut Table) {
    table.runs.iter_mut().for_each(|run| run.perhaps = true);
    for known in table.rows.values_mut() {
        if let Known::Image(image) = known {
            *known = Known::Perhaps(std::mem::take(image));
        }
    }
}

/// Images of one row, perhaps of two schemas: what only one of them has is no difference.
fn same(one: &str, other: &str) -> bool {
    if one == other {
        return true;
    }
    let (Ok(Json::Object(one)), Ok(Json::Object(other))) = (serde_json::from_str(one), serde_json::from_str(other))
    else {
        return false;
    };
    one.iter().all(|(column, value)| other.get(column).is_none_or(|v| v == value))
}

fn compare(took: &Took<'_>, meta: Meta, mut table: Table, found: &mut Replayed) -> Result<()> {
    each_row(took.db, meta, "", &mut |values| {
        let row = image(meta.columns, values);
        let key = key_of(meta, Some(&row));
        let text = secret::hidden(meta.table, row).to_string();
        found.rows += 1;
        match table.rows.remove(&key) {
            Some(Known::Image(known)) if same(&known, &text) => {}
            Some(Known::Image(_)) => found.wrong(meta.table, &key, "differs"),
            Some(Known::Perhaps(known)) if same(&known, &text) => {}
            Some(Known::Perhaps(known)) if took.left(meta.table, &known, &text) => found.unknown += 1,
            Some(Known::Perhaps(_)) => found.wrong(meta.table, &key, "differs"),
            Some(Known::Unknown) => found.unknown += 1,
            Some(Known::Gone) => found.wrong(meta.table, &key, "extra"),
            // Its run tells of it.
            None if key.parse().is_ok_and(|id| table.run_of(id).is_some()) => {}
            None => found.wrong(meta.table, &key, "extra"),
        }
        Ok(())
    })?;
    for (key, known) in &table.rows {
        match known {
            Known::Perhaps(image) if took.perhaps(meta.table, image)? => found.unknown += 1,
            Known::Image(_) | Known::Perhaps(_) => found.wrong(meta.table, key, "missing"),
            Known::Gone | Known::Unknown => {}
        }
    }
    let runs = std::mem::take(&mut table.runs);
    runs.iter().try_for_each(|run| check_run(took, meta, run, &table.inserted, found))
}

/// Computes a run's digest anew, over its rows as they were inserted. A run has a thousand rows at most.
fn check_run(
    took: &Took<'_>,
    meta: Meta,
    run: &Span,
    inserted: &HashMap<i64, Option<String>>,
    found: &mut Replayed,
) -> Result<()> {
    let Some(salt) = &run.salt else {
        found.unknown += 1;
        return Ok(());
    };
    let mut now: HashMap<i64, Vec<Value>> = HashMap::new();
    let filter = format!("WHERE id BETWEEN {} AND {}", run.first, run.last);
    let place = meta.columns.iter().position(|c| *c == "id").unwrap_or(0);
    each_row(took.db, meta, &filter, &mut |values| {
        if let Some(Value::Integer(id)) = values.get(place) {
            now.insert(*id, values.to_vec());
        }
        Ok(())
    })?;
    let (mut hash, mut bytes) = (salted(salt), Vec::new());
    for id in run.first..=run.last {
        let then = match inserted.get(&id) {
            // The words of the operation that changed it first are gone.
            Some(None) => {
                found.unknown += 1;
                return Ok(());
            }
            Some(Some(image)) => serde_json::from_str(image).ok().map(|image: Json| cells(meta.columns, &image)),
            None => now.remove(&id),
        };
        if run.perhaps
            && let Some(now) = &then
            && took.number_of(&image(meta.columns, now))
        {
            found.unknown += 1;
            return Ok(());
        }
        let Some(then) = then else {
            if run.perhaps && !Took::only_empties(meta.table) {
                found.unknown += 1;
                return Ok(());
            }
            found.wrong(meta.table, &id.to_string(), "missing");
            return Ok(());
        };
        bytes.clear();
        then.iter().for_each(|value| put(&mut bytes, ValueRef::from(value)));
        hash.update(&bytes);
    }
    if Some(hex(&hash.finalize())) != run.digest {
        found.wrong(meta.table, &run.first.to_string(), "run");
    }
    Ok(())
}

fn each_row(db: &Connection, meta: Meta, tail: &str, each: &mut dyn FnMut(&[Value]) -> Result<()>) -> Result<()> {
    let mut statement = db.prepare(&format!("SELECT {} FROM {} {tail}", all_columns(meta.columns), meta.table))?;
    let mut rows = statement.query([])?;
    while let Some(row) = rows.next()? {
        let values: Vec<Value> = (0..meta.columns.len()).map(|i| row.get(i)).collect::<rusqlite::Result<_>>()?;
        each(&values)?;
    }
    Ok(())
}
