//! What is open about published results, by person.
use crate::model::{ApplicationId, BatchId, Day, Level, MarkChangeId, OperatorId, RecheckScope, Subject};
use crate::store::fault::Result;
use crate::store::{ChangeState, FindingState, ObjectionKind};
use rusqlite::Connection;
use serde::Serialize;

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
    /// Decided as right, and no release made since shows what follows from it.
    pub founded: bool,
}

/// Those without a decision, founded re-checks whose change of the mark was not approved, and founded objections until a
/// release made after the decision stands.
pub fn open_objections(db: &Connection, batch: BatchId) -> Result<Vec<Open>> {
    let sql = "SELECT o.id, o.application, o.kind = 'recheck', o.change, coalesce(c.state = 'asked', 0), o.state = 'founded' \
       FROM result_objection o JOIN publication p ON p.id = o.publication LEFT JOIN mark_change c ON c.id = o.change \
       WHERE p.batch = ?1 AND (o.state = 'open' OR o.state = 'founded' AND (c.id IS NOT NULL AND c.state <> 'approved' \
         OR o.kind = 'objection' AND NOT EXISTS (SELECT 1 FROM publication n WHERE n.batch = p.batch \
           AND n.state IN ('open', 'final') AND n.id <> p.id AND n.at >= o.decided_at))) ORDER BY o.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |row| {
        Ok(Open {
            number: row.get(0)?,
            application: row.get(1)?,
            recheck: row.get(2)?,
            change: row.get(3)?,
            change_waits: row.get(4)?,
            founded: row.get(5)?,
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

/// An objection or a request for a re-check, for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    pub number: i64,
    /// Number of the release that it is about.
    pub release: i64,
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: String,
    pub occupation_name: String,
    pub level: Level,
    pub kind: ObjectionKind,
    pub subject: Option<Subject>,
    pub scope: Option<RecheckScope>,
    /// The mark as published.
    pub shown: Option<String>,
    pub raised_by: String,
    pub contact: String,
    pub matter: String,
    pub received_on: Day,
    pub late: Option<String>,
    pub decide_by: Day,
    pub taken_by: String,
    #[serde(skip)]
    pub taker: OperatorId,
    pub state: FindingState,
    pub handler: Option<String>,
    pub decided_on: Option<Day>,
    pub finding: Option<String>,
    pub change: Option<MarkChangeId>,
    pub change_state: Option<ChangeState>,
}

/// Those of a batch, open ones first, by their last day.
pub fn listed(db: &Connection, batch: BatchId) -> Result<Vec<Listed>> {
    let sql = "SELECT o.id, p.number, o.application, a.name, t.number, a.id_number, a.occupation_name, a.level, o.kind, \
       o.subject, o.scope, o.shown, o.raised_by, o.contact, o.matter, o.received_on, o.late, o.decide_by, w.name, o.operator, \
       o.state, h.name, o.decided_at, o.finding, o.change, c.state \
       FROM result_objection o JOIN publication p ON p.id = o.publication JOIN application a ON a.id = o.application \
       JOIN operator w ON w.id = o.operator LEFT JOIN operator h ON h.id = o.handler \
       LEFT JOIN ticket t ON t.application = a.id LEFT JOIN mark_change c ON c.id = o.change \
       WHERE p.batch = ?1 ORDER BY o.state <> 'open', o.decide_by, o.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |row| {
        Ok(Listed {
            number: row.get(0)?,
            release: row.get(1)?,
            application: row.get(2)?,
            name: row.get(3)?,
            ticket: row.get(4)?,
            id_number: row.get(5)?,
            occupation_name: row.get(6)?,
            level: row.get(7)?,
            kind: row.get(8)?,
            subject: row.get(9)?,
            scope: row.get(10)?,
            shown: row.get(11)?,
            raised_by: row.get(12)?,
            contact: row.get(13)?,
            matter: row.get(14)?,
            received_on: row.get(15)?,
            late: row.get(16)?,
            decide_by: row.get(17)?,
            taken_by: row.get(18)?,
            taker: row.get(19)?,
            state: row.get(20)?,
            handler: row.get(21)?,
            decided_on: row.get::<_, Option<crate::model::Stamp>>(22)?.map(|at| at.day()),
            finding: row.get(23)?,
            change: row.get(24)?,
            change_state: row.get(25)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
