//! An office's sheet from its bytes to typed rows: encoding, headings, cells, checks within the file.
//!
//! Nothing here knows the database or a policy. Memory does not grow with the file, save for the faults (bounded) and
//! some bytes for each row against duplicates.
use super::application::{ApplicationRow, Check, Found};
use super::codes::{Codes, Occupation};
use super::decode::{self, Choice, Encoding, Malformed, Text};
use super::field::Field;
use super::layout::{Layout, Placed};
use super::read::{self, Cells, MOST_COLUMNS, MOST_IN_CELL, Records};
use super::row_fault::{Bad, Report, RowFault, Severity, code};
use super::seen::Seen;
use super::write::unguarded;
use crate::model::{Code, Level, Refusal};
use csv::{ByteRecord, StringRecord};
use std::io::{self, Read, Seek};
use std::ops::ControlFlow;

pub const ENCODING: Code = Code("sheet.encoding");
pub const NOT_RECOGNISED: Code = Code("sheet.not_recognised");
pub const COLUMNS_MISSING: Code = Code("sheet.columns_missing");
pub const COLUMN_TWICE: Code = Code("sheet.column_twice");
pub const TOO_MANY_COLUMNS: Code = Code("sheet.too_many_columns");
pub const RECORD_TOO_LONG: Code = Code("sheet.record_too_long");

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
    /// Set when somebody named the encoding.
    pub encoding: Option<Encoding>,
    /// Name of the file in faults.
    pub file: &'c str,
}

/// The catalogue's own levels, for [`Intake::offers`].
pub fn catalogue(occupation: &Occupation, level: Level) -> bool {
    occupation.has(level)
}

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
    intake: &'c Intake<'c>,
    layout: &'c Layout,
    choice: Choice,
    header: StringRecord,
    header_line: u64,
    placed: Placed,
    records: Records<R>,
}

impl<'c, R: Read + Seek> Sheet<'c, R> {
    /// Passes over the file once for its encoding, then reads up to the headings.
    pub fn open(mut source: R, intake: &'c Intake<'c>) -> Result<Sheet<'c, R>, SheetFault> {
        let choice = decode::choose(&mut source, intake.encoding).map_err(decoding)?;
        let mut text = Text::open(source, choice)?;
        let head = read::head(&mut text).map_err(decoding)?;
        let Some(recognised) = read::recognise(&head, intake.layouts) else {
            return Err(Refusal::new(NOT_RECOGNISED).with("file", intake.file).into());
        };
        let Some(layout) = intake.layouts.get(recognised.layout) else {
            return Err(Refusal::new(NOT_RECOGNISED).with("file", intake.file).into());
        };
        let mut records = Records::new(head, text, recognised.delimiter);
        let mut header = ByteRecord::new();
        let mut header_line = 1;
        for _ in 0..=recognised.above {
            header_line = records.next(&mut header)?.unwrap_or(header_line);
        }
        let header: StringRecord = Cells::of(&header).into_iter().flat_map(Cells::iter).collect();
        refuse_header(&recognised.placed, &header)?;
        Ok(Sheet { intake, layout, choice, header, header_line, placed: recognised.placed, records })
    }
}

impl<R: Read> Sheet<'_, R> {
    pub fn header(&self) -> &StringRecord {
        &self.header
    }

    pub fn layout(&self) -> &Layout {
        self.layout
    }

    /// Fields of the layout that have no column here: what is stored of them says more than an empty cell would.
    pub fn lacks(&self) -> Vec<Field> {
        let columns = self.layout.columns.iter().zip(&self.placed.at);
        columns.filter(|(_, at)| at.is_none()).map(|(column, _)| column.field).collect()
    }

    pub fn encoding(&self) -> Encoding {
        self.choice.encoding
    }

    /// Reads all rows; `each` sees every row once, in order, and may stop the reading.
    /// The counts `added`, `changed`, `unchanged` are for whoever stores the good rows.
    pub fn read(mut self, each: &mut dyn FnMut(Row<'_>) -> ControlFlow<()>) -> Result<Report, SheetFault> {
        let mut report = Report::new(&self.layout.id, self.choice.encoding);
        self.unknown_columns(&mut report);
        let check = Check { layout: self.layout, codes: self.intake.codes, offers: self.intake.offers };
        let mut seen = Seen::default();
        let mut record = ByteRecord::new();
        let (mut found, mut faults) = (Vec::new(), Vec::new());
        while let Some(line) = self.records.next(&mut record)? {
            let Some(cells) = Cells::of(&record) else { return Err(no_text(line)) };
            if is_blank(cells) {
                continue;
            }
            report.counts.read += 1;
            let row = match self.shape(cells) {
                Some(bad) => {
                    found.push(Found { field: None, bad, severity: Severity::Error });
                    None
                }
                None => check.row(line, |n| self.cell(cells, n), &mut found),
            };
            let row = row.filter(|row| fresh(&mut seen, row, &mut found));
            faults.clear();
            faults.extend(found.drain(..).map(|found| self.fault(line, cells, found)));
            faults.iter().for_each(|fault| report.push(fault.clone()));
            let go_on = match &row {
                Some(row) => each(Row::Good(row, cells)),
                None => {
                    report.counts.refused += 1;
                    each(Row::Refused(&RefusedRow { line, cells, faults: &faults }))
                }
            };
            if go_on.is_break() {
                break;
            }
        }
        Ok(report)
    }

    /// Too few or too many cells, or one too long. Empty cells beyond the headings do not count.
    fn shape(&self, record: Cells<'_>) -> Option<Bad> {
        let width = self.header.len();
        let more = record.len() > width && record.iter().skip(width).any(|cell| !cell.trim().is_empty());
        if record.len() < width || more {
            return Some(Bad::new(code::RAGGED_ROW).with("expected", width).with("found", record.len()));
        }
        let long = record.size() > MOST_IN_CELL && record.iter().any(|cell| cell.len() > MOST_IN_CELL);
        long.then(|| Bad::new(code::TOO_LONG).with("expected", MOST_IN_CELL))
    }

    fn fault(&self, line: u64, record: Cells<'_>, found: Found) -> RowFault {
        let column = found.field.and_then(|field| self.column(field));
        let cell = column.and_then(|at| record.get(at)).unwrap_or_default();
        let heading = column.and_then(|at| self.header.get(at)).map(|h| h.trim().to_owned());
        let named = || found.field.and_then(|field| self.layout.column(field)).map(|c| c.name.clone());
        RowFault {
            file: self.intake.file.to_owned(),
            line,
            column: heading.or_else(named).unwrap_or_default(),
            value: cell.trim().chars().take(MOST_SHOWN).collect(),
            code: found.bad.code,
            severity: found.severity,
            data: found.bad.data,
        }
    }

    /// The cell of the layout's nth column.
    fn cell<'a>(&self, cells: Cells<'a>, column: usize) -> &'a str {
        let at = self.placed.at.get(column).copied().flatten();
        at.and_then(|at| cells.get(at)).map_or("", unguarded)
    }

    /// Where a field's column stands in the sheet.
    fn column(&self, field: Field) -> Option<usize> {
        let n = self.layout.columns.iter().position(|c| c.field == field)?;
        self.placed.at.get(n).copied().flatten()
    }

    fn unknown_columns(&self, report: &mut Report) {
        for at in &self.placed.unknown {
            report.push(RowFault {
                file: self.intake.file.to_owned(),
                line: self.header_line,
                column: self.header.get(*at).unwrap_or_default().trim().chars().take(MOST_SHOWN).collect(),
                value: String::new(),
                code: code::COLUMN_UNKNOWN,
                severity: Severity::Warning,
                data: Vec::new(),
            });
        }
    }
}

/// Characters of a cell that a fault repeats.
const MOST_SHOWN: usize = 200;

/// Whether no earlier row was the same application; the later one is the fault.
fn fresh(seen: &mut Seen, row: &ApplicationRow<'_>, found: &mut Vec<Found>) -> bool {
    let Some(earlier) = seen.before(row) else { return true };
    let bad = Bad::new(code::DUPLICATE_IN_FILE).with("expected", i64::try_from(earlier).unwrap_or(i64::MAX));
    found.push(Found { field: Some(Field::Number), bad, severity: Severity::Error });
    false
}

fn is_blank(record: Cells<'_>) -> bool {
    record.iter().all(|cell| cell.trim().is_empty())
}

fn no_text(line: u64) -> SheetFault {
    let line = i64::try_from(line).unwrap_or(i64::MAX);
    Refusal::new(ENCODING).with("encoding", Encoding::Utf8.name()).with("line", line).into()
}

fn refuse_header(placed: &Placed, header: &StringRecord) -> Result<(), Refusal> {
    if header.len() > MOST_COLUMNS {
        return Err(Refusal::new(TOO_MANY_COLUMNS).with("count", header.len()).with("expected", MOST_COLUMNS));
    }
    if !placed.twice.is_empty() {
        return Err(Refusal::new(COLUMN_TWICE).with("columns", placed.twice.join("、")));
    }
    if !placed.missing.is_empty() {
        return Err(Refusal::new(COLUMNS_MISSING).with("columns", placed.missing.join("、")));
    }
    Ok(())
}

fn decoding(error: io::Error) -> SheetFault {
    decode::malformed(&error).map_or(SheetFault::Io(error), SheetFault::from)
}
