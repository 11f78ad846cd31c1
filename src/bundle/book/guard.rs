//! A look through a workbook's archive before anything of it is unpacked into memory: sizes, and what the reader of
//! cells does not tell (merged cells, hidden rows).
use super::tags::{self, Ended, Tags};
use super::{NOT_A_SHEET, TOO_BIG, damaged};
use crate::bundle::sheet::{RECORD_TOO_LONG, SheetFault};
use crate::model::Refusal;
use std::borrow::Cow;
use std::io::{BufReader, Read, Seek};
use zip::ZipArchive;

const MOST_ENTRIES: usize = 4_000;
/// Bytes of everything but the sheets, unpacked: the words of all cells are held in memory.
const MOST_BESIDE: u64 = 160 * 1024 * 1024;
/// Bytes of one sheet, unpacked; it is never held whole. A million rows of 33 columns take 2 GiB.
const MOST_OF_SHEET: u64 = 4 * 1024 * 1024 * 1024;
/// Real sheets shrink to a fiftieth at most; far more than that is made to do harm.
const MOST_RATIO: u64 = 250;
/// Words of all cells, each of which takes room however short it is.
const MOST_WORDS: u64 = 10_000_000;
const SMALL: u64 = 32 * 1024 * 1024;
/// Merged ranges and hidden rows that are remembered of a sheet.
const MOST_KEPT: usize = 10_000;

/// A merged range; rows and columns from 1, ends included.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Span {
    pub rows: (u64, u64),
    pub columns: (usize, usize),
}

/// What is odd about a sheet as a whole.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Page {
    pub merged: Vec<Span>,
    pub hidden: Vec<u64>,
}

/// Reads the archive through once. The pages stand in the workbook's own order.
pub fn inspect<R: Read + Seek>(source: &mut R, file: &str) -> Result<Vec<Page>, SheetFault> {
    source.rewind()?;
    let mut zip = ZipArchive::new(&mut *source).map_err(|e| damaged(e.to_string()))?;
    if zip.len() > MOST_ENTRIES {
        return Err(Refusal::new(TOO_BIG).with("file", file).into());
    }
    let names: Vec<String> = zip.file_names().flatten().map(Cow::into_owned).collect();
    let ends = |end: &str| names.iter().find(|n| n.to_ascii_lowercase().ends_with(end)).cloned();
    let Some(workbook) = ends("workbook.xml") else {
        return Err(Refusal::new(NOT_A_SHEET).with("file", file).with("kind", "ZIP").into());
    };
    let paths = match ends("workbook.xml.rels") {
        Some(rels) => paths(&mut zip, &workbook, &rels, file)?,
        None => Vec::new(),
    };
    let mut pages = vec![Page::default(); paths.len()];
    let mut beside = 0;
    for n in 0..zip.len() {
        let entry = zip.by_index(n).map_err(|e| damaged(e.to_string()))?;
        let (name, packed) =
            (entry.name().map_err(|e| damaged(e.to_string()))?.to_ascii_lowercase(), entry.compressed_size());
        let page = paths.iter().position(|p| *p == name);
        if page.is_none() && !(name.ends_with(".xml") || name.ends_with(".rels")) {
            continue;
        }
        let most = if page.is_some() { MOST_OF_SHEET } else { MOST_BESIDE - beside };
        let most = most.min(SMALL.max(packed.saturating_mul(MOST_RATIO)));
        let mut page = page.and_then(|at| pages.get_mut(at));
        let read = look(Tags::new(BufReader::with_capacity(64 * 1024, entry)), most, page.as_deref_mut(), file)?;
        if page.is_none() {
            beside += read;
        }
    }
    source.rewind()?;
    Ok(pages)
}

/// The places of the sheets in the archive, in the workbook's order and in lower case.
fn paths<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    workbook: &str,
    rels: &str,
    file: &str,
) -> Result<Vec<String>, SheetFault> {
    let mut targets: Vec<(String, String)> = Vec::new();
    each_tag(zip, rels, file, &mut |token| {
        if tags::name(token) == b"Relationship"
            && let (Some(id), Some(target)) = (tags::attribute(token, "Id"), tags::attribute(token, "Target"))
        {
            targets.push((id.to_owned(), target.to_owned()));
        }
    })?;
    let folder = workbook.rsplit_once('/').map_or(String::new(), |(folder, _)| format!("{folder}/"));
    let mut paths = Vec::new();
    each_tag(zip, workbook, file, &mut |token| {
        if tags::name(token) != b"sheet" {
            return;
        }
        let target = tags::attribute(token, "id").and_then(|id| targets.iter().find(|(i, _)| i == id));
        let path = target.map_or(String::new(), |(_, target)| match target.strip_prefix('/') {
            Some(absolute) => absolute.to_owned(),
            None => format!("{folder}{target}"),
        });
        paths.push(path.to_ascii_lowercase());
    })?;
    Ok(paths)
}

fn each_tag<R: Read + Seek>(
    zip: &mut ZipArchive<R>,
    name: &str,
    file: &str,
    each: &mut dyn FnMut(&[u8]),
) -> Result<(), SheetFault> {
    let entry = zip.by_name(name).map_err(|e| damaged(e.to_string()))?;
    let mut tags = Tags::new(BufReader::new(entry.take(SMALL)));
    while let Some(token) = tags.next().map_err(|e| ended(e, file, 1))? {
        each(token);
    }
    Ok(())
}

/// Reads one part to its end, which checks its checksum too; gives its bytes.
fn look<R: std::io::BufRead>(
    mut tags: Tags<R>,
    most: u64,
    mut page: Option<&mut Page>,
    file: &str,
) -> Result<u64, SheetFault> {
    let (mut row, mut words) = (0, 0);
    loop {
        let read = tags.read;
        let Some(token) = tags.next().map_err(|e| ended(e, file, row))? else { return Ok(read) };
        if read > most {
            return Err(Refusal::new(TOO_BIG).with("file", file).into());
        }
        match (token.first(), page.as_deref_mut()) {
            (Some(b'r'), Some(page)) if tags::name(token) == b"row" => {
                row = tags::attribute(token, "r").and_then(|r| r.parse().ok()).unwrap_or(row + 1);
                if matches!(tags::attribute(token, "hidden"), Some("1" | "true")) && page.hidden.len() < MOST_KEPT {
                    page.hidden.push(row);
                }
            }
            (Some(b'm' | b'x'), Some(page)) if tags::name(token) == b"mergeCell" => {
                let span = tags::attribute(token, "ref").and_then(span);
                page.merged.extend(span.filter(|_| page.merged.len() < MOST_KEPT));
            }
            // The reader of cells makes room for as many words as this attribute claims.
            (Some(_), None) if tags::name(token) == b"sst" => {
                let claimed = tags::attribute(token, "uniqueCount").and_then(|n| n.parse::<u64>().ok());
                if claimed.is_some_and(|n| n > most / 8) {
                    return Err(Refusal::new(TOO_BIG).with("file", file).into());
                }
            }
            (Some(b's' | b'x'), None) if tags::name(token) == b"si" => {
                words += 1;
                if words > MOST_WORDS {
                    return Err(Refusal::new(TOO_BIG).with("file", file).into());
                }
            }
            _ => {}
        }
    }
}

fn ended(why: Ended, file: &str, row: u64) -> SheetFault {
    let line = i64::try_from(row).unwrap_or(i64::MAX);
    match why {
        Ended::TooLong if row > 0 => Refusal::new(RECORD_TOO_LONG).with("line", line).into(),
        Ended::TooLong => Refusal::new(TOO_BIG).with("file", file).into(),
        Ended::Io(error) => damaged(error.to_string()).into(),
    }
}

/// `B5:D7`
fn span(range: &str) -> Option<Span> {
    let (from, to) = range.split_once(':')?;
    let ((a, top), (b, bottom)) = (place(from)?, place(to)?);
    Some(Span { rows: (top.min(bottom), top.max(bottom)), columns: (a.min(b), a.max(b)) })
}

/// Column and row of `B5`, from 1.
fn place(text: &str) -> Option<(usize, u64)> {
    let text = text.replace('$', "");
    let letters = text.bytes().take_while(u8::is_ascii_alphabetic).count();
    let (column, row) = text.split_at_checked(letters).filter(|(column, _)| (1..=3).contains(&column.len()))?;
    let column = column.bytes().fold(0, |n, b| n * 26 + usize::from(b.to_ascii_uppercase() - b'A') + 1);
    Some((column, row.parse().ok()?))
}

/// `A`, `Z`, `AA` for columns from 1.
pub fn letters(column: usize) -> String {
    let mut rest = column;
    let mut text = Vec::new();
    while rest > 0 {
        rest -= 1;
        text.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        rest /= 26;
    }
    text.iter().rev().collect()
}

impl Span {
    /// As the spreadsheet writes it.
    pub fn text(&self) -> String {
        let ((top, bottom), (left, right)) = (self.rows, self.columns);
        format!("{}{top}:{}{bottom}", letters(left), letters(right))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_are_read_and_written() {
        for text in ["A1:C1", "B5:D7", "AA10:AB11"] {
            assert_eq!(span(text).unwrap().text(), text);
        }
        assert_eq!(span("$B$5:$D$7").unwrap().text(), "B5:D7");
        for text in ["", "A1", "1:2", "A:B", "ABCD1:A2"] {
            assert_eq!(span(text), None, "{text}");
        }
        assert_eq!((letters(26), letters(27), letters(703)), ("Z".into(), "AA".into(), "AAA".into()));
    }
}
