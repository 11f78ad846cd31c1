//! What a typist must not see before a mark is settled: not in any read, not in the journal.
use super::{FIRST, differing, meant, points, settle, theory};
use crate::harness::Desk;
use kaowu::model::OpNo;
use kaowu::ops::entry::{self, Action, Slot};
use kaowu::ops::history::{self, Undo, next_undo};

const EVERYBODY: [&str; 5] = ["typist-a", "typist-b", "typist-c", "coordinator", "auditor"];

/// Who may look at an operation's content.
fn lookers(desk: &mut Desk, op: OpNo) -> Vec<&'static str> {
    let mut may = |name: &&'static str| entry::may_show_op(&desk.sign_on(name).site, op).unwrap();
    EVERYBODY.into_iter().filter(&mut may).collect()
}

/// All that the reading functions give the signed-on operator, as text.
fn everything(desk: &Desk) -> String {
    let piles = entry::piles(&desk.site).unwrap();
    let papers: Vec<_> = piles.iter().map(|p| entry::pile(&desk.site, p).unwrap()).collect();
    let standing = entry::standing(&desk.site, FIRST).unwrap();
    format!("{piles:?} {papers:?} {standing:?} {:?}", entry::differences(&desk.site))
}

#[test]
fn a_first_entry_is_its_typists_alone() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("77.5")));
    let op = next_undo(&desk.site).unwrap();
    assert!(everything(&desk).contains("7750"));
    assert_eq!(lookers(&mut desk, op), ["typist-a"]);
    for name in ["typist-b", "coordinator", "auditor"] {
        assert!(!everything(desk.sign_on(name)).contains("7750"), "{name}");
    }
}

#[test]
fn different_entries_are_seen_side_by_side_by_the_coordinator_only() {
    let mut desk = differing("77.5", "66.5");
    let second = OpNo(entry_op(&mut desk, "typist-b"));
    // The second operation touched the first entry's row too: its images hold the other value.
    assert_eq!(lookers(&mut desk, second), ["coordinator"]);
    assert!(everything(desk.sign_on("coordinator")).contains("6650"));
    let seen = everything(desk.sign_on("typist-b"));
    assert!(seen.contains("6650") && !seen.contains("7750"));
    let seen = everything(desk.sign_on("typist-c"));
    assert!(!seen.contains("6650") && !seen.contains("7750"));
}

fn entry_op(desk: &mut Desk, who: &str) -> i64 {
    next_undo(&desk.sign_on(who).site).unwrap().0
}

#[test]
fn once_settled_everybody_may_look() {
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&theory(FIRST, points("80")));
    let first = next_undo(&desk.site).unwrap();
    desk.sign_on("typist-b").does(&theory(FIRST, points("80")));
    assert_eq!(lookers(&mut desk, first), EVERYBODY);
    // An undone second entry closes it again, and the undo itself tells nothing either.
    let second = next_undo(&desk.sign_on("typist-b").site).unwrap();
    let undo = desk.sign_on("coordinator").try_to(&Undo { op: second, reason: "x".into() }).unwrap().op.unwrap();
    assert_eq!(lookers(&mut desk, first), ["typist-a"]);
    assert_eq!(lookers(&mut desk, second), [""; 0]);
    assert_eq!(lookers(&mut desk, undo), [""; 0]);
}

#[test]
fn settling_and_undone_entries_tell_nothing() {
    let mut desk = differing("77.5", "66.5");
    desk.does(&settle(Action::Keep(Slot::First)));
    let kept = next_undo(&desk.site).unwrap();
    assert_eq!(lookers(&mut desk, kept), [""; 0]);
    let mut desk = Desk::seated(3);
    desk.sign_on("typist-a").does(&meant(FIRST, points("5"), &["mark.low"]));
    let op = next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "x".into() });
    assert_eq!(lookers(&mut desk, op), ["typist-a"]);
    // Anything else is open to all.
    assert_eq!(lookers(&mut desk, OpNo(1)), EVERYBODY);
}

/// The journal's own page keeps to it as well.
#[test]
fn the_journals_page_hides_what_is_blind() {
    let mut desk = differing("77.5", "66.5");
    let second = OpNo(entry_op(&mut desk, "typist-b"));
    assert!(history::detail(&desk.site, second).unwrap().hidden);
    assert!(!history::detail(&desk.sign_on("coordinator").site, second).unwrap().hidden);
    assert!(history::detail(&desk.sign_on("auditor").site, second).unwrap().hidden);
}
