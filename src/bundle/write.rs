//! CSV out: for people, whose spreadsheet must neither run nor round a cell; for machines, as it is.
//!
//! A file is written beside its place, made durable, and renamed: a reader sees the old file or the whole new one.
use super::place;
use crate::model::{clean, fold};
use csv::{QuoteStyle, Terminator, WriterBuilder};
use encoding_rs::GB18030;
use std::borrow::Cow;
use std::io::{self, BufWriter, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use tempfile::NamedTempFile;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Style {
    /// UTF-8 with a byte-order mark and CRLF; formula signs and long numbers guarded.
    People,
    /// As `People`, in GB18030 and without a mark.
    PeopleGb18030,
    /// UTF-8, no mark, LF, every cell unaltered.
    Machine,
}

/// How a column's long digit strings are kept from becoming quantities. For people only.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Digits {
    #[default]
    Plain,
    /// A tab before the digits.
    Tab,
    /// `="150699…"`
    Formula,
}

#[derive(Debug, Clone, Copy)]
pub struct Heading<'a> {
    pub name: &'a str,
    pub digits: Digits,
}

impl<'a> Heading<'a> {
    pub fn plain(name: &'a str) -> Heading<'a> {
        Heading { name, digits: Digits::Plain }
    }

    pub fn tabbed(name: &'a str) -> Heading<'a> {
        Heading { name, digits: Digits::Tab }
    }
}

/// Digits from this many on are rounded or shown as a power by spreadsheets.
const LONG: usize = 12;

/// Rows into any writer.
pub struct Rows<W: Write> {
    out: csv::Writer<W>,
    style: Style,
    digits: Vec<Digits>,
}

impl<W: Write> Rows<W> {
    /// Writes the mark and the headings.
    pub fn begin(mut to: W, style: Style, headings: &[Heading<'_>]) -> io::Result<Rows<W>> {
        if style == Style::People {
            to.write_all("\u{FEFF}".as_bytes())?;
        }
        let end = if style == Style::Machine { Terminator::Any(b'\n') } else { Terminator::CRLF };
        let out =
            WriterBuilder::new().terminator(end).quote_style(QuoteStyle::Necessary).flexible(true).from_writer(to);
        let digits = headings.iter().map(|h| h.digits).collect();
        let mut rows = Rows { out, style, digits };
        rows.row(headings.iter().map(|h| h.name))?;
        Ok(rows)
    }

    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
        let style = self.style;
        for (n, cell) in cells.into_iter().enumerate() {
            let digits = self.digits.get(n).copied().unwrap_or_default();
            let cell = if style == Style::Machine { Cow::Borrowed(cell) } else { guarded(cell, digits) };
            match style {
                // No byte of a character in this encoding can be taken for a comma, a quote or a line end.
                Style::PeopleGb18030 => self.out.write_field(GB18030.encode(&cell).0)?,
                Style::People | Style::Machine => self.out.write_field(cell.as_bytes())?,
            }
        }
        self.out.write_record(None::<&[u8]>)?;
        Ok(())
    }

    pub fn finish(self) -> io::Result<W> {
        self.out.into_inner().map_err(|e| io::Error::new(e.error().kind(), e.error().to_string()))
    }
}

/// Rows into a file that appears only when it is whole.
pub struct CsvFile {
    rows: Rows<BufWriter<NamedTempFile>>,
    path: PathBuf,
}

impl CsvFile {
    pub fn create(path: &Path, style: Style, headings: &[Heading<'_>]) -> io::Result<CsvFile> {
        place::is_free(path)?;
        let file = BufWriter::new(NamedTempFile::new_in(folder(path))?);
        Ok(CsvFile { rows: Rows::begin(file, style, headings)?, path: path.to_owned() })
    }

    pub fn row<'c>(&mut self, cells: impl IntoIterator<Item = &'c str>) -> io::Result<()> {
        self.rows.row(cells)
    }

    /// Makes the file durable and puts it in its place, over an older one if there is one.
    pub fn finish(self) -> io::Result<()> {
        let file = self.rows.finish()?.into_inner().map_err(io::IntoInnerError::into_error)?;
        put(file, &self.path)
    }
}

/// Any writer's file that appears only when it is whole.
pub struct CsvTarget {
    file: BufWriter<NamedTempFile>,
    path: PathBuf,
}

impl CsvTarget {
    pub fn create(path: &Path) -> io::Result<CsvTarget> {
        place::is_free(path)?;
        Ok(CsvTarget { file: BufWriter::new(NamedTempFile::new_in(folder(path))?), path: path.to_owned() })
    }

    /// Makes the file durable and puts it in its place, over an older one if there is one.
    pub fn finish(self) -> io::Result<()> {
        put(self.file.into_inner().map_err(io::IntoInnerError::into_error)?, &self.path)
    }
}

impl Seek for CsvTarget {
    fn seek(&mut self, to: SeekFrom) -> io::Result<u64> {
        self.file.seek(to)
    }
}

impl Write for CsvTarget {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.file.write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.file.flush()
    }
}

/// Writes bytes as a file that appears only when it is whole.
pub fn file(path: &Path, bytes: &[u8]) -> io::Result<()> {
    place::is_free(path)?;
    let mut file = NamedTempFile::new_in(folder(path))?;
    file.write_all(bytes)?;
    put(file, path)
}

fn put(file: NamedTempFile, path: &Path) -> io::Result<()> {
    file.as_file().sync_all()?;
    file.persist(path).map_err(|e| e.error)?;
    // The rename is durable only with the folder; not every system lets a folder be opened.
    if let Ok(folder) = std::fs::File::open(folder(path)) {
        folder.sync_all()?;
    }
    Ok(())
}

pub(super) fn folder(path: &Path) -> &Path {
    path.parent().filter(|p| !p.as_os_str().is_empty()).unwrap_or(Path::new("."))
}

/// Whether a spreadsheet may take a text for a formula: it begins with a sign, of whatever width.
pub(super) fn calculates(cell: &str) -> bool {
    let small = ['﹦', '﹢', '﹣', '﹫', '−'];
    cell.chars().next().map(fold::half_width).is_some_and(|c| "=+-@".contains(c) || small.contains(&c))
}

/// A cell for people: nothing hidden, no formula, no number that a spreadsheet rounds. Dashes alone
/// are how forms say "nothing" and calculate nothing.
fn guarded(cell: &str, digits: Digits) -> Cow<'_, str> {
    let cell = clean::cell(cell);
    let dashes = cell.bytes().all(|b| b == b'-');
    if calculates(&cell) && cell.parse::<f64>().is_err() && !dashes {
        return Cow::Owned(format!("'{cell}"));
    }
    let number = cell.len() >= LONG && cell.strip_suffix('X').unwrap_or(&cell).bytes().all(|b| b.is_ascii_digit());
    match digits {
        Digits::Tab if number => Cow::Owned(format!("\t{cell}")),
        Digits::Formula if number => Cow::Owned(format!("=\"{cell}\"")),
        _ => cell,
    }
}

/// Takes the guards off a cell that comes back: a tab, `="…"` around letters and digits, `'` before a sign or digit.
pub fn unguarded(cell: &str) -> &str {
    if is_bare(cell.as_bytes()) {
        return cell;
    }
    let cell = cell.trim();
    if let Some(inner) = cell.strip_prefix("=\"").and_then(|c| c.strip_suffix('"'))
        && inner.bytes().all(|b| b.is_ascii_alphanumeric())
    {
        return inner;
    }
    match cell.strip_prefix('\'') {
        Some(rest) if rest.starts_with(|c| matches!(fold::half_width(c), '=' | '+' | '-' | '@' | '0'..='9')) => rest,
        _ => cell,
    }
}

/// Whether a cell begins and ends with a letter, digit or common Han character: nothing to take off. Most cells do.
fn is_bare(cell: &[u8]) -> bool {
    let han = |b: u8| (0xE4..=0xE9).contains(&b);
    let begins = cell.first().is_none_or(|b| b.is_ascii_alphanumeric() || han(*b));
    let ends = cell.last().is_none_or(u8::is_ascii_alphanumeric)
        || matches!(cell, [.., lead, _, last] if han(*lead) && !last.is_ascii());
    begins && ends
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const HEADINGS: [Heading<'static>; 2] =
        [Heading { name: "姓名", digits: Digits::Plain }, Heading { name: "证件号码", digits: Digits::Tab }];

    fn written(style: Style, row: [&str; 2]) -> Vec<u8> {
        let mut rows = Rows::begin(Vec::new(), style, &HEADINGS).unwrap();
        rows.row(row).unwrap();
        rows.finish().unwrap()
    }

    #[test]
    fn files_for_people_are_guarded() {
        let out = String::from_utf8(written(Style::People, ["=1+1\u{202E}", "150699199001010015"])).unwrap();
        assert_eq!(out, "\u{FEFF}姓名,证件号码\r\n'=1+1‹U+202E›,\t150699199001010015\r\n");
        assert_eq!(guarded("15069919850320048X", Digits::Formula), "=\"15069919850320048X\"");
        assert_eq!(guarded("-3.5", Digits::Plain), "-3.5");
        assert_eq!(guarded("--", Digits::Plain), "--");
        for sign in ["＝", "＋", "－", "＠", "﹦", "−", "\t=", " @", "\r\n+"] {
            let out = guarded(&format!("{sign}A1"), Digits::Plain).into_owned();
            assert!(out.starts_with('\''), "{out}");
        }
        assert_eq!(guarded("\0=A1", Digits::Plain), "‹U+0000›=A1");
    }

    #[test]
    fn files_for_machines_are_unaltered() {
        let out = String::from_utf8(written(Style::Machine, ["=1+1", "150699199001010015"])).unwrap();
        assert_eq!(out, "姓名,证件号码\n=1+1,150699199001010015\n");
    }

    #[test]
    fn rare_characters_survive_gb18030() {
        let out = written(Style::PeopleGb18030, ["𠮷㛃", "a,\"b\""]);
        let (text, _, bad) = GB18030.decode(&out);
        assert!(!bad);
        assert_eq!(text, "姓名,证件号码\r\n𠮷㛃,\"a,\"\"b\"\"\"\r\n");
    }

    #[test]
    fn a_file_appears_only_when_it_is_whole() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("a.csv");
        let mut unfinished = CsvFile::create(&path, Style::Machine, &HEADINGS).unwrap();
        unfinished.row(["a", "b"]).unwrap();
        assert!(!path.exists());
        unfinished.finish().unwrap();
        assert_eq!(std::fs::read_to_string(&path).unwrap(), "姓名,证件号码\na,b\n");
        drop(CsvFile::create(&path, Style::Machine, &HEADINGS).unwrap());
        assert_eq!(std::fs::read_dir(folder.path()).unwrap().count(), 1);
    }

    proptest! {
        #[test]
        fn no_cell_for_people_starts_a_formula(cell in "\\PC{0,10}") {
            let out = guarded(&cell, Digits::Tab);
            let plain = out.parse::<f64>().is_ok() || out.bytes().all(|b| b == b'-');
            let risky = out.starts_with(['=', '+', '-', '@']) && !plain;
            prop_assert!(!risky);
        }

        #[test]
        fn guards_come_off_again(digits in "[0-9]{12,18}") {
            for guard in [Digits::Plain, Digits::Tab, Digits::Formula] {
                let cell = guarded(&digits, guard);
                prop_assert_eq!(unguarded(&cell), digits.as_str());
            }
        }
    }
}
