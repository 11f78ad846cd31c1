//! A filing as files: a folder of CSV tables or one JSON file, read with the place of every fault; templates of both; and
//! the sheets of the directory.
mod json;
mod parse;
pub mod parts;
mod raw;
pub mod sheet;
mod table;
mod template;

pub use template::Template;

use super::codes::Codes;
use super::row_fault::{Report, RowFault};
use super::sheet::SheetFault;
use crate::model::Code;
use crate::model::filing::Filing;
use std::path::Path;

pub const BAD_JSON: Code = Code("filing.bad_json");
pub const NOT_OBJECT: Code = Code("filing.not_object");
pub const TOO_LARGE: Code = Code("filing.too_large");
pub const NO_ORGANISATION: Code = Code("filing.no_organisation");

/// Codes of faults that only filings have.
pub mod fault {
    use crate::model::Code;

    pub const UNKNOWN_PART: Code = Code("filing_unknown_part");
    pub const UNKNOWN_COLUMN: Code = Code("filing_unknown_column");
    pub const NOT_A_CELL: Code = Code("filing_not_a_cell");
    pub const ONE_ROW: Code = Code("filing_one_row");
    pub const TWICE: Code = Code("filing_twice");
    pub const PREFIX: Code = Code("filing_prefix");
    pub const OCCUPATION_CODE: Code = Code("filing_occupation_code");
    pub const OCCUPATION_NAME: Code = Code("filing_occupation_name");
    pub const LEVELS: Code = Code("filing_levels");
    pub const MONEY: Code = Code("filing_money");
    pub const COUNT: Code = Code("filing_count");
    pub const CONDITION: Code = Code("filing_condition");
}

/// Reads a folder or a JSON file. With any fault there is no filing.
pub fn read(path: &Path, codes: &Codes) -> Result<(Option<Filing>, Report), SheetFault> {
    let (raw, mut report) = if path.is_dir() { table::read(path)? } else { json::read(path)? };
    let mut faults: Vec<RowFault> = raw.faults;
    report.counts.read = raw.parts.iter().map(|rows| rows.len() as u64).sum();
    let filing = parse::filing(&raw.parts, codes, &mut faults);
    // In the order of the form, then of the lines.
    let part = |file: &str| parts::PARTS.iter().position(|part| part.file() == file);
    faults.sort_by_key(|f| (part(&f.file), f.line));
    report.counts.refused = faults.len() as u64;
    let filing = filing.filter(|_| faults.is_empty());
    faults.into_iter().for_each(|fault| report.push(fault));
    Ok((filing, report))
}
