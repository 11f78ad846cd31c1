//! CSV records with their physical lines, in bounded memory.
//!
//! Records end at LF only, so that the line counter stands at the record's end; the CR of a CRLF is white space at
//! the end of the last cell.
use super::decode::{Text, count_lines, malformed};
use super::heading::{self, Recognised};
use super::layout::Layout;
use super::sheet::{self, SheetFault};
use crate::model::Refusal;
use csv::{ByteRecord, ReaderBuilder, StringRecord, Terminator};
use std::fmt;
use std::io::{self, Cursor, Read};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering::Relaxed};

/// Bytes that a cell may have.
pub const MOST_IN_CELL: usize = 64 * 1024;
pub const MOST_COLUMNS: usize = 200;
/// Bytes that a record may take from the file; a quote that is never closed must not swallow the memory.
const MOST_IN_RECORD: usize = 4 * 1024 * 1024;
/// Bytes of the file's beginning in which delimiter and headings are looked for.
const HEAD: u64 = 64 * 1024;

const DELIMITERS: [u8; 3] = [b',', b'\t', b';'];

/// Reads the beginning of a text, to be looked at before it is read as records.
pub fn head(text: &mut impl Read) -> io::Result<Vec<u8>> {
    let mut head = Vec::new();
    text.take(HEAD).read_to_end(&mut head)?;
    Ok(head)
}

/// Cuts the beginning at every delimiter; where the most headings are found, that is the one.
pub fn recognise(head: &[u8], layouts: &[Layout]) -> Option<(u8, Recognised)> {
    let within = layouts.iter().map(|l| l.header_within).max().unwrap_or(1);
    let rows = |delimiter| {
        let mut reader = builder(delimiter).from_reader(head);
        let records = reader.byte_records().take(within).flatten();
        records.map(StringRecord::from_byte_record_lossy).collect::<Vec<_>>()
    };
    let mut best: Option<(u8, Recognised)> = None;
    for delimiter in DELIMITERS {
        let Some(one) = heading::recognise(&rows(delimiter), layouts) else { continue };
        if best.as_ref().is_none_or(|(_, b)| one.placed.found > b.placed.found) {
            best = Some((delimiter, one));
        }
    }
    best
}

fn builder(delimiter: u8) -> ReaderBuilder {
    let mut builder = ReaderBuilder::new();
    builder.delimiter(delimiter).has_headers(false).flexible(true);
    builder.terminator(Terminator::Any(b'\n')).buffer_capacity(64 * 1024);
    builder
}

type Source<R> = Limited<io::Chain<Cursor<Vec<u8>>, Text<R>>>;

pub struct Records<R: Read> {
    reader: csv::Reader<Source<R>>,
    left: Arc<AtomicUsize>,
}

impl<R: Read> Records<R> {
    /// `head` is what [`head`] took from `text`.
    pub fn new(head: Vec<u8>, text: Text<R>, delimiter: u8) -> Records<R> {
        let left = Arc::new(AtomicUsize::new(MOST_IN_RECORD));
        let source = Limited { source: Cursor::new(head).chain(text), left: Arc::clone(&left) };
        Records { reader: builder(delimiter).from_reader(source), left }
    }

    /// Reads into `record` and answers the line on which it begins; `None` at the end.
    pub fn next(&mut self, record: &mut ByteRecord) -> Result<Option<u64>, SheetFault> {
        self.left.store(MOST_IN_RECORD, Relaxed);
        let from = self.reader.position().line();
        match self.reader.read_byte_record(record) {
            Ok(false) => Ok(None),
            Ok(true) => {
                let inside = count_lines(record.as_slice());
                let after = self.reader.position().line();
                // A quote that is still open at the end has the last line end inside.
                Ok(Some(after.saturating_sub(1 + inside).max(from)))
            }
            Err(error) => Err(fault(error, from)),
        }
    }
}

/// The cells of one record as text. The text is checked once for all cells, which is what makes it cheap.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'a> {
    text: &'a str,
    record: &'a ByteRecord,
}

impl<'a> Cells<'a> {
    /// `None` when the record is not UTF-8, which a file that changed between the passes can bring about.
    pub fn of(record: &'a ByteRecord) -> Option<Cells<'a>> {
        let text = std::str::from_utf8(record.as_slice()).ok()?;
        Some(Cells { text, record })
    }

    pub fn get(&self, n: usize) -> Option<&'a str> {
        self.text.get(self.record.range(n)?)
    }

    pub fn len(&self) -> usize {
        self.record.len()
    }

    pub fn is_empty(&self) -> bool {
        self.record.is_empty()
    }

    pub fn has_line_end(&self) -> bool {
        self.record.as_slice().contains(&b'\n')
    }

    pub fn has_nul(&self) -> bool {
        self.record.as_slice().contains(&0)
    }

    /// All bytes of all cells.
    pub fn size(&self) -> usize {
        self.text.len()
    }

    pub fn iter(self) -> impl Iterator<Item = &'a str> {
        (0..self.len()).map(move |n| self.get(n).unwrap_or_default())
    }
}

fn fault(error: csv::Error, line: u64) -> SheetFault {
    let error = match error.into_kind() {
        csv::ErrorKind::Io(error) => error,
        _ => return Refusal::new(sheet::ENCODING).with("line", from_line(line)).with("encoding", "UTF-8").into(),
    };
    if error.get_ref().is_some_and(|e| e.is::<RecordTooLong>()) {
        return Refusal::new(sheet::RECORD_TOO_LONG).with("line", from_line(line)).into();
    }
    match malformed(&error) {
        Some(place) => SheetFault::from(place),
        None => SheetFault::Io(error),
    }
}

fn from_line(line: u64) -> i64 {
    i64::try_from(line).unwrap_or(i64::MAX)
}

/// Gives out no more bytes than one record may take, until the allowance is renewed.
struct Limited<R> {
    source: R,
    left: Arc<AtomicUsize>,
}

#[derive(Debug)]
struct RecordTooLong;

impl fmt::Display for RecordTooLong {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("record too long")
    }
}

impl std::error::Error for RecordTooLong {}

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, out: &mut [u8]) -> io::Result<usize> {
        if self.left.load(Relaxed) == 0 {
            return Err(io::Error::other(RecordTooLong));
        }
        let n = self.source.read(out)?;
        self.left.store(self.left.load(Relaxed).saturating_sub(n), Relaxed);
        Ok(n)
    }
}

#[cfg(test)]
mod tests {
    use super::super::decode::choose;
    use super::*;

    fn lines(text: &str) -> Vec<(u64, Vec<String>)> {
        let mut source = Cursor::new(text.as_bytes().to_vec());
        let choice = choose(&mut source, None).unwrap();
        let mut text = Text::open(source, choice).unwrap();
        let head = head(&mut text).unwrap();
        let mut records = Records::new(head, text, b',');
        let mut record = ByteRecord::new();
        let mut all = Vec::new();
        while let Some(line) = records.next(&mut record).unwrap() {
            all.push((line, Cells::of(&record).unwrap().iter().map(|c| c.trim_end().to_owned()).collect()));
        }
        all
    }

    #[test]
    fn records_know_their_physical_line() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["a,b", "\"x", "y\",2", "", "c,d"].join(end);
            let places: Vec<u64> = lines(&text).into_iter().map(|(line, _)| line).collect();
            let expected: &[u64] = if end == "\r\n" { &[1, 2, 4, 5] } else { &[1, 2, 5] };
            assert_eq!(places, expected, "{end:?}");
        }
    }

    #[test]
    fn an_open_quote_does_not_swallow_the_memory() {
        let text = format!("a,b\n\"{}", "x".repeat(MOST_IN_RECORD + 200_000));
        let mut source = Cursor::new(text.into_bytes());
        let choice = choose(&mut source, None).unwrap();
        let mut records = Records::new(Vec::new(), Text::open(source, choice).unwrap(), b',');
        let mut record = ByteRecord::new();
        assert_eq!(records.next(&mut record).unwrap(), Some(1));
        let Err(SheetFault::Refused(refusal)) = records.next(&mut record) else { panic!("taken") };
        assert!(refusal.is(sheet::RECORD_TOO_LONG));
        assert_eq!(refusal.get("line").unwrap().to_string(), "2");
    }
}
