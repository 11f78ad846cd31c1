//! A folder of CSV tables. A table that is not there is an empty part, save the organisation's own.
use super::parts::{PARTS, Part};
use super::raw::{Raw, RawCell, RawRow};
use super::{NO_ORGANISATION, fault};
use crate::bundle::decode::{self, Encoding, Text, malformed};
use crate::bundle::read::{Cells, MOST_IN_CELL, Records};
use crate::bundle::row_fault::{Bad, Report, code};
use crate::bundle::sheet::{ENCODING, SheetFault};
use crate::bundle::write::unguarded;
use crate::model::{Refusal, fold};
use csv::ByteRecord;
use std::fs::File;
use std::io;
use std::path::Path;

pub fn read(folder: &Path) -> Result<(Raw, Report), SheetFault> {
    let mut raw = Raw::default();
    let mut report = Report::new("filing-csv", Encoding::Utf8);
    for (place, part) in PARTS.iter().enumerate() {
        match File::open(folder.join(part.file())) {
            Ok(file) => report.encoding = table(file, (place, part), &mut raw)?.into(),
            Err(e) if e.kind() == io::ErrorKind::NotFound && place > 0 => {}
            Err(e) if e.kind() == io::ErrorKind::NotFound => {
                return Err(Refusal::new(NO_ORGANISATION).with("file", part.file()).into());
            }
            Err(e) => return Err(e.into()),
        }
    }
    Ok((raw, report))
}

fn table(mut file: File, (place, part): (usize, &'static Part), raw: &mut Raw) -> Result<Encoding, SheetFault> {
    let decoding = |e: io::Error| malformed(&e).map_or(SheetFault::Io(e), SheetFault::from);
    let choice = decode::choose(&mut file, None).map_err(decoding)?;
    let mut records = Records::new(Vec::new(), Text::open(file, choice)?, b',');
    let mut record = ByteRecord::new();
    let name = part.file();
    let mut headings: Option<Vec<(String, Option<&'static str>)>> = None;
    while let Some(line) = records.next(&mut record)? {
        let line_number = i64::try_from(line).unwrap_or(i64::MAX);
        let text = || Refusal::new(ENCODING).with("line", line_number).with("encoding", choice.encoding.name());
        let cells = Cells::of(&record).ok_or_else(text)?;
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        match &headings {
            None => headings = Some(placed(cells, part, (&name, line), raw)),
            Some(headings) => row(cells, headings, (place, &name, line), raw),
        }
    }
    Ok(choice.encoding)
}

fn placed(
    cells: Cells<'_>,
    part: &'static Part,
    (file, line): (&str, u64),
    raw: &mut Raw,
) -> Vec<(String, Option<&'static str>)> {
    let mut all: Vec<(String, Option<&'static str>)> = Vec::new();
    for cell in cells.iter() {
        let heading = fold::word(cell).into_owned();
        let key = part.key(&heading);
        if key.is_none() && !heading.is_empty() {
            raw.fault((file, line, &heading), "", Bad::new(fault::UNKNOWN_COLUMN));
        }
        if key.is_some() && all.iter().any(|(_, seen)| *seen == key) {
            raw.fault((file, line, &heading), &heading, Bad::new(fault::TWICE));
        }
        all.push((heading, key));
    }
    all
}

fn row(
    cells: Cells<'_>,
    headings: &[(String, Option<&'static str>)],
    (place, file, line): (usize, &str, u64),
    raw: &mut Raw,
) {
    let more = cells.iter().skip(headings.len()).any(|cell| !cell.trim().is_empty());
    if cells.len() < headings.len() || more {
        let bad = Bad::new(code::RAGGED_ROW).with("expected", headings.len()).with("found", cells.len());
        return raw.fault((file, line, ""), "", bad);
    }
    let mut row = RawRow { file: file.to_owned(), line, cells: Vec::new(), path: String::new() };
    for ((heading, key), cell) in headings.iter().zip(cells.iter()) {
        if cell.len() > MOST_IN_CELL {
            raw.fault((file, line, heading), cell, Bad::new(code::TOO_LONG).with("expected", MOST_IN_CELL));
        } else if let Some(key) = key {
            row.cells.push(RawCell { key, heading: heading.clone(), line, text: unguarded(cell).to_owned() });
        }
    }
    raw.push(place, row);
}
