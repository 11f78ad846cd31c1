//! The rows of a filing as text, with the place of every cell.
use super::parts::PARTS;
use crate::bundle::row_fault::{Bad, RowFault, Severity};

/// Characters of a cell that a fault shows.
const MOST_SHOWN: usize = 60;

#[derive(Debug, Default)]
pub struct Raw {
    /// Rows by the place of their part in [`PARTS`].
    pub parts: [Vec<RawRow>; PARTS.len()],
    pub faults: Vec<RowFault>,
}

#[derive(Debug)]
pub struct RawRow {
    pub file: String,
    pub line: u64,
    pub cells: Vec<RawCell>,
    /// Before a key, to name a cell that is not there: empty, or the path in a JSON file.
    pub path: String,
}

#[derive(Debug)]
pub struct RawCell {
    pub key: &'static str,
    /// The heading as the file has it, or the path in a JSON file.
    pub heading: String,
    pub line: u64,
    pub text: String,
}

impl Raw {
    pub fn push(&mut self, place: usize, row: RawRow) {
        if let Some(rows) = self.parts.get_mut(place) {
            rows.push(row);
        }
    }

    pub fn fault(&mut self, (file, line, column): (&str, u64, &str), value: &str, bad: Bad) {
        self.faults.push(fault((file, line, column), value, bad));
    }
}

pub fn fault((file, line, column): (&str, u64, &str), value: &str, bad: Bad) -> RowFault {
    RowFault {
        file: file.to_owned(),
        line,
        column: column.to_owned(),
        letters: None,
        value: value.chars().take(MOST_SHOWN).collect(),
        code: bad.code,
        severity: Severity::Error,
        data: bad.data,
    }
}
