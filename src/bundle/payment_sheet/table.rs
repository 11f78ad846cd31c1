//! Rows of cells from a CSV file or a workbook, bounded, each with its line.
use super::{NOT_A_WORKBOOK, SheetFault, TOO_LARGE};
use crate::bundle::decode::{self, Text};
use crate::bundle::read::{self, Cells, MOST_COLUMNS, Records};
use crate::bundle::row_fault::Form;
use crate::bundle::write::unguarded;
use crate::model::{Refusal, fold};
use calamine::{Data, Reader, Xlsx};
use csv::ByteRecord;
use std::fs::File;
use std::io::{BufReader, Read, Seek};
use std::path::Path;

/// Bytes of a file: a platform's payments of one batch are far fewer.
const MOST_BYTES: u64 = 64 * 1024 * 1024;
const MOST_ROWS: usize = 200_000;
const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

pub type Line = (u64, Vec<String>);

/// The same without what the file was read as.
pub fn rows(
    path: &Path,
    name: &str,
    is_head: &dyn Fn(&[String]) -> bool,
    within: usize,
) -> Result<Vec<Line>, SheetFault> {
    formed(path, name, is_head, within).map(|(lines, _)| lines)
}

/// `is_head` knows the headings, by which the delimiter of a CSV file and the sheet of a workbook are chosen.
pub fn formed(
    path: &Path,
    name: &str,
    is_head: &dyn Fn(&[String]) -> bool,
    within: usize,
) -> Result<(Vec<Line>, Form), SheetFault> {
    let mut file = File::open(path)?;
    if file.metadata()?.len() > MOST_BYTES {
        return Err(Refusal::new(TOO_LARGE).with("file", name).into());
    }
    let mut magic = [0u8; 4];
    let zipped = file.read(&mut magic)? == 4 && magic == *b"PK\x03\x04";
    file.rewind()?;
    let found = if zipped { workbook(file, name, is_head, within)? } else { text(file, is_head, within)? };
    if found.0.len() > MOST_ROWS {
        return Err(Refusal::new(TOO_LARGE).with("file", name).into());
    }
    Ok(found)
}

fn text(mut file: File, is_head: &dyn Fn(&[String]) -> bool, within: usize) -> Result<(Vec<Line>, Form), SheetFault> {
    let choice = decode::choose(&mut file, None).map_err(fault)?;
    let form = Form::Text(choice.encoding);
    let mut best = Vec::new();
    for delimiter in DELIMITERS {
        let mut text = Text::open(&mut file, choice)?;
        let head = read::head(&mut text).map_err(fault)?;
        let mut records = Records::new(head, text, delimiter);
        let (mut record, mut lines) = (ByteRecord::new(), Vec::new());
        while let Some(line) = records.next(&mut record)? {
            let cells = Cells::of(&record).into_iter().flat_map(Cells::iter).take(MOST_COLUMNS);
            lines.push((line, cells.map(|c| unguarded(c).trim().to_owned()).collect()));
            let hopeless = lines.len() == within && !lines.iter().any(|(_, row): &Line| is_head(row));
            if hopeless || lines.len() > MOST_ROWS {
                break;
            }
        }
        if lines.iter().take(within).any(|(_, row)| is_head(row)) {
            return Ok((lines, form));
        }
        best = lines;
    }
    Ok((best, form))
}

fn fault(error: std::io::Error) -> SheetFault {
    match decode::malformed(&error) {
        Some(place) => place.into(),
        None => error.into(),
    }
}

fn workbook(
    file: File,
    name: &str,
    is_head: &dyn Fn(&[String]) -> bool,
    within: usize,
) -> Result<(Vec<Line>, Form), SheetFault> {
    let broken = || SheetFault::Refused(Refusal::new(NOT_A_WORKBOOK).with("file", name));
    let mut book: Xlsx<_> = Xlsx::new(BufReader::new(file)).map_err(|_| broken())?;
    let mut best = Vec::new();
    for sheet in book.sheet_names() {
        let range = book.worksheet_range(&sheet).map_err(|_| broken())?;
        let first = u64::from(range.start().map_or(0, |(row, _)| row)) + 1;
        let rows = range.rows().take(MOST_ROWS + 1);
        let lines: Vec<Line> =
            (first..).zip(rows).map(|(n, row)| (n, row.iter().take(MOST_COLUMNS).map(cell).collect())).collect();
        if lines.iter().take(within).any(|(_, row)| is_head(row)) {
            return Ok((lines, Form::Xlsx));
        }
        best = lines;
    }
    Ok((best, Form::Xlsx))
}

/// A number is written out in full, a date as its day and time: whole digits, never an exponent.
fn cell(data: &Data) -> String {
    match data {
        Data::String(text) | Data::DateTimeIso(text) | Data::DurationIso(text) => fold::text(text).into_owned(),
        Data::Int(n) => n.to_string(),
        // From 16 digits on a float has lost some: an exponent says so.
        Data::Float(x) if x.abs() >= 1e15 => format!("{x:.1e}"),
        Data::Float(x) => format!("{x}"),
        Data::Bool(b) => b.to_string(),
        Data::DateTime(when) => serial(when.as_f64()),
        Data::Error(_) | Data::Empty => String::new(),
    }
}

/// Days since 1899-12-30 as `YYYY-MM-DD HH:MM:SS`, to the nearest second.
fn serial(days: f64) -> String {
    let seconds = (days * 86_400.0).round();
    // Beyond the year 9999 it is no date.
    if !(0.0..2_958_466.0 * 86_400.0).contains(&seconds) {
        return String::new();
    }
    #[allow(clippy::cast_possible_truncation)] // whole and inside the range just checked
    let seconds = chrono::TimeDelta::seconds(seconds as i64);
    let start = chrono::NaiveDate::from_ymd_opt(1899, 12, 30).and_then(|d| d.and_hms_opt(0, 0, 0));
    start
        .and_then(|s| s.checked_add_signed(seconds))
        .map(|t| t.format("%Y-%m-%d %H:%M:%S").to_string())
        .unwrap_or_default()
}
