//! What erasures took, as a comparison with the journal may excuse it: missing rows of the people of an erased batch, and
//! applications that they left empty. Nothing else.
use super::{ERASED, STAYS};
use crate::store::fault::Result;
use rusqlite::{Connection, OptionalExtension};
use serde_json::Value as Json;

/// The batches whose people were erased, and where to look up whose a row is.
pub(in crate::store) struct Took<'a> {
    pub db: &'a Connection,
    batches: Vec<i64>,
}

impl<'a> Took<'a> {
    pub fn read(db: &'a Connection) -> Result<Took<'a>> {
        let mut done = db.prepare("SELECT DISTINCT batch FROM erasure WHERE state = 'done'")?;
        let batches = done.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<_>>()?;
        Ok(Took { db, batches })
    }

    /// Whether a row is what an erasure left of `known` (JSON, like `row`): the columns that stay are the same, and its person
    /// has no number any more.
    pub fn left(&self, table: &str, known: &str, row: &str) -> bool {
        let Some(stay) = kept_columns(table) else { return false };
        let (Ok(known), Ok(row)) = (serde_json::from_str::<Json>(known), serde_json::from_str::<Json>(row)) else {
            return false;
        };
        stay.iter().all(|column| known.get(column) == row.get(column)) && self.number_of(&row)
    }

    /// Whether erasures empty the rows of the table and take none.
    pub fn only_empties(table: &str) -> bool {
        kept_columns(table).is_some()
    }

    /// Whether the number of an application was taken, with its batch.
    pub fn number_of(&self, application: &Json) -> bool {
        let (Some(id), Some(batch)) = (whole(application, "id"), whole(application, "batch")) else { return false };
        let left = application.get("id_number").and_then(Json::as_str) == Some(&format!("{ERASED}{id}"));
        left && self.batches.contains(&batch)
    }

    /// Whether a missing row (JSON) was of an erased batch; one that does not say of which it was may have been.
    pub fn perhaps(&self, table: &str, image: &str) -> Result<bool> {
        if Took::only_empties(table) {
            return Ok(false);
        }
        let image: Json = serde_json::from_str(image).unwrap_or_default();
        let of = "SELECT batch FROM application WHERE id = ?1";
        let batch = match (whole(&image, "batch"), whole(&image, "application")) {
            (Some(batch), _) => Some(batch),
            (None, Some(application)) => self.db.query_row(of, [application], |r| r.get(0)).optional()?,
            (None, None) => None,
        };
        Ok(batch.is_none_or(|batch| self.batches.contains(&batch)))
    }
}

/// The columns that an erasure leaves in the rows of a table, where it takes the others and no row.
fn kept_columns(table: &str) -> Option<&'static [&'static str]> {
    STAYS.iter().find(|(name, stay)| *name == table && !stay.is_empty()).map(|(_, stay)| *stay)
}

fn whole(row: &Json, column: &str) -> Option<i64> {
    row.get(column).and_then(Json::as_i64)
}
