//! Move, swap, place, unseat, special needs: nobody else moves, and every edit can be taken back.
use super::fixtures::{Print, name, people_of, seated, seats, sit, strangers, ticket, who};
use crate::harness::Desk;
use kaowu::ops::checkin::{Admit, by_code};
use kaowu::ops::history::Undo;
use kaowu::ops::seating::edit::{ClearNeed, Move, Place, Scope, SetNeed, Swap, Unseat};
use kaowu::ops::seating::{check, unseated};
use kaowu::ops::tickets::Void;

fn go(n: i64, (room, seat): (i64, i64)) -> Move {
    Move { application: who(n), room, seat, session: None, scope: Scope::Same }
}

fn swap(one: i64, other: i64) -> Swap {
    Swap { one: who(one), other: who(other), session: None, scope: Scope::Same }
}

fn undo(desk: &mut Desk, op: Option<kaowu::model::OpNo>) {
    desk.does(&Undo { op: op.unwrap(), reason: "再想想".into() });
}

#[test]
fn somebody_moves_and_nobody_else() {
    let mut desk = seated(4);
    let number = ticket(&desk, 2).unwrap();
    let done = desk.try_to(&go(2, (1, 9))).unwrap();
    assert_eq!(seats(&desk, 2), ["theory-1 1-9", "practical-1 1-9"]);
    // Inside the room the number stays.
    assert_eq!(ticket(&desk, 2).as_deref(), Some(number.as_str()));
    assert_eq!((seats(&desk, 1)[0].as_str(), seats(&desk, 3)[0].as_str()), ("theory-1 1-1", "theory-1 1-3"));
    undo(&mut desk, done.op);
    assert_eq!(seats(&desk, 2), ["theory-1 1-2", "practical-1 1-2"]);
}

/// Another room is another number; the old one is void, and a printed sheet is wrong.
#[test]
fn another_room_is_another_ticket() {
    let mut desk = seated(3);
    let old = ticket(&desk, 2).unwrap();
    assert!(old.ends_with("0102"), "{old}");
    desk.does(&Print(who(2)));
    let done = desk.try_to(&go(2, (2, 5))).unwrap();
    let told = &done.out.moved[0].ticket;
    assert_eq!((told.void.as_deref(), told.printed_is_wrong), (Some(old.as_str()), true));
    let new = ticket(&desk, 2).unwrap();
    assert!(new.ends_with("0205") && told.number.as_ref() == Some(&new), "{new}");
    // Back in the first room, the void number is not given again.
    desk.does(&go(2, (1, 2)));
    let third = ticket(&desk, 2).unwrap();
    assert!(third != old && third != new, "{third}");
    let done = desk.try_to(&go(3, (2, 5))).unwrap();
    assert_ne!(ticket(&desk, 3).unwrap(), new);
    undo(&mut desk, done.op);
    assert!(ticket(&desk, 3).unwrap().ends_with("0103"));
}

#[test]
fn one_session_alone_can_be_moved() {
    let mut desk = seated(2);
    let practical = by_code(&desk.site, Some("practical-1")).unwrap().id;
    let number = ticket(&desk, 1);
    desk.does(&Move { session: Some(practical), scope: Scope::One, ..go(1, (2, 1)) });
    assert_eq!(seats(&desk, 1), ["theory-1 1-1", "practical-1 2-1"]);
    // The number is that of the first session.
    assert_eq!(ticket(&desk, 1), number);
    // Now the seats differ: only the session with the old seat follows.
    desk.does(&go(1, (1, 5)));
    assert_eq!(seats(&desk, 1), ["theory-1 1-5", "practical-1 2-1"]);
}

#[test]
fn two_people_change_seats() {
    let mut desk = seated(3);
    desk.does(&go(3, (2, 1)));
    let numbers = (ticket(&desk, 1), ticket(&desk, 3));
    let done = desk.try_to(&swap(1, 3)).unwrap();
    assert_eq!((seats(&desk, 1)[1].as_str(), seats(&desk, 3)[0].as_str()), ("practical-1 2-1", "theory-1 1-1"));
    assert!(done.out.moved.iter().all(|m| m.ticket.void.is_some()));
    undo(&mut desk, done.op);
    assert_eq!((ticket(&desk, 1), ticket(&desk, 3)), numbers);
    assert_eq!(seats(&desk, 3), ["theory-1 2-1", "practical-1 2-1"]);
}

#[test]
fn edits_that_cannot_be_are_refused() {
    let mut desk = seated(2);
    for (op, code) in [
        (go(1, (1, 2)), "seat.taken"),
        (go(1, (1, 1)), "seat.same_seat"),
        (go(1, (1, 10)), "seat.no_seat"),
        (go(1, (9, 1)), "seat.no_room"),
        (go(99, (1, 3)), "applications.unknown"),
    ] {
        assert_eq!(desk.refused(&op), code);
    }
    assert_eq!(desk.refused(&swap(1, 1)), "seat.himself");
    let theory = by_code(&desk.site, Some("theory-1")).unwrap().id;
    desk.does(&Admit { application: who(1), session: theory, room: None, over: None, without: Vec::new() });
    assert_eq!(desk.refused(&go(1, (1, 5))), "seat.attended");
    assert_eq!(desk.refused(&swap(2, 1)), "seat.attended");
    assert_eq!(desk.refused(&Unseat { application: who(1), reason: "退考".into() }), "seat.attended");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&go(2, (1, 5))), "duty.role_needed");
}

/// U16: whoever has no seat is counted and named.
#[test]
fn whoever_is_unseated_waits_on_top() {
    let mut desk = seated(2);
    let old = ticket(&desk, 1);
    assert_eq!(desk.refused(&Unseat { application: who(1), reason: " ".into() }), "seat.reason_needed");
    let done = desk.try_to(&Unseat { application: who(1), reason: "误排".into() }).unwrap();
    assert_eq!((seats(&desk, 1).len(), ticket(&desk, 1)), (0, None));
    let (waiting, count) = unseated(&desk.site, 9).unwrap();
    assert_eq!((waiting[0].id, count), (who(1), 1));
    assert_eq!(desk.refused(&Unseat { application: who(1), reason: "误排".into() }), "seat.not_seated");
    assert_eq!(desk.refused(&go(1, (1, 5))), "seat.not_seated");
    undo(&mut desk, done.op);
    assert_eq!((ticket(&desk, 1), unseated(&desk.site, 9).unwrap().1), (old, 0));
}

/// Whoever loses the ticket still sits: the list and the check go by seats, and another seat makes no new number.
#[test]
fn a_void_number_leaves_its_holder_seated() {
    let mut desk = seated(2);
    desk.does(&Void { application: who(1), reason: "遗失".into() });
    assert_eq!((seats(&desk, 1).len(), ticket(&desk, 1)), (2, None));
    assert_eq!((unseated(&desk.site, 9).unwrap().1, check(&desk.site).unwrap().unseated.len()), (0, 0));
    let moved = desk.does(&go(1, (1, 5)));
    assert_eq!((moved.moved[0].ticket.number.clone(), ticket(&desk, 1)), (None, None));
    desk.does(&Unseat { application: who(1), reason: "误排".into() });
    assert_eq!((unseated(&desk.site, 9).unwrap().1, check(&desk.site).unwrap().unseated.len()), (1, 1));
}

/// A late candidate sits where no colleague is beside; where that cannot be, it is said why.
#[test]
fn a_late_candidate_is_kept_from_colleagues() {
    let mut desk = sit(people_of(Desk::with_batch(), 3, |n| if n == 0 { "甲" } else { "乙" }.into()), 0);
    desk.does(&Place { application: who(2), to: Some((1, 1)) });
    let placed = desk.does(&Place { application: who(3), to: None });
    // Seats 2, 5 and 6 are around seat 1.
    assert_eq!((seats(&desk, 3)[0].as_str(), placed.beside.len()), ("theory-1 1-3", 0));
    let beside = desk.does(&go(3, (1, 2)));
    assert_eq!((beside.beside.len(), beside.beside[0].other_seat), (2, 1));
    assert_eq!(beside.beside[0].other, name(&desk, 2));
}

#[test]
fn no_seat_apart_is_told_with_the_reason() {
    let mut desk = people_of(Desk::with_batch(), 2, |_| "同一单位".into());
    desk.does(&kaowu::ops::rooms::Add::desks(vec![1], (2, 2)));
    desk.does(&Place { application: who(1), to: None });
    let error = desk.try_to(&Place { application: who(2), to: None }).unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.code.0, "seat.none_apart");
    assert_eq!(refusal.get("free"), Some(&kaowu::model::Datum::Int(3)));
    let done = desk.does(&Place { application: who(2), to: Some((1, 4)) });
    assert_eq!(done.beside.len(), 2);
}

#[test]
fn only_who_may_sit_gets_a_seat() {
    let mut desk = Desk::with_batch();
    desk.people(1);
    desk.does(&kaowu::ops::rooms::Add::desks(vec![1], (2, 2)));
    let place = Place { application: who(1), to: None };
    assert_eq!(desk.refused(&place), "seat.not_approved");
    let mut desk = sit(strangers(1), 1);
    assert_eq!(desk.refused(&place), "seat.seated_already");
}

#[test]
fn a_special_need_keeps_its_seat() {
    let mut desk = seated(3);
    let need = |n, seat| SetNeed { application: who(n), need: "轮椅，靠门".into(), seat };
    assert_eq!(desk.refused(&SetNeed { need: " ".into(), ..need(1, None) }), "seat.reason_needed");
    assert_eq!(desk.refused(&need(1, Some((1, 2)))), "seat.taken");
    assert!(desk.does(&need(1, Some((1, 9)))).sits_elsewhere);
    assert_eq!(desk.refused(&go(2, (1, 9))), "seat.named");
    assert_eq!(desk.refused(&need(2, Some((1, 9)))), "seat.named");
    desk.does(&go(1, (1, 9)));
    assert!(desk.does(&go(1, (1, 8))).moved[0].leaves_named);
    desk.does(&ClearNeed { application: who(1) });
    assert_eq!(desk.refused(&ClearNeed { application: who(1) }), "seat.no_need");
    desk.does(&go(2, (1, 9)));
}
