//! Cells that a spreadsheet holds as something else than text: taken where nothing is lost, otherwise faults.
use super::application::Found;
use super::book::{Epoch, Page, Special, What, serial_day};
use super::field::Field;
use super::layout::Kind;
use super::row_fault::{Bad, Severity, code};
use csv::ByteRecord;

/// From here on a quantity has lost digits.
const LOST: f64 = 1e15;

/// What each position of a sheet is for.
pub type Purposes = Vec<Option<(Field, Kind)>>;

/// Judges a row's special cells, and writes dates and answers as text. One fault for a cell.
pub fn settle(
    record: &mut ByteRecord,
    specials: &[Special],
    purposes: &Purposes,
    epoch: Epoch,
    found: &mut Vec<Found>,
) {
    let mut patches: Vec<(usize, String)> = Vec::new();
    for special in specials {
        let Some((field, kind)) = purposes.get(special.column).copied().flatten() else { continue };
        match judged(special.what, kind, epoch) {
            Judged::AsItStands => {}
            Judged::Text(text) => patches.push((special.column, text)),
            Judged::Bad(bad) => found.push(Found { field: Some(field), bad, severity: Severity::Error }),
        }
    }
    if patches.is_empty() {
        return;
    }
    let patch = |n: usize| patches.iter().find(|(column, _)| *column == n).map(|(_, text)| text.as_bytes());
    *record = record.iter().enumerate().map(|(n, cell)| patch(n).unwrap_or(cell)).collect();
}

enum Judged {
    AsItStands,
    Text(String),
    Bad(Bad),
}

fn judged(what: What, kind: Kind, epoch: Epoch) -> Judged {
    match (what, kind) {
        (What::Error, _) => Judged::Bad(Bad::new(code::ERROR_CELL)),
        (What::Yes, Kind::YesNo) => Judged::Text("是".to_owned()),
        (What::No, Kind::YesNo) => Judged::Text("否".to_owned()),
        (What::Yes | What::No, _) => Judged::Bad(Bad::new(code::TRUTH_CELL)),
        (What::Number(_), Kind::Identity) => Judged::Bad(Bad::new(code::NUMERIC_IDENTITY)),
        (What::Number(n), Kind::Birth | Kind::Date | Kind::YearMonth) => match serial_day(n, epoch) {
            Some(day) => Judged::Text(day),
            // 1993.1 may have been 1993.10; whole numbers are digits of a date.
            None if n.fract() != 0.0 => Judged::Bad(Bad::new(code::NUMERIC_DATE)),
            None => Judged::AsItStands,
        },
        (What::Number(n), _) if n.abs() >= LOST => Judged::Bad(Bad::new(code::NUMERIC_LONG)),
        (What::Number(_), _) => Judged::AsItStands,
    }
}

/// Columns of this row that share one cell with others, each range once.
pub fn merged(page: &Page, line: u64, purposes: &Purposes, found: &mut Vec<Found>) {
    for span in page.merged.iter().filter(|span| (span.rows.0..=span.rows.1).contains(&line)) {
        let columns = purposes.iter().enumerate().skip(span.columns.0 - 1).take(span.columns.1 + 1 - span.columns.0);
        if let Some((field, _)) = columns.filter_map(|(_, purpose)| *purpose).next() {
            let bad = Bad::new(code::MERGED_CELLS).with("expected", span.text());
            found.push(Found { field: Some(field), bad, severity: Severity::Error });
        }
    }
}
