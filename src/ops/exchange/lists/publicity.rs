//! The public list of results: the frozen release with the columns that the notice lets the public see, never the marks.
use super::{Head, List, Manner, Numbers, Sink};
use crate::ops::publicity::{Cell, public};
use crate::ops::{Result, Site};

pub const LIST: List = List { what: "publicity", numbers: Numbers::None, headings, rows };

fn headings(site: &Site) -> Result<Vec<Head>> {
    Ok(public(site, "")?.columns.iter().map(|column| Head::word(column.key())).collect())
}

fn rows(site: &Site, manner: &Manner<'_>, sink: &mut Sink<'_>) -> Result<()> {
    let list = public(site, "")?;
    for row in &list.rows {
        let cell = |cell: Cell| match cell {
            Cell::Text(text) => text,
            Cell::Word(key) => manner.word(&key),
        };
        let cells: Vec<String> = list.columns.iter().map(|column| cell(column.cell(row))).collect();
        let cells: Vec<&str> = cells.iter().map(String::as_str).collect();
        sink(&cells)?;
    }
    Ok(())
}
