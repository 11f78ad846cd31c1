//! How the business says no: a stable code and the data that the words need.
//!
//! A refusal is not an error of the program. Codes are declared next to the rule that uses them, so that the set
//! can grow; every code has a text `refusal.<code>` in each locale.
use super::Stamp;
use serde::Serialize;
use std::fmt;

/// A stable name such as `checkin.already_present`; also the key of its words.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize)]
pub struct Code(pub &'static str);

/// One value inside a refusal. `Word` is a locale key that the faces turn into words.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(untagged)]
pub enum Datum {
    Text(String),
    Int(i64),
    Word(String),
    Time(Stamp),
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Refusal {
    pub code: Code,
    pub data: Vec<(&'static str, Datum)>,
}

impl Refusal {
    pub fn new(code: Code) -> Self {
        Refusal { code, data: Vec::new() }
    }

    /// Adds a placeholder `{name}` of the refusal's words.
    pub fn with(mut self, name: &'static str, value: impl Into<Datum>) -> Self {
        self.data.push((name, value.into()));
        self
    }

    /// Adds a placeholder whose value is itself a locale key, such as `level.3`.
    pub fn word(self, name: &'static str, key: impl Into<String>) -> Self {
        self.with(name, Datum::Word(key.into()))
    }

    pub fn is(&self, code: Code) -> bool {
        self.code == code
    }

    pub fn get(&self, name: &str) -> Option<&Datum> {
        self.data.iter().find(|(n, _)| *n == name).map(|(_, d)| d)
    }
}

impl fmt::Display for Refusal {
    /// The bare code and data, for logs and tests; people read `text::explain` instead.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.code.0)?;
        self.data.iter().try_for_each(|(name, value)| write!(f, " {name}={value}"))
    }
}

impl std::error::Error for Refusal {}

impl fmt::Display for Datum {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Datum::Text(s) | Datum::Word(s) => f.write_str(s),
            Datum::Int(n) => write!(f, "{n}"),
            Datum::Time(t) => t.fmt(f),
        }
    }
}

impl From<&str> for Datum {
    fn from(s: &str) -> Self {
        Datum::Text(s.to_owned())
    }
}
impl From<String> for Datum {
    fn from(s: String) -> Self {
        Datum::Text(s)
    }
}
impl From<i64> for Datum {
    fn from(n: i64) -> Self {
        Datum::Int(n)
    }
}
impl From<usize> for Datum {
    fn from(n: usize) -> Self {
        Datum::Int(i64::try_from(n).unwrap_or(i64::MAX))
    }
}
impl From<Stamp> for Datum {
    fn from(t: Stamp) -> Self {
        Datum::Time(t)
    }
}
