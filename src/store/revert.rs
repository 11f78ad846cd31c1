//! Taking an operation back: every change in reverse, each only if the row still is as the operation left it.
use super::fault::Result;
use super::journal::{self, ChangeRow};
use super::record::{Meta, put};
use super::secret;
use super::tx::{Tx, all_columns, bare, cells, image, meta, salted};
use crate::model::OpNo;
use rusqlite::OptionalExtension;
use rusqlite::types::Value;
use serde_json::Value as Json;
use sha2::Digest;

/// What became of taking an operation back. Only after `Done` may the transaction be committed.
#[derive(Debug, Clone, PartialEq)]
pub enum Reverted {
    Done,
    /// A row is no longer as the operation left it.
    ChangedSince {
        record: String,
        /// The newest later operation that touched the row; `None` when no operation did.
        by: Option<OpNo>,
    },
    /// The undo of a bulk insert: the journal has no images of the rows that went.
    RowsNotKept {
        record: String,
    },
    /// The row held a secret, of which the journal has only the digest.
    SecretNotKept,
    /// What the operation did was erased.
    Erased,
}

/// Leave that two people gave.
const SIGNATURES: &str = "countersignature";

/// Writes the images before `of` through `tx`.
pub fn revert(tx: &mut Tx<'_>, of: OpNo) -> Result<Reverted> {
    let changes = journal::changes(tx.db(), of)?;
    let Some(salt) = journal::operation(tx.db(), of)?.and_then(|op| op.salt) else { return Ok(Reverted::Erased) };
    tx.mark_undo(of);
    // Leave counts once, whatever becomes of what it was for.
    for change in changes.iter().rev().filter(|change| change.record != SIGNATURES) {
        let meta = meta(&change.record)?;
        let record = change.record.clone();
        if change.upto.is_some() && change.before.is_some() {
            return Ok(Reverted::RowsNotKept { record });
        }
        let row = match change.upto {
            Some(last) => revert_run(tx, meta, (change, last), &salt)?,
            None => revert_row(tx, meta, change)?,
        };
        match row {
            Row::Back => {}
            Row::Changed => return Ok(Reverted::ChangedSince { record, by: later(tx, change, of)? }),
            Row::Secret => return Ok(Reverted::SecretNotKept),
        }
    }
    Ok(Reverted::Done)
}

/// What became of one change.
enum Row {
    Back,
    Changed,
    Secret,
}

fn revert_row(tx: &mut Tx<'_>, meta: Meta, change: &ChangeRow) -> Result<Row> {
    let parse = |text: &Option<String>| text.as_deref().and_then(|t| serde_json::from_str::<Json>(t).ok());
    let (before, after) = (parse(&change.before), parse(&change.after));
    let now = current(tx, meta, after.as_ref().or(before.as_ref()))?;
    if now.clone().map(|row| secret::hidden(meta.table, row)) != after {
        return Ok(Row::Changed);
    }
    let before = match before {
        Some(image) => match secret::restored(meta.table, image, now.as_ref()) {
            Some(row) => Some(row),
            None => return Ok(Row::Secret),
        },
        None => None,
    };
    tx.replace(meta, now, before)?;
    Ok(Row::Back)
}

fn current(tx: &Tx<'_>, meta: Meta, image_of: Option<&Json>) -> Result<Option<Json>> {
    let Some(image_of) = image_of else { return Ok(None) };
    let filter: Vec<_> = meta.key.iter().enumerate().map(|(i, c)| format!("\"{}\" = ?{}", bare(c), i + 1)).collect();
    let sql = format!("SELECT {} FROM {} WHERE {}", all_columns(meta.columns), meta.table, filter.join(" AND "));
    let key = cells(meta.key, image_of);
    let width = meta.columns.len();
    let row = tx
        .db()
        .prepare_cached(&sql)?
        .query_row(rusqlite::params_from_iter(key.iter()), |r| {
            (0..width).map(|i| r.get(i)).collect::<rusqlite::Result<Vec<Value>>>()
        })
        .optional()?;
    Ok(row.map(|values| image(meta.columns, &values)))
}

/// Removes a run of rows after checking that every one is as it was inserted.
fn revert_run(tx: &mut Tx<'_>, meta: Meta, (change, last): (&ChangeRow, i64), salt: &str) -> Result<Row> {
    let first: i64 = change.key.parse().unwrap_or(0);
    let sql =
        format!("SELECT {} FROM {} WHERE id BETWEEN ?1 AND ?2 ORDER BY id", all_columns(meta.columns), meta.table);
    let (mut hash, mut bytes, mut count) = (salted(salt), Vec::new(), 0);
    {
        let mut statement = tx.db().prepare(&sql)?;
        let mut rows = statement.query([first, last])?;
        while let Some(row) = rows.next()? {
            count += 1;
            bytes.clear();
            for i in 0..meta.columns.len() {
                put(&mut bytes, row.get_ref(i)?);
            }
            hash.update(&bytes);
        }
    }
    if count != last - first + 1 || Some(journal::hex(&hash.finalize())) != change.digest {
        return Ok(Row::Changed);
    }
    let sql = format!("DELETE FROM {} WHERE id BETWEEN ?1 AND ?2", meta.table);
    tx.execute_image(&sql, &[Value::Integer(first), Value::Integer(last)])?;
    tx.note_run_removed(meta, change)?;
    Ok(Row::Back)
}

fn later(tx: &Tx<'_>, change: &ChangeRow, of: OpNo) -> Result<Option<OpNo>> {
    let sql = "SELECT op FROM change WHERE op > ?1 AND record = ?2 AND (key = ?3 OR (?4 IS NOT NULL \
               AND CAST(key AS INTEGER) BETWEEN CAST(?3 AS INTEGER) AND ?4)) ORDER BY op DESC LIMIT 1";
    let found = tx
        .db()
        .prepare_cached(sql)?
        .query_row(rusqlite::params![of, change.record, change.key, change.upto], |r| r.get(0))
        .optional()?;
    Ok(found.filter(|no| *no != tx.op()))
}
