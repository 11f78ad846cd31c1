//! Opening a workbook and walking over one of its sheets.
use super::cells::{Epoch, Special, as_ref, text};
use super::guard::{Page, Span, inspect};
use super::kind::Kind;
use super::{BookRow, BookRows, PARCEL, PASSWORD, TOO_BIG, UNKNOWN_SHEET, damaged};
use crate::bundle::read::MOST_COLUMNS;
use crate::bundle::sheet::{SheetFault, TOO_MANY_COLUMNS};
use crate::model::Refusal;
use calamine::{DataRef, Reader, SheetType, SheetVisible, Xls, XlsError, Xlsx, XlsxError};
use csv::ByteRecord;
use std::io::{Read, Seek, SeekFrom};
use std::ops::ControlFlow;

/// An .xls is read whole by its reader.
const MOST_XLS: u64 = 64 * 1024 * 1024;

pub struct Book<R: Read + Seek> {
    cells: Cells<R>,
    /// What is odd about each sheet; empty where it is not known.
    pages: Vec<Page>,
    pub epoch: Epoch,
}

enum Cells<R: Read + Seek> {
    Xlsx(Box<Xlsx<R>>),
    Xls(Box<Xls<R>>),
}

impl<R: Read + Seek> Book<R> {
    pub fn open(mut source: R, kind: Kind, file: &str) -> Result<Book<R>, SheetFault> {
        if kind == Kind::Ole {
            return Self::open_ole(source, file);
        }
        let pages = inspect(&mut source, file)?;
        let xlsx = Xlsx::new(source).map_err(|e| damaged(e.to_string()))?;
        let epoch = if xlsx.has_1904_epoch() { Epoch::Mac1904 } else { Epoch::Windows1900 };
        Ok(Book { cells: Cells::Xlsx(Box::new(xlsx)), pages, epoch })
    }

    fn open_ole(mut source: R, file: &str) -> Result<Book<R>, SheetFault> {
        if source.seek(SeekFrom::End(0))? > MOST_XLS {
            return Err(Refusal::new(TOO_BIG).with("file", file).into());
        }
        source.rewind()?;
        if matches!(Xlsx::new(&mut source), Err(XlsxError::Password)) {
            return Err(Refusal::new(PASSWORD).with("file", file).into());
        }
        source.rewind()?;
        let xls = Xls::new(source).map_err(|e| match e {
            XlsError::Password => Refusal::new(PASSWORD).with("file", file),
            other => damaged(other.to_string()),
        })?;
        Ok(Book { cells: Cells::Xls(Box::new(xls)), pages: Vec::new(), epoch: Epoch::default() })
    }

    /// Names of the sheets that can be read: the one asked for, else all that are not hidden.
    pub fn sheets(&self, wanted: Option<&str>) -> Result<Vec<String>, Refusal> {
        let all = match &self.cells {
            Cells::Xlsx(book) => book.sheets_metadata(),
            Cells::Xls(book) => book.sheets_metadata(),
        };
        let all: Vec<_> = all.iter().filter(|s| s.typ == SheetType::WorkSheet).collect();
        let names = |of: &[&calamine::Sheet]| of.iter().map(|s| s.name.clone()).collect::<Vec<_>>();
        let Some(wanted) = wanted else {
            let seen: Vec<_> = all.iter().copied().filter(|s| s.visible == SheetVisible::Visible).collect();
            return Ok(names(&seen));
        };
        let named = all.iter().any(|s| s.name == wanted).then(|| vec![wanted.to_owned()]);
        named.ok_or_else(|| Refusal::new(UNKNOWN_SHEET).with("sheet", wanted).with("expected", names(&all).join("、")))
    }

    /// What is odd about a sheet as a whole.
    pub fn page(&mut self, name: &str) -> Page {
        match &mut self.cells {
            Cells::Xlsx(book) => {
                let at = book.sheets_metadata().iter().position(|s| s.name == name);
                at.and_then(|at| self.pages.get(at)).cloned().unwrap_or_default()
            }
            Cells::Xls(book) => {
                let merged = book.merge_cells_by_sheet_name(name).unwrap_or_default();
                let span = |d: &calamine::Dimensions| Span {
                    rows: (u64::from(d.start.0) + 1, u64::from(d.end.0) + 1),
                    columns: (d.start.1 as usize + 1, d.end.1 as usize + 1),
                };
                Page { merged: merged.iter().map(span).collect(), hidden: Vec::new() }
            }
        }
    }

    /// Hands over the rows that hold anything, in order, until told to stop.
    fn rows(&mut self, name: &str, each: &mut dyn FnMut(BookRow) -> ControlFlow<()>) -> Result<(), Refusal> {
        let mut row = RowMaker::default();
        match &mut self.cells {
            Cells::Xlsx(book) => {
                let mut reader = book.worksheet_cells_reader(name).map_err(|e| damaged(e.to_string()))?;
                while let Some(cell) = reader.next_cell().map_err(|e| damaged(e.to_string()))? {
                    if row.take(cell.get_position(), cell.get_value(), each)?.is_break() {
                        return Ok(());
                    }
                }
            }
            Cells::Xls(book) => {
                let range = book.worksheet_range(name).map_err(|e| damaged(e.to_string()))?;
                let (top, left) = range.start().unwrap_or_default();
                for (r, c, cell) in range.used_cells() {
                    let at = |n: usize, from: u32| u32::try_from(n).unwrap_or(u32::MAX).saturating_add(from);
                    if row.take((at(r, top), at(c, left)), &as_ref(cell), each)?.is_break() {
                        return Ok(());
                    }
                }
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
