//! A form from a file: a JSON object of items, or a sheet with headings and one row.
use super::{NOT_A_FORM, Typed};
use crate::bundle::layout::Layout;
use crate::bundle::row_fault::{Report, RowFault};
use crate::bundle::sheet::{Intake, Row, Sheet, SheetFault, catalogue, lenient};
use crate::model::{ApplicationId, BatchId, Code, Refusal};
use crate::ops::exchange::filed::filed;
use crate::ops::{Error, Result, Site};
use std::io::Cursor;
use std::ops::ControlFlow;
use std::path::Path;

pub const ONE_ROW: Code = Code("form.one_row");

/// Reads the bytes of a file named `name`. JSON begins with a brace; everything else must be a sheet that an import
/// would know, and is judged like one.
pub fn from_bytes(site: &Site, name: &str, bytes: &[u8]) -> Result<Typed> {
    let text = bytes.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(bytes);
    if text.trim_ascii_start().starts_with(b"{") {
        let bad = |e: std::str::Utf8Error| Refusal::new(NOT_A_FORM).with("detail", e.to_string());
        return Ok(Typed::from_json(std::str::from_utf8(text).map_err(bad)?)?);
    }
    let assets = site.assets();
    let texts = assets.names("layouts", ".toml").into_iter().filter_map(|n| assets.read(&format!("layouts/{n}.toml")));
    let layouts = texts.map(|text| Layout::parse(&text)).collect::<Result<Vec<_>, _>>()?;
    let codes = site.codes()?;
    let intake = Intake {
        layouts: &layouts,
        codes: &codes,
        offers: &catalogue,
        judge: &lenient,
        encoding: None,
        sheet: None,
        file: name,
    };
    let fault = |fault: SheetFault| match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(source) => Error::File { path: Path::new(name).to_owned(), source },
    };
    let mut found: Vec<std::result::Result<Typed, Vec<RowFault>>> = Vec::new();
    let sheet = Sheet::open(Cursor::new(bytes.to_vec()), &intake).map_err(fault)?;
    let report = sheet.read(&mut |row| {
        found.push(match row {
            Row::Good(row, _) => Ok(Typed::of(&filed(row, BatchId(0), ApplicationId(0)), &[])),
            Row::Refused(row) => Err(row.faults.to_vec()),
        });
        if found.len() > 1 { ControlFlow::Break(()) } else { ControlFlow::Continue(()) }
    });
    let report: Report = report.map_err(fault)?;
    match (found.pop(), found.is_empty()) {
        (Some(Ok(typed)), true) => Ok(typed),
        (Some(Err(_)), true) => Err(Error::Rejected(Box::new(report))),
        (found, _) => {
            let count = if found.is_some() { "2+" } else { "0" };
            Err(Refusal::new(ONE_ROW).with("count", count).into())
        }
    }
}
