//! Filling a table with rows whose type is not known here. Journaled like any other insert.
use super::fault::{Result, StoreFault};
use super::record::{Meta, bind_cell, owned};
use super::search_text;
use super::tx::{RUN, Tx, all_columns, bare, image, insert_sql, meta};
use crate::model::Cell;
use rusqlite::types::Value;
use rusqlite::{OptionalExtension, Statement, params_from_iter};
use sha2::{Digest, Sha256};

/// Rows of a table numbered by `id` are journaled as runs, those of other tables by their images.
pub struct Load<'db> {
    meta: Meta,
    statement: Statement<'db>,
    numbered: bool,
    first: i64,
    from: i64,
    next: i64,
    hash: Sha256,
    /// The row at hand, as the digest sees it.
    bytes: Vec<u8>,
}

impl<'db> Load<'db> {
    /// For a table that holds no row yet whose id is `first` or more.
    pub fn begin(tx: &Tx<'db>, table: &str, first: i64) -> Result<Load<'db>> {
        let meta = meta(table)?;
        let statement = tx.db().prepare(&insert_sql(meta.table, meta.columns))?;
        let numbered = meta.key == ["id"];
        let (hash, bytes) = (tx.run_hash(), Vec::new());
        Ok(Load { meta, statement, numbered, first, from: first, next: first, hash, bytes })
    }

    /// The id that the next row must have.
    pub fn next_id(&self) -> i64 {
        self.next
    }

    /// Inserts a row, values in the order of the table's columns. A row that is refused leaves no trace.
    pub fn push(&mut self, tx: &mut Tx<'_>, row: &[Cell<'_>]) -> Result<()> {
        if !self.numbered {
            let values = row.iter().map(|c| owned(c)).collect::<rusqlite::Result<Vec<_>>>()?;
            return tx.replace(self.meta, None, Some(image(self.meta.columns, &values)));
        }
        self.bytes.clear();
        for (n, cell) in row.iter().enumerate() {
            bind_cell(&mut self.statement, n + 1, cell, &mut self.bytes)?;
        }
        self.statement.raw_execute()?;
        self.hash.update(&self.bytes);
        self.next += 1;
        if self.next - self.from == RUN { self.note(tx) } else { Ok(()) }
    }

    pub fn finish(mut self, tx: &mut Tx<'_>) -> Result<()> {
        if self.next > self.from {
            self.note(tx)?;
        }
        search_text::follow(tx.db(), self.meta.table, self.first, self.next - 1)
    }

    fn note(&mut self, tx: &mut Tx<'_>) -> Result<()> {
        let hash = std::mem::replace(&mut self.hash, tx.run_hash());
        tx.note_run(self.meta, self.from, self.next - 1, hash)?;
        self.from = self.next;
        Ok(())
    }
}

impl<'db> Load<'db> {
    /// For rows that follow those that the table has.
    pub fn after_last(tx: &Tx<'db>, table: &str) -> Result<Load<'db>> {
        let meta = meta(table)?;
        let first = match meta.key == ["id"] {
            true => {
                let sql = format!("SELECT coalesce(max(id), 0) + 1 FROM {}", meta.table);
                tx.db().query_row(&sql, [], |r| r.get(0))?
            }
            false => 1,
        };
        Load::begin(tx, table, first)
    }
}

/// Values of a row in the order of the table's columns. `None`: an id, or what stays here whatever comes in.
pub type Loose<'c> = [Option<Cell<'c>>];

/// Puts the row `old` as `new`; without `old` it is added, without `new` it goes. A row that is not here as `old` says
/// is a constraint fault.
pub fn put(tx: &mut Tx<'_>, table: &str, old: Option<&Loose<'_>>, new: Option<&Loose<'_>>) -> Result<()> {
    let meta = meta(table)?;
    let before = old.map(|old| standing(tx, &meta, old)).transpose()?;
    let after = new.map(|new| filled(tx, &meta, new, before.as_deref())).transpose()?;
    let picture = |values: Option<Vec<Value>>| values.map(|v| image(meta.columns, &v));
    tx.replace(meta, picture(before), picture(after))
}

/// The whole row that has these values.
fn standing(tx: &Tx<'_>, meta: &Meta, wanted: &Loose<'_>) -> Result<Vec<Value>> {
    let known = || meta.columns.iter().zip(wanted).filter_map(|(c, v)| v.as_ref().map(|v| (bare(c), v)));
    let filter: Vec<_> = known().enumerate().map(|(n, (c, _))| format!("\"{c}\" IS ?{}", n + 1)).collect();
    let values = known().map(|(_, v)| owned(v)).collect::<rusqlite::Result<Vec<_>>>()?;
    let sql =
        format!("SELECT {} FROM {} WHERE {} LIMIT 1", all_columns(meta.columns), meta.table, filter.join(" AND "));
    let width = meta.columns.len();
    let mut statement = tx.db().prepare_cached(&sql)?;
    let found = statement.query_row(params_from_iter(values), |r| (0..width).map(|n| r.get(n)).collect()).optional()?;
    found.ok_or_else(|| StoreFault::Constraint(format!("{} row changed meanwhile", meta.table)))
}

fn filled(tx: &Tx<'_>, meta: &Meta, new: &Loose<'_>, before: Option<&[Value]>) -> Result<Vec<Value>> {
    let mut row = Vec::with_capacity(new.len());
    for (n, (column, value)) in meta.columns.iter().zip(new).enumerate() {
        row.push(match (value, before.and_then(|b| b.get(n))) {
            (Some(value), _) => owned(value)?,
            (None, Some(kept)) => kept.clone(),
            (None, None) if *column == "id" => {
                let sql = format!("SELECT coalesce(max(id), 0) + 1 FROM {}", meta.table);
                tx.db().query_row(&sql, [], |r| r.get(0))?
            }
            (None, None) => Value::Null,
        });
    }
    Ok(row)
}

/// Puts a numbered row as `values` have it, in the order of the table's columns; `false`: it is so already.
pub fn rewrite(tx: &mut Tx<'_>, table: &str, id: i64, values: &[Cell<'_>]) -> Result<bool> {
    let meta = meta(table)?;
    let sql = format!("SELECT {} FROM {} WHERE id = ?1", all_columns(meta.columns), meta.table);
    let width = meta.columns.len();
    let before: Vec<Value> = tx.db().query_row(&sql, [id], |r| (0..width).map(|n| r.get(n)).collect())?;
    let after = values.iter().map(|c| owned(c)).collect::<rusqlite::Result<Vec<_>>>()?;
    if before == after {
        return Ok(false);
    }
    tx.replace(meta, Some(image(meta.columns, &before)), Some(image(meta.columns, &after)))?;
    Ok(true)
}
