//! The parsing half of an import, in a thread of its own: from the file to rows as they will be stored.
use super::filed::{engagement, filed};
use crate::bundle::row_fault::{Report, RowFault};
use crate::bundle::sheet::{Row, Sheet, SheetFault};
use crate::model::{ApplicationId, BatchId, Evidence};
use crate::store::ApplicationRow;
use std::fs::File;
use std::ops::ControlFlow;
use std::sync::mpsc::SyncSender;

/// Parcels that wait to be stored; with [`PARCEL`] rows each this bounds the memory.
pub const AHEAD: usize = 8;
const PARCEL: usize = 128;

/// One row on its way. Cells only where refused rows are written to a file.
pub enum Item {
    Good { line: u64, row: Box<ApplicationRow>, evidence: Option<Evidence>, cells: Vec<String> },
    Refused { cells: Vec<String>, faults: Vec<RowFault> },
}

/// Whether a row's cells go along.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kept {
    AsTheyStood,
    Nothing,
}

/// Reads the whole sheet; ends early when nobody listens any more.
pub fn parse(
    sheet: Sheet<'_, File>,
    batch: BatchId,
    kept: Kept,
    to: &SyncSender<Vec<Item>>,
) -> Result<Report, SheetFault> {
    let mut parcel = Vec::with_capacity(PARCEL);
    let report = sheet.read(&mut |row| {
        match row {
            Row::Good(row, cells) => {
                let filed = Box::new(filed(row, batch, ApplicationId(0)));
                let (evidence, cells) = (engagement(row), copied(cells.iter(), kept));
                parcel.push(Item::Good { line: row.line, row: filed, evidence, cells });
            }
            Row::Refused(_) if kept == Kept::Nothing => {}
            Row::Refused(row) => {
                parcel.push(Item::Refused { cells: copied(row.cells.iter(), kept), faults: row.faults.to_vec() });
            }
        }
        let full = parcel.len() == PARCEL;
        if full && to.send(std::mem::replace(&mut parcel, Vec::with_capacity(PARCEL))).is_err() {
            return ControlFlow::Break(());
        }
        ControlFlow::Continue(())
    })?;
    // Nobody listening is no fault here: the storing half has its own.
    let _ = to.send(parcel);
    Ok(report)
}

fn copied<'c>(cells: impl Iterator<Item = &'c str>, kept: Kept) -> Vec<String> {
    match kept {
        Kept::AsTheyStood => cells.map(str::to_owned).collect(),
        Kept::Nothing => Vec::new(),
    }
}
