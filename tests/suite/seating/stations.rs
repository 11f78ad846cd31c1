//! Hands-on sessions: stations, used round by round.
use super::world::*;
use kaowu::model::RoomKind;
use kaowu::ops::RoomRow;
use kaowu::ops::seating::{Arrange, check, turn};
use std::collections::BTreeMap;

const HANDS_ON: &str = "[subjects]\npractical = \"hands_on\"\n";

/// S0-36: an open-ended session; each has a station and a turn.
#[test]
fn stations_are_used_round_by_round() {
    let mut desk = open("wushen-2024", HANDS_ON);
    strangers(&mut desk, 20);
    let stations =
        |number, rounds| RoomRow { kind: RoomKind::Stations, rows: 2, columns: 3, rounds, ..room(&desk, 1, number) };
    let (venues, rooms) = (vec![venue(&desk, 1, None)], vec![room(&desk, 1, 1), stations(2, 2), stations(3, 2)]);
    desk.does(&Plant { venues, rooms, ..Plant::default() });
    let done = desk.does(&Arrange { seed: 9 });
    assert_eq!((done.people, done.no_place, done.rooms), (20, 0, 0));
    let hands_on = sessions(&desk)[2].clone();
    assert_eq!((hands_on.code.as_str(), hands_on.ends_at), ("practical-hands-on", None));
    let mut rounds: BTreeMap<(i64, u16), Vec<u16>> = BTreeMap::new();
    for p in placements(&desk).iter().filter(|p| p.session == hands_on.id) {
        let turn = turn(u16::try_from(p.seat).unwrap(), 6).unwrap();
        rounds.entry((p.room, turn.round)).or_default().push(turn.station);
    }
    let full = vec![1, 2, 3, 4, 5, 6];
    let expected = [((2, 1), full.clone()), ((2, 2), full.clone()), ((3, 1), full), ((3, 2), vec![1, 2])];
    assert_eq!(rounds, BTreeMap::from(expected), "everybody's first round before anybody's second");
    let theory = sessions(&desk)[0].id;
    assert!(placements(&desk).iter().filter(|p| p.session == theory).all(|p| p.room == 1));
    assert!(check(&desk.site).unwrap().is_clean());
    // Nobody sits the written practical part.
    let written = sessions(&desk)[1].id;
    assert_eq!(placements(&desk).iter().filter(|p| p.session == written).count(), 0);
}

/// Too few stations: the rest wait and are told for that session alone.
#[test]
fn who_finds_no_station_keeps_the_seat_in_theory() {
    let mut desk = open("wushen-2024", HANDS_ON);
    strangers(&mut desk, 8);
    let stations = RoomRow { kind: RoomKind::Stations, rows: 1, columns: 6, ..room(&desk, 1, 2) };
    desk.does(&Plant {
        venues: vec![venue(&desk, 1, None)],
        rooms: vec![room(&desk, 1, 1), stations],
        ..Plant::default()
    });
    let done = desk.does(&Arrange { seed: 9 });
    assert_eq!((done.people, done.no_place), (8, 2));
    let report = check(&desk.site).unwrap();
    assert_eq!(report.unseated.iter().map(|u| u.sessions.join(" ")).collect::<Vec<_>>(), ["practical-hands-on"; 2]);
    assert_eq!(tickets(&desk).len(), 8);
    // A second room of stations takes them; nobody gets another ticket.
    let before = tickets(&desk);
    let more = RoomRow { kind: RoomKind::Stations, rows: 1, columns: 6, ..room(&desk, 1, 3) };
    desk.does(&Plant { rooms: vec![more], ..Plant::default() });
    assert_eq!(desk.does(&Arrange { seed: 9 }).people, 2);
    assert_eq!(tickets(&desk), before);
    assert!(check(&desk.site).unwrap().is_clean());
}
