//! What a mark is made of: groups of questions of a paper (题型), or criteria of a sheet (评分项目), each with its most points.
//!
//! Written down as `code=points`, comma separated, in the order of the criteria; points are hundredths.
mod plan;
mod table;

pub use plan::{Mandatory, Plan, fails_disagree, read_fails, write_fails};
pub use table::{LevelSheet, Table, check, item_faults, load};

use super::point_value;
use crate::model::{Code, Points, Refusal};
use serde::{Deserialize, Serialize};

pub const UNKNOWN_ITEM: Code = Code("criteria.unknown_item");
pub const ITEM_MISSING: Code = Code("criteria.item_missing");
pub const ITEM_TOO_HIGH: Code = Code("criteria.item_too_high");
pub const SUM_DIFFERS: Code = Code("criteria.sum_differs");
/// The sheet has no parts: only a total is written down.
pub const NO_ITEMS: Code = Code("criteria.no_items");
pub const UNKNOWN_FAIL: Code = Code("criteria.unknown_fail");

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Criterion {
    /// Latin letters and digits, unique in its list.
    pub code: String,
    /// As it stands on the sheet.
    pub name: String,
    /// The most points; of all criteria together 100.
    #[serde(deserialize_with = "point_value::read")]
    pub max: Points,
}

/// Points for some criteria, in their order.
pub type Items = Vec<(String, Points)>;

/// Reads the stored form; `None` when it is not one.
pub fn read(text: &str) -> Option<Items> {
    let item = |part: &str| {
        let (code, points) = part.split_once('=')?;
        Some((code.to_owned(), Points::parse(points)?))
    };
    text.split(',').filter(|part| !part.is_empty()).map(item).collect()
}

/// The stored form.
pub fn write(items: &[(String, Points)]) -> String {
    items.iter().map(|(code, points)| format!("{code}={points}")).collect::<Vec<_>>().join(",")
}

/// Every criterion once, none above its most, nothing else: gives their sum.
pub fn sum(criteria: &[Criterion], items: &[(String, Points)]) -> Result<Points, Refusal> {
    if let Some((code, _)) = items.iter().find(|(code, _)| !criteria.iter().any(|c| c.code == *code)) {
        return Err(Refusal::new(UNKNOWN_ITEM).with("item", code.as_str()));
    }
    let mut sum = 0i32;
    for criterion in criteria {
        let mut own = items.iter().filter(|(code, _)| *code == criterion.code).map(|(_, points)| *points);
        let (Some(points), None) = (own.next(), own.next()) else {
            return Err(Refusal::new(ITEM_MISSING).with("item", criterion.name.as_str()));
        };
        if points < Points::ZERO || points > criterion.max {
            let refusal = Refusal::new(ITEM_TOO_HIGH).with("item", criterion.name.as_str());
            return Err(refusal.with("highest", criterion.max.to_string()));
        }
        sum = sum.saturating_add(points.hundredths());
    }
    Ok(Points::new(sum))
}

/// The same, held against a total that was written down.
pub fn adds_up(criteria: &[Criterion], items: &[(String, Points)], total: Points) -> Result<(), Refusal> {
    let sum = sum(criteria, items)?;
    if sum == total {
        return Ok(());
    }
    Err(Refusal::new(SUM_DIFFERS).with("sum", sum.to_string()).with("total", total.to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn two() -> Vec<Criterion> {
        let one = |code: &str, max| Criterion { code: code.into(), name: code.to_uppercase(), max: Points::whole(max) };
        vec![one("a", 60), one("b", 40)]
    }

    #[test]
    fn every_criterion_counts_once_and_not_above_its_most() {
        let of = |text| sum(&two(), &read(text).unwrap());
        assert_eq!(of("a=50.5,b=40"), Ok(Points::new(9050)));
        assert!(of("a=50").unwrap_err().is(ITEM_MISSING));
        assert!(of("a=1,b=1,a=1").unwrap_err().is(ITEM_MISSING));
        assert!(of("a=1,b=41").unwrap_err().is(ITEM_TOO_HIGH));
        assert!(of("a=1,b=1,c=1").unwrap_err().is(UNKNOWN_ITEM));
        assert!(adds_up(&two(), &read("a=1,b=2").unwrap(), Points::whole(4)).unwrap_err().is(SUM_DIFFERS));
    }

    #[test]
    fn the_stored_form_is_read_again() {
        let items = read("a=50.5,b=40").unwrap();
        assert_eq!(write(&items), "a=50.5,b=40");
        assert_eq!(read("a50"), None);
        assert_eq!(read(""), Some(Vec::new()));
    }
}
