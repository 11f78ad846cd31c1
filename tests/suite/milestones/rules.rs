//! What stands on the board, and what may be said about it.
use crate::harness::{Desk, PlantMarks};
use kaowu::model::{Day, Mark, Points, Stamp, Subject};
use kaowu::ops::applications::RecordFee;
use kaowu::ops::milestones::*;
use kaowu::ops::seating::Arrange;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn item(desk: &Desk, today: &str, code: &str) -> Item {
    let board = board(&desk.site, Some(day(today))).unwrap();
    let found = board.items.iter().find(|i| i.code == code).cloned();
    found.unwrap_or_else(|| panic!("no {code}: {board:?}"))
}

fn mark(code: &str) -> MarkDone {
    MarkDone { code: code.into(), on: None, by: None, note: Some("已交".into()) }
}

fn on_day(desk: &Desk, text: &str) {
    desk.clock().set(Stamp::parse(&format!("{text}T09:00:00+08:00")).unwrap());
}

/// S1-33: arrangement is due on 10-06; it is done when everybody has a seat, on the day and by the person of the journal.
#[test]
fn arrangement_is_done_when_everybody_is_seated() {
    let mut desk = Desk::with_batch();
    on_day(&desk, "2023-10-05");
    desk.people(12);
    desk.reviewed();
    desk.does(&RecordFee::All);
    let before = item(&desk, "2023-10-05", "deadline.arrangement");
    assert_eq!((before.due, before.standing), (Some(day("2023-10-06")), Standing::Due));
    assert_eq!((before.share, before.working_days_left), (Some(Share { done: 0, all: 12 }), Some(0)));
    assert_eq!(item(&desk, "2023-10-07", "deadline.arrangement").standing, Standing::Late);
    assert_eq!(desk.refused(&mark("arrangement")), "milestone.incomplete");
    desk.does(&Arrange { seed: 1 });
    let after = item(&desk, "2023-10-07", "deadline.arrangement");
    assert_eq!(after.standing, Standing::Done);
    assert_eq!((after.done_on, after.done_by.as_deref()), (Some(day("2023-10-05")), Some("coordinator")));
    // Somebody who applies afterwards has no seat: it is not done any more.
    desk.does(&MarkDone { by: Some("协办单位".into()), ..mark("arrangement") });
    assert_eq!(item(&desk, "2023-10-07", "deadline.arrangement").done_by.as_deref(), Some("协办单位"));
    let codes = desk.site.codes().unwrap();
    desk.sheet(&kaowu::ops::demo::people::rows(&codes, 1, 13).split_off(12));
    desk.reviewed();
    let again = item(&desk, "2023-10-07", "deadline.arrangement");
    assert_eq!((again.standing, again.share), (Standing::Late, Some(Share { done: 12, all: 13 })));
}

/// S1-34: the handbook goes in five working days before the exam; somebody says when, and can be wrong.
#[test]
fn the_handbook_is_marked_by_hand_and_taken_back() {
    let mut desk = Desk::with_batch();
    on_day(&desk, "2023-10-10");
    let late = item(&desk, "2023-10-10", "deadline.handbook");
    assert_eq!((late.due, late.standing, late.working_days_left), (Some(day("2023-10-09")), Standing::Late, Some(-1)));
    assert_eq!(desk.refused(&MarkDone { on: Some(day("2023-10-11")), ..mark("handbook") }), "milestone.in_future");
    let done = desk.does(&MarkDone { on: Some(day("2023-10-08")), ..mark("deadline.handbook") });
    assert_eq!((done.standing, done.late_by, done.note.as_deref()), (Standing::Done, None, Some("已交")));
    assert_eq!(desk.refused(&mark("handbook")), "milestone.already_done");
    let reason = "未盖章".to_owned();
    assert_eq!(desk.refused(&TakeBack { code: "handbook".into(), reason: " ".into() }), "milestone.reason_needed");
    let back = desk.does(&TakeBack { code: "handbook".into(), reason: reason.clone() });
    assert_eq!((back.standing, back.done_on), (Standing::Late, None));
    assert_eq!(desk.refused(&TakeBack { code: "handbook".into(), reason }), "milestone.not_done");
    let done = desk.does(&mark("handbook"));
    assert_eq!((done.standing, done.late_by), (Standing::Done, Some(1)), "a day too late stays visible");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&mark("handbook")), "duty.role_needed");
}

/// S1-36: within ten working days, by 10-27; nobody says that the results went out while a part that was sat has no mark.
#[test]
fn results_are_not_out_before_every_mark_is_there() {
    let mut desk = Desk::seated(2);
    on_day(&desk, "2023-10-27");
    let before = item(&desk, "2023-10-27", "deadline.results");
    assert_eq!((before.due, before.standing), (Some(day("2023-10-27")), Standing::Due));
    assert_eq!(before.share, Some(Share { done: 0, all: 4 }));
    assert_eq!(item(&desk, "2023-10-28", "deadline.results").standing, Standing::Late);
    assert_eq!(desk.refused(&mark("results")), "milestone.incomplete");
    let people = [1, 2].map(kaowu::model::ApplicationId);
    let parts = [Subject::Theory, Subject::Practical];
    let marks = people.iter().flat_map(|p| parts.map(|s| (*p, s, Mark::Points(Points::new(7000))))).collect();
    desk.does(&PlantMarks(marks));
    assert_eq!(desk.does(&mark("results")).standing, Standing::Done);
}

/// S4-28: every date has one of the standings, in the order of the days; periods end by themselves.
#[test]
fn the_whole_board_as_of_a_day() {
    let mut desk = Desk::with_batch();
    let board = board(&desk.site, Some(day("2023-09-26"))).unwrap();
    let shown: Vec<_> = board.items.iter().map(|i| (i.code.as_str(), i.standing.code())).collect();
    let expected = [
        ("window.registration", "done"),
        ("window.payment", "due"),
        ("deadline.arrangement", "due"),
        ("deadline.handbook", "due"),
        ("exam", "not_yet"),
        ("deadline.results", "not_yet"),
    ];
    assert_eq!(shown, expected);
    assert_eq!(board.late, 0);
    assert_eq!(desk.refused(&mark("window.payment")), "milestone.by_itself");
    assert_eq!(desk.refused(&mark("nothing")), "milestone.unknown");
    let next = headline(&desk.site).unwrap().unwrap();
    assert_eq!((next.late, next.next.unwrap().code), (2, "exam".to_owned()), "10-15: both dates before it are past");
}

/// S4-27: tasks of one's own stand among the dates with their day and who sees to them.
#[test]
fn a_task_is_assigned_done_and_removed() {
    let mut desk = Desk::with_batch();
    let task = |title: &str| AddTask { title: title.into(), due: day("2023-10-13"), assignee: Some("张某".into()) };
    assert_eq!(desk.refused(&task(" ")), "milestone.no_title");
    let first = desk.does(&task("借用屏蔽仪"));
    assert_eq!((first.code.as_str(), first.assignee.as_deref()), ("task.1", Some("张某")));
    assert_eq!(first.standing, Standing::Late, "the clock stands on 10-15");
    let done = desk.does(&MarkDone { by: Some("李某".into()), ..mark("task.1") });
    assert_eq!((done.done_by.as_deref(), done.late_by), (Some("李某"), Some(0)), "only a weekend has gone by");
    let back = desk.does(&TakeBack { code: "task.1".into(), reason: "不够".into() });
    assert_eq!((back.title.as_deref(), back.done_on), (Some("借用屏蔽仪"), None));
    assert_eq!(desk.does(&task("布置考场")).code, "task.2");
    let remove = |code: &str| RemoveTask { code: code.into(), reason: "重复".into() };
    assert_eq!(desk.refused(&remove("handbook")), "milestone.not_own");
    desk.does(&remove("task.1"));
    assert_eq!(desk.refused(&mark("task.1")), "milestone.unknown");
    assert_eq!(desk.does(&task("再借")).code, "task.3", "a number that was told is not given again");
}

/// S4-31: the figures of a day do not change with what comes later, and each says what it is counted from.
#[test]
fn progress_as_of_a_day_stays_as_it_was() {
    let mut desk = Desk::with_batch();
    on_day(&desk, "2023-09-10");
    desk.people(5);
    on_day(&desk, "2023-09-26");
    desk.reviewed();
    desk.does(&RecordFee::All);
    on_day(&desk, "2023-10-05");
    desk.does(&Arrange { seed: 1 });
    let figures = |on: &str| {
        let found = progress(&desk.site, Some(day(on))).unwrap().figures;
        found.iter().map(|f| (f.code, f.count)).filter(|(_, count)| *count > 0).collect::<Vec<_>>()
    };
    assert_eq!(figures("2023-09-09"), []);
    assert_eq!(figures("2023-09-10"), [("applied", 5)]);
    assert_eq!(figures("2023-09-26"), [("applied", 5), ("reviewed", 5), ("paid", 5)]);
    let all = [("applied", 5), ("reviewed", 5), ("paid", 5), ("ticketed", 5), ("seats", 10)];
    assert_eq!(figures("2023-10-05"), all);
    let basis = |code: &str| progress(&desk.site, None).unwrap().figures.iter().find(|f| f.code == code).unwrap().basis;
    assert_eq!((basis("applied"), basis("paid")), (Basis::Journal, Basis::Rows));
    // Undone today: the day before keeps its figure.
    on_day(&desk, "2023-10-08");
    let op = kaowu::ops::history::next_undo(&desk.site).unwrap();
    desk.does(&kaowu::ops::history::Undo { op, reason: "重排".into() });
    let seats = |on: &str| progress(&desk.site, Some(day(on))).unwrap().figures[5].count;
    assert_eq!((seats("2023-10-05"), seats("2023-10-08")), (10, 0));
}
