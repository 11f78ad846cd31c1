//! Finding people: every way through an index, so that one character is answered at once among a million.
use crate::model::{ApplicationId, BatchId};
use crate::store::fault::Result;
use rusqlite::{Connection, Params};
use std::collections::HashSet;

/// What somebody typed, already folded, by its shape. Made by `ops::search`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Query {
    /// Digits, perhaps ending in X: a ticket number from its start, an ID number from its start or end.
    Digits(String),
    /// Latin letters, lower case: initials or pinyin from their start.
    Letters(String),
    /// Part of a name.
    Name(String),
    /// Room number and seat.
    Seat(i64, i64),
    Nothing,
}

/// At most `limit` people of the batch, best matches first, nobody twice. One more than fits on the screen says "more".
pub fn people(db: &Connection, batch: BatchId, query: &Query, limit: usize) -> Result<Vec<ApplicationId>> {
    let mut found = Found { limit, ids: Vec::new(), seen: HashSet::new() };
    match query {
        Query::Digits(text) => by_digits(db, batch, text, &mut found)?,
        Query::Letters(text) => by_letters(db, batch, text, &mut found)?,
        Query::Name(text) => by_name(db, batch, text, &mut found)?,
        Query::Seat(room, seat) => {
            let sql = "SELECT p.application FROM placement p JOIN room r ON r.id = p.room \
                       WHERE r.batch = ?1 AND r.number = ?2 AND p.seat = ?3 GROUP BY p.application ORDER BY min(p.session)";
            found.add(db, sql, (batch, room, seat))?;
        }
        Query::Nothing => {}
    }
    Ok(found.ids)
}

struct Found {
    limit: usize,
    ids: Vec<ApplicationId>,
    seen: HashSet<ApplicationId>,
}

impl Found {
    fn full(&self) -> bool {
        self.ids.len() >= self.limit
    }

    fn add(&mut self, db: &Connection, sql: &str, params: impl Params) -> Result<()> {
        if self.full() {
            return Ok(());
        }
        let mut statement = db.prepare_cached(sql)?;
        let mut rows = statement.query(params)?;
        while let Some(row) = rows.next()? {
            let id = row.get(0)?;
            if self.seen.insert(id) {
                self.ids.push(id);
            }
            if self.full() {
                break;
            }
        }
        Ok(())
    }
}

/// The first text after every text that starts with `prefix`.
fn after(prefix: &str) -> String {
    format!("{prefix}\u{10FFFF}")
}

fn by_digits(db: &Connection, batch: BatchId, text: &str, found: &mut Found) -> Result<()> {
    let ticket = "SELECT application FROM ticket WHERE batch = ?1 AND number >= ?2 AND number < ?3 ORDER BY number";
    found.add(db, ticket, (batch, text, after(text)))?;
    let tail: String = text.chars().rev().collect();
    let by_tail =
        "SELECT id FROM application WHERE batch = ?1 AND id_reversed >= ?2 AND id_reversed < ?3 ORDER BY id_reversed";
    found.add(db, by_tail, (batch, &tail, after(&tail)))?;
    let by_start =
        "SELECT id FROM application WHERE batch = ?1 AND id_number >= ?2 AND id_number < ?3 ORDER BY id_number";
    found.add(db, by_start, (batch, text, after(text)))
}

fn by_letters(db: &Connection, batch: BatchId, text: &str, found: &mut Found) -> Result<()> {
    let initials =
        "SELECT id FROM application WHERE batch = ?1 AND initials >= ?2 AND initials < ?3 ORDER BY initials, pinyin";
    found.add(db, initials, (batch, text, after(text)))?;
    // Whole pinyin through the same index: jump from one value of the initials to the next.
    let pinyin = "WITH RECURSIVE i (v) AS ( \
           SELECT min(initials) FROM application WHERE batch = ?1 AND initials >= ?2 AND initials < ?3 \
         UNION ALL \
           SELECT (SELECT min(initials) FROM application WHERE batch = ?1 AND initials > v AND initials < ?3) FROM i WHERE v IS NOT NULL) \
         SELECT a.id FROM i JOIN application a ON a.batch = ?1 AND a.initials = i.v AND a.pinyin >= ?4 AND a.pinyin < ?5 \
         WHERE i.v IS NOT NULL";
    let first: String = text.chars().take(1).collect();
    found.add(db, pinyin, (batch, &first, after(&first), text, after(text)))?;
    let other = "SELECT a.id FROM name_search s JOIN application a ON a.id = s.rowid WHERE name_search MATCH ?2 AND a.batch = ?1";
    found.add(db, other, (batch, format!("readings : {text}*")))
}

fn by_name(db: &Connection, batch: BatchId, text: &str, found: &mut Found) -> Result<()> {
    let prefix = "SELECT id FROM application WHERE batch = ?1 AND name >= ?2 AND name < ?3 ORDER BY name";
    found.add(db, prefix, (batch, text, after(text)))?;
    let phrase = split_chars(text);
    if phrase.is_empty() {
        return Ok(());
    }
    let inside = "SELECT a.id FROM name_search s JOIN application a ON a.id = s.rowid WHERE name_search MATCH ?2 AND a.batch = ?1";
    found.add(db, inside, (batch, format!("chars : \"{phrase}\"")))
}

/// A name with a blank between its characters; the middle dot and signs are left out. Lower case where there is case.
pub fn split_chars(name: &str) -> String {
    let mut out = String::with_capacity(name.len() + name.len() / 3);
    for c in name.chars().filter(|c| c.is_alphanumeric()) {
        if !out.is_empty() {
            out.push(' ');
        }
        out.extend(c.to_lowercase());
    }
    out
}
