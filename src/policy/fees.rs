//! The fee table (收费标准). Empty until an office supplies the amounts: no notice states them (S0-33, S1-30).
use super::Policy;
use super::fault::{OUT_OF_RANGE, Problem, TWICE};
use super::source::Path;
pub use crate::model::fen::{HIGHEST, parse_yuan, yuan};
use crate::model::{Level, Route};
use serde::{Deserialize, Serialize};

/// The item of a payment that covers everything owed, and of a waiver of everything.
pub const ALL_ITEMS: &str = "all";

#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct FeeItem {
    /// Locale key `fee.<code>`: registration, theory, practical, review, resit.
    pub code: String,
    /// Fen.
    pub amount: i64,
    /// Empty means every level.
    #[serde(default)]
    pub levels: Vec<Level>,
    /// Empty means every route.
    #[serde(default)]
    pub routes: Vec<Route>,
    /// Codes of the catalogue, for organisations that price each occupation by itself (S3-42); empty means every one.
    #[serde(default)]
    pub occupations: Vec<String>,
}

/// Whom an item may fall on.
#[derive(Debug, Clone, Copy)]
pub struct Payer<'a> {
    pub level: Level,
    pub route: Route,
    pub occupation: &'a str,
}

impl FeeItem {
    pub fn falls_on(&self, payer: Payer<'_>) -> bool {
        (self.levels.is_empty() || self.levels.contains(&payer.level))
            && (self.routes.is_empty() || self.routes.contains(&payer.route))
            && (self.occupations.is_empty() || self.occupations.iter().any(|o| o == payer.occupation))
    }
}

/// The items an application owes, in the order of the table. Empty where nothing is priced for it.
pub fn owed<'f>(table: &'f [FeeItem], payer: Payer<'_>) -> Vec<&'f FeeItem> {
    table.iter().filter(|item| item.falls_on(payer)).collect()
}

/// Fen. `None` when the sum is beyond what can be counted, which is never a fee.
pub fn sum(amounts: impl IntoIterator<Item = i64>) -> Option<i64> {
    amounts.into_iter().try_fold(0i64, i64::checked_add)
}

/// One item: 100,000 yuan in fen; more is a slip between yuan and fen.
const MOST: i64 = 10_000_000;

/// Amounts below zero or beyond belief, and one item priced twice for the same people.
pub(super) fn faults(policy: &Policy) -> Vec<(Path, Problem)> {
    let at = |index: usize| Path::default().key("fees").index(index);
    let mut found = Vec::new();
    for (index, item) in policy.fees.iter().enumerate() {
        if !(0..=MOST).contains(&item.amount) {
            let problem = Problem::new(OUT_OF_RANGE).with("lowest", 0i64).with("highest", MOST);
            found.push((at(index).key("amount"), problem));
        }
        if policy.fees.iter().take(index).any(|earlier| overlap(earlier, item)) {
            found.push((at(index).key("code"), Problem::new(TWICE).with("value", item.code.as_str())));
        }
    }
    found
}

fn overlap(one: &FeeItem, other: &FeeItem) -> bool {
    fn meet<T: PartialEq>(a: &[T], b: &[T]) -> bool {
        a.is_empty() || b.is_empty() || a.iter().any(|x| b.contains(x))
    }
    one.code == other.code
        && meet(&one.levels, &other.levels)
        && meet(&one.routes, &other.routes)
        && meet(&one.occupations, &other.occupations)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::notice::tests::nmg_2023;

    fn item(code: &str, amount: i64, levels: &[Level], occupations: &[&str]) -> FeeItem {
        let occupations = occupations.iter().map(|o| (*o).to_owned()).collect();
        FeeItem { code: code.into(), amount, levels: levels.to_vec(), routes: vec![], occupations }
    }

    fn payer(level: Level, occupation: &str) -> Payer<'_> {
        Payer { level, route: Route::First, occupation }
    }

    /// S1-30, S0-33: the notices name the document and no amount, so nothing is priced until an office says so.
    #[test]
    fn the_table_is_empty_until_supplied_s0_33_s1_30() {
        let policy = nmg_2023().policy;
        assert_eq!(policy.payment.fee_document.as_deref(), Some("内发改费字〔2015〕1552号"));
        assert!(policy.fees.is_empty() && owed(&policy.fees, payer(Level::Three, "6-31-01-03")).is_empty());
    }

    #[test]
    fn items_fall_on_levels_and_routes() {
        let technicians = item("review", 18000, &[Level::Two, Level::One], &[]);
        let mut veterans = item("theory", 0, &[], &[]);
        veterans.routes = vec![Route::Veteran];
        let table = [item("registration", 2000, &[], &[]), technicians, veterans];
        let codes = |p: Payer<'_>| owed(&table, p).iter().map(|i| i.code.as_str()).collect::<Vec<_>>();
        assert_eq!(codes(payer(Level::Three, "x")), ["registration"]);
        assert_eq!(codes(payer(Level::One, "x")), ["registration", "review"]);
        assert_eq!(codes(Payer { route: Route::Veteran, ..payer(Level::Five, "x") }), ["registration", "theory"]);
    }

    /// S3-42: an organisation's own fee for each occupation; S3-35: and it may be nothing.
    #[test]
    fn an_occupation_may_have_its_own_fee_s3_42_s3_35() {
        let table = [item("practical", 14000, &[], &["6-31-01-03"]), item("practical", 0, &[], &["4-03-02-01"])];
        let owes = |o: &str| sum(owed(&table, payer(Level::Four, o)).iter().map(|i| i.amount));
        assert_eq!((owes("6-31-01-03"), owes("4-03-02-01")), (Some(14000), Some(0)));
        let policy = Policy { fees: table.to_vec(), ..nmg_2023().policy };
        assert!(faults(&policy).is_empty());
    }

    #[test]
    fn a_price_twice_and_a_price_below_zero_are_faults() {
        let fees = vec![item("theory", 100, &[Level::Three], &[]), item("theory", -1, &[], &[])];
        let policy = Policy { fees, ..nmg_2023().policy };
        let codes: Vec<_> = faults(&policy).into_iter().map(|(_, p)| p.code).collect();
        assert_eq!(codes, [OUT_OF_RANGE, TWICE]);
    }

    #[test]
    fn sums_do_not_run_over() {
        assert_eq!(sum([2000, 14000]), Some(16000));
        assert_eq!(sum([i64::MAX, 1]), None);
        assert_eq!(sum([]), Some(0));
    }
}
