//! A stored value without its type: what travels between a database and a file that neither knows the other.
use std::borrow::Cow;

#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Cell<'a> {
    None,
    Int(i64),
    Text(Cow<'a, str>),
}

impl<'a> Cell<'a> {
    pub fn text(text: &'a str) -> Cell<'a> {
        Cell::Text(Cow::Borrowed(text))
    }

    pub fn own(text: String) -> Cell<'static> {
        Cell::Text(Cow::Owned(text))
    }
}
