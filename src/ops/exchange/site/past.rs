//! What rows were before they were replaced: from the journal, and as other sites told it.
use super::compare::cells;
use super::version;
use crate::bundle::site::{TABLES, Unit};
use crate::model::BatchId;
use crate::ops::Result;
use crate::store::exchange::{self, Extract};
use crate::store::rows::{self, Connection};
use crate::store::{ReplacedRow, StoreFault};
use std::collections::{BTreeSet, HashSet};

/// Table of the bundle, what names the row, the row as it was.
pub type Gone = (String, String, String);

/// All that this site knows to be replaced.
pub fn known(db: &Connection, batch: BatchId) -> Result<BTreeSet<Gone>> {
    let stored = rows::select::<ReplacedRow>(db, "WHERE batch = ?1", [batch])?;
    let mut all: BTreeSet<Gone> = stored.into_iter().map(|r| (r.part, r.place, r.version)).collect();
    let images = exchange::replaced(db)?;
    for table in TABLES.iter().filter(|t| !matches!(t.merge.unit, Unit::Past | Unit::Operator)) {
        let Some(images) = images.get(table.record) else { continue };
        let paths: Vec<_> = table.headings().collect();
        let what = Extract { table: table.record, paths: &paths, batch: table.batch, order: table.order };
        exchange::each_past::<StoreFault>(db, &what, (batch, images), &mut |row| {
            let written = cells(table, |n| row.get(n));
            let place = version::place(table, &written);
            let gone = version::versions(table, &written).into_iter();
            all.extend(gone.map(|version| (table.name.to_owned(), place.clone(), version)));
            Ok(())
        })?;
    }
    Ok(all)
}

/// For looking up.
#[derive(Debug, Default)]
pub struct Past {
    gone: HashSet<(String, String)>,
    places: HashSet<String>,
}

impl Past {
    pub fn add(&mut self, (_, place, version): Gone) {
        self.places.insert(place.clone());
        self.gone.insert((place, version));
    }

    pub fn all(&self) -> impl Iterator<Item = (&str, &str)> {
        self.gone.iter().map(|(place, version)| (place.as_str(), version.as_str()))
    }

    pub fn has(&self, place: &str, version: &str) -> bool {
        // A copy of two short texts for each question; few rows of a bundle ask.
        self.gone.contains(&(place.to_owned(), version.to_owned()))
    }

    /// Whether this side ever replaced or removed something there.
    pub fn knows(&self, place: &str) -> bool {
        self.places.contains(place)
    }
}
