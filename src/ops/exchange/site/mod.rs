//! A whole site in one batch as a bundle: out to a folder or file, into an empty home, or held against what is here.
mod compare;
mod fork;
mod give;
mod known;
mod load;
mod merge;
mod past;
mod plan;
mod taking;
mod version;
mod write;

pub use crate::bundle::locked::Identity;
pub use crate::bundle::site::circumstances::Card;
pub use crate::bundle::site::folder::Folder;
pub use compare::{Conflict, compare};
pub use fork::{AcceptFork, NoteFork, forks, take};
pub use give::Give;
pub(in crate::ops) use known::addressee;
pub use known::{Distrust, Trust, card, hand_out, known, own, recipient};
pub use load::{Claim, ImportBundle};
pub use merge::{DECIDED, Merge, Merged, Resolve, Stands, conflicts, is_locked};
pub use write::{Packing, Prepared, Wishes, prepare, prepare_as};

use crate::bundle::sheet::SheetFault;
use crate::bundle::site::manifest::TablePart;
use crate::bundle::site::write::TableWriter;
use crate::bundle::site::{Table, Unit};
use crate::model::{BatchId, Cell};
use crate::ops::{Error, Result};
use crate::store::exchange::{self, Extract};
use crate::store::rows::Connection;
use serde::Serialize;
use std::io::Write;
use std::path::Path;

/// What became of a bundle's rows, over all tables.
#[derive(Debug, Clone, Default, PartialEq, Serialize)]
pub struct Account {
    pub read: u64,
    pub added: u64,
    pub unchanged: u64,
    pub conflicts: Vec<Conflict>,
    /// Conflicts beyond those listed.
    #[serde(skip_serializing_if = "is_zero")]
    pub conflicts_left_out: u64,
    /// Whom the importer's account is bound to now.
    pub operator: Option<String>,
}

fn is_zero(n: &u64) -> bool {
    *n == 0
}

/// Reads a bundle that is not locked and checks it against its manifest.
pub fn open(path: &Path) -> Result<Folder> {
    Folder::open(path, None).map_err(|f| fault(path, f))
}

/// The same for one that may be locked for us, or meant for somebody else.
pub fn open_ours(path: &Path, identity: &Identity) -> Result<Folder> {
    Folder::open(path, Some(identity)).map_err(|f| fault(path, f))
}

fn fault(path: &Path, fault: SheetFault) -> Error {
    match fault {
        SheetFault::Refused(refusal) => refusal.into(),
        SheetFault::Io(error) => Error::file(path)(error),
    }
}

/// Writes one table of the batch as a bundle has it.
pub(in crate::ops) fn write_table<W: Write>(
    db: &Connection,
    batch: BatchId,
    table: &'static Table,
    to: W,
) -> Result<(TablePart, W)> {
    if table.merge.unit == Unit::Past {
        return write_past(db, batch, table, to);
    }
    let paths: Vec<_> = table.headings().collect();
    let what = Extract { table: table.record, paths: &paths, batch: table.batch, order: table.order };
    let failed = |e| Error::file(table.file())(e);
    let mut writer = TableWriter::begin(table, to).map_err(failed)?;
    exchange::each(db, &what, batch, &mut |row| writer.row(|n| row.get(n)).map_err(failed))?;
    writer.finish().map_err(failed)
}

fn write_past<W: Write>(db: &Connection, batch: BatchId, table: &'static Table, to: W) -> Result<(TablePart, W)> {
    let failed = |e| Error::file(table.file())(e);
    let mut writer = TableWriter::begin(table, to).map_err(failed)?;
    for (part, place, version) in past::known(db, batch)? {
        let cells = [&part, &place, &version];
        writer.row(|n| cells.get(n).map_or(Cell::None, |text| Cell::text(text))).map_err(failed)?;
    }
    writer.finish().map_err(failed)
}
