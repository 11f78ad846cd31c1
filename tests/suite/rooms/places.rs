//! Venues and rooms.
use super::fixtures::{seated, seats, sit, strangers, who, workshop};
use crate::harness::Desk;
use kaowu::model::{DoorSide, RoomKind};
use kaowu::ops::rooms::{Add, AddVenue, BreakSeat, Change, ChangeVenue, Close, MendSeat, Reopen, Set, Then, venues};
use kaowu::ops::seating::edit::{Move, Place, Scope, SetNeed};
use kaowu::ops::seating::{chart, numbered, room_lines};

fn venue(code: i64, unit: Option<&str>) -> AddVenue {
    AddVenue { code, name: format!("校区{code}"), unit: unit.map(str::to_owned), address: None, phone: None }
}

/// S1-32: sites are set by league: a venue belongs to a unit of the notice, and only that unit's people sit there.
#[test]
fn a_venue_belongs_to_a_league() {
    let mut desk = strangers(1);
    let (own, other) = ("ordos", "baotou");
    desk.does(&super::fixtures::Route(who(1), own));
    desk.does(&venue(1, Some(other)));
    desk.does(&venue(2, Some(own)));
    desk.does(&Add { venue: Some(1), ..Add::desks(vec![1], (3, 3)) });
    assert_eq!(desk.refused(&Place { application: who(1), to: Some((1, 1)) }), "seat.other_unit");
    assert_eq!(desk.refused(&Place { application: who(1), to: None }), "seat.none_free");
    desk.does(&Add { venue: Some(2), ..Add::desks(vec![2], (3, 3)) });
    desk.does(&Place { application: who(1), to: None });
    assert_eq!(seats(&desk, 1)[0], "theory-1 2-1");
    let to = |unit: &str| ChangeVenue { code: 2, unit: Some(unit.into()), ..ChangeVenue::default() };
    assert_eq!(desk.refused(&to(other)), "rooms.other_people");
    desk.does(&to(""));
    assert_eq!(venues(&desk.site).unwrap()[1].unit, None);
}

#[test]
fn venues_that_cannot_be_are_refused() {
    let mut desk = Desk::with_batch();
    desk.does(&venue(1, Some("鄂尔多斯市")));
    assert_eq!(venues(&desk.site).unwrap()[0].unit.as_deref(), Some("ordos"));
    assert_eq!(desk.refused(&venue(1, None)), "rooms.venue_taken");
    assert_eq!(desk.refused(&venue(10_000, None)), "rooms.venue_code");
    assert_eq!(desk.refused(&venue(2, Some("atlantis"))), "rooms.unknown_unit");
    assert_eq!(desk.refused(&AddVenue { name: " ".into(), ..venue(2, None) }), "rooms.no_name");
    assert_eq!(desk.refused(&ChangeVenue { code: 9, ..ChangeVenue::default() }), "rooms.unknown_venue");
    let no_name = ChangeVenue { code: 1, name: Some(" ".into()), ..ChangeVenue::default() };
    assert_eq!(desk.refused(&no_name), "rooms.no_name");
}

#[test]
fn several_rooms_are_added_alike() {
    let mut desk = Desk::with_batch();
    let rooms =
        Add { name: Some("二号楼301".into()), door: Some(DoorSide::Right), ..Add::desks(vec![1, 2, 5], (6, 5)) };
    assert_eq!(desk.does(&rooms).seats, 90);
    let lines = room_lines(&desk.site).unwrap();
    let names: Vec<_> = lines.iter().map(|r| (r.number, r.name.as_deref().unwrap())).collect();
    assert_eq!(names, [(1, "二号楼301"), (2, "二号楼302"), (5, "二号楼303")]);
    // Without a venue of its own the site is one.
    assert_eq!(lines[0].venue_name, "测试考点");
    let front = chart(&desk.site, numbered(&desk.site, 1).unwrap()).unwrap().grid[0].clone();
    assert_eq!(front, [25, 24, 13, 12, 1]);
}

#[test]
fn rooms_that_cannot_be_are_refused() {
    let mut desk = Desk::with_batch();
    desk.does(&Add::desks(vec![1], (6, 5)));
    let two = || Add::desks(vec![2], (6, 5));
    for (op, code) in [
        (Add::desks(vec![1], (6, 5)), "rooms.taken"),
        (Add::desks(vec![], (6, 5)), "rooms.too_many"),
        (Add::desks(vec![2], (0, 5)), "rooms.bad_size"),
        (Add::desks(vec![2], (6, 61)), "rooms.bad_size"),
        (Add { rounds: 2, ..two() }, "rooms.rounds_of_desks"),
        (Add { rounds: 21, kind: RoomKind::Stations, ..two() }, "rooms.bad_size"),
        (Add { places: Some(31), ..two() }, "rooms.bad_places"),
        (Add { venue: Some(7), ..two() }, "rooms.unknown_venue"),
    ] {
        assert_eq!(desk.refused(&op), code);
    }
    assert_eq!(desk.refused(&Change { room: 9, ..Change::default() }), "rooms.unknown");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&two()), "duty.role_needed");
}

#[test]
fn a_room_never_shrinks_below_its_people() {
    let mut desk = seated(5);
    let size = |rows, columns| Change { room: 1, rows: Some(rows), columns: Some(columns), ..Change::default() };
    assert_eq!(desk.refused(&size(2, 2)), "rooms.below_people");
    desk.does(&size(2, 3));
    assert_eq!(desk.refused(&Change { room: 1, places: Set::To(4), ..Change::default() }), "rooms.below_people");
    desk.does(&Change { room: 1, places: Set::To(5), name: Set::To("礼堂".into()), ..Change::default() });
    assert_eq!(desk.refused(&Place { application: who(5), to: None }), "seat.seated_already");
    desk.does(&Move { application: who(5), room: 2, seat: 1, session: None, scope: Scope::Same });
    desk.does(&Change { room: 1, places: Set::To(4), ..Change::default() });
    let back = Move { application: who(5), room: 1, seat: 5, session: None, scope: Scope::Same };
    assert_eq!(desk.refused(&back), "seat.full");
    desk.does(&venue(7, None));
    assert_eq!(desk.refused(&Change { room: 1, venue: Some(7), ..Change::default() }), "rooms.people_inside");
    let stations = Change { room: 1, kind: Some(RoomKind::Stations), ..Change::default() };
    assert_eq!(desk.refused(&stations), "rooms.people_inside");
}

#[test]
fn a_broken_seat_is_nobodys() {
    let mut desk = seated(1);
    let broken = |seat| BreakSeat { room: 1, seat, reason: "桌腿断了".into() };
    assert_eq!(desk.refused(&broken(1)), "rooms.seat_taken");
    assert_eq!(desk.refused(&broken(10)), "rooms.no_seat");
    assert_eq!(desk.refused(&BreakSeat { room: 1, seat: 2, reason: " ".into() }), "rooms.reason_needed");
    desk.does(&SetNeed { application: who(1), need: "轮椅".into(), seat: Some((1, 3)) });
    assert_eq!(desk.refused(&broken(3)), "rooms.seat_named");
    desk.does(&broken(2));
    assert_eq!(desk.refused(&broken(2)), "rooms.already_broken");
    let to = Move { application: who(1), room: 1, seat: 2, session: None, scope: Scope::Same };
    assert_eq!(desk.refused(&to), "seat.broken");
    desk.does(&MendSeat { room: 1, seat: 2 });
    assert_eq!(desk.refused(&MendSeat { room: 1, seat: 2 }), "rooms.not_broken");
    desk.does(&to);
}

#[test]
fn a_closed_room_takes_nobody_until_it_is_open_again() {
    let mut desk = sit(strangers(1), 0);
    let close = |reason: &str| Close { room: 1, then: Then::Unseat, reason: reason.into() };
    assert_eq!(desk.refused(&close("")), "rooms.reason_needed");
    assert_eq!(desk.refused(&Reopen { room: 1 }), "rooms.not_closed");
    desk.does(&close("漏水"));
    assert_eq!(desk.refused(&close("漏水")), "rooms.already_closed");
    assert_eq!(desk.refused(&Place { application: who(1), to: Some((1, 1)) }), "seat.room_closed");
    desk.does(&Reopen { room: 1 });
    desk.does(&Place { application: who(1), to: Some((1, 1)) });
}

/// S0-36: hands-on work has stations, each used round after round; the seat number is the order.
#[test]
fn a_workshop_is_used_in_rounds() {
    let mut desk = workshop(5);
    for n in 1..=4 {
        desk.does(&Place { application: who(n), to: None });
    }
    assert_eq!(seats(&desk, 1), ["theory-1 1-1", "hands-on 3-1"]);
    assert_eq!(seats(&desk, 4)[1], "hands-on 3-4");
    let workshop = chart_of(&desk, 3);
    assert_eq!((workshop.grid, workshop.people.len()), (vec![vec![1, 2], vec![3, 4]], 4));
    // Stations are full: the theory desk alone does not seat anybody.
    assert_eq!(desk.refused(&Place { application: who(5), to: None }), "seat.none_free");
    let theory = kaowu::ops::checkin::by_code(&desk.site, Some("theory-1")).unwrap().id;
    let to_station = Move { application: who(1), room: 3, seat: 4, session: Some(theory), scope: Scope::Same };
    assert_eq!(desk.refused(&to_station), "seat.stations");
}

fn chart_of(desk: &Desk, room: i64) -> kaowu::ops::seating::Chart {
    let session = kaowu::ops::batch::sessions(&desk.site).unwrap().pop();
    kaowu::ops::seating::chart_in(&desk.site, numbered(&desk.site, room).unwrap(), session.as_ref()).unwrap()
}
