//! A head that stands on paper, held against the journal: which operation it is of, and whether that is still there.
use super::lineages;
use crate::model::{Code, OpNo, Refusal, Stamp, fold};
use crate::ops::{Error, Result, Site};
use crate::store::heads::{self, Head};
use crate::store::journal;
use serde::Serialize;

pub const FEW_DIGITS: Code = Code("anchor.few_digits");
pub const NOT_DIGITS: Code = Code("anchor.not_digits");
pub const NO_OPERATION: Code = Code("anchor.no_operation");

/// Hexadecimal digits that are enough to name an operation: four groups.
const ENOUGH: usize = 16;
/// Of a whole digest.
const ALL: usize = 64;

/// One operation's digest.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Point {
    pub operation: OpNo,
    pub digest: String,
    pub at: Stamp,
}

/// What became of a head on paper.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OnPaper {
    /// The journal has this operation.
    Here(Point),
    /// It was the operation of this number in a part of the journal that a later lineage left behind.
    Left(i64),
    /// Nobody knows it.
    Nowhere,
}

/// The digest of an operation, to compare with paper.
pub fn digest_of(site: &Site, op: OpNo) -> Result<Point> {
    let found = journal::operation(site.store().db(), op)?;
    let found = found.ok_or_else(|| Refusal::new(NO_OPERATION).with("op", op.0))?;
    Ok(Point { operation: op, digest: found.digest, at: found.at })
}

/// Looks for the digest that begins with these groups; blanks and capitals do not matter.
pub fn on_paper(site: &Site, groups: &str) -> Result<OnPaper> {
    let digits = digits(groups)?;
    if let Some(op) = journal::by_digest(site.store().db(), &digits)? {
        return digest_of(site, op).map(OnPaper::Here);
    }
    Ok(left(site, &digits)?.map_or(OnPaper::Nowhere, OnPaper::Left))
}

fn digits(groups: &str) -> Result<String> {
    let digits: String = fold::number_like(groups).to_ascii_lowercase();
    let digits: String = digits.chars().filter(|c| !c.is_whitespace() && *c != '-').collect();
    if let Some(odd) = digits.chars().find(|c| !c.is_ascii_hexdigit()) {
        return Err(Refusal::new(NOT_DIGITS).with("value", odd.to_string()).into());
    }
    if !(ENOUGH..=ALL).contains(&digits.len()) {
        return Err(Refusal::new(FEW_DIGITS).with("digits", digits.len()).into());
    }
    Ok(digits)
}

/// Its number among the heads that were signed, and the marks that lineages were begun over.
fn left(site: &Site, digits: &str) -> Result<Option<i64>> {
    let signed = match site.held().folder() {
        Some(folder) => heads::text(folder).map_err(Error::file(folder))?,
        None => String::new(),
    };
    let signed = signed.lines().filter_map(Head::parse).map(|(head, _)| (head.mark.number, head.mark.digest));
    let marks = lineages(site)?.into_iter().filter_map(|l| {
        let found = l.found?;
        let (number, rest) = found.split_once(' ')?;
        Some((number.parse().ok()?, rest.to_owned()))
    });
    Ok(signed.chain(marks).find(|(_, digest)| digest.starts_with(digits)).map(|(number, _)| number))
}
