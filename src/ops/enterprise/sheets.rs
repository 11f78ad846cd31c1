//! The directory (S3-16) and the summary table (S3-51) to hand out.
use crate::bundle::enterprise::sheet::{self, Entry, Footer, Grid};
use crate::bundle::write;
use crate::model::filing::FilingState;
use crate::ops::{Error, Result, Site};
use crate::store::FiledOccupationRow;
use crate::store::views::enterprise as view;
use std::path::Path;

/// Which filings: of one round and one reporting office, or all.
#[derive(Debug, Clone, Copy, Default)]
pub struct Of<'a> {
    pub round: Option<i64>,
    pub unit: Option<&'a str>,
}

/// The organisations that stand in the directory and are not suspended.
pub fn directory(site: &Site, of: Of<'_>) -> Result<Grid> {
    site.not_for_administrators()?;
    Ok(sheet::directory(&entries(site, of, &[FilingState::Listed])?))
}

/// Annex 2: every filing that was submitted, with its fate still open or in the directory.
pub fn summary(site: &Site, of: Of<'_>, footer: &Footer) -> Result<Grid> {
    site.not_for_administrators()?;
    let states = [FilingState::Submitted, FilingState::Evaluated, FilingState::Listed, FilingState::Suspended];
    Ok(sheet::summary(&entries(site, of, &states)?, footer))
}

fn entries(site: &Site, of: Of<'_>, states: &[FilingState]) -> Result<Vec<Entry>> {
    let all = view::directory(site.store().db())?.into_iter().filter(|(_, filing, _)| {
        let round = of.round.is_none_or(|round| filing.round == round);
        let unit = of.unit.is_none_or(|unit| filing.unit.as_deref() == Some(unit));
        round && unit && states.contains(&filing.state)
    });
    let entry = |(organisation, filing, occupations): view::Entry| {
        (filing.head(&organisation), occupations.into_iter().map(FiledOccupationRow::value).collect())
    };
    Ok(all.map(entry).collect())
}

/// Writes a workbook where the name ends so, else CSV.
pub fn write(grid: &Grid, path: &Path) -> Result<()> {
    let book = path.extension().is_some_and(|e| e.eq_ignore_ascii_case("xlsx"));
    let bytes = if book { grid.xlsx() } else { grid.csv() };
    bytes.and_then(|bytes| write::file(path, &bytes)).map_err(Error::file(path))
}
