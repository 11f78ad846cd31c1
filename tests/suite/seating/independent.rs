//! Colleagues beside one another, looked for a second time with nothing but rows, columns and seat numbers.
use super::world::*;
use crate::harness::Desk;
use kaowu::model::{ApplicationId, DoorSide};
use kaowu::ops::RoomRow;
use kaowu::ops::seating::{Arrange, Reason, check};
use std::collections::BTreeMap;

/// Column by column, every second one from the back; the door's side mirrors the room and changes no neighbours.
fn position(rows: i64, seat: i64) -> (i64, i64) {
    let (column, down) = ((seat - 1) / rows, (seat - 1) % rows);
    (if column % 2 == 0 { down } else { rows - 1 - down }, column)
}

/// Every two people of each session against one another.
fn pairs(desk: &Desk) -> Vec<(ApplicationId, ApplicationId)> {
    let grids: BTreeMap<_, _> = rooms(desk).into_iter().map(|r| (r.number, r)).collect();
    let employers: BTreeMap<_, _> = applications(desk).into_iter().map(|a| (a.id, a.employer)).collect();
    let mut found = std::collections::BTreeSet::new();
    let all = placements(desk);
    for a in &all {
        for b in all.iter().filter(|b| b.session == a.session && b.room == a.room && b.application > a.application) {
            let rows = grids[&a.room].rows;
            let ((row, column), (other_row, other_column)) = (position(rows, a.seat), position(rows, b.seat));
            let near = (row - other_row).abs() <= 1 && (column - other_column).abs() <= 1;
            if near && employers[&a.application].is_some() && employers[&a.application] == employers[&b.application] {
                found.insert((a.application, b.application));
            }
        }
    }
    found.into_iter().collect()
}

fn told(desk: &Desk) -> Vec<(ApplicationId, ApplicationId)> {
    let report = check(&desk.site).unwrap();
    let pair = |one: ApplicationId, other: ApplicationId| (one.min(other), one.max(other));
    let mut told: Vec<_> = report.colleagues.iter().map(|p| pair(p.one.application, p.other.application)).collect();
    told.sort();
    told
}

/// Dice of the test's own.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % n).unwrap()
    }
}

const NAMES: [&str; 8] = ["甲", "乙", "丙", "丁", "戊", "己", "庚", "辛"];

fn world(dice: &mut Dice) -> Desk {
    let mut desk = open("nmg-2023", "");
    let units = 1 + dice.below(8) as u64;
    let employers: Vec<&str> = (0..1 + dice.below(60)).map(|_| NAMES[dice.below(units)]).collect();
    of_employers(&mut desk, &employers);
    let planted = (1..=1 + dice.below(3)).map(|n| RoomRow {
        rows: i64::try_from(1 + dice.below(7)).unwrap(),
        columns: i64::try_from(1 + dice.below(7)).unwrap(),
        door: [Some(DoorSide::Left), Some(DoorSide::Right), None][dice.below(3)],
        ..room(&desk, 1, i64::try_from(n).unwrap())
    });
    let rooms = planted.collect();
    desk.does(&Plant { venues: vec![venue(&desk, 1, None)], rooms, ..Plant::default() });
    desk
}

#[test]
fn the_report_is_what_an_independent_look_finds() {
    let mut dice = Dice(11);
    for seed in 0..40 {
        let mut desk = world(&mut dice);
        let done = desk.does(&Arrange { seed });
        let found = pairs(&desk);
        assert_eq!(told(&desk), found, "world {seed}");
        assert_eq!(done.together, found.len(), "world {seed}");
        // Whatever is moved by hand afterwards is seen too.
        let (one, rooms) = (placements(&desk)[0].clone(), rooms(&desk));
        let taken: Vec<_> = placements(&desk).iter().map(|p| (p.room, p.seat)).collect();
        let free = (1..=rooms[0].rows * rooms[0].columns).find(|seat| !taken.contains(&(rooms[0].number, *seat)));
        if let Some(seat) = free {
            desk.does(&PutByHand { application: one.application, room: rooms[0].number, seat });
            assert_eq!(told(&desk), pairs(&desk), "world {seed} after a move");
        }
    }
}

/// A world that has a solution: four units, each in its own class of seats of which no two are neighbours.
#[test]
fn what_can_be_solved_is_solved_in_ninety_nine_of_a_hundred_seeds() {
    let solved = (0..100u64).filter(|seed| {
        let mut desk = open("nmg-2023", "");
        let mut dice = Dice(*seed);
        let sizes = [(9, 9, 6, 6), (18, 18, 12, 12), (8, 9, 6, 7)][dice.below(3)];
        let all = [("甲", sizes.0), ("乙", sizes.1), ("丙", sizes.2), ("丁", sizes.3)];
        let employers: Vec<&str> = all.iter().flat_map(|(name, count)| vec![*name; *count]).collect();
        of_employers(&mut desk, &employers);
        desk.does(&Arrange { seed: *seed }).together == 0
    });
    let solved = solved.count();
    println!("solved without colleagues beside one another: {solved} of 100 seeds");
    assert!(solved >= 99, "{solved} of 100");
}

#[test]
fn the_same_seed_gives_the_same_seats_and_another_gives_others() {
    let seats = |seed| {
        let mut desk = open("nmg-2023", "");
        of_employers(&mut desk, &["甲", "乙", "丙", "丁", "戊"].repeat(9));
        desk.does(&Arrange { seed });
        placements(&desk)
    };
    assert_eq!(seats(5), seats(5));
    assert_ne!(seats(5), seats(6));
}

#[test]
fn who_was_moved_by_hand_is_told_as_such() {
    let mut desk = open("nmg-2023", "");
    of_employers(&mut desk, &["甲", "乙", "丙", "丁"].repeat(5));
    desk.does(&Arrange { seed: 1 });
    let of_one: Vec<ApplicationId> =
        applications(&desk).iter().filter(|a| a.employer.as_deref() == Some("甲")).map(|a| a.id).collect();
    desk.does(&PutByHand { application: of_one[0], room: 1, seat: 29 });
    desk.does(&PutByHand { application: of_one[1], room: 1, seat: 30 });
    let report = check(&desk.site).unwrap();
    assert!(report.colleagues.iter().any(|p| (p.one.seat, p.other.seat) == (29, 30) && p.reason == Reason::ByHand));
}
