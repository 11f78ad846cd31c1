//! What an office's sheet looks like, as data: its columns, what each means to us, and when it must be filled.
//!
//! A sheet is recognised by its headings, never by its file name.
use super::block::Block;
use super::field::Field;
use crate::model::{Code, Refusal, Route, fold};
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
    /// 申报类别, in the words of any notice.
    Route,
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
    /// Columns without which a sheet is not taken for this one, however many others fit.
    #[serde(default)]
    pub marks: Vec<Field>,
    /// How everybody on such a sheet applies, where no column says it.
    #[serde(default)]
    pub route: Option<Route>,
    /// What stands above the headings and below the last row.
    #[serde(default)]
    pub block: Option<Block>,
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
        let at = |field| self.columns.iter().position(|c| c.field == field);
        let marked = self.marks.iter().all(|m| at(*m).and_then(|n| placed.at.get(n).copied().flatten()).is_some());
        marked && (placed.found * 2 >= self.columns.len() || (placed.missing.is_empty() && placed.found > 3))
    }

    /// The column that somebody may have meant by a heading that is not known: one that the sheet lacks, with a name much
    /// like it.
    pub fn nearest(&self, unknown: &str, placed: &Placed) -> Option<&Column> {
        let unknown = heading(unknown);
        let lacking = self.columns.iter().zip(&placed.at).filter(|(_, at)| at.is_none()).map(|(column, _)| column);
        let apart = |column: &Column| {
            let names = std::iter::once(&column.name).chain(&column.aliases);
            names.map(|name| distance(&heading(name), &unknown)).min().unwrap_or(usize::MAX)
        };
        let length = unknown.chars().count();
        lacking
            .map(|column| (apart(column), column))
            .min_by_key(|(d, _)| *d)
            .filter(|(d, _)| d * 2 <= length)
            .map(|(_, c)| c)
    }
}

/// A heading without blanks, brackets of either width alike, without the star of required columns.
fn heading(text: &str) -> String {
    let text = fold::word(text);
    text.trim_matches('*').trim_end_matches("(必填)").to_lowercase()
}

/// Characters to change, add or drop to make one word of another.
fn distance(a: &str, b: &str) -> usize {
    let b: Vec<char> = b.chars().collect();
    let mut row: Vec<usize> = (0..=b.len()).collect();
    for (i, c) in a.chars().enumerate() {
        let mut diagonal = i;
        let mut left = i + 1;
        if let Some(first) = row.first_mut() {
            *first = left;
        }
        for (cell, other) in row.iter_mut().skip(1).zip(&b) {
            let change = diagonal + usize::from(c != *other);
            diagonal = *cell;
            left = change.min(*cell + 1).min(left + 1);
            *cell = left;
        }
    }
    row.last().copied().unwrap_or_default()
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
    fn a_renamed_heading_is_guessed() {
        let layout = candidate();
        let names = layout.columns.iter().map(|c| if c.name == "手机号码" { "手机号吗" } else { c.name.as_str() });
        let placed = layout.place(names);
        assert_eq!(layout.nearest("手机号吗", &placed).map(|c| c.name.as_str()), Some("手机号码"));
        assert!(layout.nearest("备注", &placed).is_none());
        assert_eq!((distance("手机号码", "手机号吗"), distance("ab", "b"), distance("", "abc")), (1, 1, 3));
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
