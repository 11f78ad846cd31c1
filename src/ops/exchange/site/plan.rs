//! From a row of a bundle to a row of a table: which value goes where, and which are looked up or made.
use crate::bundle::site::Table;
use crate::model::{BatchId, Cell};
use crate::ops::exchange::filed::readings;
use crate::store::exchange::{columns, find, target};
use crate::store::fault::Result;
use crate::store::rows::Connection;
use crate::store::views::search::split_chars;

/// Where the value of one stored column comes from.
#[derive(Debug)]
enum Fill {
    /// The bundle's column with this number.
    Cell(usize),
    /// The id of the row that these columns of another table name.
    Reference(Reference),
    Id,
    Batch,
    /// Stays here: accounts and PINs are no part of a bundle.
    Nothing,
    /// Made from other values, by the column's name.
    Made(&'static str),
}

#[derive(Debug)]
struct Reference {
    table: &'static str,
    key: Vec<(&'static str, Fill)>,
    /// Heading of the first column that names it.
    heading: &'static str,
}

/// How rows of one table are put together.
#[derive(Debug)]
pub struct Plan(Vec<Fill>);

/// A reference that leads nowhere, by its first heading.
#[derive(Debug)]
pub struct Nobody(pub &'static str);

const MADE: &[&str] = &["id_reversed", "name_chars", "pinyin", "initials", "other_readings"];
const KEPT_HERE: &[&str] = &["os_user", "pin"];

impl Plan {
    /// `None`: some stored column has no source.
    pub fn of(table: &'static Table) -> Option<Plan> {
        let fill = |column: &'static str| {
            let own = table.headings().position(|path| path == column).map(Fill::Cell);
            own.or_else(|| reference(table, column, "").map(Fill::Reference)).or(match column {
                "id" => Some(Fill::Id),
                "batch" => Some(Fill::Batch),
                // Names an application of any batch, and a bundle has one.
                "application" if table.record == "sanction" => Some(Fill::Nothing),
                name if KEPT_HERE.contains(&name) => Some(Fill::Nothing),
                name if MADE.contains(&name) => Some(Fill::Made(name)),
                _ => None,
            })
        };
        columns(table.record).into_iter().map(fill).collect::<Option<_>>().map(Plan)
    }

    /// The stored row but for its id and for what stays here whatever comes in.
    pub fn loose<'c>(
        &self,
        db: &Connection,
        batch: BatchId,
        cells: &'c [Cell<'c>],
        table: &Table,
    ) -> Result<Result<Vec<Option<Cell<'c>>>, Nobody>> {
        let whole = self.row(db, (batch, 0), cells, table)?;
        Ok(whole.map(|row| {
            let kept = |fill: &Fill| matches!(fill, Fill::Id | Fill::Nothing);
            row.into_iter().zip(&self.0).map(|(cell, fill)| (!kept(fill)).then_some(cell)).collect()
        }))
    }

    /// The stored row.
    pub fn row<'c>(
        &self,
        db: &Connection,
        (batch, id): (BatchId, i64),
        cells: &'c [Cell<'c>],
        table: &Table,
    ) -> Result<Result<Vec<Cell<'c>>, Nobody>> {
        let made = Made::of(table, cells);
        let mut row = Vec::with_capacity(self.0.len());
        for fill in &self.0 {
            row.push(match fill {
                Fill::Cell(n) => cell(cells, *n),
                Fill::Reference(to) if to.is_blank(cells) => Cell::None,
                Fill::Reference(to) => match to.id(db, batch, cells)? {
                    Some(id) => Cell::Int(id),
                    None => return Ok(Err(Nobody(to.heading))),
                },
                Fill::Id => Cell::Int(id),
                Fill::Batch => Cell::Int(batch.0),
                Fill::Nothing => Cell::None,
                Fill::Made(name) => made.as_ref().map_or(Cell::None, |made| made.get(name)),
            });
        }
        Ok(Ok(row))
    }
}

/// The reference behind `field`, if headings begin with it; `before` is the path that leads to its row.
fn reference(table: &'static Table, field: &str, before: &str) -> Option<Reference> {
    let start = format!("{before}{field}.");
    let mut key: Vec<(&'static str, Fill)> = Vec::new();
    let mut heading = None;
    for (n, path) in table.headings().enumerate() {
        let Some(rest) = path.strip_prefix(start.as_str()) else { continue };
        heading = heading.or(Some(path));
        match rest.split_once('.') {
            None => key.push((rest, Fill::Cell(n))),
            Some((hop, _)) if key.iter().any(|(c, _)| *c == hop) => {}
            Some((hop, _)) => key.push((hop, Fill::Reference(reference(table, hop, &start)?))),
        }
    }
    let heading = heading?;
    // A part of the heading lives as long as the table, the name given may not.
    let name = heading.get(before.len()..)?.split('.').next()?;
    Some(Reference { table: target(name), key, heading })
}

impl Reference {
    /// Nobody is named: only where the bundle's columns may be empty.
    fn is_blank(&self, cells: &[Cell<'_>]) -> bool {
        self.key.iter().all(|(_, fill)| match fill {
            Fill::Cell(n) => matches!(cells.get(*n), Some(Cell::None)),
            Fill::Reference(to) => to.is_blank(cells),
            _ => false,
        })
    }

    fn id(&self, db: &Connection, batch: BatchId, cells: &[Cell<'_>]) -> Result<Option<i64>> {
        let mut key = Vec::with_capacity(self.key.len());
        for (column, fill) in &self.key {
            let value = match fill {
                Fill::Reference(to) => to.id(db, batch, cells)?.map(Cell::Int),
                Fill::Cell(n) => Some(cell(cells, *n)),
                _ => None,
            };
            let Some(value) = value else { return Ok(None) };
            key.push((*column, value));
        }
        find(db, self.table, batch, &key)
    }
}

fn cell<'c>(cells: &'c [Cell<'c>], n: usize) -> Cell<'c> {
    match cells.get(n) {
        Some(Cell::Int(n)) => Cell::Int(*n),
        Some(Cell::Text(text)) => Cell::text(text),
        Some(Cell::None) | None => Cell::None,
    }
}

/// What the search needs of an application, made anew from name and number.
struct Made {
    reversed: String,
    chars: String,
    pinyin: String,
    initials: String,
    other: String,
}

impl Made {
    fn of(table: &Table, cells: &[Cell<'_>]) -> Option<Made> {
        if table.record != "application" {
            return None;
        }
        let value = |path: &str| match cells.get(table.headings().position(|h| h == path)?) {
            Some(Cell::Text(text)) => Some(text.to_string()),
            _ => None,
        };
        let (name, number) = (value("name")?, value("id_number")?);
        let (main, other) = readings(&name);
        Some(Made {
            reversed: number.chars().rev().collect(),
            chars: split_chars(&name),
            pinyin: main.pinyin,
            initials: main.initials,
            other,
        })
    }

    fn get(&self, column: &str) -> Cell<'static> {
        Cell::own(
            match column {
                "id_reversed" => &self.reversed,
                "name_chars" => &self.chars,
                "pinyin" => &self.pinyin,
                "initials" => &self.initials,
                _ => &self.other,
            }
            .clone(),
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::site::TABLES;

    #[test]
    fn every_stored_column_of_every_table_has_a_source() {
        for table in TABLES {
            let plan = Plan::of(table).unwrap_or_else(|| panic!("{}", table.name));
            assert_eq!(plan.0.len(), columns(table.record).len());
        }
    }
}
