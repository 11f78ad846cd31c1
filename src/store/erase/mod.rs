//! Erasing the people of a batch: from the tables, the search, and the words of the journal. What counts stays: how many
//! applied for what, which certificate numbers are taken, what was sealed.
//!
//! Which rows go is read from the schema: everything that leads to the batch by foreign keys, unless it is named in
//! [`STAYS`]. A new table is erased without anybody having thought of it.
mod graph;
mod took;
mod words;

use super::fault::Result;
use super::journal::OperationRow;
use super::tx::Tx;
use crate::model::{BatchId, Day};
use graph::Graph;
use rusqlite::{Connection, params};
pub(super) use took::Took;

/// Tables whose rows stay. With columns named, every other column is emptied.
const STAYS: &[(&str, &[&str])] = &[
    ("application", &["id", "batch", "occupation", "occupation_name", "level", "document", "route", "state"]),
    ("archive", &[]),
    ("archive_box", &[]),
    ("archive_reading", &[]),
    ("batch", &[]),
    ("certificate", &[]),
    ("certificate_copy", &[]),
    ("computation", &[]),
    ("erasure", &[]),
    ("paper_bag", &[]),
    ("publication", &[]),
    ("qualification", &[]),
    ("room", &[]),
    ("roster", &[]),
    ("sanction", &[]),
    ("session", &[]),
    ("session_closing", &[]),
    ("stock_movement", &[]),
    ("upload", &[]),
    ("venue", &[]),
];

/// What stands before its id where a row's identity number stood.
const ERASED: &str = "erased-";

/// What was erased.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, serde::Serialize)]
pub struct Erased {
    pub people: i64,
    pub rows: i64,
    /// Operations of the journal whose words are gone.
    pub operations: i64,
    /// Sanctions that still run: they keep the name and number of their person.
    pub barred: i64,
}

/// Whether an operation changed rows of a batch, not only such as the site has beside its batches: its people, its stock.
pub fn is_of_a_batch(db: &Connection, op: &OperationRow) -> Result<bool> {
    let graph = Graph::read(db)?;
    Ok(op.changes.split(',').any(|record| record != "countersignature" && graph.leads(record)))
}

/// Erases within the transaction. Names and numbers are still in free pages and in the log until [`super::Store::scrub`].
pub fn erase(tx: &mut Tx<'_>, batch: BatchId, today: Day) -> Result<Erased> {
    let db = tx.db();
    let people = whom(db, batch)?;
    let guards = guards(db)?;
    guards.iter().try_for_each(|(name, _)| db.execute_batch(&format!("DROP TRIGGER \"{name}\"")))?;
    let mut counts = Vec::new();
    let graph = Graph::read(db)?;
    for table in graph.leaves_first() {
        if STAYS.iter().any(|(name, _)| *name == table) {
            continue;
        }
        let sql = format!("DELETE FROM \"{table}\" WHERE {}", graph.of_batch(&table));
        counts.push((db.execute(&sql, [batch])?, table));
    }
    let (lifted, barred) = sanctions(db, today)?;
    let ties = "DELETE FROM staff_tie WHERE id_number IN (SELECT id_number FROM temp.erased_person)";
    counts.extend([(lifted, "sanction".to_owned()), (db.execute(ties, [])?, "staff_tie".to_owned())]);
    empty(db, batch)?;
    let operations = words::erase(db, batch)?;
    guards.iter().try_for_each(|(_, sql)| db.execute_batch(sql))?;
    search(db)?;
    db.execute_batch("DROP TABLE temp.erased_person")?;
    let mut rows = 0;
    for (count, table) in counts.iter().filter(|(count, _)| *count > 0) {
        rows += i64::try_from(*count).unwrap_or(i64::MAX);
        tx.note_erased(table, *count)?;
    }
    tx.note_erased("application", usize::try_from(people).unwrap_or_default())?;
    Ok(Erased { people, rows, operations, barred })
}

/// Fills `temp.erased_person` with those who are in no other batch, and says how many people the batch has.
fn whom(db: &Connection, batch: BatchId) -> Result<i64> {
    db.execute_batch(
        "DROP TABLE IF EXISTS temp.erased_person; CREATE TEMP TABLE erased_person (id_number TEXT PRIMARY KEY)",
    )?;
    let sql = "INSERT OR IGNORE INTO temp.erased_person SELECT a.id_number FROM application a WHERE a.batch = ?1 \
               AND NOT EXISTS (SELECT 1 FROM application b WHERE b.id_number = a.id_number AND b.batch <> ?1)";
    db.execute(sql, [batch])?;
    Ok(db.query_row("SELECT count(*) FROM application WHERE batch = ?1", [batch], |r| r.get(0))?)
}

/// Triggers that only forbid, with their texts; those of the journal stay in force.
fn guards(db: &Connection) -> Result<Vec<(String, String)>> {
    let sql = "SELECT name, sql FROM sqlite_schema WHERE type = 'trigger' AND sql LIKE '%RAISE(ABORT%' \
               AND tbl_name NOT IN ('operation', 'further_change')";
    let mut statement = db.prepare(sql)?;
    let rows = statement.query_map([], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Removes the sanctions that have run out; gives their number, and that of those that run on.
fn sanctions(db: &Connection, today: Day) -> Result<(usize, i64)> {
    let of = "id_number IN (SELECT id_number FROM temp.erased_person)";
    let gone = format!("DELETE FROM sanction WHERE {of} AND (lifted = 1 OR until_day IS NULL OR until_day < ?1)");
    let lifted = db.execute(&gone, params![today])?;
    let barred = db.query_row(&format!("SELECT count(*) FROM sanction WHERE {of}"), [], |r| r.get(0))?;
    Ok((lifted, barred))
}

/// Empties the columns of the rows that stay.
fn empty(db: &Connection, batch: BatchId) -> Result<()> {
    for (table, stay) in STAYS.iter().filter(|(_, stay)| !stay.is_empty()) {
        let mut statement = db.prepare(&format!("SELECT name, \"notnull\" FROM pragma_table_info('{table}')"))?;
        let columns = statement.query_map([], |r| Ok((r.get::<_, String>(0)?, r.get::<_, bool>(1)?)))?;
        let mut set = Vec::new();
        for column in columns {
            let (name, needed) = column?;
            if stay.contains(&name.as_str()) {
                continue;
            }
            let value = match (name.as_str(), needed) {
                ("id_number", _) => format!("'{ERASED}' || id"),
                ("name", _) => "'-'".to_owned(),
                (_, true) => "''".to_owned(),
                (_, false) => "NULL".to_owned(),
            };
            set.push(format!("\"{name}\" = {value}"));
        }
        db.execute(&format!("UPDATE {table} SET {} WHERE batch = ?1", set.join(", ")), [batch])?;
    }
    Ok(())
}

/// The text index keeps deleted words until it is merged: it is made anew.
fn search(db: &Connection) -> Result<()> {
    Ok(db.execute_batch(
        "INSERT INTO name_search (name_search) VALUES ('delete-all'); \
         INSERT INTO name_search (rowid, chars, readings) SELECT id, name_chars, other_readings FROM application",
    )?)
}
