//! Reading the journal backwards.
use crate::model::OpNo;
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension};

/// Which way the newest live operation points.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Live {
    /// An ordinary operation or a redo: can be undone.
    Done,
    /// An undo: can be redone.
    Undone,
}

/// The undo that took `op` back, if any.
pub fn undone_by(db: &Connection, op: OpNo) -> Result<Option<OpNo>> {
    let sql = "SELECT id FROM operation WHERE undoes = ?1";
    Ok(db.prepare_cached(sql)?.query_row([op], |r| r.get(0)).optional()?)
}

/// The newest operation of `actor` that changed something and that nothing took back. For [`Live::Undone`] it must be newer than everything else of theirs.
pub fn newest(db: &Connection, actor: Option<i64>, live: Live) -> Result<Option<OpNo>> {
    let sql = "SELECT o.id, o.undoes FROM operation o WHERE o.actor IS ?1 AND o.changes <> 0 \
               AND NOT EXISTS (SELECT 1 FROM operation u WHERE u.undoes = o.id) ORDER BY o.id DESC";
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

/// Name of the person an operation was about; with several, the first and how many more.
pub fn subject(db: &Connection, op: OpNo) -> Result<Option<String>> {
    let sql = "SELECT a.name, count(*) OVER () FROM ( \
           SELECT DISTINCT CASE record WHEN 'application' THEN CAST(key AS INTEGER) \
             ELSE coalesce(json_extract(after, '$.application'), json_extract(before, '$.application')) END AS id \
           FROM change WHERE op = ?1 AND upto IS NULL) c JOIN application a ON a.id = c.id ORDER BY a.id LIMIT 1";
    let row: Option<(String, i64)> =
        db.prepare_cached(sql)?.query_row([op], |r| Ok((r.get(0)?, r.get(1)?))).optional()?;
    Ok(row.map(|(name, count)| if count > 1 { format!("{name} +{}", count - 1) } else { name }))
}
