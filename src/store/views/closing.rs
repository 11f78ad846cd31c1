//! What is still open in a batch, counted.
use crate::model::BatchId;
use crate::store::fault::Result;
use rusqlite::Connection;

/// Matters that somebody else still has to decide: code, table, and how many of it are open in batch `?1`.
const OPEN: &[(&str, &str, &str)] = &[
    (
        "mark_changes",
        "mark_change",
        "JOIN application a ON a.id = t.application WHERE a.batch = ?1 AND t.state = 'asked'",
    ),
    (
        "unlocks",
        "mark_lock",
        "JOIN session s ON s.id = t.session WHERE s.batch = ?1 AND t.asked_by IS NOT NULL AND t.opened_by IS NULL",
    ),
    ("sealed_scripts", "script_bag", "WHERE t.batch = ?1 AND t.unsealed_at IS NULL"),
    (
        "open_panels",
        "panel",
        "WHERE t.batch = ?1 AND t.state = 'open' AND EXISTS (SELECT 1 FROM panel_candidate c \
         WHERE c.panel = t.id AND c.replaced IS NULL)",
    ),
    ("incidents", "incident", "JOIN session s ON s.id = t.session WHERE s.batch = ?1 AND t.state = 'reported'"),
    ("complaints", "complaint", "WHERE t.batch = ?1 AND t.state IN ('received', 'accepted')"),
    (
        "list_objections",
        "list_objection",
        "JOIN application a ON a.id = t.application WHERE a.batch = ?1 AND t.state = 'open'",
    ),
    (
        "result_objections",
        "result_objection",
        "JOIN application a ON a.id = t.application WHERE a.batch = ?1 AND t.state = 'open'",
    ),
    ("publicity", "publication", "WHERE t.batch = ?1 AND t.state = 'open'"),
    ("uploads", "upload", "WHERE t.batch = ?1 AND t.state = 'submitted'"),
];

/// Each with how many, those with none left out.
pub fn open_matters(db: &Connection, batch: BatchId) -> Result<Vec<(&'static str, i64)>> {
    let mut found = Vec::new();
    for (code, table, filter) in OPEN {
        let sql = format!("SELECT count(*) FROM {table} t {filter}");
        let count: i64 = db.prepare_cached(&sql)?.query_row([batch], |r| r.get(0))?;
        if count > 0 {
            found.push((*code, count));
        }
    }
    Ok(found)
}

/// What is not done, though nothing hinders its being done later.
pub fn undone(db: &Connection, batch: BatchId, paper_is_kept: i64) -> Result<Vec<(&'static str, i64)>> {
    let unlocked = "SELECT count(*) FROM session s WHERE s.batch = ?1 AND EXISTS (SELECT 1 FROM placement p \
                    WHERE p.session = s.id) AND NOT EXISTS (SELECT 1 FROM mark_lock l WHERE l.session = s.id) \
                    AND EXISTS (SELECT 1 FROM mark m JOIN placement p ON p.application = m.application \
                    WHERE p.session = s.id AND m.subject = s.subject)";
    let unboxed = "SELECT count(*) FROM (SELECT DISTINCT b.session, b.room FROM paper_bag b JOIN session s ON s.id = b.session \
                   WHERE s.batch = ?1 AND b.room IS NOT NULL AND NOT EXISTS (SELECT 1 FROM archive_box x \
                   WHERE x.session = b.session AND x.room = b.room)) WHERE ?2";
    let undelivered = "SELECT count(*) FROM certificate c WHERE c.batch = ?1 AND c.state = 'valid' AND NOT EXISTS \
                       (SELECT 1 FROM certificate_delivery d WHERE d.certificate = c.id AND d.returned_on IS NULL)";
    let count = |sql: &str, kept: Option<i64>| -> Result<i64> {
        let mut statement = db.prepare_cached(sql)?;
        Ok(match kept {
            Some(kept) => statement.query_row((batch, kept), |r| r.get(0))?,
            None => statement.query_row([batch], |r| r.get(0))?,
        })
    };
    let all = [
        ("unlocked", count(unlocked, None)?),
        ("papers", count(unboxed, Some(paper_is_kept))?),
        ("undelivered", count(undelivered, None)?),
    ];
    Ok(all.into_iter().filter(|(_, count)| *count > 0).collect())
}

/// Approved applications whose signed original never came in.
pub fn without_original(db: &Connection, batch: BatchId) -> Result<i64> {
    let sql = "SELECT count(*) FROM application WHERE batch = ?1 AND state = 'approved' AND original_at IS NULL";
    Ok(db.prepare_cached(sql)?.query_row([batch], |r| r.get(0))?)
}
