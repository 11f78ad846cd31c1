//! The close of payment: who is left out, the list, the count, one undo; readmission; the door afterwards.
use super::world::{PRICES, PlantState, REVIEWS, desk, on, paid, record, row, waiting, who};
use kaowu::ops::ApplicationState;
use kaowu::ops::applications::{RecordFee, Withdraw};
use kaowu::ops::checkin::{self, Admit};
use kaowu::ops::history::Undo;
use kaowu::ops::payments::{Close, Readmit, Waive, unpaid};
use kaowu::ops::seating::Arrange;

fn close(expect: usize) -> Close {
    Close { expect, reason: None }
}

/// S0-31: unpaid at the close leaves the batch, with a list; not before the window is over.
#[test]
fn the_unpaid_leave_after_the_window_and_come_back_in_one_undo_s0_31() {
    let mut desk = desk(6, PRICES);
    desk.does(&RecordFee::These(vec![who(1)]));
    desk.does(&Waive { application: who(2), item: None, reason: "x".into() });
    desk.does(&Withdraw { application: who(3), reason: "x".into() });
    assert_eq!(desk.refused(&close(3)), "payment.still_open");
    assert!(unpaid(&desk.site).is_err());
    on(&desk, "2023-09-28T00:00:00");
    let list = unpaid(&desk.site).unwrap();
    assert_eq!(list.iter().map(|u| u.application).collect::<Vec<_>>(), [who(4), who(5), who(6)]);
    assert!(list.iter().all(|u| u.id_number.contains('*')));
    assert_eq!(desk.refused(&close(2)), "payment.count_changed");
    let done = desk.try_to(&close(3)).unwrap();
    assert_eq!(done.out.excluded, list);
    let states = |desk: &crate::harness::Desk| (1..=6).map(|n| row(desk, n).state).collect::<Vec<_>>();
    use ApplicationState::{Approved, Excluded, Withdrawn};
    assert_eq!(states(&desk), [Approved, Approved, Withdrawn, Excluded, Excluded, Excluded]);
    assert_eq!(desk.refused(&close(0)), "payment.nobody_unpaid");
    assert_eq!(desk.refused(&RecordFee::These(vec![who(4)])), "payment.out_of_batch");
    desk.does(&Undo { op: done.op.unwrap(), reason: "延期".into() });
    assert_eq!(states(&desk), [Approved, Approved, Withdrawn, Approved, Approved, Approved]);
}

/// Whoever is still under review has not lost by the fee; a price of nothing is no debt (S3-35).
#[test]
fn only_those_who_could_pay_are_left_out_s3_35() {
    let mut reviewed = waiting(3, REVIEWS);
    reviewed.does(&PlantState(who(2), ApplicationState::Approved));
    on(&reviewed, "2023-09-28T00:00:00");
    assert_eq!(unpaid(&reviewed.site).unwrap().len(), 1);
    let mut free = desk(3, "[[fees]]\ncode = \"theory\"\namount = 0\n");
    on(&free, "2023-09-28T00:00:00");
    assert_eq!(free.refused(&close(3)), "payment.nobody_unpaid");
}

#[test]
fn one_of_them_can_be_taken_in_again() {
    let mut desk = waiting(2, REVIEWS);
    desk.does(&PlantState(who(1), ApplicationState::Approved));
    on(&desk, "2023-09-28T09:00:00");
    desk.does(&close(1));
    let back = |n, reason: &str| Readmit { application: who(n), reason: reason.into() };
    assert_eq!(desk.refused(&back(1, " ")), "payment.reason_needed");
    assert_eq!(desk.refused(&back(2, "x")), "applications.not_excluded");
    desk.does(&back(1, "银行故障"));
    assert_eq!(row(&desk, 1).state, ApplicationState::Approved);
    assert_eq!(desk.refused(&record(1, None)), "window.closed");
    desk.does(&kaowu::ops::payments::Record { reason: Some("银行故障".into()), ..record(1, None) });
    assert!(paid(&desk, 1));
}

/// S1-29: at the door the unpaid are turned away, a waiver counts as paid, the excluded hear why.
#[test]
fn the_door_knows_what_the_close_left_s1_29() {
    let mut desk = desk(4, "");
    desk.does(&RecordFee::These(vec![who(1)]));
    desk.does(&Waive { application: who(2), item: None, reason: "x".into() });
    desk.does(&Arrange { seed: 1 });
    desk.at("08:10");
    let session = checkin::by_code(&desk.site, Some("theory-1")).unwrap().id;
    let admit = |n| Admit::of(session, who(n));
    desk.does(&admit(1));
    desk.does(&admit(2));
    assert_eq!(desk.refused(&admit(3)), "payment.unpaid");
    desk.does(&close(2));
    let error = desk.try_to(&admit(3)).unwrap_err();
    assert!(error.refusal().unwrap().to_string().contains("why=checkin.why_unpaid"), "{error}");
    assert_eq!(desk.refused(&Admit { over: Some("让他进".into()), ..admit(3) }), "checkin.excluded");
    desk.does(&PlantState(who(4), ApplicationState::Rejected));
    assert_eq!(desk.refused(&admit(4)), "checkin.rejected");
}

/// S3-35: a fee of nothing needs no payment at the door.
#[test]
fn a_fee_of_nothing_opens_the_door_s3_35() {
    let mut desk = desk(1, "[[fees]]\ncode = \"practical\"\namount = 0\n");
    desk.does(&Arrange { seed: 1 });
    desk.at("08:10");
    let session = checkin::by_code(&desk.site, Some("theory-1")).unwrap().id;
    desk.does(&Admit::of(session, who(1)));
}
