//! Reading the journal backwards.
use crate::model::{ApplicationId, BatchId, OpNo, Stamp};
use crate::store::fault::Result;
use crate::store::journal::{ChangeRow, OPERATION_COLUMNS, OPERATION_WIDTH, OperationRow};
use rusqlite::{Connection, OptionalExtension, params};

/// Which way the newest live operation points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// An ordinary operation or a redo: can be undone.
    Done,
    /// An undo: can be redone.
    Undone,
}

/// Whether a batch's own row was changed after an operation: in a closed batch the last such change closed it.
pub fn batch_changed_since(db: &Connection, op: OpNo, batch: BatchId) -> Result<bool> {
    let sql = "SELECT EXISTS (SELECT 1 FROM operation WHERE id > ?1 AND batch = ?2 AND ',' || changes || ',' LIKE '%,batch,%')";
    Ok(db.query_row(sql, (op, batch), |r| r.get(0))?)
}

/// The undo that took `op` back, if any.
pub fn undone_by(db: &Connection, op: OpNo) -> Result<Option<OpNo>> {
    let sql = "SELECT id FROM operation WHERE undoes = ?1";
    Ok(db.prepare_cached(sql)?.query_row([op], |r| r.get(0)).optional()?)
}

/// The newest operation of `actor` that changed something and that nothing took back;
/// signatures and PINs beside it are no such change. For [`Live::Undone`] it must be newer than everything else of theirs.
pub fn newest(db: &Connection, actor: Option<i64>, live: Live) -> Result<Option<OpNo>> {
    let sql = "SELECT o.id, o.undoes FROM operation o WHERE o.actor IS ?1 AND o.changes NOT IN ('', 'countersignature') \
               AND o.kind NOT LIKE 'operator.pin_%' AND NOT EXISTS (SELECT 1 FROM operation u WHERE u.undoes = o.id) ORDER BY o.id DESC";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([actor])?;
    while let Some(row) = rows.next()? {
        let (id, undoes): (OpNo, Option<OpNo>) = (row.get(0)?, row.get(1)?);
        let is_undo = depth(db, undoes)? % 2 == 1;
        match (live, is_undo) {
            (Live::Done, false) | (Live::Undone, true) => return Ok(Some(id)),
            (Live::Undone, false) => return Ok(None),
            (Live::Done, true) => {}
        }
    }
    Ok(None)
}

/// 0 for an ordinary operation, 1 for its undo, 2 for the redo, and so on.
fn depth(db: &Connection, undoes: Option<OpNo>) -> Result<u32> {
    let (mut at, mut depth) = (undoes, 0);
    while let Some(no) = at {
        depth += 1;
        at = db
            .prepare_cached("SELECT undoes FROM operation WHERE id = ?1")?
            .query_row([no], |r| r.get(0))
            .optional()?
            .flatten();
    }
    Ok(depth)
}

/// Changes of one operation that are looked at to name its subject; bulk operations have many more.
const LOOKED_AT: i64 = 200;

/// Scripts `n` of sealed bags, with their session `s`.
const SEALED: &str = "FROM script n JOIN script_bag b ON b.id = n.script_bag AND b.unsealed_at IS NULL \
     JOIN session s ON s.id = b.session WHERE 1";

/// Tables whose rows are about one part of one person and may lie under a script number.
const MARKING: &str = "('entry', 'mark', 'mark_change')";

/// Touches no row, and is about one person all the same: somebody saw their whole number.
const LOOKED: &str = "'privacy.reveal'";

/// Name of the person an operation was about, or the script number while that is all that may be known of them; with several, the first and how many more. A bulk operation is about nobody
/// in particular.
pub fn subject(db: &Connection, op: OpNo) -> Result<Option<String>> {
    let many = "SELECT count(*) FROM (SELECT 1 FROM change WHERE op = ?1 LIMIT ?2)";
    if db.prepare_cached(many)?.query_row((op, LOOKED_AT + 1), |r| r.get::<_, i64>(0))? > LOOKED_AT {
        return Ok(None);
    }
    let sql = format!(
        "SELECT coalesce((SELECT n.number {SEALED} AND n.application = c.id AND s.subject = c.subject), a.name), \
           count(*) OVER () FROM ( \
           SELECT DISTINCT id, subject FROM (SELECT * FROM (SELECT CASE record WHEN 'application' THEN CAST(key AS INTEGER) \
             ELSE coalesce(json_extract(after, '$.application'), json_extract(before, '$.application')) END AS id, \
             CASE WHEN record IN {MARKING} THEN json_extract(coalesce(after, before), '$.subject') END AS subject \
           FROM change WHERE op = ?1 AND upto IS NULL ORDER BY seq LIMIT ?2) \
           UNION ALL SELECT json_extract(params, '$.application'), NULL FROM operation WHERE id = ?1 AND kind = {LOOKED})) c \
           JOIN application a ON a.id = c.id ORDER BY a.id LIMIT 1"
    );
    let row: Option<(String, i64)> =
        db.prepare_cached(&sql)?.query_row((op, LOOKED_AT), |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    Ok(row.map(|(name, count)| if count > 1 { format!("{name} +{}", count - 1) } else { name }))
}

/// Which operations; `None` is all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub since: Option<Stamp>,
    /// Name as the journal has it.
    pub operator: Option<String>,
    /// `checkin.admit`, or `checkin` for all of an area.
    pub kind: Option<String>,
    pub op: Option<OpNo>,
    /// Operations after this one.
    pub after: Option<OpNo>,
    /// Operations that touched one of these people, or one of their certificates; none that would tell whose a sealed
    /// script is.
    pub people: Option<Vec<ApplicationId>>,
}

/// One operation as the list shows it.
#[derive(Debug, Clone, PartialEq)]
pub struct Listed {
    pub operation: OperationRow,
    pub undone_by: Option<OpNo>,
}

/// Tables that are filled many rows at once, each row belonging to an application. The journal has no image of such a
/// row: the tables themselves say whose it is.
const RUNS_OF_PEOPLE: [&str; 6] = ["fee", "listed", "placement", "review", "stamp", "ticket"];

/// Whether the run `c` of a table has a row of the person `p`.
fn in_run(table: &str) -> String {
    format!(
        " WHEN '{table}' THEN EXISTS (SELECT 1 FROM {table} r WHERE r.application = p.value \
         AND r.id BETWEEN CAST(c.key AS INTEGER) AND c.upto)"
    )
}

/// Operations with smaller numbers than `before`, newest first, at most `limit`. Reads no more than it gives where
/// nothing is filtered.
pub fn page(db: &Connection, filter: &Filter, before: Option<OpNo>, limit: usize) -> Result<Vec<Listed>> {
    if filter.people.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let of_person: String = RUNS_OF_PEOPLE.iter().map(|table| in_run(table)).collect();
    let sql = format!(
        "SELECT {OPERATION_COLUMNS}, (SELECT u.id FROM operation u WHERE u.undoes = o.id) FROM operation o \
         WHERE o.id < ?1 AND (?2 IS NULL OR o.at >= ?2) AND (?3 IS NULL OR o.actor_name = ?3) \
         AND (?4 IS NULL OR o.kind = ?4 OR substr(o.kind, 1, length(?4) + 1) = ?4 || '.') AND (?5 IS NULL OR o.id = ?5) \
         AND (?6 IS NULL OR (o.kind = {LOOKED} AND json_extract(o.params, '$.application') IN (SELECT value FROM json_each(?6))) \
           OR EXISTS (SELECT 1 FROM change c JOIN json_each(?6) p WHERE c.op = o.id \
           AND NOT (c.record IN {MARKING} AND EXISTS (SELECT 1 {SEALED} AND n.application = p.value \
             AND s.subject = json_extract(coalesce(c.after, c.before), '$.subject'))) \
           AND NOT (c.record = 'script' AND EXISTS (SELECT 1 {SEALED} AND n.application = p.value)) AND CASE \
           WHEN c.upto IS NOT NULL AND c.record = 'application' THEN p.value BETWEEN CAST(c.key AS INTEGER) AND c.upto \
           WHEN c.upto IS NOT NULL THEN CASE c.record {of_person} ELSE 0 END \
           WHEN c.record = 'application' THEN CAST(c.key AS INTEGER) = p.value \
           ELSE coalesce(json_extract(c.after, '$.application'), json_extract(c.before, '$.application')) = p.value END)) \
         AND (?8 IS NULL OR o.id > ?8) ORDER BY o.id DESC LIMIT ?7"
    );
    let before = before.map_or(i64::MAX, |no| no.0);
    let people = filter.people.as_ref().map(|ids| super::id_list(ids.iter().map(|id| id.0)));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let with = params![before, filter.since, filter.operator, filter.kind, filter.op, people, limit, filter.after];
    let rows = statement.query_map(with, |row| {
        Ok(Listed { operation: OperationRow::read(row)?, undone_by: row.get(OPERATION_WIDTH)? })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// The operation's first changes, and how many rows it touched in all.
pub fn first_changes(db: &Connection, op: OpNo, limit: usize) -> Result<(Vec<ChangeRow>, i64)> {
    let mut statement = db.prepare_cached("SELECT * FROM change WHERE op = ?1 ORDER BY seq LIMIT ?2")?;
    let rows = statement.query_map((op, i64::try_from(limit).unwrap_or(i64::MAX)), ChangeRow::read)?;
    let changes = rows.collect::<rusqlite::Result<_>>()?;
    Ok((changes, touched(db, op)?))
}

/// How many rows an operation touched.
pub fn touched(db: &Connection, op: OpNo) -> Result<i64> {
    let sql = "SELECT coalesce(sum(coalesce(upto - CAST(key AS INTEGER), 0) + 1), 0) FROM change WHERE op = ?1";
    Ok(db.prepare_cached(sql)?.query_row([op], |r| r.get(0))?)
}

/// Names and kinds that the newest operations have, for choosing a filter.
pub fn recent(db: &Connection, column: Column) -> Result<Vec<String>> {
    let column = match column {
        Column::Operator => "actor_name",
        Column::Kind => "kind",
    };
    let sql = format!(
        "SELECT DISTINCT {column} FROM (SELECT {column} FROM operation ORDER BY id DESC LIMIT 20000) ORDER BY 1"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Column {
    Operator,
    Kind,
}
