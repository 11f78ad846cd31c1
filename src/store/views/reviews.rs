//! What a review asks of the journal and of the public lists.
use crate::model::ReviewStep;
use crate::model::{ApplicationId, BatchId, OperatorId, Stamp};
use crate::store::ReviewDecision;
use crate::store::fault::Result;
use rusqlite::Connection;
use serde::Serialize;
use std::collections::HashSet;

/// Applications that an operator typed in one by one. What came with a sheet or a bundle was typed by somebody else.
pub fn typed_in(db: &Connection, operator: OperatorId) -> Result<HashSet<i64>> {
    let sql = "SELECT c.key FROM operation o JOIN change c ON c.op = o.id \
               WHERE o.actor = ?1 AND o.kind LIKE 'applications.%' AND c.record = 'application' AND c.before IS NULL \
               AND c.upto IS NULL";
    let mut statement = db.prepare_cached(sql)?;
    let keys = statement.query_map([operator], |r| r.get::<_, String>(0))?;
    let keys: Vec<String> = keys.collect::<rusqlite::Result<_>>()?;
    Ok(keys.iter().filter_map(|key| key.parse().ok()).collect())
}

/// How many applications of a batch stand where. Live ones by the steps they have passed in their round.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize)]
pub struct Counts {
    pub waits_first: usize,
    pub waits_second: usize,
    pub returned: usize,
    pub approved: usize,
    pub rejected: usize,
}

/// SQL for the steps passed in the present round of the application `a`.
pub(super) const PASSED: &str = "(SELECT count(*) FROM review p WHERE p.application = a.id AND p.decision = 'pass' AND \
     p.round = 1 + (SELECT coalesce(max(b.round), 0) FROM review b WHERE b.application = a.id AND b.decision = 'return'))";

pub fn counts(db: &Connection, batch: BatchId) -> Result<Counts> {
    let sql = format!(
        "SELECT coalesce(sum(a.state = 'submitted' AND {PASSED} = 0), 0), \
         coalesce(sum(a.state = 'submitted' AND {PASSED} > 0), 0), coalesce(sum(a.state = 'returned'), 0), \
         coalesce(sum(a.state = 'approved'), 0), coalesce(sum(a.state = 'rejected'), 0) FROM application a WHERE a.batch = ?1"
    );
    let number = |n: i64| usize::try_from(n).unwrap_or(0);
    let read = |r: &rusqlite::Row<'_>| -> rusqlite::Result<Counts> {
        Ok(Counts {
            waits_first: number(r.get(0)?),
            waits_second: number(r.get(1)?),
            returned: number(r.get(2)?),
            approved: number(r.get(3)?),
            rejected: number(r.get(4)?),
        })
    };
    Ok(db.prepare_cached(&sql)?.query_row([batch], read)?)
}

/// Somebody who was sent back or refused, with what is to be told to the unit that filed.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SentBack {
    pub application: ApplicationId,
    pub name: String,
    pub employer: Option<String>,
    pub registered_by: Option<String>,
    pub occupation_name: String,
    pub level: crate::model::Level,
    pub round: i64,
    pub step: ReviewStep,
    pub decision: ReviewDecision,
    pub organisation: String,
    pub reason: String,
    pub at: Stamp,
}

/// Everybody whose newest decision is a return not yet answered, or a rejection; by unit.
pub fn sent_back(db: &Connection, batch: BatchId) -> Result<Vec<SentBack>> {
    let sql = "SELECT a.id, a.name, a.employer, a.registered_by, a.occupation_name, a.level, r.round, r.step, r.decision, \
               r.organisation, coalesce(r.reason, ''), r.at FROM application a \
               JOIN review r ON r.id = (SELECT n.id FROM review n WHERE n.application = a.id \
                 AND n.decision <> 'pass' ORDER BY n.round DESC, n.at DESC, n.id DESC LIMIT 1) \
               WHERE a.batch = ?1 AND a.state IN ('returned', 'rejected') \
               ORDER BY a.employer, a.initials, a.pinyin, a.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| {
        Ok(SentBack {
            application: r.get(0)?,
            name: r.get(1)?,
            employer: r.get(2)?,
            registered_by: r.get(3)?,
            occupation_name: r.get(4)?,
            level: r.get(5)?,
            round: r.get(6)?,
            step: r.get(7)?,
            decision: r.get(8)?,
            organisation: r.get(9)?,
            reason: r.get(10)?,
            at: r.get(11)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
