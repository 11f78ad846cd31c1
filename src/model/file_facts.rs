//! What a file handed in is, by its bytes. Its name says nothing here.
use serde::Serialize;

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum FileKind {
    Jpeg,
    Png,
    Bmp,
    Gif,
    Tiff,
    Pdf,
    Xlsx,
    Docx,
    /// Older office files: doc, xls, wps, et.
    Ole,
    /// Plain text, such as a sheet in CSV.
    Text,
    /// An archive inside what was handed in; never opened.
    Archive,
    Empty,
    Unknown,
}

impl FileKind {
    pub const ALL: [FileKind; 13] = [
        FileKind::Jpeg,
        FileKind::Png,
        FileKind::Bmp,
        FileKind::Gif,
        FileKind::Tiff,
        FileKind::Pdf,
        FileKind::Xlsx,
        FileKind::Docx,
        FileKind::Ole,
        FileKind::Text,
        FileKind::Archive,
        FileKind::Empty,
        FileKind::Unknown,
    ];

    pub fn code(self) -> &'static str {
        match self {
            FileKind::Jpeg => "jpeg",
            FileKind::Png => "png",
            FileKind::Bmp => "bmp",
            FileKind::Gif => "gif",
            FileKind::Tiff => "tiff",
            FileKind::Pdf => "pdf",
            FileKind::Xlsx => "xlsx",
            FileKind::Docx => "docx",
            FileKind::Ole => "ole",
            FileKind::Text => "text",
            FileKind::Archive => "archive",
            FileKind::Empty => "empty",
            FileKind::Unknown => "unknown",
        }
    }

    pub fn parse(code: &str) -> Option<FileKind> {
        FileKind::ALL.into_iter().find(|kind| kind.code() == code)
    }

    pub fn key(self) -> String {
        format!("file_kind.{}", self.code())
    }

    /// Endings that a file of this kind may have, in lower case. A policy names formats by them.
    pub fn endings(self) -> &'static [&'static str] {
        match self {
            FileKind::Jpeg => &["jpg", "jpeg", "jpe"],
            FileKind::Png => &["png"],
            FileKind::Bmp => &["bmp", "dib"],
            FileKind::Gif => &["gif"],
            FileKind::Tiff => &["tif", "tiff"],
            FileKind::Pdf => &["pdf"],
            FileKind::Xlsx => &["xlsx", "xlsm"],
            FileKind::Docx => &["docx", "docm"],
            FileKind::Ole => &["doc", "xls", "ppt", "wps", "et", "dot"],
            FileKind::Text => &["csv", "txt"],
            FileKind::Archive => &["zip", "rar", "7z", "gz", "tar"],
            FileKind::Empty | FileKind::Unknown => &[],
        }
    }

    pub fn is_image(self) -> bool {
        matches!(self, FileKind::Jpeg | FileKind::Png | FileKind::Bmp | FileKind::Gif | FileKind::Tiff)
    }

    /// Whether this is one of the formats that a policy lists.
    pub fn is_one_of(self, formats: &[String]) -> bool {
        formats.iter().any(|format| self.endings().contains(&format.as_str()))
    }
}

/// What a PDF holds as text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum TextLayer {
    /// Nobody asked, or no PDF.
    NotRead,
    /// Han characters, letters and digits; no blanks, no punctuation.
    Counted(u32),
    /// Pictures only: a person must count.
    Scanned,
    /// There is text, but the fonts do not say which: a person must count.
    Undecodable,
    Encrypted,
    Damaged,
    /// Larger, or slower to read, than is reasonable: a person must count.
    TooLarge,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct FileFacts {
    pub kind: FileKind,
    pub bytes: u64,
    /// Width and height of a picture, from its header.
    pub pixels: Option<(u32, u32)>,
    /// Cut off, or a header that makes no sense.
    pub damaged: bool,
    pub text: TextLayer,
}

/// The name without folder and ending, and the ending in lower case (empty without one).
pub fn stem_and_ending(path: &str) -> (&str, String) {
    let name = path.rsplit('/').next().unwrap_or(path);
    match name.rsplit_once('.') {
        Some((stem, ending)) if !stem.is_empty() && ending.len() <= 5 => (stem, ending.to_ascii_lowercase()),
        _ => (name, String::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn endings_are_read_in_any_case() {
        assert_eq!(stem_and_ending("照片/张三_1.JPG"), ("张三_1", "jpg".to_owned()));
        assert_eq!(stem_and_ending("v1.2 总结"), ("v1.2 总结", String::new()));
        assert_eq!(stem_and_ending(".hidden"), (".hidden", String::new()));
        for kind in FileKind::ALL {
            assert_eq!(FileKind::parse(kind.code()), Some(kind));
        }
    }
}
