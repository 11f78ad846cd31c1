//! Closing a room with people in it: nobody is lost.
use super::fixtures::{people_of, seated, seats, sit, ticket, who, workshop};
use crate::harness::Desk;
use kaowu::ops::checkin::{Admit, by_code};
use kaowu::ops::history::Undo;
use kaowu::ops::rooms::{Close, Then};
use kaowu::ops::seating::edit::Place;
use kaowu::ops::seating::unseated;

fn close(room: i64, then: Then) -> Close {
    Close { room, then, reason: "停电".into() }
}

#[test]
fn people_of_a_closed_room_are_spread_over_the_others() {
    let mut desk = seated(5);
    let before = ticket(&desk, 1);
    let done = desk.try_to(&close(1, Then::Spread)).unwrap();
    assert_eq!((done.out.seated(), done.out.unseated()), (5, 0));
    for n in 1..=5 {
        assert!(seats(&desk, n)[0].starts_with("theory-1 2-"), "{:?}", seats(&desk, n));
        assert_eq!(seats(&desk, n).len(), 2);
    }
    assert_ne!(ticket(&desk, 1), before);
    desk.does(&Undo { op: done.op.unwrap(), reason: "来电了".into() });
    assert_eq!((seats(&desk, 5)[1].as_str(), ticket(&desk, 1)), ("practical-1 1-5", before));
}

/// Fewer seats than people: the rest stands without a seat, counted.
#[test]
fn who_finds_no_seat_waits() {
    let mut desk = seated(8);
    desk.does(&kaowu::ops::rooms::Change { room: 2, rows: Some(1), ..kaowu::ops::rooms::Change::default() });
    let out = desk.does(&close(1, Then::Spread));
    assert_eq!((out.seated(), out.unseated(), out.moved.len()), (3, 5, 8));
    assert_eq!(unseated(&desk.site, 99).unwrap().1, 5);
}

#[test]
fn all_may_wait_at_once() {
    let mut desk = seated(4);
    let out = desk.does(&close(1, Then::Unseat));
    assert_eq!((out.seated(), out.unseated()), (0, 4));
    assert_eq!(unseated(&desk.site, 99).unwrap().1, 4);
}

#[test]
fn colleagues_are_parted_while_there_is_room() {
    let mut desk = sit(people_of(Desk::with_batch(), 2, |_| "同一单位".into()), 2);
    let out = desk.does(&close(1, Then::Spread));
    assert_eq!((out.seated(), out.beside.len()), (2, 0));
}

/// A closed workshop takes the station alone; the desk of the theory stays, and so does the number.
#[test]
fn who_lacks_a_station_waits_though_the_theory_seat_stays() {
    let mut desk = workshop(1);
    desk.does(&Place { application: who(1), to: None });
    let number = ticket(&desk, 1);
    desk.does(&close(3, Then::Unseat));
    assert_eq!((seats(&desk, 1), ticket(&desk, 1)), (vec!["theory-1 1-1".to_owned()], number));
    let (waiting, count) = unseated(&desk.site, 9).unwrap();
    assert_eq!((count, waiting[0].id), (1, who(1)));
}

#[test]
fn a_room_with_people_who_came_is_not_closed() {
    let mut desk = seated(2);
    let session = by_code(&desk.site, Some("theory-1")).unwrap().id;
    desk.does(&Admit { application: who(2), session, room: None, over: None, without: Vec::new() });
    assert_eq!(desk.refused(&close(1, Then::Spread)), "seat.attended");
    assert_eq!(seats(&desk, 1).len(), 2);
}
