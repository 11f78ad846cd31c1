//! Whoever opens a bag claims it: nobody else types the same slot, nobody types both.
use super::{FIRST, bag, claim, points, release, theory};
use crate::harness::Desk;
use kaowu::model::Stamp;
use kaowu::ops::entry::{self, Slot};
use kaowu::ops::history::{Undo, next_undo};

#[test]
fn a_claimed_bag_is_refused_to_others_with_name_and_time() {
    let mut desk = Desk::seated(3);
    let first = claim(&desk, Slot::First);
    desk.at("09:00").sign_on("typist-a").does(&first);
    assert_eq!(desk.try_to(&first).unwrap().op, None, "claiming it again changes nothing");
    desk.at("09:10").sign_on("typist-b");
    let refusal = desk.try_to(&first).unwrap_err();
    let refusal = refusal.refusal().unwrap();
    assert_eq!(refusal.code.0, "entry.claimed");
    assert_eq!(refusal.get("name").unwrap().to_string(), "typist-a");
    assert_eq!(refusal.get("since").unwrap(), &Stamp::parse("2023-10-15T09:00:00+08:00").unwrap().into());
    // Nothing is typed against it either, by no way.
    assert_eq!(desk.refused(&theory(FIRST, points("80"))), "entry.claimed");
    assert_eq!(entry::claimable(&desk.site, first.session, first.room).unwrap(), [Slot::Second, Slot::Third]);
    assert_eq!(desk.sign_on("coordinator").refused(&first), "duty.role_needed");
}

#[test]
fn without_any_claim_a_mark_may_be_saved() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    let second = claim(&desk, Slot::Second);
    desk.sign_on("typist-b").does(&second);
    // Another's claim on the second entries leaves the first ones free.
    let other = bag(&desk).1.iter().find(|p| p.application != FIRST).unwrap().application;
    desk.sign_on("typist-c").does(&theory(other, points("70")));
    assert_eq!(desk.refused(&theory(FIRST, points("80"))), "entry.claimed");
    desk.sign_on("typist-b").does(&theory(FIRST, points("80")));
}

#[test]
fn nobody_claims_both_slots_of_a_bag() {
    let mut desk = Desk::seated(3);
    let (first, second) = (claim(&desk, Slot::First), claim(&desk, Slot::Second));
    desk.sign_on("typist-a").does(&first);
    assert_eq!(desk.refused(&second), "entry.other_slot_yours");
    let back = release(&desk, Slot::First, "");
    desk.does(&back);
    // Nothing typed: the other slot is free to them. Then their entries stand.
    desk.does(&second);
    let back = release(&desk, Slot::Second, "");
    desk.does(&back);
    desk.does(&theory(FIRST, points("80")));
    assert_eq!(desk.refused(&second), "entry.other_slot_yours");
    assert_eq!(entry::claimable(&desk.site, first.session, first.room).unwrap(), [Slot::First]);
}

#[test]
fn a_claim_left_behind_is_released_by_a_coordinator_with_a_reason() {
    let mut desk = Desk::seated(3);
    let first = claim(&desk, Slot::First);
    desk.at("09:00").sign_on("typist-a").does(&first);
    desk.at("09:20").does(&theory(FIRST, points("80")));
    desk.at("09:49").sign_on("typist-b");
    assert_eq!(desk.refused(&first), "entry.claimed");
    desk.at("09:50");
    assert_eq!(desk.refused(&first), "entry.claimed_idle");
    let seen = entry::claims(&desk.site, first.session, first.room).unwrap();
    assert_eq!((seen[0].operator.as_str(), seen[0].idle, seen[0].left_behind), ("typist-a", 30, true));
    let (none, why) = (release(&desk, Slot::First, " "), release(&desk, Slot::First, "已下班"));
    assert_eq!(desk.refused(&why), "entry.release_others");
    assert_eq!(desk.sign_on("coordinator").refused(&none), "entry.release_reason");
    assert_eq!(desk.does(&why), "typist-a");
    assert_eq!(desk.refused(&why), "entry.not_claimed");
    desk.sign_on("typist-b").does(&first);
}

/// The first entries of a bag stay as they are once somebody begins with the second.
#[test]
fn first_entries_lock_when_the_second_start() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    let op = next_undo(&desk.site).unwrap();
    let second = claim(&desk, Slot::Second);
    desk.sign_on("typist-b").does(&second);
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "entry.second_began");
    let back = release(&desk, Slot::Second, "");
    desk.sign_on("typist-b").does(&back);
    desk.sign_on("typist-a").does(&Undo { op, reason: "看错行".into() });
}

/// Taken back and brought again, it is still the first entry.
#[test]
fn a_first_entry_that_was_brought_again_is_locked_too() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    for _ in 0..2 {
        let op = kaowu::ops::history::page(&desk.site, &Default::default(), None, 1).unwrap()[0].operation;
        desk.does(&Undo { op, reason: "试".into() });
    }
    let redo = kaowu::ops::history::page(&desk.site, &Default::default(), None, 1).unwrap()[0].operation;
    let second = claim(&desk, Slot::Second);
    desk.sign_on("typist-b").does(&second);
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&Undo { op: redo, reason: "x".into() }), "entry.second_began");
}
