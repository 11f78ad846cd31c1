//! What a file is by its bytes; its name is not asked.
use super::{EMPTY, NOT_A_SHEET, NUL, OLD_WORKBOOK, PASSWORD, WEB_PAGE};
use crate::bundle::decode::{Encoding, count_lines};
use crate::bundle::sheet::SheetFault;
use crate::model::Refusal;
use std::io::{Read, Seek};

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Lines of cells; which encoding is found elsewhere.
    Text,
    /// A zip; most likely .xlsx.
    Workbook,
}

/// .xls, and an .xlsx with a password. Readers of .xls do not stand up to damaged files: they are refused.
const OLE: &[u8] = b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1";

const HEAD: u64 = 16 * 1024;

/// Beginnings of files that people take for a sheet.
const OTHERS: &[(&[u8], &str)] = &[
    (b"%PDF", "PDF"),
    (b"\x89PNG", "PNG"),
    (b"\xFF\xD8\xFF", "JPEG"),
    (b"GIF8", "GIF"),
    (b"Rar!", "RAR"),
    (b"7z\xBC\xAF\x27\x1C", "7z"),
    (b"\x1F\x8B", "gzip"),
    (b"\x7FELF", "ELF"),
    (b"MZ\x90", "EXE"),
    (b"{\\rtf", "RTF"),
    (b"SQLite format 3", "SQLite"),
];

/// Looks at the beginning and goes back to it. `forced`: somebody says it is text in this encoding.
pub fn kind<R: Read + Seek>(source: &mut R, forced: Option<Encoding>, file: &str) -> Result<Kind, SheetFault> {
    source.rewind()?;
    let mut head = Vec::new();
    source.by_ref().take(HEAD).read_to_end(&mut head)?;
    source.rewind()?;
    if head.is_empty() {
        return Err(Refusal::new(EMPTY).with("file", file).into());
    }
    if head.starts_with(b"PK\x03\x04") || head.starts_with(b"PK\x05\x06") {
        return Ok(Kind::Workbook);
    }
    if head.starts_with(OLE) {
        let code = if holds(source, &wide("EncryptedPackage"))? { PASSWORD } else { OLD_WORKBOOK };
        return Err(Refusal::new(code).with("file", file).into());
    }
    if let Some((_, name)) = OTHERS.iter().find(|(bytes, _)| head.starts_with(bytes)) {
        return Err(Refusal::new(NOT_A_SHEET).with("file", file).with("kind", *name).into());
    }
    if is_web_page(&head) {
        return Err(Refusal::new(WEB_PAGE).with("file", file).into());
    }
    let two_bytes = matches!(forced, Some(Encoding::Utf16Le | Encoding::Utf16Be))
        || head.starts_with(b"\xFF\xFE")
        || head.starts_with(b"\xFE\xFF");
    match head.iter().position(|b| *b == 0) {
        // Few, in a file of lines: the row that has one is told by itself.
        Some(at) if !two_bytes && head.iter().filter(|b| **b == 0).count() > head.len() / 20 => {
            let line = 1 + count_lines(head.get(..at).unwrap_or_default());
            let line = i64::try_from(line).unwrap_or(i64::MAX);
            Err(Refusal::new(NUL).with("file", file).with("line", line).into())
        }
        _ => Ok(Kind::Text),
    }
}

/// Whether bytes occur anywhere in the file; goes back to the start.
fn holds<R: Read + Seek>(source: &mut R, wanted: &[u8]) -> std::io::Result<bool> {
    let mut window: Vec<u8> = Vec::new();
    let mut chunk = vec![0; 64 * 1024];
    let found = loop {
        let n = source.read(&mut chunk)?;
        window.extend_from_slice(chunk.get(..n).unwrap_or_default());
        if window.windows(wanted.len()).any(|w| w == wanted) {
            break true;
        }
        if n == 0 {
            break false;
        }
        let kept = window.len().saturating_sub(wanted.len());
        window.drain(..kept);
    };
    source.rewind()?;
    Ok(found)
}

/// As names stand in an OLE directory.
fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

/// HTML or the XML of older spreadsheets, saved under the name of a sheet.
fn is_web_page(head: &[u8]) -> bool {
    let text = String::from_utf8_lossy(head).to_ascii_lowercase();
    let text = text.trim_start_matches(['\u{FEFF}', ' ', '\r', '\n', '\t']);
    let markup = text.starts_with("<!doctype") || text.starts_with("<html") || text.starts_with("<?xml");
    let table = text.starts_with('<') && (text.contains("<table") || text.contains("<html") || text.contains("<meta"));
    markup || table || text.starts_with("mime-version:")
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Cursor;

    fn told(bytes: &[u8]) -> String {
        match kind(&mut Cursor::new(bytes.to_vec()), None, "a") {
            Ok(kind) => format!("{kind:?}"),
            Err(SheetFault::Refused(refusal)) => refusal.code.0.to_owned(),
            Err(other) => other.to_string(),
        }
    }

    #[test]
    fn a_file_is_known_by_its_bytes() {
        assert_eq!(told(b""), "sheet.empty");
        assert_eq!(told(b"PK\x03\x04...."), "Workbook");
        assert_eq!(told(OLE), "sheet.old_workbook");
        let locked = [OLE, &vec![0; 64 * 1024 - 13], &wide("EncryptedPackage")].concat();
        assert_eq!(told(&locked), "sheet.password");
        assert_eq!(told(b"%PDF-1.7"), "sheet.not_a_sheet");
        assert_eq!(told("\u{FEFF}\r\n<HTML><table>".as_bytes()), "sheet.web_page");
        assert_eq!(told(b"<?xml version=\"1.0\"?><Workbook/>"), "sheet.web_page");
        assert_eq!(told(b"\x01\x00\x02\x00\x00\x00junk"), "sheet.nul");
        assert_eq!(told("姓名,性别\n".as_bytes()), "Text");
        assert_eq!(told(&[0xFF, 0xFE, 0x0D, 0x54, 0x0A, 0x00]), "Text");
    }
}
