//! The core alone: import, fees, seats, undo, search, through the one door.
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::OpNo;
use kaowu::ops::applications::RecordFee;
use kaowu::ops::history::{self, Undo};
use kaowu::ops::search;
use kaowu::ops::seating::Arrange;

#[test]
fn the_same_seed_gives_the_same_seats_and_undo_takes_them_back() {
    let mut desk = Desk::with_batch();
    desk.people(65);
    desk.reviewed();
    desk.does(&RecordFee::All);
    let first = desk.does(&Arrange { seed: 7 });
    assert_eq!((first.people, first.rooms), (65, 3));
    let seat = |desk: &Desk| {
        search::candidates(&desk.site, None, "2315060101")
            .unwrap()
            .iter()
            .map(|c| (c.application, c.ticket.clone()))
            .collect::<Vec<_>>()
    };
    let before = seat(&desk);
    assert!(!before.is_empty());
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "换种子".into() });
    assert!(seat(&desk).is_empty());
    desk.does(&Arrange { seed: 7 });
    assert_eq!(seat(&desk), before);
}

#[test]
fn an_undo_without_a_reason_or_of_a_used_row_is_refused() {
    let mut desk = Desk::seated(5);
    assert_eq!(desk.refused(&Undo { op: OpNo(9), reason: " ".into() }), "history.reason_needed");
    // The import's rows are in use by seats.
    assert_eq!(desk.refused(&Undo { op: OpNo(9), reason: "x".into() }), "history.changed_since");
    assert_eq!(desk.refused(&Undo { op: OpNo(99), reason: "x".into() }), "history.unknown_operation");
}

#[test]
fn a_screen_opens() {
    let mut screen = Screen::open(Desk::seated(3), "history");
    screen.sees("测试考点").press("f1").sees("帮助").press("esc").press("q");
    assert!(screen.has_quit());
}

#[test]
fn the_program_runs() {
    let shell = Shell::with_batch();
    assert_eq!(shell.run("batch list --json").done().json()[0]["code"], "nmg-2023");
    assert_eq!(shell.run("batch open --policy nmg-2023").status, 1);
}
