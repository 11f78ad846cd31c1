//! What is open about published results, by person.
use crate::model::{ApplicationId, BatchId, MarkChangeId, OperatorId, Subject};
use crate::store::fault::Result;
use rusqlite::Connection;

/// An objection or request that is not settled yet.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Open {
    pub number: i64,
    pub application: ApplicationId,
    pub recheck: bool,
    /// The change of the mark that a founded re-check asked for.
    pub change: Option<MarkChangeId>,
    /// Nobody has decided that change yet; else it was refused or withdrawn.
    pub change_waits: bool,
}

/// Those without a decision, and founded re-checks whose change of the mark was not approved.
pub fn open_objections(db: &Connection, batch: BatchId) -> Result<Vec<Open>> {
    let sql = "SELECT o.id, o.application, o.kind = 'recheck', o.change, coalesce(c.state = 'asked', 0) \
       FROM result_objection o JOIN publication p ON p.id = o.publication LEFT JOIN mark_change c ON c.id = o.change \
       WHERE p.batch = ?1 AND (o.state = 'open' OR o.state = 'founded' AND c.id IS NOT NULL AND c.state <> 'approved') \
       ORDER BY o.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |row| {
        Ok(Open {
            number: row.get(0)?,
            application: row.get(1)?,
            recheck: row.get(2)?,
            change: row.get(3)?,
            change_waits: row.get(4)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Objections to the list of applicants.
pub fn open_list_objections(db: &Connection, batch: BatchId) -> Result<Vec<(ApplicationId, i64)>> {
    numbered(
        db,
        batch,
        "SELECT o.application, o.id FROM list_objection o JOIN application a ON a.id = o.application \
         WHERE a.batch = ?1 AND o.state = 'open' ORDER BY o.id",
    )
}

/// Incidents that nobody has confirmed or dismissed.
pub fn open_incidents(db: &Connection, batch: BatchId) -> Result<Vec<(ApplicationId, i64)>> {
    numbered(
        db,
        batch,
        "SELECT i.application, i.id FROM incident i JOIN application a ON a.id = i.application \
         WHERE a.batch = ?1 AND i.state = 'reported' ORDER BY i.id",
    )
}

fn numbered(db: &Connection, batch: BatchId, sql: &str) -> Result<Vec<(ApplicationId, i64)>> {
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |row| Ok((row.get(0)?, row.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Codes of sessions in which somebody sits and whose marks are not locked; a review's are its panel's.
pub fn unlocked_sessions(db: &Connection, batch: BatchId) -> Result<Vec<String>> {
    let sql = "SELECT s.code FROM session s WHERE s.batch = ?1 AND s.subject <> 'review' \
       AND NOT EXISTS (SELECT 1 FROM mark_lock l WHERE l.session = s.id) \
       AND EXISTS (SELECT 1 FROM placement p JOIN application a ON a.id = p.application \
         WHERE p.session = s.id AND a.state IN ('submitted', 'returned', 'approved')) ORDER BY s.code";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |row| row.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Bags whose scripts are still nobody's (S0-23).
pub fn sealed_bags(db: &Connection, batch: BatchId) -> Result<i64> {
    let sql = "SELECT count(*) FROM script_bag WHERE batch = ?1 AND unsealed_at IS NULL";
    Ok(db.prepare_cached(sql)?.query_row([batch], |row| row.get(0))?)
}

pub fn valid_certificates(db: &Connection, batch: BatchId) -> Result<i64> {
    let sql = "SELECT count(*) FROM certificate WHERE batch = ?1 AND state = 'valid'";
    Ok(db.prepare_cached(sql)?.query_row([batch], |row| row.get(0))?)
}

/// Whether an operator typed or judged the mark of a part.
pub fn gave_mark(db: &Connection, of: (ApplicationId, Subject), operator: OperatorId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM entry WHERE application = ?1 AND subject = ?2 AND operator = ?3 AND state <> 'discarded') \
       OR EXISTS (SELECT 1 FROM panel_sheet s JOIN panel_member m ON m.id = s.member JOIN panel p ON p.id = m.panel \
         WHERE s.application = ?1 AND p.subject = ?2 AND s.operator = ?3)";
    Ok(db.prepare_cached(sql)?.query_row((of.0, of.1, operator), |row| row.get(0))?)
}
