//! Reading the register: pages, counts, finding by whatever somebody types.
use super::parts::{Explained, explain_number};
use super::passed::passed_and_numbered;
use super::revoke::UNKNOWN;
use crate::model::{Refusal, fold};
use crate::ops::{Result, Site, search};
use crate::store::views::certificates::{self as view, Certified, Filter};
use serde::Serialize;

/// Lines that a screen reads at once.
pub const PAGE: usize = 200;
/// Places of a certificate number.
const PLACES: usize = 22;

#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Counts {
    pub passed: usize,
    /// People who passed and have a valid number.
    pub numbered: usize,
    /// Passed, without a number.
    pub waiting: usize,
    pub valid: i64,
    pub revoked: i64,
}

pub fn counts(site: &Site) -> Result<Counts> {
    let (passed, numbered) = passed_and_numbered(site)?;
    let (valid, revoked) = view::states(site.store().db(), site.batch()?.id)?;
    Ok(Counts { passed, numbered, waiting: passed - numbered, valid, revoked })
}

/// The lines after the number `after`, at most [`PAGE`].
pub fn page(site: &Site, filter: &Filter, after: &str) -> Result<Vec<Certified>> {
    Ok(view::page(site.store().db(), site.batch()?.id, filter, after, PAGE)?)
}

/// All lines, in the order of their numbers.
pub fn register(site: &Site, filter: &Filter) -> Result<Vec<Certified>> {
    Ok(view::page(site.store().db(), site.batch()?.id, filter, "", usize::MAX)?)
}

/// Narrows `filter` to what somebody typed: a number from its start, or a person by ticket, ID number or name.
pub fn filter_for(site: &Site, text: &str, filter: Filter) -> Result<Filter> {
    let folded = fold::number_like(text).to_ascii_uppercase();
    if folded.is_empty() {
        return Ok(filter);
    }
    if is_number_start(&folded) {
        return Ok(Filter { number: Some(folded), ..filter });
    }
    Ok(Filter { people: Some(search::find(site, text)?), ..filter })
}

/// A class letter and digits: no name in pinyin looks like that.
fn is_number_start(text: &str) -> bool {
    matches!(text.as_bytes(), [b'S' | b'Y', first, rest @ ..]
        if first.is_ascii_digit() && rest.iter().all(u8::is_ascii_digit) && text.len() <= PLACES)
}

/// What a search in the register found.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Found {
    /// When a whole number was typed.
    pub explained: Option<Explained>,
    pub certificates: Vec<Certified>,
}

pub fn find(site: &Site, text: &str) -> Result<Found> {
    let folded = fold::number_like(text).to_ascii_uppercase();
    let whole = folded.chars().count() == PLACES && folded.starts_with(|c: char| c.is_ascii_alphabetic());
    let explained = if whole { Some(explain_number(site, &folded)?) } else { None };
    let certificates = register(site, &filter_for(site, text, Filter::default())?)?;
    Ok(Found { explained, certificates })
}

/// The certificate with this number, whichever state it is in.
pub fn by_number(site: &Site, number: &str) -> Result<Certified> {
    let folded = fold::number_like(number).to_ascii_uppercase();
    let found = view::by_number(site.store().db(), &folded)?;
    found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", folded.as_str()).into())
}
