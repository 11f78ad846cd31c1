//! Digests by which two sites tell rows and what they were before, without a word of what stands in them.
use crate::bundle::site::manifest::hex;
use crate::bundle::site::{Table, Unit};
use sha2::{Digest, Sha256};

const APPLICATION: [&str; 4] =
    ["application.document", "application.id_number", "application.occupation", "application.level"];

/// Columns of an application that follow from the decisions and payments of both sides.
pub const FOLLOWS: [&str; 3] = ["state", "original_at", "paid_at"];

/// What names a row, or all rows of an application where those go together.
pub fn place(table: &Table, written: &[String]) -> String {
    let rule = &table.merge;
    let key: &[&str] = match rule.unit {
        Unit::Application => &APPLICATION,
        _ if rule.key.is_empty() => table.key,
        _ => rule.key,
    };
    let cells = table.headings().zip(written).filter(|(h, _)| key.contains(h)).map(|(_, c)| c.as_str());
    digest(table.name, "place", cells)
}

/// A row with all that stands in it.
pub fn version(table: &Table, written: &[String]) -> String {
    digest(table.name, "row", written.iter().map(String::as_str))
}

/// An application without what follows from decisions.
pub fn particulars(table: &Table, written: &[String]) -> String {
    let own = table.headings().zip(written).filter(|(h, _)| !FOLLOWS.contains(h)).map(|(_, c)| c.as_str());
    digest(table.name, "particulars", own)
}

/// All that the past of a row is told by.
pub fn versions(table: &Table, written: &[String]) -> Vec<String> {
    let mut all = vec![version(table, written)];
    if table.merge.unit == Unit::Applicant {
        all.push(particulars(table, written));
    }
    all
}

/// Several rows that go together, in any order; none: the row is not there.
pub fn together<'r>(table: &Table, rows: impl Iterator<Item = &'r [String]>) -> String {
    let mut all: Vec<_> = rows.map(|row| version(table, row)).collect();
    all.sort_unstable();
    match all.as_slice() {
        [one] => one.clone(),
        many => digest(table.name, "rows", many.iter().map(String::as_str)),
    }
}

fn digest<'c>(table: &'c str, kind: &'c str, cells: impl Iterator<Item = &'c str>) -> String {
    let mut hash = Sha256::new();
    for part in [table, kind].into_iter().chain(cells) {
        hash.update((part.len() as u64).to_le_bytes());
        hash.update(part.as_bytes());
    }
    // Half of it is enough: nobody chooses rows so that two have one digest.
    hash.finalize().get(..16).map(hex).unwrap_or_default()
}
