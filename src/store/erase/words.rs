//! The words of the journal: the digest of what an operation said takes the place of what it said.
use super::super::fault::Result;
use super::super::journal::{self, OPERATION_COLUMNS, OperationRow};
use crate::model::BatchId;
use rusqlite::{Connection, params};
use std::collections::HashSet;

/// Erases the words of every operation of the batch, and of every other one that names one of its people by number; gives
/// how many.
pub(super) fn erase(db: &Connection, batch: BatchId) -> Result<i64> {
    let people = people(db)?;
    let mut count = 0;
    for op in not_erased(db)? {
        // What was sealed, read and erased says nothing of the people, and is looked at long after.
        let of_batch = op.batch == Some(batch.0) && !op.kind.starts_with("archive.") && !is_of_the_house(&op);
        if !of_batch && !names(db, &op, &people)? {
            continue;
        }
        let content = op.content(journal::fed(db, &op)?);
        let sql = "UPDATE operation SET params = '{}', reason = NULL, first_before = NULL, first_after = NULL, \
                   salt = NULL, content = ?2 WHERE id = ?1";
        db.prepare_cached(sql)?.execute(params![op.id, content])?;
        db.prepare_cached("UPDATE further_change SET before = NULL, after = NULL WHERE op = ?1")?.execute([op.id])?;
        count += 1;
    }
    Ok(count)
}

/// Tables that tell of the site and of those who work there, of no candidate.
const HOUSE: &[&str] = &["known_site", "lineage", "operator", "operator_key", "pin_failure", "pin_rule", "site"];

/// Whether it changed such tables alone, and the leave for it, with whatever batch was at hand: what somebody may do is asked
/// long after.
fn is_of_the_house(op: &OperationRow) -> bool {
    let mut changed = op.changes.split(',').filter(|record| *record != "countersignature").peekable();
    changed.peek().is_some() && changed.all(|record| HOUSE.contains(&record))
}

fn people(db: &Connection) -> Result<HashSet<String>> {
    let mut statement = db.prepare("SELECT id_number FROM temp.erased_person")?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

fn not_erased(db: &Connection) -> Result<Vec<OperationRow>> {
    let sql = format!("SELECT {OPERATION_COLUMNS} FROM operation WHERE content IS NULL ORDER BY id");
    let mut statement = db.prepare(&sql)?;
    let rows = statement.query_map([], OperationRow::read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Whether an operation's words have one of the numbers.
fn names(db: &Connection, op: &OperationRow, people: &HashSet<String>) -> Result<bool> {
    let named = |text: &str| text.split(|c: char| !c.is_alphanumeric()).any(|word| people.contains(word));
    if named(&op.params) || op.reason.as_deref().is_some_and(named) {
        return Ok(true);
    }
    let changes = journal::changes(db, op.id)?;
    Ok(changes.iter().flat_map(|c| [&c.before, &c.after]).flatten().any(|image| named(image)))
}
