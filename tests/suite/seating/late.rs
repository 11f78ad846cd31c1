//! A second arrangement moves nobody and loses nobody.
use super::world::*;
use kaowu::ops::seating::{Arrange, check};
use proptest::prelude::*;
use std::collections::BTreeSet;

#[test]
fn late_ones_are_fitted_around_those_who_sit() {
    let mut desk = open("nmg-2023", "");
    of_employers(&mut desk, &["甲", "乙", "丙", "丁"].repeat(11));
    desk.does(&Arrange { seed: 6 });
    let before: Vec<Spot> = placements(&desk);
    assert_eq!(check(&desk.site).unwrap().colleagues, []);
    people_of(&mut desk, 44, &["甲", "乙", "戊"]);
    let done = desk.does(&Arrange { seed: 8 });
    assert_eq!((done.people, done.rooms, done.together), (3, 0, 0));
    let after = placements(&desk);
    assert!(before.iter().all(|p| after.contains(p)), "nobody is moved");
    assert_eq!(after.len(), 2 * 47);
    assert!(check(&desk.site).unwrap().is_clean());
}

/// Two sessions lost a seat each, as a closed room leaves it: the seat that is still held elsewhere comes back.
#[test]
fn a_seat_that_is_missing_in_one_session_is_the_same_as_in_the_others() {
    let mut desk = open("nmg-2023", "");
    strangers(&mut desk, 10);
    desk.does(&Arrange { seed: 1 });
    let before = placements(&desk);
    let lost = before[4].clone();
    desk.does(&crate::checkin::world::Unseat(lost.application, lost.session));
    let waits = check(&desk.site).unwrap().unseated;
    assert_eq!((waits.len(), waits[0].application), (1, lost.application));
    assert_eq!(desk.does(&Arrange { seed: 2 }).people, 1);
    let key = |p: &Spot| (p.session, p.room, p.seat, p.application);
    assert_eq!(placements(&desk).iter().map(key).collect::<Vec<_>>(), before.iter().map(key).collect::<Vec<_>>());
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Everybody is seated in every session or told as unseated; no seat is given twice; nobody who sits is moved.
    #[test]
    fn nobody_is_lost(
        first in 1usize..50, second in 0usize..30, rooms in prop::collection::vec((1i64..6, 1i64..6), 0..5), seed: u64,
    ) {
        let mut desk = open("nmg-2023", "[seating]\nmax_per_room = 28\nmerge_remainder = 2\n");
        let employers: Vec<&str> = (0..first + second).map(|n| ["甲", "乙", "丙", "丁", "戊"][n % 5]).collect();
        of_employers(&mut desk, &employers[..first]);
        let registered = (1..).zip(&rooms);
        let registered = registered.map(|(n, (rows, columns))| {
            let mut room = room(&desk, 1, n);
            (room.rows, room.columns) = (*rows, *columns);
            room
        });
        let plant = Plant { rooms: registered.collect(), venues: vec![venue(&desk, 1, None)], ..Plant::default() };
        desk.does(&plant);
        let mut seated = Vec::new();
        for (round, from, to) in [(0, 0, first), (1, first, first + second)] {
            if round == 1 && second > 0 {
                people_of(&mut desk, from, &employers[from..to]);
            }
            let _ = desk.try_to(&Arrange { seed });
            let now = placements(&desk);
            prop_assert!(seated.iter().all(|p| now.contains(p)));
            seated = now;
            let report = check(&desk.site).unwrap();
            let people: BTreeSet<_> = seated.iter().map(|p| p.application).collect();
            let total = if round == 0 { first } else { first + second };
            prop_assert_eq!(people.len() + report.unseated.len(), total);
            prop_assert_eq!(seated.len(), people.len() * 2);
            prop_assert!(report.crowded.is_empty() && report.bad_seats.is_empty() && report.two_places.is_empty());
            if rooms.is_empty() {
                prop_assert_eq!(report.unseated.len(), 0);
            }
        }
    }
}
