use super::*;
use crate::model::ReviewStep;
use crate::policy::notice::tests::nmg_2023;
use crate::policy::reviews::{Body, ReviewBy};
use proptest::prelude::*;

fn at(text: &str) -> Stamp {
    Stamp::parse(&format!("{text}+08:00")).unwrap()
}

fn with_reviews() -> Policy {
    let mut policy = nmg_2023().policy;
    let step = |step, by| ReviewBy { step, by };
    policy.reviews.steps = vec![step(ReviewStep::First, Body::CoOrganiser), step(ReviewStep::Second, Body::Issuer)];
    policy
}

/// S0-30, S1-29: nobody pays before the last review, where there are reviews.
#[test]
fn payment_waits_for_the_last_review_s0_30() {
    let policy = with_reviews();
    assert!(may_pay(&policy, Reviewed::NotYet).unwrap_err().is(NOT_APPROVED));
    assert_eq!(may_pay(&policy, Reviewed::Approved), Ok(()));
    let mut early = with_reviews();
    early.payment.after_second_review = false;
    assert_eq!(may_pay(&early, Reviewed::NotYet), Ok(()));
    let mut without = with_reviews();
    without.reviews.steps.clear();
    assert_eq!(may_pay(&without, Reviewed::NotYet), Ok(()));
}

/// S0-31: from 09-02 08:00 to 09-04 18:00, to the minute.
#[test]
fn the_window_has_a_time_of_day_s0_31() {
    let text = "payment = [{ start = 2024-09-02T08:00:00, end = 2024-09-04T18:00:00 }]";
    let windows: Windows = toml::from_str(text).unwrap();
    assert!(in_time(&windows, at("2024-09-02T07:59:59")).is_err());
    assert_eq!(in_time(&windows, at("2024-09-02T08:00:00")), Ok(()));
    assert_eq!(in_time(&windows, at("2024-09-04T17:59:59")), Ok(()));
    assert!(in_time(&windows, at("2024-09-04T18:00:00")).is_err());
    assert!(may_close(&windows, at("2024-09-04T17:59:59")).unwrap_err().is(STILL_OPEN));
    assert_eq!(may_close(&windows, at("2024-09-04T18:00:00")), Ok(()));
}

/// S1-29: the last day counts whole, and only then may the unpaid be left out.
#[test]
fn the_close_comes_after_the_last_day_s1_29() {
    let windows = nmg_2023().policy.windows;
    assert!(may_close(&windows, at("2023-09-27T23:59:59")).unwrap_err().is(STILL_OPEN));
    assert_eq!(may_close(&windows, at("2023-09-28T00:00:00")), Ok(()));
    assert_eq!(may_close(&Windows::default(), at("2023-09-01T00:00:00")), Ok(()));
}

/// S1-82: the original of the form comes in before the payment counts as complete.
#[test]
fn the_original_belongs_to_the_payment_s1_82() {
    let policy = nmg_2023().policy;
    assert!(policy.payment.original(None).unwrap_err().is(ORIGINAL_MISSING));
    assert_eq!(policy.payment.original(Some(at("2023-09-25T08:00:00"))), Ok(()));
    let other = Payment { original_required: false, ..policy.payment };
    assert_eq!(other.original(None), Ok(()));
}

fn item(code: &str, amount: i64) -> FeeItem {
    FeeItem { code: code.into(), amount, levels: vec![], routes: vec![], occupations: vec![] }
}

fn moved(kind: Move, amount: i64) -> Movement<'static> {
    Movement { kind, item: ALL_ITEMS, amount }
}

fn state(table: &[FeeItem], rows: &[Movement<'_>]) -> Standing {
    account(&table.iter().collect::<Vec<_>>(), rows).state
}

#[test]
fn every_row_counts_and_none_is_overwritten() {
    use Move::{Paid, Refunded, Waived};
    let table = [item("theory", 3500), item("practical", 14000)];
    assert_eq!(state(&table, &[]), Standing::Unpaid);
    assert_eq!(state(&table, &[moved(Paid, 3500)]), Standing::Partly);
    assert_eq!(state(&table, &[moved(Paid, 3500), moved(Paid, 14000)]), Standing::Paid);
    assert_eq!(state(&table, &[moved(Paid, 17500), moved(Refunded, 17500)]), Standing::Refunded);
    assert_eq!(state(&table, &[moved(Paid, 17500), moved(Refunded, 14000)]), Standing::Partly);
    assert_eq!(state(&table, &[moved(Paid, 17500), moved(Refunded, 0), moved(Paid, 17500)]), Standing::Paid);
    assert_eq!(state(&table, &[moved(Waived, 0)]), Standing::Waived);
    let theory = Movement { kind: Waived, item: "theory", amount: 3500 };
    assert_eq!(state(&table, &[theory]), Standing::Unpaid);
    assert_eq!(state(&table, &[theory, moved(Paid, 14000)]), Standing::Paid);
    let both = [theory, Movement { item: "practical", ..theory }];
    assert_eq!(state(&table, &both), Standing::Waived);
}

/// S3-35: not for profit, so a fee may be nothing, and then nobody owes it.
#[test]
fn a_fee_of_nothing_is_no_debt_s3_35() {
    assert_eq!(state(&[item("practical", 0)], &[]), Standing::Waived);
    assert_eq!(account(&[&item("practical", 0)], &[]).due(), Some(0));
}

#[test]
fn without_a_price_a_payment_needs_no_amount() {
    assert_eq!(state(&[], &[moved(Move::Paid, 0)]), Standing::Paid);
    assert_eq!(state(&[], &[moved(Move::Paid, 16500)]), Standing::Paid);
    assert_eq!(state(&[], &[moved(Move::Paid, 0), moved(Move::Refunded, 0)]), Standing::Refunded);
    assert_eq!(state(&[], &[moved(Move::Waived, 0)]), Standing::Waived);
    assert_eq!(account(&[], &[]).due(), None);
}

#[test]
fn what_is_due_goes_down_to_nothing() {
    let table = [item("theory", 3500), item("practical", 14000)];
    let owed: Vec<_> = table.iter().collect();
    assert_eq!(account(&owed, &[]).due(), Some(17500));
    assert_eq!(account(&owed, &[moved(Move::Paid, 3500)]).due(), Some(14000));
    assert_eq!(account(&owed, &[moved(Move::Paid, 99900)]).due(), Some(0));
    assert_eq!(account(&owed, &[moved(Move::Paid, 0)]).due(), Some(0));
    let huge = [item("a", i64::MAX), item("b", i64::MAX)];
    assert_eq!(account(&huge.iter().collect::<Vec<_>>(), &[moved(Move::Paid, 5)]).state, Standing::Partly);
}

fn movements() -> impl Strategy<Value = Vec<(u8, i64)>> {
    prop::collection::vec((0u8..3, 0i64..20_000), 0..8)
}

proptest! {
    /// More money never makes anybody owe more.
    #[test]
    fn another_payment_never_makes_the_debt_greater(rows in movements(), more in 0i64..20_000) {
        let table = [item("theory", 3500), item("practical", 14000)];
        let owed: Vec<_> = table.iter().collect();
        let kinds = [Move::Paid, Move::Refunded, Move::Waived];
        let mut moves: Vec<_> = rows.iter().map(|(k, a)| moved(kinds[usize::from(*k)], *a)).collect();
        let before = account(&owed, &moves);
        moves.push(moved(Move::Paid, more));
        let after = account(&owed, &moves);
        prop_assert!(after.due() <= before.due());
        prop_assert!(!before.state.settles() || after.state.settles());
    }
}
