//! Kinds of files by their first bytes.
use crate::model::FileKind;

/// Bytes from the beginning that are enough to tell the kind, save for the office formats that are archives.
pub const HEAD: usize = 1024;

const MAGIC: &[(&[u8], FileKind)] = &[
    (b"\xFF\xD8\xFF", FileKind::Jpeg),
    (b"\x89PNG\r\n\x1a\n", FileKind::Png),
    (b"GIF8", FileKind::Gif),
    (b"II*\0", FileKind::Tiff),
    (b"MM\0*", FileKind::Tiff),
    (b"%PDF-", FileKind::Pdf),
    (b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1", FileKind::Ole),
    (b"PK\x03\x04", FileKind::Archive),
    (b"PK\x05\x06", FileKind::Archive),
    (b"Rar!\x1a\x07", FileKind::Archive),
    (b"7z\xBC\xAF\x27\x1C", FileKind::Archive),
    (b"\x1f\x8b", FileKind::Archive),
];

/// `bytes` is the whole file, or its beginning.
pub fn kind(bytes: &[u8]) -> FileKind {
    if bytes.is_empty() {
        return FileKind::Empty;
    }
    match MAGIC.iter().find(|(magic, _)| bytes.starts_with(magic)) {
        Some((_, FileKind::Archive)) if bytes.starts_with(b"PK") => packed(bytes),
        Some((_, kind)) => *kind,
        None if is_bmp(bytes) => FileKind::Bmp,
        // Some programs write a few bytes before the head of a PDF.
        None if bytes.get(..HEAD.min(bytes.len())).is_some_and(|head| holds(head, b"%PDF-")) => FileKind::Pdf,
        None if bytes.iter().take(HEAD).all(|b| *b >= b' ' || b"\t\r\n".contains(b)) => FileKind::Text,
        None => FileKind::Unknown,
    }
}

/// The two letters alone are too common; the reserved words and the size of the second header are checked too.
fn is_bmp(bytes: &[u8]) -> bool {
    let header = bytes.get(14..18).map(|b| b.iter().rev().fold(0u32, |n, b| n << 8 | u32::from(*b)));
    bytes.starts_with(b"BM")
        && bytes.get(6..10) == Some(&[0; 4])
        && header.is_some_and(|size| (12..=124).contains(&size))
}

/// Office files are archives; the names of their parts stand uncompressed in the list at the end.
fn packed(bytes: &[u8]) -> FileKind {
    if holds(bytes, b"xl/workbook") {
        FileKind::Xlsx
    } else if holds(bytes, b"word/document") {
        FileKind::Docx
    } else {
        FileKind::Archive
    }
}

pub(super) fn holds(bytes: &[u8], wanted: &[u8]) -> bool {
    let Some(first) = wanted.first() else { return true };
    let mut rest = bytes;
    while let Some(at) = rest.iter().position(|b| b == first) {
        let Some(from) = rest.get(at..) else { return false };
        if from.starts_with(wanted) {
            return true;
        }
        rest = from.get(1..).unwrap_or_default();
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn kinds_by_their_first_bytes() {
        assert_eq!(kind(b""), FileKind::Empty);
        assert_eq!(kind(b"\xFF\xD8\xFF\xE0"), FileKind::Jpeg);
        assert_eq!(kind(b"\x89PNG\r\n\x1a\n"), FileKind::Png);
        assert_eq!(kind(b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0"), FileKind::Bmp);
        assert_eq!(kind(b"BMW is a car, not a picture"), FileKind::Text);
        assert_eq!(kind(b"\n%PDF-1.4"), FileKind::Pdf);
        assert_eq!(kind(b"PK\x03\x04....xl/workbook.xml"), FileKind::Xlsx);
        assert_eq!(kind(b"PK\x03\x04....word/document.xml"), FileKind::Docx);
        assert_eq!(kind(b"PK\x03\x04....a.txt"), FileKind::Archive);
        assert_eq!(kind(b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1"), FileKind::Ole);
        assert_eq!(kind(b"MZ\x90\0"), FileKind::Unknown);
    }

    proptest! {
        #[test]
        fn no_bytes_stop_it(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = kind(&bytes);
        }
    }
}
