//! Whole tables by natural keys, for exchange: references are told by the columns of the rows they point at.
use super::fault::{Result, StoreFault};
use super::record::Meta;
use super::records::RECORDS;
use super::tx::{bare, meta};
use crate::model::{BatchId, Cell};
use rusqlite::types::ValueRef;
use rusqlite::{Connection, OptionalExtension, Row, params_from_iter};
use std::borrow::Cow;
use std::collections::HashMap;

/// What to read of a table. A path is a column, or goes through references: `session.code`, `member.panel.name`.
#[derive(Debug, Clone, Copy)]
pub struct Extract<'a> {
    pub table: &'a str,
    pub paths: &'a [&'a str],
    /// Path to the batch; empty for a table of the whole site.
    pub batch: &'a str,
    /// `path`, or `path=word`: rows with that word first.
    pub order: &'a [&'a str],
}

/// The values of one row, in the order of the paths.
pub struct Values<'r>(&'r Row<'r>);

impl<'r> Values<'r> {
    pub(super) fn of(row: &'r Row<'r>) -> Values<'r> {
        Values(row)
    }

    pub fn get(&self, n: usize) -> Cell<'r> {
        match self.0.get_ref(n) {
            Ok(ValueRef::Integer(n)) => Cell::Int(n),
            Ok(ValueRef::Text(text)) => Cell::Text(String::from_utf8_lossy(text)),
            // No column holds anything else.
            _ => Cell::None,
        }
    }
}

/// Streams the rows of a batch, or of the site, in order.
pub fn each<E: From<StoreFault>>(
    db: &Connection,
    what: &Extract<'_>,
    batch: BatchId,
    row: &mut dyn FnMut(&Values<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let fault = |e: rusqlite::Error| E::from(StoreFault::from(e));
    let mut statement = db.prepare(&sql(what, None)?).map_err(fault)?;
    let mut rows = if what.batch.is_empty() { statement.query([]) } else { statement.query([batch]) }.map_err(fault)?;
    while let Some(found) = rows.next().map_err(fault)? {
        row(&Values(found))?;
    }
    Ok(())
}

/// Images of the journal, by table, as a JSON list of each.
pub type Images = HashMap<String, String>;

/// Every row that was replaced or removed, as it was. A merge that was taken back never was.
pub fn replaced(db: &Connection) -> Result<Images> {
    let sql = "WITH merge AS (SELECT m.id AS op, u.id AS undo FROM operation m JOIN operation u ON u.undoes = m.id \
                 WHERE m.kind = 'exchange.merge') \
               SELECT record, before FROM change WHERE before IS NOT NULL \
                 AND op NOT IN (SELECT op FROM merge UNION ALL SELECT undo FROM merge)";
    let mut statement = db.prepare(sql)?;
    let mut rows = statement.query([])?;
    let mut all = Images::new();
    while let Some(row) = rows.next()? {
        let image: String = row.get(1)?;
        // A run of rows that an undo took out has no images.
        if !image.starts_with('{') {
            continue;
        }
        let list = all.entry(row.get(0)?).or_default();
        list.push(if list.is_empty() { '[' } else { ',' });
        list.push_str(&image);
    }
    all.values_mut().for_each(|list| list.push(']'));
    Ok(all)
}

/// Streams rows as they once were, with the rows that they name as those are now.
pub fn each_past<E: From<StoreFault>>(
    db: &Connection,
    what: &Extract<'_>,
    (batch, images): (BatchId, &str),
    row: &mut dyn FnMut(&Values<'_>) -> Result<(), E>,
) -> Result<(), E> {
    let fault = |e: rusqlite::Error| E::from(StoreFault::from(e));
    let value = |c: &&str| format!("json_extract(value, '$.\"{0}\"') AS \"{0}\"", bare(c));
    let columns: Vec<_> = known(what.table)?.columns.iter().map(value).collect();
    let source = format!("(SELECT {} FROM json_each(?2))", columns.join(", "));
    let mut statement = db.prepare(&sql(what, Some(&source))?).map_err(fault)?;
    let mut rows = statement.query(rusqlite::params![batch, images]).map_err(fault)?;
    while let Some(found) = rows.next().map_err(fault)? {
        row(&Values(found))?;
    }
    Ok(())
}

/// Whether a reference of `table` need not name anybody; nothing goes on from such a one to the batch.
fn may_be_nobody(table: &str, field: &str) -> bool {
    match field {
        "judged_by" | "decided_by" | "asked_by" | "opened_by" | "reopened_by" | "unsealed_by" | "accepted_by"
        | "ruled_by" | "instead_of" | "movement" | "sanction" | "successor" | "candidate_a" | "candidate_b" => true,
        "corrects" | "finalised_by" | "withdrawn_by" | "handler" | "change" => true,
        "issued_by" | "ended_by" | "struck_by" | "sent_by" | "submitted_by" | "answered_by" => true,
        "application" => table == "incident",
        "archive" => table == "archive_reading",
        "room" => matches!(table, "assignment" | "paper_bag" | "panel" | "special_need"),
        "staff" => table == "panel_member",
        "operator" => table == "staff",
        "draw" => table == "inspection",
        "session" => matches!(table, "inspection" | "panel"),
        _ => false,
    }
}

/// The table that a reference points at: its field's name, save where a shorter one stands for it.
pub fn target(field: &str) -> &str {
    match field {
        "member" | "ruled_by" | "instead_of" => "panel_member",
        "handler" => "operator",
        // Whoever did something with the row.
        by if by.ends_with("_by") => "operator",
        "corrects" => "publication",
        "change" => "mark_change",
        "bag" => "paper_bag",
        "movement" => "stock_movement",
        "successor" => "certificate",
        "candidate_a" | "candidate_b" => "application",
        other => other,
    }
}

/// The columns of a table in declared order; those of reference fields hold ids.
pub fn columns(table: &str) -> Vec<&'static str> {
    let found = RECORDS.iter().find(|m| m.table == table);
    found.map(|m| m.columns.iter().map(|c| bare(c)).collect()).unwrap_or_default()
}

fn sql(what: &Extract<'_>, source: Option<&str>) -> Result<String> {
    // The table itself is always the outer loop, so that it is read once and in the order of its rows where that is
    // the order asked for; the unary plus keeps the planner from walking an index over the batch instead.
    let mut joins: Vec<String> = Vec::new();
    let mut place = |path: &str| -> Result<String> {
        let (mut alias, mut rest, mut seen) = ("t".to_owned(), path, String::new());
        // Past somebody who may be nobody there may be nothing either.
        let mut kind = "CROSS";
        while let Some((hop, after)) = rest.split_once('.') {
            seen = if seen.is_empty() { hop.to_owned() } else { format!("{seen}.{hop}") };
            let table = known(target(hop))?.table;
            if may_be_nobody(what.table, hop) {
                kind = "LEFT";
            }
            let join = format!("{kind} JOIN {table} AS \"{seen}\" ON \"{seen}\".id = \"{alias}\".\"{hop}\"");
            if !joins.contains(&join) {
                joins.push(join);
            }
            (alias, rest) = (seen.clone(), after);
        }
        Ok(format!("\"{alias}\".\"{rest}\""))
    };
    let picked = what.paths.iter().map(|p| place(p)).collect::<Result<Vec<_>>>()?;
    let mut order = Vec::new();
    for path in what.order {
        order.push(match path.split_once('=') {
            Some((path, word)) => format!("{} = '{word}' DESC", place(path)?),
            None => place(path)?,
        });
    }
    let filter = if what.batch.is_empty() { String::new() } else { format!("WHERE +{} = ?1", place(what.batch)?) };
    let (table, joins) = (source.unwrap_or(known(what.table)?.table), joins.join(" "));
    Ok(format!("SELECT {} FROM {table} AS t {joins} {filter} ORDER BY {}", picked.join(", "), order.join(", ")))
}

fn known(table: &str) -> Result<Meta> {
    meta(table)
}

/// The id of the row of `table` with these values, within the batch where the table has one.
pub fn find(db: &Connection, table: &str, batch: BatchId, key: &[(&str, Cell<'_>)]) -> Result<Option<i64>> {
    let meta = known(table)?;
    let mut filter: Vec<_> = key.iter().enumerate().map(|(n, (c, _))| format!("\"{c}\" = ?{}", n + 1)).collect();
    let mut values: Vec<Cell<'_>> = key.iter().map(|(_, cell)| borrowed(cell)).collect();
    if meta.columns.contains(&"batch") {
        values.push(Cell::Int(batch.0));
        filter.push(format!("batch = ?{}", values.len()));
    }
    let sql = format!("SELECT id FROM {} WHERE {}", meta.table, filter.join(" AND "));
    Ok(db.prepare_cached(&sql)?.query_row(params_from_iter(values), |r| r.get(0)).optional()?)
}

fn borrowed<'a>(cell: &'a Cell<'_>) -> Cell<'a> {
    match cell {
        Cell::None => Cell::None,
        Cell::Int(n) => Cell::Int(*n),
        Cell::Text(text) => Cell::Text(Cow::Borrowed(text)),
    }
}
