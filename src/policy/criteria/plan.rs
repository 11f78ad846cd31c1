//! What a sheet asks for, and what a filled sheet comes to: the points of its criteria, and below them whatever a failed
//! mandatory item (一票否决) leaves.
use super::{Criterion, NO_ITEMS, SUM_DIFFERS, UNKNOWN_FAIL, sum};
use crate::model::{Points, Refusal};
use crate::policy::point_value;
use serde::{Deserialize, Serialize};
use std::collections::BTreeSet;

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Mandatory {
    /// Latin letters, digits and hyphens, unique on its sheet.
    pub code: String,
    /// As it stands on the sheet.
    pub name: String,
    /// What a sheet comes to at most once this failed: 0 makes it worthless, more is still no pass.
    #[serde(deserialize_with = "point_value::read")]
    pub most: Points,
}

/// The criteria of one sheet. Without any, a sheet is a total.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct Plan {
    pub items: Vec<Criterion>,
    pub mandatory: Vec<Mandatory>,
}

impl Plan {
    /// Criteria without mandatory items.
    pub fn of(items: &[Criterion]) -> Plan {
        Plan { items: items.to_vec(), mandatory: Vec::new() }
    }

    pub fn is_empty(&self) -> bool {
        self.items.is_empty() && self.mandatory.is_empty()
    }

    /// What a sheet with these points for its criteria and these failed items comes to.
    pub fn points(&self, items: &[(String, Points)], fails: &[String]) -> Result<Points, Refusal> {
        if self.items.is_empty() {
            return Err(Refusal::new(NO_ITEMS));
        }
        self.left(sum(&self.items, items)?, fails)
    }

    /// What failed items leave of a total: the least that any of them leaves. Doing it twice changes nothing.
    pub fn left(&self, total: Points, fails: &[String]) -> Result<Points, Refusal> {
        let most = |code: &String| {
            let found = self.mandatory.iter().find(|m| m.code == *code).map(|m| m.most);
            found.ok_or_else(|| Refusal::new(UNKNOWN_FAIL).with("item", code.as_str()))
        };
        fails.iter().try_fold(total, |left, code| Ok(left.min(most(code)?)))
    }

    /// The same, held against the total that stands on the sheet, be it before or after failed items.
    pub fn agreed(
        &self,
        total: Points,
        items: Option<&[(String, Points)]>,
        fails: &[String],
    ) -> Result<Points, Refusal> {
        let left = self.left(total, fails)?;
        let Some(items) = items else { return Ok(left) };
        let counted = self.points(items, fails)?;
        let written = sum(&self.items, items)?;
        if total == written || total == counted {
            return Ok(counted);
        }
        Err(Refusal::new(SUM_DIFFERS).with("sum", written.to_string()).with("total", total.to_string()))
    }
}

/// Codes of failed items in the stored form, each once, in the order of their names.
pub fn write_fails(fails: &[String]) -> String {
    let each: BTreeSet<&str> = fails.iter().map(|code| code.trim()).filter(|code| !code.is_empty()).collect();
    each.into_iter().collect::<Vec<_>>().join(",")
}

/// Reads the stored form.
pub fn read_fails(text: &str) -> Vec<String> {
    text.split(',').map(str::trim).filter(|code| !code.is_empty()).map(str::to_owned).collect()
}

/// Whether sheets of one candidate differ about what failed: then the lead rules. Takes the stored form of each sheet.
pub fn fails_disagree<'a>(sheets: impl IntoIterator<Item = &'a str>) -> bool {
    let of = |text: &str| -> BTreeSet<String> { read_fails(text).into_iter().collect() };
    let mut each = sheets.into_iter().map(of);
    let first = each.next();
    each.any(|other| Some(other) != first)
}

#[cfg(test)]
mod tests {
    use super::super::{ITEM_MISSING, read};
    use super::*;
    use proptest::prelude::*;

    fn plan() -> Plan {
        let item = |code: &str, max| Criterion { code: code.into(), name: code.into(), max: Points::whole(max) };
        let must = |code: &str, most| Mandatory { code: code.into(), name: code.into(), most: Points::whole(most) };
        Plan { items: vec![item("prepare", 20), item("weld", 80)], mandatory: vec![must("fire", 0), must("mask", 50)] }
    }

    fn fails(codes: &[&str]) -> Vec<String> {
        codes.iter().map(|c| (*c).to_owned()).collect()
    }

    #[test]
    fn a_failed_mandatory_item_leaves_what_the_data_says_s0_25() {
        let items = read("prepare=15,weld=70").unwrap();
        let of = |codes: &[&str]| plan().points(&items, &fails(codes)).unwrap();
        assert_eq!(of(&[]), Points::whole(85));
        assert_eq!(of(&["mask"]), Points::whole(50));
        assert_eq!(of(&["mask", "fire"]), Points::ZERO);
        assert!(plan().points(&items, &fails(&["shoes"])).unwrap_err().is(UNKNOWN_FAIL));
    }

    #[test]
    fn the_total_on_the_sheet_stands_before_or_after_the_failed_item() {
        let items = read("prepare=15,weld=70").unwrap();
        let agreed = |total, codes: &[&str]| plan().agreed(Points::whole(total), Some(&items), &fails(codes));
        assert_eq!(agreed(85, &["mask"]), Ok(Points::whole(50)));
        assert_eq!(agreed(50, &["mask"]), Ok(Points::whole(50)));
        assert!(agreed(60, &["mask"]).unwrap_err().is(SUM_DIFFERS));
        assert!(agreed(84, &[]).unwrap_err().is(SUM_DIFFERS));
        assert_eq!(plan().agreed(Points::whole(77), None, &[]), Ok(Points::whole(77)), "a sheet may have a total only");
        assert_eq!(plan().agreed(Points::whole(77), None, &fails(&["fire"])), Ok(Points::ZERO));
    }

    #[test]
    fn a_sheet_without_criteria_takes_a_total_only() {
        let items = read("prepare=15").unwrap();
        assert!(Plan::default().agreed(Points::whole(15), Some(&items), &[]).unwrap_err().is(NO_ITEMS));
        assert!(plan().agreed(Points::whole(15), Some(&items), &[]).unwrap_err().is(ITEM_MISSING));
        assert_eq!(Plan::default().agreed(Points::whole(80), None, &[]), Ok(Points::whole(80)));
    }

    #[test]
    fn sheets_disagree_by_what_failed_not_by_its_order() {
        assert!(!fails_disagree([]));
        assert!(!fails_disagree(["", "", ""]));
        assert!(!fails_disagree(["fire,mask", "mask,fire"]));
        assert!(fails_disagree(["", "fire", ""]));
        assert_eq!(write_fails(&fails(&["mask", "fire", " mask", ""])), "fire,mask");
    }

    proptest! {
        #[test]
        fn failed_items_never_add_points_and_never_pass(
            prepare in 0i32..=20, weld in 0i32..=80, fire: bool, mask: bool,
        ) {
            let items = vec![("prepare".to_owned(), Points::whole(prepare)), ("weld".to_owned(), Points::whole(weld))];
            let mut failed = Vec::new();
            failed.extend(fire.then(|| "fire".to_owned()));
            failed.extend(mask.then(|| "mask".to_owned()));
            let whole = plan().points(&items, &[]).unwrap();
            let left = plan().points(&items, &failed).unwrap();
            prop_assert!(left <= whole);
            prop_assert_eq!(whole, Points::whole(prepare + weld));
            prop_assert!(failed.is_empty() || left < Points::whole(60));
            prop_assert_eq!(plan().left(left, &failed).unwrap(), left);
            failed.reverse();
            prop_assert_eq!(plan().points(&items, &failed).unwrap(), left);
        }
    }
}
