//! Names inside archives and folders: their encoding, whether they stay inside, and which are nobody's material.
use crate::model::Code;
use encoding_rs::GB18030;
use unicode_normalization::UnicodeNormalization;

pub const PATH_LEAVES: Code = Code("archive.path_leaves");

/// Bytes of a path, and folders above a file.
const MOST_BYTES: usize = 1000;
const MOST_DEPTH: usize = 8;

/// A raw name as text. Chinese Windows packs in GBK and says nothing; others write UTF-8, with or without the flag for
/// it; what is neither is taken for the oldest encoding of archives, which `western` gives.
pub fn decode(raw: &[u8], says_utf8: bool, western: impl FnOnce() -> String) -> String {
    let utf8 = std::str::from_utf8(raw).ok();
    // Two GBK characters may also be valid UTF-8 for other scripts, so UTF-8 without its flag must look Chinese.
    let chosen = match utf8 {
        Some(text) if says_utf8 || text.is_ascii() || text.chars().any(is_han) => text.to_owned(),
        _ => match GB18030.decode_without_bom_handling_and_without_replacement(raw) {
            Some(text) if text.chars().any(is_han) => text.into_owned(),
            _ => utf8.map_or_else(western, str::to_owned),
        },
    };
    chosen.nfc().collect()
}

fn is_han(c: char) -> bool {
    matches!(c, '\u{3400}'..='\u{9FFF}' | '\u{20000}'..='\u{3FFFF}')
}

/// Whether a path leads to a place inside, and nowhere else on any system.
pub fn stays_inside(path: &str) -> bool {
    let drive = path.chars().nth(1) == Some(':');
    let parts = path.strip_suffix('/').unwrap_or(path);
    let bad = |part: &str| part.is_empty() || part == "." || part == ".." || part.chars().any(char::is_control);
    !(drive
        || path.contains('\\')
        || path.len() > MOST_BYTES
        || parts.split('/').count() > MOST_DEPTH
        || parts.split('/').any(bad))
}

/// What Macs, Windows and office programs leave beside the files.
pub fn is_junk(path: &str) -> bool {
    const FILES: [&str; 4] = [".DS_Store", "Thumbs.db", "desktop.ini", ".localized"];
    let name = path.rsplit('/').next().unwrap_or(path);
    path.split('/').any(|part| part == "__MACOSX")
        || FILES.iter().any(|junk| junk.eq_ignore_ascii_case(name))
        || name.starts_with("._")
        || name.starts_with("~$")
}

#[cfg(test)]
mod tests {
    use super::*;
    use encoding_rs::GBK;
    use proptest::prelude::*;

    fn western() -> String {
        "cp437".to_owned()
    }

    #[test]
    fn gbk_and_utf8_names_are_told_apart() {
        for name in ["照片/张三_150199200011277184.JPG", "诚信承诺书.pdf", "上一级证书.jpg"] {
            assert_eq!(decode(name.as_bytes(), true, western), name);
            assert_eq!(decode(name.as_bytes(), false, western), name);
            assert_eq!(decode(&GBK.encode(name).0, false, western), name);
        }
        // GBK bytes of 谢 are valid UTF-8 for a letter of another script.
        assert_eq!(decode(&GBK.encode("谢").0, false, western), "谢");
        assert_eq!(decode(b"\x81.txt", false, western), "cp437");
        assert_eq!(decode("e\u{301}.pdf".as_bytes(), true, western), "é.pdf");
    }

    #[test]
    fn junk_is_known() {
        for junk in ["__MACOSX/a/._b.jpg", "a/.DS_Store", "THUMBS.DB", "张三/~$总结.docx"] {
            assert!(is_junk(junk), "{junk}");
        }
        assert!(!is_junk("张三/总结.docx"));
    }

    #[test]
    fn no_path_leaves() {
        for bad in [
            "../a",
            "a/../../b",
            "/etc/passwd",
            "C:\\a",
            "C:a",
            "a\\..\\b",
            "\\\\host\\a",
            "a//b",
            "./a",
            "",
            "a\0b",
            "a\nb",
            "/",
            "..",
        ] {
            assert!(!stays_inside(bad), "{bad:?}");
        }
        for good in ["a", "a/", "张三/身份证.jpg", "a..b/..c"] {
            assert!(stays_inside(good), "{good:?}");
        }
        assert!(!stays_inside(&"a/".repeat(9)));
        assert!(!stays_inside(&"长".repeat(400)));
    }

    proptest! {
        /// Whatever is let through, joined to a folder, is still inside it.
        #[test]
        fn what_passes_is_inside(path in "(\\.|\\.\\.|/|\\\\|[a-c:]|照){0,12}") {
            if stays_inside(&path) {
                let joined = std::path::Path::new("/base").join(&path);
                prop_assert!(joined.starts_with("/base"));
                let up = joined.components().any(|part| part == std::path::Component::ParentDir);
                prop_assert!(!up, "{}", path);
            }
        }

        #[test]
        fn any_bytes_have_a_name(raw in proptest::collection::vec(any::<u8>(), 0..40), flag in any::<bool>()) {
            let _ = decode(&raw, flag, western);
        }
    }
}
