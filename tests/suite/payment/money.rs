//! Payments, refunds, waivers, invoices: each rule through the one door.
use super::world::{PRICES, PlantState, REVIEWS, desk, on, paid, policy_of, record, row, waiting, who};
use crate::harness::Desk;
use kaowu::model::Stamp;
use kaowu::ops::applications::{RecordFee, Withdraw};
use kaowu::ops::history::Undo;
use kaowu::ops::payments::{Accept, Invoice, Paying, ReceiveOriginal, Record, Refund, Standing, Waive, account};
use kaowu::ops::{ApplicationState, InvoiceKind, search};

fn state(desk: &Desk, n: i64) -> Standing {
    account(&desk.site, who(n)).unwrap().state
}

/// S0-32: channel, time, amount and reference are recorded; the quick flag follows.
#[test]
fn a_payment_is_recorded_with_its_particulars_s0_32() {
    let mut desk = desk(3, PRICES);
    let at = Stamp::parse("2023-09-25T10:11:00+08:00");
    let paying = Paying {
        application: who(1),
        amount: Some(17500),
        channel: Some(" 微信 ".into()),
        reference: Some("４２00001".into()),
        at,
    };
    let done = desk.does(&Record { payments: vec![paying], reason: None, accept: Accept::Nothing });
    assert_eq!((done.payments, done.settled, done.amount), (1, 1, 17500));
    let view = account(&desk.site, who(1)).unwrap();
    let line = &view.rows[0];
    assert_eq!((line.channel.as_deref(), line.reference.as_deref()), (Some("微信"), Some("4200001")));
    assert_eq!((line.at, line.amount, line.operator.as_str()), (at.unwrap(), 17500, "coordinator"));
    assert_eq!((view.state, view.due, row(&desk, 1).paid_at), (Standing::Paid, Some(0), at));
    // Nobody says how: the platform that the notice names.
    desk.does(&record(2, Some(17500)));
    assert_eq!(account(&desk.site, who(2)).unwrap().rows[0].channel.as_deref(), Some("就业时空"));
}

/// S0-30, S1-29: not before the last review, and no reason lifts that.
#[test]
fn nobody_pays_before_the_last_review_s0_30_s1_29() {
    let mut desk = waiting(3, REVIEWS);
    assert_eq!(desk.refused(&record(1, None)), "payment.not_approved");
    assert_eq!(desk.refused(&Record { reason: Some("急".into()), ..record(1, None) }), "payment.not_approved");
    assert_eq!(desk.refused(&RecordFee::These(vec![who(1)])), "payment.not_approved");
    assert_eq!(desk.refused(&RecordFee::All), "applications.nobody_owes");
    desk.does(&PlantState(who(1), ApplicationState::Approved));
    assert_eq!(desk.does(&RecordFee::All), 1);
    assert!(paid(&desk, 1) && !paid(&desk, 2));
    desk.does(&PlantState(who(2), ApplicationState::Approved));
    desk.does(&record(2, None));
    assert!(paid(&desk, 2));
}

/// S0-31, S1-29: outside the window only with a coordinator's reason; the time of the payment counts.
#[test]
fn a_payment_outside_the_window_wants_a_reason_s0_31() {
    let mut desk = desk(4, "");
    on(&desk, "2023-09-28T00:00:00");
    assert_eq!(desk.refused(&record(1, None)), "window.closed");
    assert_eq!(desk.refused(&Record { reason: Some(" ".into()), ..record(1, None) }), "window.closed");
    desk.does(&Record { reason: Some("网络故障".into()), ..record(1, None) });
    assert_eq!(account(&desk.site, who(1)).unwrap().rows[0].reason.as_deref(), Some("网络故障"));
    // Paid in time, recorded after it.
    let in_time = |n, at: &str| {
        let paying = Paying { at: Stamp::parse(at), ..Paying::all_of(who(n)) };
        Record { payments: vec![paying], reason: None, accept: Accept::Nothing }
    };
    desk.does(&in_time(2, "2023-09-27T23:59:00+08:00"));
    assert_eq!(desk.refused(&in_time(3, "2023-09-24T23:59:00+08:00")), "window.not_open");
    assert_eq!(desk.refused(&in_time(3, "2023-09-29T00:00:00+08:00")), "payment.in_the_future");
    on(&desk, "2023-09-20T10:00:00");
    assert_eq!(desk.refused(&record(3, None)), "window.not_open");
    assert_eq!(desk.refused(&RecordFee::These(vec![who(3)])), "window.not_open");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&Record { reason: Some("x".into()), ..record(3, None) }), "duty.role_needed");
}

#[test]
fn a_differing_amount_is_accepted_only_knowingly() {
    let mut desk = desk(3, PRICES);
    assert_eq!(desk.refused(&record(1, Some(10000))), "payment.amount_differs");
    let meant = |fen| Record { accept: Accept::Warnings, ..record(1, Some(fen)) };
    desk.does(&meant(10000));
    assert_eq!((state(&desk, 1), paid(&desk, 1)), (Standing::Partly, false));
    assert_eq!(account(&desk.site, who(1)).unwrap().due, Some(7500));
    // The quick way pays what is left.
    desk.does(&RecordFee::These(vec![who(1)]));
    assert_eq!((state(&desk, 1), account(&desk.site, who(1)).unwrap().kept), (Standing::Paid, 17500));
    assert_eq!(desk.refused(&record(1, Some(17500))), "payment.paid_twice");
    desk.does(&meant(17500));
    assert_eq!(account(&desk.site, who(1)).unwrap().kept, 35000);
    for fen in [0, -5, i64::MAX] {
        assert_eq!(desk.refused(&meant(fen)), "payment.amount");
    }
    assert_eq!(desk.refused(&Record { payments: vec![], ..record(1, None) }), "payment.nobody_named");
    let twice = Record { payments: vec![Paying::all_of(who(2)), Paying::all_of(who(2))], ..record(2, None) };
    assert_eq!(desk.refused(&twice), "payment.paid_twice");
}

/// One transfer of a unit may pay for many; the same for one person is no second payment.
#[test]
fn a_reference_pays_once_for_each_person() {
    let mut desk = desk(3, "");
    let by = |n| Paying { reference: Some("T-1".into()), ..Paying::all_of(who(n)) };
    desk.does(&Record { payments: vec![by(1), by(2)], reason: None, accept: Accept::Nothing });
    let again = Record { payments: vec![by(1)], reason: None, accept: Accept::Warnings };
    assert_eq!(desk.refused(&again), "payment.known_reference");
}

/// S1-82: the original of the form comes before the payment is complete.
#[test]
fn the_original_form_completes_a_payment_s1_82() {
    let mut desk = Desk::with_batch();
    desk.people(2);
    on(&desk, "2023-09-26T10:00:00");
    assert!(policy_of(&desk).payment.original_required);
    // Under reviews of the notice's own nobody pays before them.
    for n in 1..=2 {
        desk.does(&PlantState(who(n), ApplicationState::Approved));
    }
    assert_eq!(desk.refused(&record(1, None)), "payment.original_missing");
    desk.does(&Record { accept: Accept::Warnings, ..record(1, None) });
    let view = account(&desk.site, who(1)).unwrap();
    assert!(view.state == Standing::Paid && !view.complete);
    assert!(view.obstacles.iter().any(|r| r.code.0 == "payment.original_missing"));
    assert_eq!(desk.does(&ReceiveOriginal { applications: vec![who(1), who(2)] }), 2);
    assert!(account(&desk.site, who(1)).unwrap().complete);
    assert_eq!(desk.refused(&ReceiveOriginal { applications: vec![who(1)] }), "applications.originals_are_in");
    desk.does(&record(2, None));
    assert!(account(&desk.site, who(2)).unwrap().complete);
}

/// S1-74: without the pledge nobody is admitted; the facts of an application say so.
#[test]
fn a_missing_pledge_stands_among_the_facts_s1_74() {
    let desk = desk(1, "");
    let view = account(&desk.site, who(1)).unwrap();
    assert!(view.obstacles.iter().any(|r| r.code.0 == "sanctions.pledge_missing"));
}

#[test]
fn a_refund_clears_the_flag_and_keeps_the_payment() {
    let mut desk = desk(3, PRICES);
    let refund =
        |n, amount, reason: &str| Refund { application: who(n), amount, reference: None, reason: reason.into() };
    assert_eq!(desk.refused(&refund(1, None, "x")), "payment.nothing_to_refund");
    desk.does(&record(1, Some(17500)));
    assert_eq!(desk.refused(&refund(1, None, " ")), "payment.reason_needed");
    assert_eq!(desk.refused(&refund(1, Some(17501), "x")), "payment.refund_too_much");
    assert_eq!(desk.refused(&refund(1, Some(0), "x")), "payment.refund_too_much");
    assert_eq!(desk.does(&refund(1, Some(3500), "理论免考")).1, 3500);
    assert_eq!((state(&desk, 1), paid(&desk, 1)), (Standing::Partly, false));
    assert_eq!(desk.does(&refund(1, None, "不考了")).1, 14000);
    assert_eq!(state(&desk, 1), Standing::Refunded);
    assert_eq!(account(&desk.site, who(1)).unwrap().rows.len(), 3);
    // Also after leaving the batch, which is when money goes back.
    desk.does(&RecordFee::These(vec![who(2)]));
    desk.does(&Withdraw { application: who(2), reason: "x".into() });
    desk.does(&refund(2, None, "退出"));
    assert!(!paid(&desk, 2));
    assert_eq!(desk.refused(&record(2, None)), "applications.withdrawn");
}

#[test]
fn a_waiver_counts_as_paid() {
    let mut desk = desk(3, PRICES);
    let waive =
        |n, item: Option<&str>| Waive { application: who(n), item: item.map(Into::into), reason: "困难".into() };
    assert_eq!(desk.refused(&Waive { reason: String::new(), ..waive(1, None) }), "payment.reason_needed");
    assert_eq!(desk.refused(&waive(1, Some("dance"))), "payment.unknown_item");
    desk.does(&waive(1, Some("theory")));
    assert!(!paid(&desk, 1));
    assert_eq!(account(&desk.site, who(1)).unwrap().due, Some(14000));
    assert_eq!(desk.refused(&waive(1, Some("theory"))), "payment.nothing_to_waive");
    desk.does(&waive(1, None));
    assert_eq!((state(&desk, 1), paid(&desk, 1)), (Standing::Waived, true));
    assert_eq!(desk.refused(&waive(1, None)), "payment.nothing_to_waive");
    desk.does(&record(2, None));
    assert_eq!(desk.refused(&waive(2, None)), "payment.nothing_to_waive");
}

#[test]
fn every_movement_can_be_taken_back() {
    let mut desk = desk(60, PRICES);
    let op = desk.try_to(&record(1, None)).unwrap().op.unwrap();
    desk.does(&Undo { op, reason: "x".into() });
    assert_eq!((state(&desk, 1), paid(&desk, 1)), (Standing::Unpaid, false));
    // A run of many is one operation and one undo.
    let op = desk.try_to(&RecordFee::All).unwrap().op.unwrap();
    assert!((1..=60).all(|n| paid(&desk, n)));
    desk.does(&Undo { op, reason: "x".into() });
    assert!((1..=60).all(|n| !paid(&desk, n) && account(&desk.site, who(n)).unwrap().rows.is_empty()));
    desk.does(&RecordFee::All);
}

/// S1-30, S0-33: while nothing is priced it is only kept that it was paid, never an amount that nobody stated.
#[test]
fn without_prices_no_amount_is_invented_s1_30_s0_33() {
    let mut desk = desk(2, "");
    desk.does(&record(1, None));
    desk.does(&record(2, Some(16500)));
    let (one, two) = (account(&desk.site, who(1)).unwrap(), account(&desk.site, who(2)).unwrap());
    assert_eq!((one.state, one.owed, one.kept, one.due), (Standing::Paid, None, 0, None));
    assert_eq!((two.state, two.kept), (Standing::Paid, 16500));
    assert_eq!(one.fee_document.as_deref(), Some("内发改费字〔2015〕1552号"));
}

/// S1-85: to the unit or to the person, with title, tax number and e-mail.
#[test]
fn invoices_go_to_units_and_persons_s1_85() {
    let mut desk = desk(2, "");
    let unit = |tax_no: &str| Invoice {
        application: who(1),
        kind: InvoiceKind::Unit,
        title: "某局".into(),
        tax_no: Some(tax_no.into()),
        email: "a@example.cn".into(),
    };
    assert_eq!(desk.refused(&unit("")), "invoice.tax_no_needed");
    assert_eq!(desk.refused(&unit("123")), "invoice.tax_no");
    assert_eq!(desk.refused(&unit("91159900MA0ABCDE10")), "invoice.tax_no_check");
    assert_eq!(desk.refused(&Invoice { title: " ".into(), ..unit("159900000000001") }), "invoice.title_needed");
    assert_eq!(desk.refused(&Invoice { email: "a@b".into(), ..unit("159900000000001") }), "invoice.email");
    let old = desk.does(&unit("159900000000001"));
    assert_eq!(old.warning.map(|w| w.0), Some("invoice.tax_no_old"));
    let person = Invoice {
        application: who(1),
        kind: InvoiceKind::Person,
        title: String::new(),
        tax_no: Some("whatever".into()),
        email: "ａ@example.cn".into(),
    };
    let given = desk.does(&person);
    assert_eq!((given.invoice.title, given.invoice.tax_no), (row(&desk, 1).name, None));
    assert_eq!(given.invoice.email, "a@example.cn");
    assert!(desk.try_to(&person).unwrap().op.is_none(), "the same again changes nothing");
    let mut without = super::world::desk(1, "");
    let closed = "\n[payment]\nrequired_at_checkin = true\nseat_unpaid = \"allow\"\nafter_second_review = true\n";
    super::world::open(&mut without, "none", closed);
    without.people(1);
    assert_eq!(without.refused(&Invoice { application: who(2), ..person }), "invoice.not_offered");
}

/// S1-84: ID number and name find the person who wants to pay.
#[test]
fn a_payer_is_found_by_number_and_by_name_s1_84() {
    let desk = desk(30, "");
    let person = row(&desk, 7);
    for text in [person.id_number.as_str(), &person.id_number[6..], &person.name] {
        assert!(search::find(&desk.site, text).unwrap().contains(&person.id), "{text}");
    }
}
