//! What one file is: kind, size, pixels, characters. Headers only; no picture is decoded.
use super::kind::{holds, kind};
use super::pdf;
use crate::model::{FileFacts, FileKind, TextLayer};

/// Whether the text of a PDF is wanted: counting takes far longer than the rest.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ask {
    Facts,
    Characters,
}

/// A file larger than this is not read whole: its kind and size are all that is known.
pub const MOST_READ: u64 = 32 * 1024 * 1024;
/// The end mark of a PDF stands within so many bytes of the end.
const TAIL: usize = 1024;

/// `bytes` is the beginning of the file, or all of it; `size` is that of the file.
pub fn facts(bytes: &[u8], size: u64, ask: Ask) -> FileFacts {
    let kind = kind(bytes);
    let whole = bytes.len() as u64 == size;
    let pixels = kind.is_image().then(|| pixels(bytes)).flatten();
    let damaged = match kind {
        FileKind::Pdf => whole && !bytes.get(bytes.len().saturating_sub(TAIL)..).is_some_and(|t| holds(t, b"%%EOF")),
        kind => kind.is_image() && pixels.is_none(),
    };
    let text = match (kind, ask) {
        (FileKind::Pdf, Ask::Characters) if whole => pdf::text_layer(bytes),
        (FileKind::Pdf, Ask::Characters) => TextLayer::TooLarge,
        _ => TextLayer::NotRead,
    };
    FileFacts { kind, bytes: size, pixels, damaged, text }
}

fn pixels(bytes: &[u8]) -> Option<(u32, u32)> {
    let size = imagesize::blob_size(bytes).ok()?;
    let side = |n: usize| u32::try_from(n).ok().filter(|n| *n > 0);
    Some((side(size.width)?, side(size.height)?))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A JPEG's head: application mark, then the frame with height and width.
    fn jpeg(width: u16, height: u16) -> Vec<u8> {
        let mut bytes = b"\xFF\xD8\xFF\xE0\0\x10JFIF\0\x01\x01\0\0\x01\0\x01\0\0\xFF\xC0\0\x11\x08".to_vec();
        bytes.extend(height.to_be_bytes());
        bytes.extend(width.to_be_bytes());
        bytes.extend(b"\x03\x01\x22\0\x02\x11\x01\x03\x11\x01\xFF\xD9");
        bytes
    }

    fn of(bytes: &[u8]) -> FileFacts {
        facts(bytes, bytes.len() as u64, Ask::Characters)
    }

    #[test]
    fn pixels_come_from_the_header() {
        assert_eq!(of(&jpeg(413, 579)).pixels, Some((413, 579)));
        let mut png = b"\x89PNG\r\n\x1a\n\0\0\0\x0dIHDR".to_vec();
        png.extend([0, 0, 1, 0x27, 0, 0, 1, 0x9d, 8, 2, 0, 0, 0]);
        assert_eq!((of(&png).kind, of(&png).pixels, of(&png).damaged), (FileKind::Png, Some((295, 413)), false));
        let mut bmp = b"BM\0\0\0\0\0\0\0\0\x36\0\0\0\x28\0\0\0".to_vec();
        bmp.extend([0x27, 1, 0, 0, 0x9d, 1, 0, 0, 1, 0, 24, 0]);
        bmp.extend([0; 24]);
        assert_eq!(of(&bmp).pixels, Some((295, 413)));
    }

    #[test]
    fn cut_off_files_are_told() {
        assert!(of(&jpeg(413, 579)[..12]).damaged);
        assert!(of(b"%PDF-1.4\nno end").damaged);
        assert_eq!(of(b"%PDF-1.4\nno end").text, TextLayer::Damaged);
        assert_eq!(facts(b"%PDF-1.4", MOST_READ + 1, Ask::Characters).text, TextLayer::TooLarge);
        assert!(!facts(b"%PDF-1.4", MOST_READ + 1, Ask::Facts).damaged);
    }

    proptest! {
        #[test]
        fn no_bytes_stop_it(head in 0usize..6, bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let heads: [&[u8]; 6] = [b"", b"\xFF\xD8\xFF", b"\x89PNG\r\n\x1a\n", b"BM", b"%PDF-1.4\n", b"PK\x03\x04"];
            let mut all = heads[head].to_vec();
            all.extend(bytes);
            let _ = of(&all);
        }
    }
}
