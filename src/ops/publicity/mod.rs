//! Publicity of results (公示): publishing, finalising and withdrawing as separate acts, the frozen list that the public
//! sees, objections and re-checks, and the gate that every result document goes through.
mod decide;
mod finalise;
mod gate;
mod hindrance;
mod object;
mod objections;
mod public;
mod publish;
mod query;
mod snapshot;
mod stop;
mod withdraw;

pub use crate::policy::objections::NO_RECHECK;
pub use decide::{Decide, Decided, Finding, TakeBack};
pub use finalise::{Finalise, Finalised, finalise_check};
pub use gate::{Gate, gate};
pub use hindrance::{Hindrances, UNACCEPTED};
pub use object::{Object, Recheck, Said, Taken};
pub use objections::{Case, Listed, Stage, objection, objections};
pub use public::{
    Corrected, NOTHING_PUBLIC, PublicCount, PublicList, Said as Cell, Shown, columns, corrected, public, public_counts,
    said_mark,
};
pub use publish::{Publish, Published, publish_check};
pub use query::{Answer, Query, Told};
pub use snapshot::digest;
pub use stop::{NOT_FINAL, NOT_PUBLISHED, OUTDATED, Stop};
pub use withdraw::{NOTHING, Withdraw, Withdrawn, withdraw_check};

use crate::model::{BatchId, Code, Refusal};
use crate::ops::{Result, Site};
use crate::store::rows::{self, Connection};
use crate::store::{OperatorRow, PublicationRow};
use serde::Serialize;

pub const UNKNOWN: Code = Code("publicity.unknown");

/// The release that stands: shown or final, and neither replaced nor withdrawn.
pub(in crate::ops) fn standing(db: &Connection, batch: BatchId) -> Result<Option<PublicationRow>> {
    Ok(rows::first(db, "WHERE batch = ?1 AND state IN ('open', 'final')", [batch])?)
}

/// A release for people.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Release {
    #[serde(flatten)]
    pub row: PublicationRow,
    pub people: i64,
    pub published_by: String,
    pub finalised_by_name: Option<String>,
    pub withdrawn_by_name: Option<String>,
}

/// Every release of the batch, the newest first.
pub fn releases(site: &Site) -> Result<Vec<Release>> {
    let db = site.store().db();
    let all = rows::select::<PublicationRow>(db, "WHERE batch = ?1 ORDER BY number DESC", [site.batch()?.id])?;
    let names = rows::select::<OperatorRow>(db, "ORDER BY id", [])?;
    let name = |id| names.iter().find(|o| o.id == id).map(|o| o.name.clone());
    all.into_iter()
        .map(|row| {
            let people = rows::count::<crate::store::PublishedRow>(db, "WHERE publication = ?1", [row.id])?;
            Ok(Release {
                people,
                published_by: name(row.operator).unwrap_or_default(),
                finalised_by_name: row.finalised_by.and_then(name),
                withdrawn_by_name: row.withdrawn_by.and_then(name),
                row,
            })
        })
        .collect()
}

/// The release that stands, for reading.
pub fn current(site: &Site) -> Result<Option<PublicationRow>> {
    standing(site.store().db(), site.batch()?.id)
}

/// One release by its number in the batch.
pub fn release(site: &Site, number: i64) -> Result<Release> {
    let found = releases(site)?.into_iter().find(|r| r.row.number == number);
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", number))?)
}
