//! Venues, rooms, special needs, tickets.
use super::world::*;
use crate::harness::Desk;
use kaowu::model::{ApplicationId, OperatorId, RoomId};
use kaowu::ops::seating::{Arrange, CheckReport, Reason, check};
use kaowu::ops::{BrokenSeatRow, RoomRow, VoidTicketRow};
use std::collections::{BTreeMap, BTreeSet};

fn counts(desk: &Desk) -> BTreeMap<i64, usize> {
    let first = sessions(desk)[0].id;
    let mut counts = BTreeMap::new();
    placements(desk).iter().filter(|p| p.session == first).for_each(|p| *counts.entry(p.room).or_insert(0) += 1);
    counts
}

/// S1-32: a site in each league; people go to that of their unit, those of the region itself to the one the notice names
/// (S1-24), and a venue for everybody takes the rest.
#[test]
fn people_sit_in_the_venue_of_their_unit() {
    let mut desk = open("nmg-2023", "");
    let of_unit = ["包头市环卫处", "鄂尔多斯市园林局", "内蒙古自治区人民医院", "乌海市第一医院"];
    of_employers(&mut desk, &(0..40).map(|n| of_unit[n % 4]).collect::<Vec<_>>());
    let venues =
        vec![venue(&desk, 11, Some("baotou")), venue(&desk, 12, Some("ordos")), venue(&desk, 13, Some("hohhot"))];
    let rooms = (1..=3).map(|n| room(&desk, 10 + n, n)).collect();
    desk.does(&Plant { venues, rooms, ..Plant::default() });
    let done = desk.does(&Arrange { seed: 1 });
    assert_eq!((done.people, done.no_place, done.rooms), (30, 10, 0));
    let employer =
        |who: ApplicationId| applications(&desk).into_iter().find(|a| a.id == who).unwrap().employer.unwrap();
    for p in placements(&desk) {
        assert_eq!(employer(p.application), of_unit[usize::try_from(p.room - 1).unwrap()]);
    }
    let unseated = check(&desk.site).unwrap().unseated;
    assert_eq!(unseated.len(), 10);
    assert!(unseated.iter().all(|u| u.unit.as_deref() == Some("乌海市第一医院") && u.sessions.len() == 2));
    assert!(tickets(&desk).iter().any(|t| t.starts_with("23150612")), "{:?}", tickets(&desk)[1]);
    // A venue for everybody takes them, and without a registered room standard ones are made.
    desk.does(&Plant { venues: vec![venue(&desk, 14, None)], ..Plant::default() });
    let done = desk.does(&Arrange { seed: 1 });
    assert_eq!((done.people, done.no_place, done.rooms), (10, 0, 1));
    assert_eq!(check(&desk.site).unwrap().unseated, []);
}

#[test]
fn registered_rooms_fill_first_and_who_finds_no_place_is_counted() {
    let mut desk = open("nmg-2023", "[seating]\nmax_per_room = 25\n");
    strangers(&mut desk, 60);
    let small = RoomRow { places: Some(10), ..room(&desk, 1, 2) };
    let closed = RoomRow { closed: Some("漏水".into()), ..room(&desk, 1, 3) };
    let (venues, rooms) = (vec![venue(&desk, 1, None)], vec![room(&desk, 1, 1), small, closed, room(&desk, 1, 4)]);
    let broken = vec![BrokenSeatRow { room: RoomId(1), seat: 2, reason: "桌腿断".into() }];
    desk.does(&Plant { venues, rooms, broken, ..Plant::default() });
    let done = desk.does(&Arrange { seed: 5 });
    assert_eq!((done.people, done.no_place, done.rooms), (60, 0, 0));
    assert_eq!(counts(&desk), BTreeMap::from([(1, 25), (2, 10), (4, 25)]));
    assert!(placements(&desk).iter().all(|p| (p.room, p.seat) != (1, 2)), "a broken desk stays empty");
    people_of(&mut desk, 60, &["甲"; 3]);
    assert_eq!(desk.refused(&Arrange { seed: 5 }), "seating.no_place_left");
    let report = check(&desk.site).unwrap();
    assert_eq!((report.unseated.len(), report.findings()), (3, 3));
    assert_eq!(super::world::rooms(&desk).len(), 4);
}

/// A rest of up to three joins the room before, as far as that has seats.
#[test]
fn a_small_rest_joins_the_room_before() {
    let merged = |people: usize| {
        let mut desk = open("nmg-2023", "[seating]\nmax_per_room = 27\nmerge_remainder = 3\n");
        strangers(&mut desk, people);
        desk.does(&Arrange { seed: 2 });
        assert!(check(&desk.site).unwrap().is_clean());
        counts(&desk).into_values().collect::<Vec<_>>()
    };
    assert_eq!(merged(57), [27, 30]);
    assert_eq!(merged(58), [27, 27, 4]);
    assert_eq!(merged(3), [3]);
}

/// S0-34, S0-35, S1-31: theory and the written practical part in one seat.
#[test]
fn written_parts_are_sat_in_one_seat_or_not_as_the_policy_says() {
    let seats = |more: &str| {
        let mut desk = open("wushen-2024", more);
        strangers(&mut desk, 45);
        desk.does(&Arrange { seed: 3 });
        let of = |n: usize| {
            let session = sessions(&desk)[n].id;
            let all = placements(&desk).into_iter().filter(|p| p.session == session);
            all.map(|p| (p.application, (p.room, p.seat))).collect::<BTreeMap<_, _>>()
        };
        (of(0), of(1))
    };
    let (theory, practical) = seats("");
    assert_eq!((theory.len(), &theory), (45, &practical));
    let (theory, practical) = seats("[seating]\nsame_seat = false\n");
    assert_eq!((theory.len(), practical.len()), (45, 45));
    assert_ne!(theory, practical);
}

#[test]
fn named_seats_are_kept_for_those_who_need_them() {
    let mut desk = open("nmg-2023", "");
    strangers(&mut desk, 30);
    let who = applications(&desk);
    let (venues, rooms) = (vec![venue(&desk, 1, None)], vec![room(&desk, 1, 1), room(&desk, 1, 2)]);
    let needs = vec![need(who[7].id, Some((2, 30))), need(who[8].id, Some((1, 31))), need(who[9].id, None)];
    desk.does(&Plant { venues, rooms, needs, ..Plant::default() });
    let done = desk.does(&Arrange { seed: 1 });
    // One is seated as named, one has no such seat, one has none named.
    assert_eq!((done.people, done.no_place, done.needs), (29, 1, 1));
    let seat = |who: ApplicationId| -> BTreeSet<(i64, i64)> {
        placements(&desk).iter().filter(|p| p.application == who).map(|p| (p.room, p.seat)).collect()
    };
    assert_eq!(seat(who[7].id), BTreeSet::from([(2, 30)]));
    assert_eq!(seat(who[8].id), BTreeSet::new());
    let report = check(&desk.site).unwrap();
    let needs: Vec<_> = report.needs.iter().map(|n| (n.application, n.named, n.sessions.len())).collect();
    assert_eq!(needs, [(who[8].id, Some((1, 31)), 2), (who[9].id, None, 0)]);
    assert_eq!(report.unseated.len(), 1);
}

/// The special seat stays empty for others even when its owner does not come to this session.
#[test]
fn a_named_seat_is_nobody_elses() {
    let mut desk = open("nmg-2023", "");
    strangers(&mut desk, 30);
    let who = applications(&desk);
    let (venues, rooms) = (vec![venue(&desk, 1, None)], vec![room(&desk, 1, 1)]);
    desk.does(&Plant { venues, rooms, needs: vec![need(who[0].id, Some((1, 1)))], ..Plant::default() });
    desk.does(&kaowu::ops::applications::Withdraw { application: who[0].id, reason: "病".into() });
    assert_eq!(desk.does(&Arrange { seed: 1 }).people, 29);
    assert!(placements(&desk).iter().all(|p| p.seat != 1));
}

#[test]
fn a_void_number_is_never_given_again() {
    let mut desk = open("nmg-2023", "");
    strangers(&mut desk, 3);
    let who = applications(&desk);
    let batch = desk.site.batch().unwrap().id;
    let number = |seat: i64| format!("231506010101{seat:02}");
    let void = |id, seat| {
        let (reason, at) = ("重名".to_owned(), desk.site.now());
        VoidTicketRow { id, batch, application: who[0].id, number: number(seat), reason, at, operator: OperatorId(1) }
    };
    let void = vec![void(1, 2), void(2, 99)];
    desk.does(&Plant { void, ..Plant::default() });
    desk.does(&Arrange { seed: 1 });
    let numbers: BTreeSet<String> = tickets(&desk).into_iter().collect();
    assert_eq!(numbers, BTreeSet::from([number(1), number(3), number(98)]));
}

#[test]
fn rooms_that_were_not_registered_are_made_and_told_apart() {
    let mut desk = open("nmg-2023", "");
    strangers(&mut desk, 31);
    assert_eq!(desk.does(&Arrange { seed: 1 }).rooms, 2);
    assert!(rooms(&desk).iter().all(|room| room.made));
    people_of(&mut desk, 31, &["甲"; 30]);
    // 29 seats are free in the second room.
    assert_eq!(desk.does(&Arrange { seed: 1 }).rooms, 1);
    assert_eq!(counts(&desk), BTreeMap::from([(1, 30), (2, 30), (3, 1)]));
}

#[test]
fn colleagues_are_kept_apart_only_where_the_policy_says_so() {
    let arranged = |more: &str| -> CheckReport {
        let mut desk = open("nmg-2023", more);
        of_employers(&mut desk, &["甲", "乙", "丙", "丁", "戊"].repeat(6));
        desk.does(&Arrange { seed: 4 });
        check(&desk.site).unwrap()
    };
    assert_eq!(arranged("").colleagues, []);
    // Nobody looks, and nobody is told.
    assert_eq!(arranged("[seating]\nseparate_colleagues = false\n").colleagues, []);
}

/// One employer however it was typed.
#[test]
fn nineteen_of_one_employer_in_a_room_of_thirty_are_told_with_the_figures() {
    let mut desk = open("nmg-2023", "");
    let mut employers = vec!["Ｅ局 "; 10];
    employers.extend(["e局"; 9]);
    employers.extend(["乙", "丙", "丁", "戊", "己", "庚", "辛", "壬", "癸", "子", "丑"]);
    of_employers(&mut desk, &employers);
    let done = desk.does(&Arrange { seed: 4 });
    let report = check(&desk.site).unwrap();
    assert_eq!((done.together, done.avoidable), (report.colleagues.len(), 0));
    assert!(done.together > 0);
    for pair in &report.colleagues {
        assert_eq!(pair.reason, Reason::TooMany { units: 1, people: 19, rooms: 1, seats: 30, most: 9 });
        assert_eq!(pair.sessions, ["theory-1", "practical-1"]);
    }
}
