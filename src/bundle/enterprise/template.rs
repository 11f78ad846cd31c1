//! An empty filing with one row of each part as an example, to be written over.
use super::parts::{PARTS, Part};
use crate::bundle::write::{Heading, Rows, Style};
use crate::model::filing::CONDITIONS;
use serde_json::{Map, Value};
use std::io;

/// What to write where; a table carries its name.
pub struct Template;

impl Template {
    /// One JSON file, with our keys.
    pub fn json() -> String {
        let mut all = Map::new();
        for (at, part) in PARTS.iter().enumerate() {
            let mut rows: Vec<Value> = examples(part).into_iter().map(|cells| object(part, &cells)).collect();
            let value = if at == 0 { rows.swap_remove(0) } else { Value::Array(rows) };
            all.insert(part.name.to_owned(), value);
        }
        serde_json::to_string_pretty(&all).unwrap_or_default() + "\n"
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

fn object(part: &Part, cells: &[String]) -> Value {
    let keyed = part.columns.iter().zip(cells).map(|((key, ..), cell)| ((*key).to_owned(), Value::from(cell.as_str())));
    Value::Object(keyed.collect())
}
