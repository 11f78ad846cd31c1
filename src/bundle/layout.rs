//! What an office's sheet looks like, as data: its columns, what each means to us, and when it must be filled.
//!
//! A sheet is recognised by its headings, never by its file name.
use super::field::Field;
use crate::model::{Code, Refusal, fold};
use serde::Deserialize;
use std::collections::HashMap;

pub const MALFORMED: Code = Code("layout.malformed");

/// How a cell is read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    Text,
    /// Text whose blanks mean nothing: numbers of diplomas and the like.
    Number,
    Name,
    Document,
    /// The number of the document that the row's document column names.
    Identity,
    Sex,
    Birth,
    Phone,
    Email,
    Postcode,
    Occupation,
    Level,
    Certificate,
    Education,
    Source,
    EthnicGroup,
    Region,
    /// One of the words in `one_of`.
    OneOf,
    YesNo,
    Date,
    /// A month; a full date is taken too.
    YearMonth,
    Integer,
}

/// The answer in another column on which a requirement hangs.
#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct When {
    pub field: Field,
    /// Official form of the answer.
    pub value: String,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Column {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub field: Field,
    pub cell: Kind,
    #[serde(default)]
    pub required: bool,
    pub required_if: Option<When>,
    pub required_unless: Option<When>,
    #[serde(default)]
    pub one_of: Vec<String>,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Layout {
    pub id: String,
    /// The headings stand in one of this many first rows; titles may stand above them.
    #[serde(default = "first_rows")]
    pub header_within: usize,
    /// Headings that are known and not read.
    #[serde(default)]
    pub ignored: Vec<String>,
    #[serde(rename = "column")]
    pub columns: Vec<Column>,
}

fn first_rows() -> usize {
    1
}

/// Where the columns of a layout stand in a sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Placed {
    /// For each column of the layout, its position in the sheet.
    pub at: Vec<Option<usize>>,
    /// Names of required columns that the sheet lacks.
    pub missing: Vec<String>,
    /// Headings that stand twice.
    pub twice: Vec<String>,
    /// Positions of headings that mean nothing to us.
    pub unknown: Vec<usize>,
    pub found: usize,
}

impl Layout {
    pub fn parse(text: &str) -> Result<Layout, Refusal> {
        let layout: Layout = toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            malformed(before.matches('\n').count() + 1, e.message())
        })?;
        for column in &layout.columns {
            let line = 1 + text.split(&format!("\"{}\"", column.name)).next().unwrap_or_default().matches('\n').count();
            if !column.field.takes(column.cell) {
                return Err(malformed(line, &format!("{}: cell does not fit field", column.name)));
            }
            if (column.cell == Kind::OneOf) == column.one_of.is_empty() {
                return Err(malformed(line, &format!("{}: one_of", column.name)));
            }
        }
        match Field::CORE.iter().find(|field| !layout.columns.iter().any(|c| c.field == **field && c.required)) {
            Some(field) => Err(malformed(1, &format!("{field:?}: required column missing"))),
            None => Ok(layout),
        }
    }

    pub fn column(&self, field: Field) -> Option<&Column> {
        self.columns.iter().find(|c| c.field == field)
    }

    /// Compares headings with the layout.
    pub fn place<'h>(&self, headings: impl Iterator<Item = &'h str>) -> Placed {
        let mut by_name: HashMap<String, usize> = HashMap::new();
        for (n, column) in self.columns.iter().enumerate() {
            for name in std::iter::once(&column.name).chain(&column.aliases) {
                by_name.insert(heading(name), n);
            }
        }
        let mut placed = Placed { at: vec![None; self.columns.len()], ..Placed::default() };
        for (position, text) in headings.enumerate() {
            let name = heading(text);
            let slot = by_name.get(&name).and_then(|n| placed.at.get_mut(*n));
            match slot {
                Some(slot) if slot.is_none() => *slot = Some(position),
                Some(_) => placed.twice.push(text.trim().to_owned()),
                None if name.is_empty() || self.ignored.iter().any(|i| heading(i) == name) => {}
                None => placed.unknown.push(position),
            }
        }
        placed.found = placed.at.iter().flatten().count();
        let lacking = self.columns.iter().zip(&placed.at).filter(|(column, at)| column.required && at.is_none());
        placed.missing = lacking.map(|(column, _)| column.name.clone()).collect();
        placed
    }

    /// Whether so many headings fit that this must be the sheet meant: half of all columns, or all required ones.
    pub fn recognises(&self, placed: &Placed) -> bool {
        placed.found * 2 >= self.columns.len() || (placed.missing.is_empty() && placed.found > 3)
    }
}

/// A heading without blanks, brackets of either width alike, without the star of required columns.
fn heading(text: &str) -> String {
    let text = fold::word(text);
    text.trim_matches('*').trim_end_matches("(必填)").to_lowercase()
}

fn malformed(line: usize, detail: &str) -> Refusal {
    Refusal::new(MALFORMED).with("line", line).with("detail", detail)
}

#[cfg(test)]
pub mod tests {
    use super::*;

    pub fn candidate() -> Layout {
        Layout::parse(include_str!("../../data/layouts/candidate-33.toml")).unwrap()
    }

    #[test]
    fn the_sheet_of_33_columns_is_recognised_in_any_order() {
        let layout = candidate();
        assert_eq!(layout.columns.len(), 33);
        let names: Vec<&str> = layout.columns.iter().map(|c| c.name.as_str()).rev().collect();
        let placed = layout.place(names.into_iter().chain(["原因", "备注"]));
        assert_eq!((placed.found, placed.missing.len(), placed.unknown.as_slice()), (33, 0, [34].as_slice()));
        assert!(layout.recognises(&placed));
    }

    #[test]
    fn headings_are_compared_without_stars_blanks_and_width() {
        let placed = candidate().place(["*姓 名", "所在省(市)区", "手机", "姓名"].into_iter());
        assert_eq!((placed.found, placed.twice.as_slice()), (3, ["姓名".to_owned()].as_slice()));
        assert!(placed.missing.contains(&"证件号码".to_owned()));
        assert!(!candidate().recognises(&placed));
    }

    #[test]
    fn a_bad_layout_is_named_by_its_line() {
        let refused = |text: &str| Layout::parse(text).unwrap_err().get("line").unwrap().to_string();
        assert_eq!(refused("id = \"x\"\nwrong = 1\ncolumn = []\n"), "2");
        let misfit = "id = \"x\"\n[[column]]\nname = \"姓名\"\nfield = \"name\"\ncell = \"phone\"\n";
        assert_eq!(refused(misfit), "3");
        assert_eq!(refused("id = \"x\"\ncolumn = []\n"), "1");
    }
}
