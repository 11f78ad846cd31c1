//! Opening a workbook and walking over one of its sheets.
use super::cells::{Epoch, Special, text};
use super::guard::{Page, inspect};
use super::{BookRow, BookRows, PARCEL, UNKNOWN_SHEET, damaged};
use crate::bundle::read::MOST_COLUMNS;
use crate::bundle::sheet::{SheetFault, TOO_MANY_COLUMNS};
use crate::model::Refusal;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xlsx};
use csv::ByteRecord;
use std::io::{Read, Seek};
use std::ops::ControlFlow;

pub struct Book<R: Read + Seek> {
    cells: Xlsx<R>,
    /// What is odd about each sheet; empty where it is not known.
    pages: Vec<Page>,
    pub epoch: Epoch,
}

impl<R: Read + Seek> Book<R> {
    pub fn open(mut source: R, file: &str) -> Result<Book<R>, SheetFault> {
        let pages = inspect(&mut source, file)?;
        let cells = Xlsx::new(source).map_err(|e| damaged(e.to_string()))?;
        let epoch = if cells.has_1904_epoch() { Epoch::Mac1904 } else { Epoch::Windows1900 };
        Ok(Book { cells, pages, epoch })
    }

    /// Names of the sheets that can be read: the one asked for, else all that are not hidden.
    pub fn sheets(&self, wanted: Option<&str>) -> Result<Vec<String>, Refusal> {
        let all: Vec<_> = self.cells.sheets_metadata().iter().filter(|s| s.typ == SheetType::WorkSheet).collect();
        let names = |of: &[&calamine::Sheet]| of.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
        let Some(wanted) = wanted else {
            let seen: Vec<_> = all.iter().copied().filter(|s| s.visible == SheetVisible::Visible).collect();
            return Ok(names(&seen));
        };
        let named = all.iter().any(|s| s.name == wanted).then(|| vec![wanted.to_owned()]);
        named.ok_or_else(|| Refusal::new(UNKNOWN_SHEET).with("sheet", wanted).with("expected", names(&all).join("、")))
    }

    /// What is odd about a sheet as a whole.
    pub fn page(&self, name: &str) -> Page {
        let at = self.cells.sheets_metadata().iter().position(|s| s.name == name);
        at.and_then(|at| self.pages.get(at)).cloned().unwrap_or_default()
    }

    /// Hands over the rows that hold anything, in order, until told to stop.
    fn rows(&mut self, name: &str, each: &mut dyn FnMut(BookRow) -> ControlFlow<()>) -> Result<(), Refusal> {
        let mut row = RowMaker::default();
        let mut reader = self.cells.worksheet_cells_reader(name).map_err(|e| damaged(e.to_string()))?;
        while let Some(cell) = reader.next_cell().map_err(|e| damaged(e.to_string()))? {
            if row.take(cell.get_position(), cell.get_value(), each)?.is_break() {
                return Ok(());
            }
        }
        // Whether anybody listens makes no difference after the last row.
        let _ = row.finish(each);
        Ok(())
    }

    /// The first rows of a sheet.
    pub fn head(&mut self, name: &str, count: usize) -> Result<Vec<BookRow>, Refusal> {
        let mut head = Vec::new();
        self.rows(name, &mut |row| {
            head.push(row);
            if head.len() < count { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
        })?;
        Ok(head)
    }
}

impl<R: Read + Seek + Send + 'static> Book<R> {
    /// All rows of a sheet, read in a thread.
    pub fn start(mut self, name: String) -> Result<BookRows, SheetFault> {
        BookRows::start(move |to| {
            let mut parcel = Vec::with_capacity(PARCEL);
            let mut heard = true;
            let done = self.rows(&name, &mut |row| {
                parcel.push(row);
                if parcel.len() == PARCEL {
                    heard = to.send(Ok(std::mem::replace(&mut parcel, Vec::with_capacity(PARCEL)))).is_ok();
                }
                if heard { ControlFlow::Continue(()) } else { ControlFlow::Break(()) }
            });
            if heard && !parcel.is_empty() {
                heard = to.send(Ok(parcel)).is_ok();
            }
            if heard {
                // The last word; nobody listening any more is no fault.
                let _ = to.send(done.map(|()| Vec::new()));
            }
        })
    }
}

/// Cells in reading order as rows.
#[derive(Default)]
struct RowMaker {
    /// From 0.
    row: u32,
    record: ByteRecord,
    specials: Vec<Special>,
}

impl RowMaker {
    fn take(
        &mut self,
        (row, column): (u32, u32),
        cell: &DataRef<'_>,
        each: &mut dyn FnMut(BookRow) -> ControlFlow<()>,
    ) -> Result<ControlFlow<()>, Refusal> {
        let Some((text, what)) = text(cell) else { return Ok(ControlFlow::Continue(())) };
        if row != self.row {
            let heard = self.finish(each);
            self.row = row;
            if heard.is_break() {
                return Ok(heard);
            }
        }
        let column = column as usize;
        if column >= MOST_COLUMNS {
            let line = i64::from(row) + 1;
            let refusal = Refusal::new(TOO_MANY_COLUMNS).with("count", column + 1).with("expected", MOST_COLUMNS);
            return Err(refusal.with("line", line));
        }
        if column < self.record.len() {
            return Err(damaged(format!("{}{}", super::guard::letters(column + 1), row.saturating_add(1))));
        }
        while self.record.len() < column {
            self.record.push_field(b"");
        }
        self.record.push_field(text.as_bytes());
        self.specials.extend(what.map(|what| Special { column, what }));
        Ok(ControlFlow::Continue(()))
    }

    fn finish(&mut self, each: &mut dyn FnMut(BookRow) -> ControlFlow<()>) -> ControlFlow<()> {
        if self.record.is_empty() {
            return ControlFlow::Continue(());
        }
        let (record, specials) = (std::mem::take(&mut self.record), std::mem::take(&mut self.specials));
        each(BookRow { line: u64::from(self.row) + 1, record, specials })
    }
}
