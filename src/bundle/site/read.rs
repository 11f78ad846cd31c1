//! The rows of one table of a checked bundle. Every bad cell of every row is told, none stops the reading.
use super::{HEADER, ROW_COUNT, Table};
use crate::bundle::decode::{Choice, Encoding, LineEnd, Text};
use crate::bundle::read::{Cells, Records};
use crate::bundle::row_fault::{Bad, RowFault, Severity, code};
use crate::bundle::sheet::SheetFault;
use crate::model::{Cell, Refusal};
use csv::ByteRecord;
use std::io::{Chain, Cursor, Read};

/// As written by this program: UTF-8 without a mark, LF.
const PLAIN: Choice = Choice { encoding: Encoding::Utf8, mark: 0, line_end: LineEnd::Lf };

const MARK: &[u8] = "\u{FEFF}".as_bytes();

/// One row: its line, and its values in the order of the table's columns.
pub struct Row<'r> {
    pub line: u64,
    pub cells: Vec<Cell<'r>>,
}

/// What [`TableReader::advance`] finds.
pub enum Next<'r> {
    Row(Row<'r>),
    Bad(Vec<RowFault>),
    End,
}

pub struct TableReader<'f> {
    table: &'static Table,
    records: Records<Chain<Cursor<Vec<u8>>, &'f mut dyn Read>>,
    record: ByteRecord,
    rows: u64,
    expected: u64,
}

impl<'f> TableReader<'f> {
    /// Compares the headings. `expected`: rows that the manifest tells.
    pub fn open(table: &'static Table, expected: u64, file: &'f mut dyn Read) -> Result<TableReader<'f>, SheetFault> {
        let header = || {
            let columns: Vec<_> = table.headings().collect();
            Refusal::new(HEADER).with("file", table.file()).with("columns", columns.join(","))
        };
        // The reader of records would pass over a byte-order mark.
        let mut start = Vec::new();
        (&mut *file).take(MARK.len() as u64).read_to_end(&mut start)?;
        if start == MARK {
            return Err(header().into());
        }
        let text = Text::over(Cursor::new(start).chain(file), PLAIN);
        let records = Records::new(Vec::new(), text, b',');
        let mut reader = TableReader { table, records, record: ByteRecord::new(), rows: 0, expected };
        let found = reader.records.next(&mut reader.record)?.is_some();
        if !found || !reader.record.iter().eq(table.headings().map(str::as_bytes)) {
            return Err(header().into());
        }
        Ok(reader)
    }

    pub fn advance(&mut self) -> Result<Next<'_>, SheetFault> {
        let Some(line) = self.records.next(&mut self.record)? else {
            if self.rows != self.expected {
                return Err(Refusal::new(ROW_COUNT).with("file", self.table.file()).into());
            }
            return Ok(Next::End);
        };
        self.rows += 1;
        Ok(self.parse(line))
    }

    fn parse(&self, line: u64) -> Next<'_> {
        let whole = |bad: Bad| Next::Bad(vec![fault(self.table, line, "", "", bad)]);
        let Some(texts) = Cells::of(&self.record) else { return whole(Bad::new(code::DAMAGED_TEXT)) };
        if texts.len() != self.table.columns.len() {
            let bad = Bad::new(code::RAGGED_ROW).with("found", texts.len());
            return whole(bad.with("expected", self.table.columns.len()));
        }
        let (mut cells, mut faults) = (Vec::with_capacity(texts.len()), Vec::new());
        for (column, text) in self.table.columns.iter().zip(texts.iter()) {
            match column.read(text) {
                Ok(cell) => cells.push(cell),
                Err(bad) => faults.push(fault(self.table, line, column.path, text, bad)),
            }
        }
        if faults.is_empty() { Next::Row(Row { line, cells }) } else { Next::Bad(faults) }
    }
}

/// A fault at its place. The value is cut: a cell may be as long as a page.
pub fn fault(table: &Table, line: u64, column: &str, value: &str, bad: Bad) -> RowFault {
    const SHOWN: usize = 80;
    RowFault {
        file: table.file(),
        line,
        column: column.to_owned(),
        letters: None,
        value: value.chars().take(SHOWN).collect(),
        code: bad.code,
        severity: Severity::Error,
        data: bad.data,
    }
}
