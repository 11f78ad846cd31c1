//! The search inside names, for new rows.
//!
//! A trigger would do it, but inside a trigger each row is a savepoint of its own, and at every savepoint the text index
//! writes what it has gathered: a bulk load took more than twice as long. Changes and deletions do follow by triggers.
use super::fault::Result;
use super::record::Record;
use super::records::ApplicationRow;
use rusqlite::Connection;

/// Adds the rows that were inserted with these ids, if the table is one that is searched.
pub fn follow(db: &Connection, table: &str, first: i64, last: i64) -> Result<()> {
    if table != ApplicationRow::TABLE || last < first {
        return Ok(());
    }
    let sql = "INSERT INTO name_search (rowid, chars, readings) \
               SELECT id, name_chars, other_readings FROM application WHERE id BETWEEN ?1 AND ?2";
    db.prepare_cached(sql)?.execute([first, last])?;
    Ok(())
}

/// The same for the row just inserted.
pub fn follow_one(db: &Connection, table: &str) -> Result<()> {
    let id = db.last_insert_rowid();
    follow(db, table, id, id)
}
