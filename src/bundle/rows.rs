//! Rows of a sheet whatever the file is, one at a time.
use super::book::{BookRow, BookRows, Special};
use super::read::Records;
use super::sheet::SheetFault;
use csv::ByteRecord;
use std::io::Read;

pub enum Rows<R: Read> {
    Text(Box<Records<R>>),
    Book(BookRows),
}

/// A row's line, and what its cells were where a spreadsheet held no text.
#[derive(Debug, Default)]
pub struct Line {
    pub number: u64,
    pub specials: Vec<Special>,
}

impl<R: Read> Rows<R> {
    /// Reads into `record`; `false` at the end.
    pub fn next(&mut self, record: &mut ByteRecord, line: &mut Line) -> Result<bool, SheetFault> {
        match self {
            Rows::Text(records) => match records.next(record)? {
                Some(number) => {
                    line.number = number;
                    Ok(true)
                }
                None => Ok(false),
            },
            Rows::Book(rows) => match rows.take()? {
                Some(BookRow { line: number, record: row, specials }) => {
                    *record = row;
                    *line = Line { number, specials };
                    Ok(true)
                }
                None => Ok(false),
            },
        }
    }
}
