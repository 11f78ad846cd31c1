//! Sheets that we hand out, as data: column names in order, and what of ours stands in each. Another office's sheet is
//! another file.
use super::layout::MALFORMED;
use super::write::{Digits, Heading, Rows, Style};
use crate::model::{Code, Refusal};
use serde::Deserialize;
use std::collections::BTreeMap;
use std::io::{self, Write};

pub const NO_CODE: Code = Code("certificates.upload_no_code");
pub const MISSING: Code = Code("uploads.required_missing");

/// What a cell is filled from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Source {
    Name,
    /// Our code of the document's kind; usually with a `map`.
    Document,
    IdNumber,
    Employer,
    Occupation,
    OccupationCode,
    /// 工种/职业方向
    Direction,
    LevelDigit,
    /// `三级/高级工`
    LevelName,
    Number,
    IssuedOn,
    Organisation,
    Issuer,
    Ticket,
    /// Our number of the application.
    Application,
    Sex,
    Birth,
    Education,
    Theory,
    Practical,
    Review,
    /// Digest of the photo; a file that goes out has the photo itself.
    Photo,
    /// `new`, `correction` or `supplement`; usually with a `map`.
    Kind,
    BatchCode,
    BatchName,
    /// The first places of every certificate number.
    OrganisationCode,
    /// How many people there are.
    Count,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Guard {
    #[default]
    None,
    Tab,
    Formula,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct Column {
    name: String,
    /// What an interface calls it.
    key: Option<String>,
    /// Nobody is sent up without it.
    #[serde(default)]
    required: bool,
    /// Exactly one of `field` and `constant`.
    field: Option<Source>,
    constant: Option<String>,
    /// Written where we have nothing.
    #[serde(default)]
    empty: String,
    /// Our value to theirs; a value that is not in it is refused.
    #[serde(default)]
    map: BTreeMap<String, String>,
    /// How long digits are kept whole in a spreadsheet.
    #[serde(default)]
    guard: Guard,
}

/// The layout of a sheet to hand out.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Outgoing {
    pub id: String,
    #[serde(default)]
    pub shape: Shape,
    #[serde(rename = "column")]
    columns: Vec<Column>,
    /// What is said once of the whole batch.
    #[serde(default, rename = "plan")]
    plan: Vec<Column>,
}

/// What a file of this layout is.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Shape {
    #[default]
    Sheet,
    /// One JSON document: the plan, then people by the interface's own names.
    Interface,
}

/// Cells of a sheet to hand out, before any guard.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    pub headings: Vec<(String, Digits)>,
    pub rows: Vec<Vec<String>>,
}

impl Outgoing {
    pub fn parse(text: &str) -> Result<Outgoing, Refusal> {
        let malformed = |line: usize, detail: &str| Refusal::new(MALFORMED).with("line", line).with("detail", detail);
        let sheet: Outgoing = toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            malformed(before.matches('\n').count() + 1, e.message())
        })?;
        match sheet.columns.iter().chain(&sheet.plan).find(|c| c.field.is_some() == c.constant.is_some()) {
            Some(column) => Err(malformed(1, &format!("{}: field or constant", column.name))),
            None => Ok(sheet),
        }
    }

    pub fn headings(&self) -> Vec<(String, Digits)> {
        let digits = |guard| match guard {
            Guard::None => Digits::Plain,
            Guard::Tab => Digits::Tab,
            Guard::Formula => Digits::Formula,
        };
        self.columns.iter().map(|c| (c.name.clone(), digits(c.guard))).collect()
    }

    /// One person's cells; `value` gives what we have, or nothing.
    pub fn row(&self, value: &dyn Fn(Source) -> String) -> Result<Vec<String>, Refusal> {
        self.columns.iter().map(|column| cell(column, value)).collect()
    }

    /// Names and values of what is said once; the names are the interface's where it has any.
    pub fn plan(&self, value: &dyn Fn(Source) -> String) -> Result<Vec<(String, String)>, Refusal> {
        self.plan.iter().map(|column| Ok((column.own_name(), cell(column, value)?))).collect()
    }

    /// What an interface calls each column.
    pub fn keys(&self) -> Vec<String> {
        self.columns.iter().map(Column::own_name).collect()
    }

    /// Which column holds photos.
    pub fn photo(&self) -> Option<usize> {
        self.columns.iter().position(|column| column.field == Some(Source::Photo))
    }
}

impl Column {
    fn own_name(&self) -> String {
        self.key.clone().unwrap_or_else(|| self.name.clone())
    }
}

fn cell(column: &Column, value: &dyn Fn(Source) -> String) -> Result<String, Refusal> {
    let Some(field) = column.field else { return Ok(column.constant.clone().unwrap_or_default()) };
    let ours = value(field);
    if ours.trim().is_empty() {
        if column.required {
            return Err(Refusal::new(MISSING).with("name", value(Source::Name)).with("column", column.name.as_str()));
        }
        return Ok(column.empty.clone());
    }
    if column.map.is_empty() {
        return Ok(ours);
    }
    let no_code = || {
        Refusal::new(NO_CODE)
            .with("name", value(Source::Name))
            .with("column", column.name.as_str())
            .with("value", ours.as_str())
    };
    column.map.get(&ours).cloned().ok_or_else(no_code)
}

impl Sheet {
    pub fn write<W: Write>(&self, to: W, style: Style) -> io::Result<W> {
        let headings: Vec<_> = self.headings.iter().map(|(name, digits)| Heading { name, digits: *digits }).collect();
        let mut rows = Rows::begin(to, style, &headings)?;
        for row in &self.rows {
            rows.row(row.iter().map(String::as_str))?;
        }
        rows.finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_column_is_a_field_or_a_constant() {
        let one = |column: &str| Outgoing::parse(&format!("id = \"x\"\n[[column]]\nname = \"a\"\n{column}\n"));
        assert!(one("field = \"name\"").is_ok());
        assert!(one("constant = \"201\"").is_ok());
        assert!(one("").unwrap_err().is(MALFORMED));
        assert!(one("field = \"name\"\nconstant = \"201\"").unwrap_err().is(MALFORMED));
        assert_eq!(one("field = \"wrong\"").unwrap_err().get("line").unwrap().to_string(), "4");
    }

    #[test]
    fn empty_cells_and_codes_follow_the_file() {
        let text = "id = \"x\"\n[[column]]\nname = \"unit\"\nfield = \"employer\"\nempty = \"other\"\n\
                    [[column]]\nname = \"kind\"\nfield = \"document\"\nmap = { resident_id = \"201\" }\n";
        let sheet = Outgoing::parse(text).unwrap();
        let person = |document: &'static str| {
            move |field| if field == Source::Document { document.to_owned() } else { String::new() }
        };
        assert_eq!(sheet.row(&person("resident_id")).unwrap(), ["other", "201"]);
        assert!(sheet.row(&person("passport")).unwrap_err().is(NO_CODE));
    }
}
