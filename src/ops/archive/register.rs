//! The register: archives of every batch, who read them, and where an erasure stands.
use crate::model::{BatchId, Day};
use crate::ops::{Result, Site};
use crate::store::{ArchiveReadingRow, ArchiveRow, BatchRow, ErasureRow, OperatorRow, rows};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct Line {
    pub batch: String,
    pub batch_name: String,
    #[serde(flatten)]
    pub archive: ArchiveRow,
    /// Times that somebody read it.
    pub readings: i64,
    /// Its time is over; people may be erased and files destroyed.
    pub over: bool,
    pub paper_over: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct Reading {
    pub batch: String,
    /// Number within the batch; `None`: papers in their boxes.
    pub archive_number: Option<i64>,
    #[serde(flatten)]
    pub row: ArchiveReadingRow,
}

#[derive(Debug, Clone, Serialize)]
pub struct Erasing {
    pub batch: String,
    pub asked_by: String,
    pub decided_by: Option<String>,
    #[serde(flatten)]
    pub row: ErasureRow,
}

#[derive(Debug, Clone, Default, Serialize)]
pub struct Register {
    /// Newest first.
    pub archives: Vec<Line>,
    pub readings: Vec<Reading>,
    pub erasures: Vec<Erasing>,
}

/// Of every batch: a retention date is looked at long after its batch was.
pub fn register(site: &Site) -> Result<Register> {
    let (db, today) = (site.store().db(), site.now().day());
    let batches = rows::select::<BatchRow>(db, "ORDER BY id", [])?;
    let operators = rows::select::<OperatorRow>(db, "ORDER BY id", [])?;
    let code = |id: BatchId| batches.iter().find(|b| b.id == id).map(|b| b.code.clone()).unwrap_or_default();
    let name = |id| operators.iter().find(|o| o.id == id).map(|o| o.name.clone()).unwrap_or_default();
    let readings = rows::select::<ArchiveReadingRow>(db, "ORDER BY id DESC", [])?;
    let archives = rows::select::<ArchiveRow>(db, "ORDER BY id DESC", [])?;
    let over = |until: Option<Day>| until.is_some_and(|day| day < today);
    let numbers: Vec<_> = archives.iter().map(|a| (a.id, a.number)).collect();
    let line = |a: ArchiveRow| Line {
        batch: code(a.batch),
        batch_name: batches.iter().find(|b| b.id == a.batch).map(|b| b.name.clone()).unwrap_or_default(),
        readings: i64::try_from(readings.iter().filter(|r| r.archive == Some(a.id)).count()).unwrap_or(i64::MAX),
        over: over(a.electronic_until),
        paper_over: over(a.paper_until),
        archive: a,
    };
    let archives = archives.into_iter().map(line).collect();
    let reading = |row: ArchiveReadingRow| Reading {
        batch: code(row.batch),
        archive_number: row.archive.and_then(|id| numbers.iter().find(|(a, _)| *a == id).map(|(_, n)| *n)),
        row,
    };
    let erasing = |row: ErasureRow| Erasing {
        batch: code(row.batch),
        asked_by: name(row.asked_by),
        decided_by: row.decided_by.map(name),
        row,
    };
    let erasures = rows::select::<ErasureRow>(db, "ORDER BY id DESC", [])?.into_iter().map(erasing).collect();
    Ok(Register { archives, readings: readings.iter().cloned().map(reading).collect(), erasures })
}
