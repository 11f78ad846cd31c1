//! Finding the headings in the first rows of a sheet, and saying what is wrong with them.
use super::layout::{Layout, Placed};
use super::read::MOST_COLUMNS;
use super::sheet::{COLUMN_TWICE, COLUMNS_MISSING, COLUMNS_RENAMED, TOO_MANY_COLUMNS};
use crate::model::Refusal;
use csv::StringRecord;

/// Which layout, and where the headings stand.
#[derive(Debug, Clone)]
pub struct Recognised {
    pub layout: usize,
    /// Position among the first rows of the (last) row of headings.
    pub at: usize,
    pub header: StringRecord,
    pub placed: Placed,
}

/// Tries every layout on every row, and on every two rows that follow one another: the most headings found win, among
/// equals the layout with fewer columns.
pub fn recognise(rows: &[StringRecord], layouts: &[Layout]) -> Option<Recognised> {
    let mut best: Option<Recognised> = None;
    let score = |r: &Recognised| {
        let columns = layouts.get(r.layout).map_or(0, |l| l.columns.len());
        (r.placed.found, usize::MAX - columns)
    };
    for (at, row) in rows.iter().enumerate() {
        let above = at.checked_sub(1).and_then(|above| rows.get(above));
        let joined = above.map(|above| joined(above, row));
        for (n, layout) in layouts.iter().enumerate().filter(|(_, layout)| at < layout.header_within) {
            for header in std::iter::once(row).chain(&joined) {
                let placed = layout.place(header.iter());
                let one = Recognised { layout: n, at, header: header.clone(), placed };
                let better = best.as_ref().is_none_or(|b| score(&one) > score(b));
                if better && layout.recognises(&one.placed) {
                    best = Some(one);
                }
            }
        }
    }
    best
}

/// Headings in two rows: the lower one's, and the upper one's above empty cells.
fn joined(above: &StringRecord, row: &StringRecord) -> StringRecord {
    let cell = |of: &StringRecord, n: usize| of.get(n).unwrap_or_default().trim().to_owned();
    let width = above.len().max(row.len());
    let lower = |n| Some(cell(row, n)).filter(|c| !c.is_empty());
    (0..width).map(|n| lower(n).unwrap_or_else(|| cell(above, n))).collect()
}

/// Refuses headings that cannot be read by.
pub fn refuse(placed: &Placed, header: &StringRecord, layout: &Layout) -> Result<(), Refusal> {
    if header.len() > MOST_COLUMNS {
        return Err(too_many_columns(header.len(), 1));
    }
    if !placed.twice.is_empty() {
        return Err(Refusal::new(COLUMN_TWICE).with("columns", placed.twice.join("、")));
    }
    if placed.missing.is_empty() {
        return Ok(());
    }
    let unknown = placed.unknown.iter().filter_map(|at| header.get(*at));
    let guessed = unknown.filter_map(|name| Some((name.trim(), layout.nearest(name, placed)?)));
    let guessed: Vec<_> = guessed.filter(|(_, column)| placed.missing.contains(&column.name)).collect();
    let missing = placed.missing.join("、");
    if guessed.is_empty() {
        return Err(Refusal::new(COLUMNS_MISSING).with("columns", missing));
    }
    let pairs: Vec<_> = guessed.iter().map(|(found, column)| format!("{found} → {}", column.name)).collect();
    Err(Refusal::new(COLUMNS_RENAMED).with("columns", missing).with("renamed", pairs.join("、")))
}

pub fn too_many_columns(count: usize, line: u64) -> Refusal {
    let refusal = Refusal::new(TOO_MANY_COLUMNS).with("count", count).with("expected", MOST_COLUMNS);
    refusal.with("line", i64::try_from(line).unwrap_or(i64::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::bundle::layout::tests::candidate;

    #[test]
    fn headings_in_two_rows_are_joined() {
        let names: Vec<String> = candidate().columns.iter().map(|c| c.name.clone()).collect();
        let upper: StringRecord =
            names.iter().enumerate().map(|(n, name)| if n < 20 { name } else { "其他" }).collect();
        let lower: StringRecord = names.iter().enumerate().map(|(n, name)| if n < 20 { "" } else { name }).collect();
        let found = recognise(&[upper, lower], &[candidate()]).unwrap();
        assert_eq!((found.at, found.placed.found, found.header.len()), (1, 33, 33));
    }
}
