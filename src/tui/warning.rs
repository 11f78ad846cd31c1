//! What was odd in a user's keymap or theme. Never fatal: the rest of the file counts.
use std::fmt;

/// `code` is the locale key of the words; `value` fills its placeholder `{value}`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Warning {
    pub code: &'static str,
    pub file: String,
    /// First line is 1.
    pub line: usize,
    pub value: String,
}

impl fmt::Display for Warning {
    /// Bare code and place, for logs and tests.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}:{} {} {}", self.file, self.line, self.code, self.value)
    }
}

/// The text of a TOML file with its name, to turn byte offsets into lines.
#[derive(Debug, Clone, Copy)]
pub struct Source<'a> {
    pub file: &'a str,
    pub text: &'a str,
}

impl Source<'_> {
    pub fn warn(&self, code: &'static str, offset: usize, value: &str) -> Warning {
        Warning { code, file: self.file.to_owned(), line: self.line(offset), value: value.to_owned() }
    }

    fn line(&self, offset: usize) -> usize {
        let before = self.text.bytes().take(offset);
        before.filter(|b| *b == b'\n').count() + 1
    }
}
