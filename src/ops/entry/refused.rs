//! The refused rows of a score sheet, as they stood and with the reasons, for whoever filled it.
use super::import::ImportScores;
use crate::bundle::row_fault::RowFault;
use crate::bundle::write::{CsvFile, Heading, Style};
use crate::model::Refusal;
use crate::ops::exchange::{OVER_SOURCE, REASONS, Refusals, same_file};
use crate::ops::{Error, Result};
use std::path::Path;

/// Refused when the rows would go over the sheet they came from.
pub fn may_write_refused(sheet: &Path, to: &Path) -> Result<()> {
    if same_file(to, sheet) {
        return Err(Refusal::new(OVER_SOURCE).with("path", to.display().to_string()).into());
    }
    Ok(())
}

/// Each row with a fault once, in the order of the sheet; with no faults only the headings.
pub fn write_refused(import: &ImportScores, faults: &[RowFault], to: &Refusals<'_>) -> Result<()> {
    let known = |name: &&String| name.trim() != REASONS;
    let headings = import.raw.heading.iter().filter(known).map(|name| Heading::tabbed(name));
    let headings: Vec<_> = headings.chain([Heading::plain(REASONS)]).collect();
    let mut file = CsvFile::create(to.path, Style::People, &headings).map_err(Error::file(to.path))?;
    for (line, cells) in &import.raw.rows {
        let own: Vec<_> = faults.iter().filter(|fault| fault.line == *line).map(|fault| (to.words)(fault)).collect();
        if own.is_empty() {
            continue;
        }
        let reasons = own.join("; ");
        let kept = import.raw.heading.iter().enumerate().filter(|(_, name)| known(name));
        let cells = kept.map(|(n, _)| cells.get(n).map_or("", String::as_str));
        file.row(cells.chain([reasons.as_str()])).map_err(Error::file(to.path))?;
    }
    file.finish().map_err(Error::file(to.path))
}
