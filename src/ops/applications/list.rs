//! Reading applications: pages of the list, a search, a card.
use crate::ops::{Result, Site, search};
use crate::store::views::applications as view;

pub use view::{Line, Page, Place, Sieve, Standing, Tally};

/// Counted at most, for headings.
pub const COUNTED: usize = 20_000;

/// At most `limit` lines of the batch at hand, by initials and pinyin of the name.
pub fn page(site: &Site, page: &Page, sieve: Sieve, limit: usize) -> Result<Vec<Line>> {
    Ok(view::page(site.store().db(), site.batch()?.id, page, sieve, limit)?)
}

/// Every line, or those that a search finds: by name, pinyin, ID number or its tail, ticket, seat.
pub fn lines(site: &Site, filter: Option<&str>) -> Result<Vec<Line>> {
    match filter {
        Some(text) => find(site, text),
        None => page(site, &Page::First, Sieve::All, usize::MAX),
    }
}

/// What a search finds, best matches first.
pub fn find(site: &Site, text: &str) -> Result<Vec<Line>> {
    Ok(view::of(site.store().db(), &search::find(site, text)?)?)
}

/// How many a search found; a plus sign where it stopped looking.
pub fn found_count(found: &[Line]) -> String {
    let more = if found.len() < search::LIMIT { "" } else { "+" };
    format!("{}{more}", found.len())
}

pub fn tally(site: &Site) -> Result<Tally> {
    Ok(view::tally(site.store().db(), site.batch()?.id, COUNTED)?)
}
