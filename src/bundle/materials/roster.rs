//! The people of a group registration, as its sheet lists them: name, number and organisation, nothing else. The whole
//! sheet is read by the import.
use super::archive;
use super::source::{SourceFault, damaged};
use crate::model::{Code, Refusal, fold};
use calamine::{Data, Reader, Xlsx};
use std::io::Cursor;

pub const NO_HEADINGS: Code = Code("group.no_headings");

/// Rows above the headings at most, such as a title.
const MOST_ABOVE: usize = 10;
const MOST_ROWS: usize = 100_000;
const MOST_UNPACKED: u64 = 256 * 1024 * 1024;

const NAMES: [&str; 2] = ["姓名", "考生姓名"];
const NUMBERS: [&str; 5] = ["身份证号", "身份证号码", "证件号码", "证件号", "身份证件号码"];
const ORGANISATIONS: [&str; 6] = ["机构名称", "单位名称", "所在单位", "工作单位", "报名单位", "单位"];

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Listed {
    /// Row of the sheet, from 1.
    pub row: usize,
    pub name: String,
    pub number: String,
    pub organisation: String,
}

/// `bytes` is a whole `.xlsx`. Blank rows are left out.
pub fn roster(bytes: Vec<u8>) -> Result<Vec<Listed>, SourceFault> {
    // It is an archive too: looked through like any other before somebody unpacks it.
    let parts = archive::list(Cursor::new(bytes.as_slice()))?.files;
    if parts.iter().fold(0, |sum, part| part.bytes.saturating_add(sum)) > MOST_UNPACKED {
        return Err(damaged());
    }
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(|_| damaged())?;
    let sheet = book.worksheet_range_at(0).ok_or_else(damaged)?.map_err(|_| damaged())?;
    let first = sheet.start().map_or(0, |(row, _)| row as usize);
    let mut rows = sheet.rows().enumerate();
    let headings = rows.by_ref().take(MOST_ABOVE).find_map(|(_, row)| Headings::of(row));
    let headings = headings.ok_or_else(|| Refusal::new(NO_HEADINGS))?;
    let listed = rows.take(MOST_ROWS).map(|(at, row)| Listed {
        row: first + at + 1,
        name: fold::name(&headings.cell(row, Some(headings.name))).into_owned(),
        number: fold::number_like(&headings.cell(row, Some(headings.number))).into_owned(),
        organisation: fold::text(&headings.cell(row, headings.organisation)).into_owned(),
    });
    Ok(listed.filter(|l| !(l.name.is_empty() && l.number.is_empty())).collect())
}

struct Headings {
    name: usize,
    number: usize,
    organisation: Option<usize>,
}

impl Headings {
    fn of(row: &[Data]) -> Option<Headings> {
        let texts: Vec<String> = row.iter().map(|cell| fold::word(&cell.to_string()).into_owned()).collect();
        let at = |words: &[&str]| texts.iter().position(|text| words.contains(&text.trim_matches('*')));
        Some(Headings { name: at(&NAMES)?, number: at(&NUMBERS)?, organisation: at(&ORGANISATIONS) })
    }

    fn cell(&self, row: &[Data], at: Option<usize>) -> String {
        match at.and_then(|at| row.get(at)) {
            // A number of 18 digits has lost its last ones already; written out it matches nothing, and is told.
            Some(Data::Float(number)) => format!("{number:.0}"),
            Some(cell) => cell.to_string(),
            None => String::new(),
        }
    }
}
