//! How far a batch has come, now and as of a day.
use crate::model::{BatchId, Stamp};
use crate::store::Changes;
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension, Params};

/// How many of how many.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, serde::Serialize)]
pub struct Share {
    pub done: i64,
    pub all: i64,
}

/// Who did something last, and when.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Act {
    pub at: Stamp,
    pub by: String,
}

/// Which applications are to have a seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct ToSeat {
    /// Only those who passed every review.
    pub approved: bool,
    /// Only those who paid.
    pub paid: bool,
}

fn share(db: &Connection, sql: &str, params: impl Params) -> Result<Share> {
    let read = |r: &rusqlite::Row<'_>| Ok(Share { done: r.get(0)?, all: r.get(1)? });
    Ok(db.prepare_cached(sql)?.query_row(params, read)?)
}

/// People with a seat in some session of the batch.
pub fn seated(db: &Connection, batch: BatchId, who: ToSeat) -> Result<Share> {
    let sql = "SELECT coalesce(sum(EXISTS (SELECT 1 FROM session s JOIN placement p ON p.session = s.id \
               AND p.application = a.id WHERE s.batch = ?1)), 0), count(*) FROM application a WHERE a.batch = ?1 \
               AND (a.state = 'approved' OR ?2 = 0 AND a.state IN ('submitted', 'returned')) \
               AND (?3 = 0 OR a.paid_at IS NOT NULL)";
    share(db, sql, (batch, who.approved, who.paid))
}

/// Whether a batch has more than so many applications; counts no further.
pub fn are_more_than(db: &Connection, batch: BatchId, many: i64) -> Result<bool> {
    let sql = "SELECT count(*) FROM (SELECT 1 FROM application WHERE batch = ?1 LIMIT ?2)";
    let found: i64 = db.prepare_cached(sql)?.query_row((batch, many.saturating_add(1)), |r| r.get(0))?;
    Ok(found > many)
}

/// One of one once anybody has a seat.
pub fn some_seat(db: &Connection, batch: BatchId) -> Result<Share> {
    let sql = "SELECT EXISTS (SELECT 1 FROM session s JOIN placement p ON p.session = s.id WHERE s.batch = ?1), 1";
    share(db, sql, [batch])
}

/// Seats whose people came, or were put down as absent.
pub fn attended(db: &Connection, batch: BatchId) -> Result<Share> {
    let sql = "SELECT count(t.application), count(*) FROM session s JOIN placement p ON p.session = s.id \
               LEFT JOIN attendance t ON t.session = p.session AND t.application = p.application WHERE s.batch = ?1";
    share(db, sql, [batch])
}

/// Parts that were sat and have a mark, of all that were sat.
pub fn marked(db: &Connection, batch: BatchId) -> Result<Share> {
    let sql = "SELECT count(m.application), count(*) FROM session s JOIN placement p ON p.session = s.id \
               LEFT JOIN mark m ON m.application = p.application AND m.subject = s.subject WHERE s.batch = ?1";
    share(db, sql, [batch])
}

/// The newest operation that wrote seats in bulk, or else one by one.
pub fn arranged(db: &Connection, batch: BatchId) -> Result<Option<Act>> {
    let bulk = "AND EXISTS (SELECT 1 FROM change c WHERE c.op = o.id AND c.record = 'placement' \
                AND c.upto IS NOT NULL AND c.before IS NULL)";
    match last(db, batch, (Changes::of("placement"), bulk))? {
        Some(act) => Ok(Some(act)),
        None => last(db, batch, (Changes::of("placement"), "")),
    }
}

/// The newest operation that changed one of these tables.
pub fn last_change(db: &Connection, batch: BatchId, tables: Changes) -> Result<Option<Act>> {
    last(db, batch, (tables, ""))
}

fn last(db: &Connection, batch: BatchId, (tables, filter): (Changes, &str)) -> Result<Option<Act>> {
    let named = |table: &str| format!("instr(',' || o.changes || ',', ',{table},') > 0");
    let touched = tables.names().split(',').map(named).collect::<Vec<_>>().join(" OR ");
    let sql = format!(
        "SELECT o.at, o.actor_name FROM operation o WHERE o.batch = ?1 AND ({touched}) {filter} \
         ORDER BY o.id DESC LIMIT 1"
    );
    let read = |r: &rusqlite::Row<'_>| Ok(Act { at: r.get(0)?, by: r.get(1)? });
    Ok(db.prepare_cached(&sql)?.query_row([batch], read).optional()?)
}

/// Rows of a table that the journal knows at a time: those put in less those taken out, by operations of the batch.
pub fn journaled(db: &Connection, batch: BatchId, table: &str, until: Stamp) -> Result<i64> {
    let sql = "SELECT coalesce(sum(CASE WHEN c.upto IS NOT NULL AND c.before IS NULL THEN c.upto - CAST(c.key AS INTEGER) + 1 \
               WHEN c.upto IS NOT NULL THEN CAST(c.key AS INTEGER) - c.upto - 1 \
               WHEN c.before IS NULL THEN 1 WHEN c.after IS NULL THEN -1 ELSE 0 END), 0) \
               FROM operation o JOIN change c ON c.op = o.id WHERE o.batch = ?1 AND o.at <= ?2 AND c.record = ?3 \
               AND instr(',' || o.changes || ',', ',' || ?3 || ',') > 0";
    Ok(db.prepare_cached(sql)?.query_row((batch, until, table), |r| r.get(0))?)
}

/// What a row's own time says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Timed {
    Reviewed,
    Paid,
    Present,
    Listed,
    Certified,
}

/// How many at a time, by the time that stands in the row itself.
pub fn timed(db: &Connection, batch: BatchId, what: Timed, until: Stamp) -> Result<i64> {
    let sql = match what {
        Timed::Reviewed => {
            "SELECT count(DISTINCT r.application) FROM review r JOIN application a ON a.id = r.application \
             WHERE a.batch = ?1 AND r.at <= ?2"
        }
        Timed::Paid => "SELECT count(*) FROM application WHERE batch = ?1 AND paid_at <= ?2",
        Timed::Present => {
            "SELECT count(DISTINCT t.application) FROM attendance t JOIN session s ON s.id = t.session \
             WHERE s.batch = ?1 AND t.at <= ?2 AND t.state NOT IN ('absent', 'refused')"
        }
        Timed::Listed => {
            "SELECT count(DISTINCT l.application) FROM listed l JOIN listing i ON i.id = l.listing \
             WHERE i.batch = ?1 AND i.at <= ?2"
        }
        Timed::Certified => "SELECT count(*) FROM certificate WHERE batch = ?1 AND state = 'valid' AND issued_on <= ?2",
    };
    let read = |r: &rusqlite::Row<'_>| r.get(0);
    Ok(match what {
        Timed::Certified => db.prepare_cached(sql)?.query_row((batch, until.day()), read)?,
        _ => db.prepare_cached(sql)?.query_row((batch, until), read)?,
    })
}
