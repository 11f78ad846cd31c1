//! Typed reads of single tables. Joined read models are in `views`.
use super::fault::Result;
use super::record::Record;
use super::tx::all_columns;
use rusqlite::{OptionalExtension, Params};

/// Named by those above, who may not know `rusqlite`.
pub use rusqlite::Connection;

/// Rows of one table; `tail` is what follows the table's name: `WHERE batch = ?1 ORDER BY id`.
pub fn select<R: Record>(db: &Connection, tail: &str, params: impl Params) -> Result<Vec<R>> {
    let sql = format!("SELECT {} FROM {} {tail}", all_columns(R::COLUMNS), R::TABLE);
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map(params, |r| R::read(r))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The first such row.
pub fn first<R: Record>(db: &Connection, tail: &str, params: impl Params) -> Result<Option<R>> {
    let sql = format!("SELECT {} FROM {} {tail} LIMIT 1", all_columns(R::COLUMNS), R::TABLE);
    Ok(db.prepare_cached(&sql)?.query_row(params, |r| R::read(r)).optional()?)
}

pub fn count<R: Record>(db: &Connection, tail: &str, params: impl Params) -> Result<i64> {
    let sql = format!("SELECT count(*) FROM {} {tail}", R::TABLE);
    Ok(db.prepare_cached(&sql)?.query_row(params, |r| r.get(0))?)
}
