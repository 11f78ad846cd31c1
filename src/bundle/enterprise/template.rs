//! An empty filing with one row of each part as an example, to be written over.
use super::parts::{PARTS, Part};
use crate::bundle::write::{Heading, Rows, Style};
use crate::model::filing::CONDITIONS;
use serde::{Serialize, Serializer};
use std::io;

/// What to write where; a table carries its name.
pub struct Template;

impl Template {
    /// One JSON file, with our keys.
    pub fn json() -> String {
        serde_json::to_string_pretty(&Example).unwrap_or_default() + "\n"
    }

    /// The tables of a folder by file name, with the headings of the form.
    pub fn tables() -> io::Result<Vec<(String, Vec<u8>)>> {
        let table = |part: &Part| {
            let headings: Vec<_> = part.columns.iter().map(|(_, heading, _)| Heading::tabbed(heading)).collect();
            let mut rows = Rows::begin(Vec::new(), Style::People, &headings)?;
            for cells in examples(part) {
                rows.row(cells.iter().map(String::as_str))?;
            }
            Ok((part.file(), rows.finish()?))
        };
        PARTS.iter().map(table).collect()
    }
}

fn examples(part: &Part) -> Vec<Vec<String>> {
    let row = |_: i64| part.columns.iter().map(|(_, _, example)| (*example).to_owned()).collect::<Vec<_>>();
    let numbered = |n: i64| {
        let mut cells = row(n);
        cells.iter_mut().take(1).for_each(|cell| *cell = n.to_string());
        cells
    };
    if part.name == "conditions" { (1..=CONDITIONS).map(numbered).collect() } else { vec![row(1)] }
}

/// The JSON example, in the order of the form.
struct Example;

struct OfPart<'a>(&'a Part);

struct Row<'a>(&'a Part, Vec<String>);

impl Serialize for Example {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(PARTS.iter().map(|part| (part.name, OfPart(part))))
    }
}

impl Serialize for OfPart<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        let mut rows = examples(self.0).into_iter().map(|cells| Row(self.0, cells));
        let alone = PARTS.first().is_some_and(|first| first.name == self.0.name);
        match rows.next().filter(|_| alone) {
            Some(row) => row.serialize(s),
            None => s.collect_seq(examples(self.0).into_iter().map(|cells| Row(self.0, cells))),
        }
    }
}

impl Serialize for Row<'_> {
    fn serialize<S: Serializer>(&self, s: S) -> Result<S::Ok, S::Error> {
        s.collect_map(self.0.columns.iter().zip(&self.1).map(|((key, ..), cell)| (*key, cell)))
    }
}
