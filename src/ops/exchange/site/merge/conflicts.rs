//! Kept conflicts as people see them: both sides, field by field.
use super::super::compare::BLIND;
use super::side::{Row, table, written};
use crate::bundle::site::Table;
use crate::model::{BatchId, Cell, Code, MergeConflictId, Refusal, Stamp};
use crate::ops::shown::{UNSAID, shown_cell, shown_pair};
use crate::ops::{Result, Site};
use crate::store::rows::{self, Connection};
use crate::store::views::entry_queue::unsettled;
use crate::store::{ConflictState, MergeConflictRow, OperatorRow};
use serde::Serialize;

pub const UNKNOWN: Code = Code("merge.unknown_conflict");

/// One difference that waits for a person, or what was decided of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Kept {
    pub id: MergeConflictId,
    pub table: String,
    /// The stored table.
    pub record: &'static str,
    /// The row for people.
    pub key: String,
    pub fields: Vec<Field>,
    /// Site that the bundle names.
    pub source: String,
    /// What stands in the way of the other side's row.
    pub why: Option<String>,
    pub at: Stamp,
    pub state: ConflictState,
    pub decided_by: Option<String>,
    pub decided_at: Option<Stamp>,
    pub reason: Option<String>,
}

/// One value on both sides, masked. Empty on a side that has no such row.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Field {
    pub heading: &'static str,
    pub here: String,
    pub there: String,
    /// Both sides say something else here.
    pub differs: bool,
}

/// All conflicts of the batch at hand: open ones first, then the newest decisions.
pub fn all(site: &Site) -> Result<Vec<Kept>> {
    let tail = "WHERE batch = ?1 ORDER BY state <> 'open', CASE WHEN state = 'open' THEN id ELSE -decided_at END, id";
    let rows = rows::select::<MergeConflictRow>(site.store().db(), tail, [site.batch()?.id])?;
    rows.into_iter().map(|row| kept(site.store().db(), row)).collect()
}

pub fn one(site: &Site, id: MergeConflictId) -> Result<Kept> {
    kept(site.store().db(), row(site.store().db(), id)?)
}

pub(super) fn row(db: &Connection, id: MergeConflictId) -> Result<MergeConflictRow> {
    let found = rows::first::<MergeConflictRow>(db, "WHERE id = ?1", [id])?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("conflict", id))?)
}

pub(super) fn open(db: &Connection, batch: BatchId) -> Result<Vec<MergeConflictRow>> {
    Ok(rows::select(db, "WHERE batch = ?1 AND state = 'open' ORDER BY id", [batch])?)
}

/// The rows of one side.
pub(super) fn rows_of(table: &Table, text: &str) -> Vec<Row> {
    let all: Vec<Vec<String>> = serde_json::from_str(text).unwrap_or_default();
    let cells = |row: &Vec<String>| {
        let read = table.columns.iter().zip(row).map(|(c, text)| c.read(text).map(|cell| super::side::own(&cell)));
        read.collect::<std::result::Result<Vec<Cell<'static>>, _>>().ok()
    };
    all.iter().filter_map(cells).map(|cells| written(table, cells)).collect()
}

/// Rows that nobody may read while marks are being typed or lie under numbers.
pub(in crate::ops) fn is_blind(part: &str) -> bool {
    BLIND.contains(&part)
}

fn kept(db: &Connection, row: MergeConflictRow) -> Result<Kept> {
    let table = table(&row.part)?;
    let (here, there) = (rows_of(table, &row.here), rows_of(table, &row.there));
    let blind = BLIND.contains(&table.name) && unsettled(db)?;
    let named: Vec<&str> = row.fields.split(',').filter(|f| !f.is_empty()).collect();
    let fields = table.headings().filter_map(|heading| field(table, heading, (&here, &there)));
    let fields = fields
        .map(|f| Field { differs: if named.is_empty() { f.differs } else { named.contains(&f.heading) }, ..f })
        .map(|f| if blind && f.differs { f.unsaid() } else { f })
        .collect();
    let by = |id| Ok::<_, crate::ops::Error>(rows::first::<OperatorRow>(db, "WHERE id = ?1", [id])?.map(|o| o.name));
    Ok(Kept {
        id: row.id,
        record: table.record,
        table: row.part,
        key: row.name,
        fields,
        source: row.source,
        why: row.why,
        at: row.at,
        state: row.state,
        decided_by: row.decided_by.map(by).transpose()?.flatten(),
        decided_at: row.decided_at,
        reason: row.reason,
    })
}

fn field(table: &Table, heading: &'static str, (here, there): (&[Row], &[Row])) -> Option<Field> {
    fn raw<'r>(rows: &'r [Row], table: &Table, heading: &str) -> Vec<&'r str> {
        rows.iter().map(|row| row.get(table, heading)).collect()
    }
    let (ours, theirs) = (raw(here, table, heading), raw(there, table, heading));
    let differs = ours != theirs;
    let (here, there): (Vec<_>, Vec<_>) = if ours.len() == theirs.len() {
        ours.iter().zip(&theirs).map(|(a, b)| shown_pair(heading, a, b)).unzip()
    } else {
        let text = |rows: &[&str]| rows.iter().map(|cell| shown_cell(heading, cell)).collect();
        (text(&ours), text(&theirs))
    };
    let (here, there) = (here.join(" · "), there.join(" · "));
    (differs || !here.is_empty()).then_some(Field { heading, here, there, differs })
}

impl Kept {
    /// One side has no such row.
    pub fn only_one_side(&self) -> bool {
        let has = |side: fn(&Field) -> &str| self.fields.iter().any(|f| !side(f).is_empty());
        !has(|f| &f.here) || !has(|f| &f.there)
    }
}

impl Field {
    fn unsaid(self) -> Field {
        let cover = |text: String| if text.is_empty() { text } else { UNSAID.to_owned() };
        Field { here: cover(self.here), there: cover(self.there), ..self }
    }
}
