//! `entry.save` and `entry.settle` through the one door, and their undo.
use super::{Attend, AttendPractical, FIRST, differing, meant, points, settle, theory};
use crate::harness::Desk;
use kaowu::model::AttendanceState;
use kaowu::model::{ApplicationId, Level, Mark, Subject};
use kaowu::ops::entry::{self, Action, Outcome, Save, Slot, Stage, Turn};
use kaowu::ops::history::{Undo, may_undo, next_undo};

fn undo(desk: &mut Desk) {
    let op = next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "打错了".into() });
}

fn state(desk: &Desk) -> (&'static str, Option<Mark>) {
    let all = entry::standing(&desk.site, FIRST).unwrap();
    (all[0].state, all[0].mark)
}

/// The first person of the pile with a level of the kind asked for.
fn somebody(desk: &Desk, wanted: fn(Level) -> bool) -> ApplicationId {
    let piles = entry::piles(&desk.site).unwrap();
    let papers = piles.iter().flat_map(|p| entry::pile(&desk.site, p).unwrap());
    papers.map(|(p, _)| p).find(|p| wanted(p.level)).unwrap().application
}

#[test]
fn two_people_type_the_same_and_the_mark_is_settled() {
    let mut desk = Desk::seated(3);
    let first = desk.sign_on("typist-a").does(&theory(FIRST, points("86.5")));
    assert_eq!((first.turn, first.outcome), (Turn::First, Outcome::Waits));
    assert_eq!(state(&desk), ("first_in", None));
    assert_eq!(desk.refused(&theory(FIRST, points("86.5"))), "entry.same_operator");
    let second = desk.sign_on("typist-b").does(&theory(FIRST, points("86.5")));
    assert_eq!((second.turn, second.outcome), (Turn::Second, Outcome::Settled));
    assert_eq!(state(&desk), ("settled", Some(points("86.5"))));
    assert_eq!(desk.sign_on("typist-c").refused(&theory(FIRST, points("86.5"))), "entry.already_two");
}

#[test]
fn only_typists_type_and_only_other_coordinators_settle() {
    let mut desk = Desk::seated(3);
    assert_eq!(desk.refused(&theory(FIRST, points("80"))), "duty.role_needed");
    assert_eq!(desk.refused(&settle(Action::DiscardBoth)), "entry.not_different");
    let mut desk = differing("80", "81");
    let unfounded = entry::Settle { reason: " ".into(), ..settle(Action::DiscardBoth) };
    assert_eq!(desk.refused(&unfounded), "entry.reason_needed");
    assert_eq!(desk.sign_on("typist-c").refused(&settle(Action::DiscardBoth)), "duty.role_needed");
}

/// S1-23: 100 points, half points by the policy; errors cannot be accepted.
#[test]
fn errors_block_and_warnings_want_a_yes_s1_23() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&meant(FIRST, points("100.5"), &["mark.out_of_range"])), "mark.out_of_range");
    assert_eq!(desk.refused(&theory(FIRST, points("86.3"))), "mark.off_step");
    assert_eq!(desk.refused(&theory(FIRST, points("3"))), "entry.warnings");
    assert_eq!(desk.refused(&meant(FIRST, points("100"), &["mark.low"])), "entry.warnings");
    desk.does(&meant(FIRST, points("3"), &["mark.low"]));
    assert_eq!(desk.refused(&Save { application: ApplicationId(99), ..theory(FIRST, points("80")) }), "entry.unknown");
}

#[test]
fn a_different_second_entry_is_saved_and_told_only_then() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("86.5")));
    desk.sign_on("typist-b");
    // Nothing before the saving depends on the other entry, or trying values would find it.
    assert_eq!(entry::warnings(&desk.site, FIRST, Subject::Theory, points("85.5")).unwrap(), []);
    assert_eq!(desk.does(&theory(FIRST, points("85.5"))).outcome, Outcome::Differs);
    assert_eq!(state(&desk), ("differs", None));
}

/// Neither by undo can the other entry be found: once both are in, only a coordinator takes one of them back.
#[test]
fn no_typist_takes_an_entry_back_once_both_are_in() {
    for two in ["86.5", "85.5"] {
        let mut desk = Desk::seated(3);
        desk.sign_on("typist-a").does(&theory(FIRST, points("86.5")));
        desk.sign_on("typist-b").does(&theory(FIRST, points(two)));
        let mut ops = Vec::new();
        for who in ["typist-a", "typist-b"] {
            let op = next_undo(&desk.sign_on(who).site).unwrap();
            assert!(may_undo(&desk.site, op).unwrap_err().refusal().unwrap().is(entry::BOTH_IN));
            assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "entry.both_in");
            ops.push(op);
        }
        desk.sign_on("coordinator").does(&Undo { op: ops[1], reason: "看错行".into() });
        assert_eq!(state(&desk), ("first_in", None));
    }
}

/// Nor by correcting what was sent back, again and again.
#[test]
fn a_correction_is_not_taken_back_by_its_typist() {
    let mut desk = differing("80", "81");
    desk.does(&settle(Action::SendBack(Slot::First)));
    desk.sign_on("typist-a");
    assert_eq!(desk.does(&theory(FIRST, points("82"))).outcome, Outcome::Differs);
    let op = entry::own_save(&desk.site, FIRST, Subject::Theory).unwrap();
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "entry.both_in");
}

#[test]
fn check_in_and_mark_are_compared_where_check_in_was_kept() {
    let mut desk = Desk::seated(3);
    let (second, third) = (ApplicationId(2), ApplicationId(3));
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    undo(&mut desk);
    desk.does(&Attend(FIRST, AttendanceState::Absent));
    desk.does(&Attend(second, AttendanceState::Present));
    let codes = |desk: &Desk, who, mark| -> Vec<String> {
        entry::warnings(&desk.site, who, Subject::Theory, mark).unwrap().iter().map(ToString::to_string).collect()
    };
    assert_eq!(codes(&desk, FIRST, points("80")), ["mark.was_absent"]);
    assert_eq!(codes(&desk, FIRST, Mark::Absent), [""; 0]);
    assert_eq!(codes(&desk, second, Mark::Absent), ["mark.was_present"]);
    assert_eq!(codes(&desk, second, Mark::Void), [""; 0]);
    assert_eq!(codes(&desk, third, points("80")), ["mark.not_checked_in"]);
}

/// In either subject alike, once anybody was checked in to the session.
#[test]
fn a_practical_mark_is_compared_with_its_own_session() {
    let mut desk = Desk::seated(3);
    let codes = |desk: &Desk, who| -> Vec<String> {
        let found = entry::warnings(&desk.site, ApplicationId(who), Subject::Practical, points("80")).unwrap();
        found.iter().map(ToString::to_string).collect()
    };
    desk.does(&Attend(FIRST, AttendanceState::Present));
    assert_eq!(codes(desk.sign_on("typist-a"), 1), [""; 0]);
    desk.sign_on("coordinator").does(&AttendPractical(ApplicationId(2)));
    desk.sign_on("typist-a");
    assert_eq!(codes(&desk, 1), ["mark.not_checked_in"]);
    assert_eq!(codes(&desk, 2), [""; 0]);
}

/// S0-26, S0-27, S1-23: 0, absent, void, missing and not required are five different things.
#[test]
fn absent_is_not_zero_is_not_not_required_s0_26_s0_27() {
    let mut desk = Desk::seated(40);
    let skilled = somebody(&desk, |l| !l.is_technician());
    let technician = somebody(&desk, Level::is_technician);
    for typist in ["typist-a", "typist-b"] {
        desk.sign_on(typist).does(&meant(skilled, points("0"), &["mark.low"]));
        desk.does(&Save { subject: Subject::Practical, ..theory(skilled, Mark::Absent) });
        desk.does(&theory(technician, Mark::Void));
    }
    let all = |who| {
        let all = entry::standing(&desk.site, who).unwrap();
        all.into_iter().map(|s| (s.state, s.mark)).collect::<Vec<_>>()
    };
    let zero = Some(points("0"));
    assert_eq!(all(skilled), [("settled", zero), ("settled", Some(Mark::Absent)), ("not_required", None)]);
    assert_eq!(all(technician), [("settled", Some(Mark::Void)), ("missing", None), ("missing", None)]);
    let review = |application| Save { subject: Subject::Review, ..theory(application, points("80")) };
    assert_eq!(desk.refused(&review(skilled)), "entry.not_required");
    assert_eq!(desk.refused(&review(technician)), "entry.by_panel");
}

#[test]
fn the_kept_entry_needs_a_new_second_by_somebody_else() {
    let mut desk = differing("80", "81");
    desk.does(&settle(Action::Keep(Slot::Second)));
    assert_eq!(state(&desk), ("first_in", None));
    assert_eq!(desk.sign_on("typist-b").refused(&theory(FIRST, points("81"))), "entry.same_operator");
    let saved = desk.sign_on("typist-a").does(&theory(FIRST, points("81")));
    assert_eq!((saved.turn, saved.outcome), (Turn::Second, Outcome::Settled));
    assert_eq!(state(&desk), ("settled", Some(points("81"))));
}

#[test]
fn what_was_sent_back_is_corrected_by_its_own_typist() {
    let mut desk = differing("80", "81");
    desk.does(&settle(Action::SendBack(Slot::First)));
    assert_eq!(desk.refused(&settle(Action::SendBack(Slot::Second))), "entry.is_returned");
    assert_eq!(desk.sign_on("typist-b").refused(&theory(FIRST, points("80"))), "entry.not_yours");
    desk.sign_on("typist-a");
    let saved = desk.does(&theory(FIRST, points("81")));
    assert_eq!((saved.turn, saved.outcome), (Turn::Correction, Outcome::Settled));
    // Taking the correction back removes the mark and returns the entry once more.
    let op = next_undo(&desk.site).unwrap();
    desk.sign_on("coordinator").does(&Undo { op, reason: "打错了".into() });
    assert_eq!(state(&desk), ("sent_back", None));
}

#[test]
fn after_both_are_discarded_anybody_begins_anew() {
    let mut desk = differing("80", "81");
    desk.does(&settle(Action::DiscardBoth));
    assert_eq!(state(&desk), ("missing", None));
    desk.sign_on("typist-b").does(&theory(FIRST, points("80")));
    // The way back is closed once somebody has begun.
    desk.sign_on("coordinator");
    let op = next_undo(&desk.site).unwrap();
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.in_use");
}

#[test]
fn undo_takes_the_second_back_and_then_the_first() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("86")));
    let first = next_undo(&desk.site).unwrap();
    desk.sign_on("typist-b").does(&theory(FIRST, points("86")));
    let again = Undo { op: first, reason: "x".into() };
    assert_eq!(desk.refused(&again), "history.not_yours");
    assert_eq!(desk.sign_on("coordinator").refused(&again), "history.changed_since");
    let second = next_undo(&desk.sign_on("typist-b").site).unwrap();
    desk.sign_on("coordinator").does(&Undo { op: second, reason: "x".into() });
    assert_eq!(state(&desk), ("first_in", None));
    desk.sign_on("typist-a").does(&again);
    assert_eq!(state(&desk), ("missing", None));
}

#[test]
fn a_settlement_can_be_taken_back_until_somebody_types() {
    let mut desk = differing("80", "81");
    for action in [Action::Keep(Slot::Second), Action::SendBack(Slot::First), Action::DiscardBoth] {
        desk.does(&settle(action));
        undo(&mut desk);
        assert_eq!(state(&desk), ("differs", None));
    }
    desk.does(&settle(Action::Keep(Slot::First)));
    let op = next_undo(&desk.site).unwrap();
    desk.sign_on("typist-c").does(&theory(FIRST, points("80")));
    assert_eq!(desk.sign_on("coordinator").refused(&Undo { op, reason: "x".into() }), "history.changed_since");
}

/// S1-21: theory and practical are both papers, in piles of one room each.
#[test]
fn piles_count_what_i_may_type_s1_21() {
    let mut desk = Desk::seated(35);
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    let piles = entry::piles(&desk.site).unwrap();
    let names: Vec<_> = piles.iter().map(|p| (p.subject, p.room_number)).collect();
    let (theory_, practical) = (Subject::Theory, Subject::Practical);
    assert_eq!(names, [(theory_, Some(1)), (theory_, Some(2)), (practical, Some(1)), (practical, Some(2))]);
    let all = entry::progress(&piles);
    assert_eq!((all.expected, all.first_in, all.mine_waiting, all.may_second), (70, 1, 1, 0));
    desk.sign_on("typist-b");
    let all = entry::progress(&entry::piles(&desk.site).unwrap());
    assert_eq!((all.mine_waiting, all.may_second, all.settled), (0, 1, 0));
    let open: Vec<_> = piles.iter().take(2).flat_map(|p| entry::pile(&desk.site, p).unwrap()).collect();
    let seats: Vec<_> = open.iter().filter_map(|(p, _)| p.whose.as_ref()).map(|w| (w.room_number, w.seat)).collect();
    assert!(seats.is_sorted(), "{seats:?}");
    let first = open.iter().find(|(p, _)| p.application == FIRST).unwrap();
    assert_eq!((first.1, first.0.mine), (Stage::MaySecond, None));
}
