//! Workbooks (.xlsx) as rows of text with their line, in bounded memory.
//!
//! The reader of cells borrows its workbook, so both live in a thread of their own that hands rows over; it ends when
//! nobody takes them any more. Cells that a spreadsheet has made something else of than text come with what they are.
mod cells;
mod guard;
mod kind;
mod open;
mod tags;

pub use cells::{Epoch, Special, What, serial_day};
pub use guard::{Page, Span, letters};
pub use kind::{Kind, kind};
pub use open::Book;

use super::sheet::SheetFault;
use crate::model::{Code, Refusal};
use csv::ByteRecord;
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::vec::IntoIter;

pub const EMPTY: Code = Code("sheet.empty");
pub const WEB_PAGE: Code = Code("sheet.web_page");
pub const NOT_A_SHEET: Code = Code("sheet.not_a_sheet");
pub const NUL: Code = Code("sheet.nul");
pub const PASSWORD: Code = Code("sheet.password");
pub const DAMAGED: Code = Code("sheet.workbook_damaged");
pub const TOO_BIG: Code = Code("sheet.workbook_too_big");
pub const OLD_WORKBOOK: Code = Code("sheet.old_workbook");
pub const UNKNOWN_SHEET: Code = Code("sheet.unknown_sheet");

/// One row with cells. `line` is the number the spreadsheet shows at its edge.
#[derive(Debug, Clone)]
pub struct BookRow {
    pub line: u64,
    pub record: ByteRecord,
    pub specials: Vec<Special>,
}

/// Name of the threads that read workbooks. The reader of cells may come to grief over a file made to do harm; then its
/// thread ends, and nothing but the file is lost.
pub const THREAD: &str = "workbook";

/// Does something with a workbook's reader in a thread of its own.
pub fn apart<T: Send>(work: impl FnOnce() -> Result<T, SheetFault> + Send) -> Result<T, SheetFault> {
    std::thread::scope(|scope| {
        let thread = std::thread::Builder::new().name(THREAD.to_owned()).spawn_scoped(scope, work)?;
        thread.join().unwrap_or_else(|_| Err(damaged("reader").into()))
    })
}

/// Rows that go over at a time, and parcels that may wait: this bounds the memory.
const PARCEL: usize = 128;
const AHEAD: usize = 8;

type Parcel = Result<Vec<BookRow>, Refusal>;

/// The rows of one sheet, as its thread hands them over.
pub struct BookRows {
    from: Receiver<Parcel>,
    ready: IntoIter<BookRow>,
    ended: bool,
}

impl BookRows {
    /// `feed` runs in a thread and sends an empty parcel after the last row.
    pub fn start(feed: impl FnOnce(&SyncSender<Parcel>) + Send + 'static) -> Result<BookRows, SheetFault> {
        let (send, from) = sync_channel(AHEAD);
        std::thread::Builder::new().name(THREAD.to_owned()).spawn(move || feed(&send))?;
        Ok(BookRows { from, ready: Vec::new().into_iter(), ended: false })
    }

    pub fn take(&mut self) -> Result<Option<BookRow>, SheetFault> {
        loop {
            if let Some(row) = self.ready.next() {
                return Ok(Some(row));
            }
            if self.ended {
                return Ok(None);
            }
            // A thread that ended without its last parcel has come to grief over the file.
            let parcel = self.from.recv().map_err(|_| damaged("reader"))??;
            self.ended = parcel.is_empty();
            self.ready = parcel.into_iter();
        }
    }
}

pub fn damaged(detail: impl Into<String>) -> Refusal {
    Refusal::new(DAMAGED).with("detail", detail.into())
}
