//! Two markers and a third; groups of questions; remarks.
use super::{FIRST, points, seated_with, settle, theory};
use crate::harness::Desk;
use kaowu::model::{Mark, Points, Role, Subject};
use kaowu::ops::entry::{self, Action, Items, Outcome, Part, Save, Slot, Stage, Turn};
use kaowu::ops::upkeep::AddOperator;

const MARKERS: &str = "markers = { tolerance = 5 }";
const ITEMS: &str = "items = [{ subject = \"theory\", groups = [{ code = \"a\", name = \"单选\", max = 60 }, \
     { code = \"b\", name = \"简答\", max = 40 }] }]";

fn state(desk: &Desk) -> (&'static str, Option<Mark>) {
    let all = entry::standing(&desk.site, FIRST).unwrap();
    (all[0].state, all[0].mark)
}

/// S0-27: the settled mark is the markers' mean, on the policy's step.
#[test]
fn two_markers_near_one_another_give_their_mean_s0_27() {
    let mut desk = seated_with(MARKERS, 3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    assert_eq!(desk.sign_on("typist-b").does(&theory(FIRST, points("84.5"))).outcome, Outcome::Settled);
    assert_eq!(state(&desk), ("settled", Some(points("82.5"))));
}

#[test]
fn too_far_apart_wants_a_third_and_then_arbitration() {
    let mut desk = seated_with(MARKERS, 3);
    let add = |name: &str| AddOperator {
        name: name.into(),
        roles: vec![Role::Typist],
        os_user: None,
        unit: None,
        pin_hash: None,
    };
    desk.does(&add("typist-d"));
    desk.sign_on("typist-a").does(&theory(FIRST, points("60")));
    let second = desk.sign_on("typist-b").does(&theory(FIRST, points("80")));
    assert_eq!((second.outcome, second.differs), (Outcome::NeedsThird, vec![Part::Total]));
    let stage = |desk: &Desk| {
        let (pile, _) = super::bag(desk);
        let all = entry::pile(&desk.site, &pile).unwrap();
        all.into_iter().find(|(p, _)| p.application == FIRST).unwrap().1
    };
    assert_eq!(stage(&desk), Stage::Differs);
    assert_eq!(desk.refused(&theory(FIRST, points("80"))), "entry.same_operator");
    desk.sign_on("typist-c");
    assert_eq!(stage(&desk), Stage::MayThird);
    let third = desk.does(&theory(FIRST, points("70")));
    assert_eq!((third.turn, third.outcome), (Turn::Third, Outcome::Differs));
    assert_eq!(desk.sign_on("typist-d").refused(&theory(FIRST, points("70"))), "entry.already_three");
    desk.sign_on("coordinator");
    let difference = entry::differences(&desk.site).unwrap().remove(0);
    assert_eq!(difference.third.unwrap().mark, points("70"));
    assert_eq!(desk.refused(&settle(Action::Keep(Slot::First))), "entry.three_in");
    assert_eq!(desk.refused(&settle(Action::Arbitrate(points("80.5")))), "entry.outside");
    assert_eq!(desk.refused(&settle(Action::Arbitrate(points("70.3")))), "mark.off_step");
    desk.does(&settle(Action::Arbitrate(points("72.5"))));
    assert_eq!(state(&desk), ("settled", Some(points("72.5"))));
    assert!(entry::differences(&desk.site).unwrap().is_empty());
}

#[test]
fn the_third_marker_settles_with_the_nearer_one() {
    let mut desk = seated_with(MARKERS, 3);
    for (who, mark) in [("typist-a", "60"), ("typist-b", "80"), ("typist-c", "78")] {
        desk.sign_on(who).does(&theory(FIRST, points(mark)));
    }
    assert_eq!(state(&desk), ("settled", Some(points("79"))));
}

/// Absent in only one of two is settled by the coordinator, and no third marker is asked.
#[test]
fn absent_in_one_of_two_always_differs() {
    let mut desk = seated_with(MARKERS, 3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("60")));
    assert_eq!(desk.sign_on("typist-b").does(&theory(FIRST, Mark::Absent)).outcome, Outcome::Differs);
    assert_eq!(desk.sign_on("typist-c").refused(&theory(FIRST, points("60"))), "entry.already_two");
}

fn with(a: i32, b: i32) -> Save {
    let items: Items = vec![("b".into(), Points::whole(b)), ("a".into(), Points::whole(a))];
    Save { items: Some(items), ..theory(FIRST, Mark::Points(Points::whole(a + b))) }
}

#[test]
fn items_add_up_and_what_differs_is_named_never_by_value() {
    let mut desk = seated_with(ITEMS, 3);
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&theory(FIRST, points("80"))), "entry.items_needed");
    assert_eq!(desk.refused(&Save { mark: points("81"), ..with(50, 30) }), "criteria.sum_differs");
    assert_eq!(desk.refused(&with(50, 41)), "criteria.item_too_high");
    assert_eq!(desk.refused(&Save { mark: Mark::Absent, ..with(50, 30) }), "entry.no_items");
    assert_eq!(entry::groups(&desk.site, FIRST, Subject::Theory).unwrap().len(), 2);
    desk.does(&with(50, 30));
    let second = desk.sign_on("typist-b").does(&with(45, 35));
    assert_eq!(second.differs, [Part::Item("单选".into()), Part::Item("简答".into())]);
    let told = format!("{second:?}");
    assert!(!told.contains("50") && !told.contains("30"), "{told}");
    let both = entry::differences(&desk.sign_on("coordinator").site).unwrap().remove(0);
    assert_eq!((both.first.items.as_deref(), both.second.items.as_deref()), (Some("a=50,b=30"), Some("a=45,b=35")));
}

#[test]
fn equal_items_settle_and_a_remark_reaches_the_coordinator() {
    let mut desk = seated_with(ITEMS, 3);
    desk.sign_on("typist-a").does(&with(50, 30));
    assert_eq!(desk.sign_on("typist-b").does(&with(50, 30)).outcome, Outcome::Settled);
    let mut desk = Desk::seated(3);
    let odd = Save { remark: Some(" 涂改，缺签名 ".into()), ..theory(FIRST, points("80")) };
    desk.sign_on("typist-a").does(&odd);
    desk.sign_on("typist-b").does(&theory(FIRST, points("81")));
    let both = entry::differences(&desk.sign_on("coordinator").site).unwrap().remove(0);
    assert_eq!((both.first.remark.as_deref(), both.second.remark), (Some("涂改，缺签名"), None));
}
