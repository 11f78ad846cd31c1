//! The gate for printed lines: no byte of data may act on the reader's terminal.
use crate::model::clean;
use std::borrow::Cow;

/// For one value inside one printed line: line breaks and tabs are made visible as well.
pub fn line(text: &str) -> Cow<'_, str> {
    clean::visible(text)
}

/// For a text of several lines that the program composed itself: `\n` and `\t` stay.
pub fn block(text: &str) -> Cow<'_, str> {
    clean::visible_lines(text)
}
