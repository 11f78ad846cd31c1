//! An office's sheet from its bytes to typed rows: headings, cells, checks within the file.
//!
//! Nothing here knows the database or a policy. Memory does not grow with the file, save for the faults (bounded) and
//! some bytes for each row against duplicates.
use super::application::{ApplicationRow, Check, Found};
use super::block::Outside;
use super::book::letters;
use super::codes::{Codes, Occupation};
use super::decode::{self, Encoding, Malformed};
use super::field::Field;
use super::layout::Layout;
use super::opening::{Opened, outside};
use super::read::{Cells, MOST_IN_CELL};
use super::row_fault::{Bad, Report, RowFault, Severity, code};
use super::rows::Line;
use super::seen::{Before, Seen};
use super::settle::{self, Purposes};
use super::write::unguarded;
use crate::model::{Code, Level, Refusal};
use csv::{ByteRecord, StringRecord};
use std::borrow::Cow;
use std::io::{self, Read};
use std::ops::ControlFlow;

pub const ENCODING: Code = Code("sheet.encoding");
pub const NOT_RECOGNISED: Code = Code("sheet.not_recognised");
pub const COLUMNS_MISSING: Code = Code("sheet.columns_missing");
pub const COLUMNS_RENAMED: Code = Code("sheet.columns_renamed");
pub const COLUMN_TWICE: Code = Code("sheet.column_twice");
pub const TOO_MANY_COLUMNS: Code = Code("sheet.too_many_columns");
pub const RECORD_TOO_LONG: Code = Code("sheet.record_too_long");
pub const NO_ROWS: Code = Code("sheet.no_rows");

/// Why a file cannot be read as a sheet at all.
#[derive(Debug, thiserror::Error)]
pub enum SheetFault {
    #[error("{0}")]
    Refused(Refusal),
    #[error(transparent)]
    Io(#[from] io::Error),
}

impl From<Refusal> for SheetFault {
    fn from(refusal: Refusal) -> Self {
        SheetFault::Refused(refusal)
    }
}

impl From<Malformed> for SheetFault {
    fn from(place: Malformed) -> Self {
        let number = |n: u64| i64::try_from(n).unwrap_or(i64::MAX);
        let refusal = Refusal::new(ENCODING).with("encoding", place.encoding.name());
        SheetFault::Refused(refusal.with("offset", number(place.offset)).with("line", number(place.line)))
    }
}

/// What a sheet is read with.
pub struct Intake<'c> {
    pub layouts: &'c [Layout],
    pub codes: &'c Codes,
    /// Whether an occupation is assessed at a level; [`catalogue`] asks the catalogue alone.
    pub offers: &'c (dyn Fn(&Occupation, Level) -> bool + Sync),
    /// What else is held against a row whose cells are good; its faults join the row's own.
    pub judge: &'c (dyn Fn(&ApplicationRow<'_>, &mut Vec<Found>) + Sync),
    /// Set when somebody named the encoding.
    pub encoding: Option<Encoding>,
    /// Set when somebody named the sheet of a workbook.
    pub sheet: Option<&'c str>,
    /// Name of the file in faults.
    pub file: &'c str,
}

/// The catalogue's own levels, for [`Intake::offers`].
pub fn catalogue(occupation: &Occupation, level: Level) -> bool {
    occupation.has(level)
}

/// Nothing else, for [`Intake::judge`].
pub fn lenient(_: &ApplicationRow<'_>, _: &mut Vec<Found>) {}

/// One row as it comes out.
pub enum Row<'a> {
    /// With its cells as they stood.
    Good(&'a ApplicationRow<'a>, Cells<'a>),
    Refused(&'a RefusedRow<'a>),
}

/// A row to be mended: its cells as they stood, and why it was refused.
pub struct RefusedRow<'a> {
    pub line: u64,
    pub cells: Cells<'a>,
    pub faults: &'a [RowFault],
}

/// A sheet whose headings have been read.
pub struct Sheet<'c, R: Read> {
    pub(super) intake: &'c Intake<'c>,
    pub(super) layout: &'c Layout,
    pub(super) opened: Opened<R>,
    pub(super) purposes: Purposes,
    /// The unit that registers everybody on this sheet, where the form names it.
    pub(super) registering: Option<String>,
}

/// Rows outside the table, and what has been told once.
#[derive(Default)]
struct Pass {
    seen: Seen,
    below: Vec<Outside>,
    beyond_told: bool,
}

impl<R: Read> Sheet<'_, R> {
    pub fn header(&self) -> &StringRecord {
        &self.opened.recognised.header
    }

    pub fn layout(&self) -> &Layout {
        self.layout
    }

    /// Fields of the layout that have no column here: what is stored of them says more than an empty cell would.
    pub fn lacks(&self) -> Vec<Field> {
        Field::ALL.iter().copied().filter(|field| !self.purposes.iter().flatten().any(|(f, _)| f == field)).collect()
    }

    /// Reads all rows; `each` sees every row once, in order, and may stop the reading.
    /// The counts `added`, `changed`, `unchanged` are for whoever stores the good rows.
    pub fn read(mut self, each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<Report, SheetFault> {
        let mut report = Report::new(&self.layout.id, self.opened.form);
        report.sheet.clone_from(&self.opened.name);
        self.tell_of_whole(&mut report);
        let check = Check { layout: self.layout, codes: self.intake.codes, offers: self.intake.offers };
        let mut pass = Pass::default();
        let (mut record, mut line) = (ByteRecord::new(), Line::default());
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        while self.opened.rows.next(&mut record, &mut line)? {
            if self.is_outside(&record, line.number, &mut pass) {
                continue;
            }
            self.settle(&mut record, &line, &mut found);
            let Some(cells) = Cells::of(&record) else { return Err(no_text(line.number)) };
            report.counts.read += 1;
            let row = match self.shape(cells) {
                Some(bad) => {
                    found.clear();
                    found.push(Found { field: None, bad, severity: Severity::Error });
                    None
                }
                None => self.row(&check, (line.number, cells), &mut pass.seen, &mut found),
            };
            faults.clear();
            faults.extend(found.drain(..).map(|found| self.fault(line.number, cells, found)));
            faults.extend(self.beyond(line.number, cells, &mut pass));
            faults.iter().for_each(|fault| report.push(fault.clone()));
            let go_on = match &row {
                Some(row) => each(Row::Good(row, cells)),
                None => {
                    report.counts.refused += 1;
                    each(Row::Refused(&RefusedRow { line: line.number, cells, faults: &faults }))
                }
            };
            if go_on.is_break() {
                break;
            }
        }
        self.ended(report, &pass)
    }

    /// One row as values, with everything that is wrong with it.
    fn row<'a>(
        &'a self,
        check: &'a Check<'a>,
        (line, cells): (u64, Cells<'a>),
        seen: &mut Seen,
        found: &mut Vec<Found>,
    ) -> Option<ApplicationRow<'a>> {
        let before = found.len();
        let row = check.row(line, |n| self.cell(cells, n), found);
        // A cell that is told of already is not told of again.
        let told: Vec<_> = found.iter().take(before).filter_map(|f| f.field).collect();
        let mut n = 0;
        found.retain(|f| {
            n += 1;
            n <= before || !f.field.is_some_and(|field| told.contains(&field))
        });
        let mut row = row?;
        if row.registered_by.is_none() {
            row.registered_by = self.registering.as_deref().map(Cow::Borrowed);
        }
        if row.route.is_none() && row.category.is_none() {
            row.route = self.layout.route;
        }
        let judged = found.len();
        (self.intake.judge)(&row, found);
        let good = !found.iter().any(|f| f.severity == Severity::Error);
        if good && fresh(seen, &row, found) {
            return Some(row);
        }
        // What is merely odd about a row that is refused only hides why.
        let mut n = 0;
        found.retain(|f| {
            n += 1;
            n <= judged || f.severity == Severity::Error
        });
        None
    }

    /// Blank rows, and what stands below the rows of a form.
    fn is_outside(&self, record: &ByteRecord, line: u64, pass: &mut Pass) -> bool {
        let Some(first) = record.iter().find(|cell| !cell.trim_ascii().is_empty()) else { return true };
        let Some(block) = &self.layout.block else { return false };
        let ends = !pass.below.is_empty() || std::str::from_utf8(first).is_ok_and(|text| block.ends(text));
        if ends {
            pass.below.push(outside(line, record));
        }
        ends
    }

    /// Brings a workbook's row into the shape of a text's.
    fn settle(&self, record: &mut ByteRecord, line: &Line, found: &mut Vec<Found>) {
        if self.opened.name.is_none() {
            return;
        }
        while record.len() < self.header().len() {
            record.push_field(b"");
        }
        settle::settle(record, &line.specials, &self.purposes, self.opened.epoch, found);
        settle::merged(&self.opened.page, line.number, &self.purposes, found);
    }

    /// Too few or too many cells, one too long, or a row that is none.
    fn shape(&self, record: Cells<'_>) -> Option<Bad> {
        let width = self.header().len();
        let text = self.opened.delimiter.is_some();
        let more = text && record.len() > width && record.iter().skip(width).any(|cell| !cell.trim().is_empty());
        if let Some(delimiter) = self.opened.delimiter
            && record.has_line_end()
            && record.iter().any(|cell| swallows(cell, delimiter, width))
        {
            return Some(Bad::new(code::OPEN_QUOTE));
        }
        if record.len() < width || more {
            return Some(Bad::new(code::RAGGED_ROW).with("expected", width).with("found", record.len()));
        }
        if record.has_nul() {
            return Some(Bad::new(code::NUL_BYTE));
        }
        let name = self.column(Field::Name).filter(|at| record.get(*at).map(str::trim) == self.heading(*at));
        if name.is_some() {
            return Some(Bad::new(code::HEADINGS_AGAIN));
        }
        let long = record.size() > MOST_IN_CELL && record.iter().any(|cell| cell.len() > MOST_IN_CELL);
        long.then(|| Bad::new(code::TOO_LONG).with("expected", MOST_IN_CELL))
    }

    fn heading(&self, at: usize) -> Option<&str> {
        self.header().get(at).map(str::trim)
    }

    fn fault(&self, line: u64, record: Cells<'_>, found: Found) -> RowFault {
        let column = found.field.and_then(|field| self.column(field));
        let cell = column.and_then(|at| record.get(at)).unwrap_or_default();
        let named = || found.field.and_then(|field| self.layout.column(field)).map(|c| c.name.clone());
        let heading = column.and_then(|at| self.heading(at)).map(str::to_owned);
        RowFault {
            file: self.intake.file.to_owned(),
            line,
            column: heading.or_else(named).unwrap_or_default(),
            letters: column.filter(|_| self.opened.name.is_some()).map(|at| letters(at + 1)),
            value: cell.trim().chars().take(MOST_SHOWN).collect(),
            code: found.bad.code,
            severity: found.severity,
            data: found.bad.data,
        }
    }

    /// A fault of the file, at the line of its headings.
    fn of_whole(&self, at: Option<usize>, bad: Bad) -> RowFault {
        let heading = at.and_then(|at| self.heading(at)).unwrap_or_default();
        RowFault {
            file: self.intake.file.to_owned(),
            line: self.opened.header_line,
            column: heading.chars().take(MOST_SHOWN).collect(),
            letters: at.filter(|_| self.opened.name.is_some()).map(|at| letters(at + 1)),
            value: String::new(),
            code: bad.code,
            severity: Severity::Warning,
            data: bad.data,
        }
    }

    /// The cell of the layout's nth column.
    fn cell<'a>(&self, cells: Cells<'a>, column: usize) -> &'a str {
        let at = self.opened.recognised.placed.at.get(column).copied().flatten();
        at.and_then(|at| cells.get(at)).map_or("", unguarded)
    }

    /// Where a field's column stands in the sheet.
    fn column(&self, field: Field) -> Option<usize> {
        self.purposes.iter().position(|purpose| purpose.is_some_and(|(f, _)| f == field))
    }

    /// A field's heading, and its letters in a workbook.
    pub fn place(&self, field: Field) -> (String, Option<String>) {
        let at = self.column(field);
        let heading = at.and_then(|at| self.heading(at)).unwrap_or_default();
        (heading.to_owned(), at.filter(|_| self.opened.name.is_some()).map(|at| letters(at + 1)))
    }

    /// Columns that mean nothing to us, hidden rows, further sheets.
    fn tell_of_whole(&self, report: &mut Report) {
        let placed = &self.opened.recognised.placed;
        for at in &placed.unknown {
            let near = self.heading(*at).and_then(|name| self.layout.nearest(name, placed));
            let bad = match near {
                Some(column) => Bad::new(code::COLUMN_RENAMED).with("expected", column.name.as_str()),
                None => Bad::new(code::COLUMN_UNKNOWN),
            };
            report.push(self.of_whole(Some(*at), bad));
        }
        let hidden: Vec<_> = self.opened.page.hidden.iter().filter(|row| **row > self.opened.header_line).collect();
        if !hidden.is_empty() {
            let shown = hidden.iter().take(10).map(ToString::to_string).collect::<Vec<_>>().join(" ");
            let more = if hidden.len() > 10 { " …" } else { "" };
            let bad = Bad::new(code::HIDDEN_ROWS).with("count", hidden.len()).with("expected", shown + more);
            report.push(self.of_whole(None, bad));
        }
        if !self.opened.others.is_empty() {
            let name = self.opened.name.as_deref().unwrap_or_default();
            let bad = Bad::new(code::OTHER_SHEETS).with("sheet", name).with("expected", self.opened.others.join("、"));
            report.push(self.of_whole(None, bad));
        }
    }

    /// A cell that stands beside the table of a workbook; told once.
    fn beyond(&self, line: u64, cells: Cells<'_>, pass: &mut Pass) -> Option<RowFault> {
        let width = self.header().len();
        if pass.beyond_told || self.opened.name.is_none() || cells.len() <= width {
            return None;
        }
        let at = (width..cells.len()).find(|at| cells.get(*at).is_some_and(|cell| !cell.trim().is_empty()))?;
        pass.beyond_told = true;
        let value = cells.get(at).unwrap_or_default().trim().chars().take(MOST_SHOWN).collect();
        Some(RowFault { line, value, ..self.of_whole(Some(at), Bad::new(code::NO_HEADING)) })
    }

    fn ended(&self, mut report: Report, pass: &Pass) -> Result<Report, SheetFault> {
        if report.counts.read == 0 {
            let line = i64::try_from(self.opened.header_line).unwrap_or(i64::MAX);
            return Err(Refusal::new(NO_ROWS).with("file", self.intake.file).with("line", line).into());
        }
        if let Some(block) = &self.layout.block {
            let around = (self.opened.above.as_slice(), pass.below.as_slice());
            let faults = block.faults(self.intake.file, around, report.counts.read);
            faults.into_iter().for_each(|fault| report.push(fault));
        }
        Ok(report)
    }
}

/// Characters of a cell that a fault repeats.
const MOST_SHOWN: usize = 200;

/// Whether no earlier row was the same application; the later one is the fault.
fn fresh(seen: &mut Seen, row: &ApplicationRow<'_>, found: &mut Vec<Found>) -> bool {
    let (code, severity, earlier) = match seen.before(row) {
        Before::Nothing => return true,
        Before::Same(line) => (code::DUPLICATE_IN_FILE, Severity::Error, line),
        Before::Other(line) => (code::PERSON_TWICE, Severity::Warning, line),
    };
    let bad = Bad::new(code).with("expected", i64::try_from(earlier).unwrap_or(i64::MAX));
    found.push(Found { field: Some(Field::Number), bad, severity });
    severity == Severity::Warning
}

/// Whether a cell holds lines that look like rows of this width: a quote was opened and not closed.
fn swallows(cell: &str, delimiter: u8, width: usize) -> bool {
    cell.contains('\n') && width > 2 && cell.bytes().filter(|b| *b == delimiter).count() + 1 >= width
}

fn no_text(line: u64) -> SheetFault {
    let line = i64::try_from(line).unwrap_or(i64::MAX);
    Refusal::new(ENCODING).with("encoding", Encoding::Utf8.name()).with("line", line).into()
}

pub(super) fn decoding(error: io::Error) -> SheetFault {
    decode::malformed(&error).map_or(SheetFault::Io(error), SheetFault::from)
}
