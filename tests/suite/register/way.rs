//! S0-40, S1-39: made, notified, collected by the person or the unit, posted, taken back.
use super::*;
use kaowu::model::{DeliveryWay, NoticeWay, Stage};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::register::{Made, Notify, Post, Step, TakeBack, What, ready_for, story};

fn stage(desk: &Desk, n: usize) -> Stage {
    certificates(desk)[n].stage
}

#[test]
fn a_certificate_is_made_notified_and_collected_by_its_holder_s0_40() {
    let mut desk = numbered(3);
    let one = certificates(&desk).remove(0);
    assert_eq!(one.stage, Stage::ToMake);
    let notify = Notify { certificates: vec![one.id], way: NoticeWay::Phone, told: None, contact: None, on: None };
    assert_eq!(desk.refused(&notify), "register.not_made");
    assert_eq!(desk.refused(&own(&one)), "register.not_made");
    assert_eq!(desk.refused(&issue(&[one.id], None)), "stock.too_few");
    desk.does(&Receive { line: line(5) });
    let done = desk.does(&issue(&[one.id], Some("NM000007")));
    assert_eq!((done.copies, done.left), (1, Some(4)));
    assert_eq!(desk.refused(&issue(&[one.id], None)), "register.made_already");
    assert_eq!(desk.does(&notify), 1);
    assert_eq!(stage(&desk, 0), Stage::Notified);
    desk.does(&own(&one));
    let line = certificates(&desk).remove(0);
    assert_eq!((line.stage, line.taker.as_deref()), (Stage::Collected, Some(one.name.as_str())));
    assert_eq!(line.blank.as_deref(), Some("NM000007"));
    assert_eq!(desk.refused(&own(&one)), "register.delivered_already");
    let told = story(&desk.site, one.id).unwrap().events;
    assert!(matches!(told.last().unwrap().what, What::Delivered { .. }), "{told:?}");
    assert_eq!(told.len(), 4);
}

#[test]
fn the_holder_shows_their_own_document_and_signs() {
    let mut desk = made(3, 9);
    let all = certificates(&desk);
    let one = &all[0];
    let with = |document: &str| Collect { document: Some(document.into()), ..own(one) };
    assert_eq!(desk.refused(&Collect { signed: false, ..own(one) }), "register.no_signature");
    assert_eq!(desk.refused(&Collect { document: None, ..own(one) }), "register.no_document");
    assert_eq!(desk.refused(&with("12345")), "register.document_differs");
    assert_eq!(desk.refused(&with(&all[1].id_number)), "register.document_differs");
    let taker = Some(all[1].name.clone());
    assert_eq!(desk.refused(&Collect { taker, ..own(one) }), "register.not_holder");
    let both = Collect { certificates: vec![one.id, all[1].id], ..own(one) };
    assert_eq!(desk.refused(&both), "register.several_people");
    let tail = one.id_number[12..].to_lowercase();
    desk.does(&with(&tail));
    // The holder's number stands in the application alone.
    let rows = desk.site.file();
    assert!(rows.is_none());
}

#[test]
fn a_unit_collects_for_its_people_with_a_letter_s1_39() {
    let mut desk = made(8, 9);
    let all = certificates(&desk);
    let unit = all[0].employer.clone().unwrap();
    let filter = register::by_unit(&desk.site, &unit).unwrap();
    let theirs = ready_for(&desk.site, Step::Deliver, &filter).unwrap();
    let collect = Collect {
        certificates: theirs.clone(),
        way: DeliveryWay::Unit,
        taker: Some("李人事".into()),
        document: Some("150699199001010017".into()),
        unit: Some(unit.clone()),
        authority: Some("介绍信 3 号".into()),
        phone: Some("15400000001".into()),
        signed: true,
        on: None,
        note: None,
    };
    assert_eq!(desk.refused(&Collect { authority: Some(" ".into()), ..collect.clone() }), "register.no_authority");
    assert_eq!(desk.refused(&Collect { unit: None, ..collect.clone() }), "register.no_unit");
    assert_eq!(desk.refused(&Collect { taker: None, ..collect.clone() }), "register.no_taker");
    assert_eq!(desk.refused(&Collect { unit: Some("别的单位".into()), ..collect.clone() }), "register.other_unit");
    assert_eq!(desk.refused(&Collect { way: DeliveryWay::Post, ..collect.clone() }), "register.by_post");
    assert_eq!(desk.does(&collect), theirs.len());
    let after = register::list(&desk.site, &filter).unwrap();
    assert!(after.iter().all(|l| l.stage == Stage::Collected && l.taker.as_deref() == Some("李人事")));
    let counts = register::counts(&desk.site).unwrap();
    assert_eq!(counts.of(Stage::Collected), theirs.len() as i64);
    assert_eq!(counts.all(), 8);
}

#[test]
fn a_letter_needs_an_address_and_a_number_and_may_come_back() {
    let mut desk = made(2, 2);
    let one = certificates(&desk).remove(0);
    let post = Post {
        certificate: one.id,
        to: None,
        address: Some("某旗某街 1 号".into()),
        phone: None,
        tracking: "ems 1001".into(),
        on: None,
        note: None,
    };
    assert_eq!(desk.refused(&Post { tracking: " ".into(), ..post.clone() }), "register.no_tracking");
    assert_eq!(desk.refused(&Post { on: Some(day("2023-10-16")), ..post.clone() }), "register.in_future");
    assert_eq!(desk.does(&post), one.name);
    assert_eq!(stage(&desk, 0), Stage::Posted);
    // What left the building is not undone: it is taken back, and the line stays.
    let op = history::page(&desk.site, &history::Filter::default(), None, 1).unwrap()[0].operation;
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.not_undoable");
    let back = |reason: &str| TakeBack { certificate: one.id, reason: reason.into(), on: None };
    assert_eq!(desk.refused(&back(" ")), "register.take_back_reason");
    let early = TakeBack { on: Some(day("2023-10-14")), ..back("退件") };
    assert_eq!(desk.refused(&early), "register.returned_before");
    desk.does(&back("退件：无人签收"));
    let line = certificates(&desk).remove(0);
    assert_eq!((line.stage, line.returned.as_deref()), (Stage::Made, Some("退件：无人签收")));
    assert_eq!(desk.refused(&back("又一次")), "register.not_delivered");
    desk.does(&own(&one));
    let events = story(&desk.site, one.id).unwrap().events;
    assert!(events.iter().any(|e| matches!(&e.what, What::Returned { reason } if reason.contains("退件"))));
}

/// S1-39: a co-organiser gets certificates that were made by the issuer, and needs no stock for them.
#[test]
fn certificates_made_elsewhere_use_no_blank_form_s1_39() {
    let mut desk = numbered(2);
    let ids: Vec<_> = certificates(&desk).iter().map(|c| c.id).collect();
    let done = desk.does(&Issue { made: Some(Made::Elsewhere), ..issue(&ids, None) });
    assert_eq!((done.copies, done.left), (2, None));
    assert!(kaowu::ops::stock::ledger(&desk.site).unwrap().is_empty());
}

#[test]
fn making_is_undone_and_the_forms_are_back() {
    let mut desk = made(3, 5);
    let op = history::page(&desk.site, &history::Filter::default(), None, 1).unwrap()[0].operation;
    desk.does(&Undo { op, reason: "打印机故障".into() });
    assert_eq!(stage(&desk, 0), Stage::ToMake);
    let (_, now) = kaowu::ops::stock::balances(&desk.site).unwrap()[0];
    assert_eq!(now.usable, 5);
}

#[test]
fn a_proctor_hands_out_nothing() {
    let mut desk = made(1, 1);
    let one = certificates(&desk).remove(0);
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&own(&one)), "duty.role_needed");
}
