//! Control totals: what the cover of a bag says against its marks.
use super::{bag, points, seated_with, theory};
use crate::harness::Desk;
use kaowu::model::{Mark, Points};
use kaowu::ops::entry::{self, AcceptControl, Control, ControlState};
use kaowu::ops::marks::{self, Lock, Obstacle, Place};

fn cover(desk: &Desk, papers: i64, total: &str) -> Control {
    let (pile, _) = bag(desk);
    Control { session: pile.session, room: pile.room, papers, total: Points::parse(total).unwrap() }
}

fn accept(desk: &Desk, reason: &str) -> AcceptControl {
    let (pile, _) = bag(desk);
    AcceptControl { session: pile.session, room: pile.room, reason: reason.into() }
}

fn seen(desk: &Desk) -> entry::ControlSeen {
    let (pile, _) = bag(desk);
    entry::control(&desk.site, pile.session, pile.room).unwrap()
}

/// Both entries of every paper of the bag; the last candidate was absent.
fn settle_bag(desk: &mut Desk) -> (i64, i64) {
    let papers = bag(desk).1;
    let last = papers.len() - 1;
    for who in ["typist-a", "typist-b"] {
        desk.sign_on(who);
        for (n, paper) in papers.iter().enumerate() {
            let mark = if n == last { Mark::Absent } else { points("80.5") };
            desk.does(&theory(paper.application, mark));
        }
    }
    let with_points = i64::try_from(last).unwrap();
    (with_points, with_points * 8050)
}

#[test]
fn a_difference_is_told_and_accepted_by_a_coordinator() {
    let mut desk = seated_with("control_totals = \"required\"", 4);
    let (papers, total) = settle_bag(&mut desk);
    let wrong = cover(&desk, papers, &Points::new(i32::try_from(total - 50).unwrap()).to_string());
    desk.does(&wrong);
    let told = seen(&desk);
    assert_eq!(told.state, ControlState::Differs);
    assert_eq!((told.settled.unwrap().papers, told.settled.unwrap().total.hundredths()), (papers, total as i32));
    let (none, why) = (accept(&desk, " "), accept(&desk, "袋面合计有误"));
    assert_eq!(desk.refused(&why), "duty.role_needed");
    assert_eq!(desk.sign_on("coordinator").refused(&none), "entry.control_reason");
    assert_eq!(desk.does(&why).difference(), 50);
    assert_eq!((seen(&desk).state, seen(&desk).accepted_by.as_deref()), (ControlState::Accepted, Some("coordinator")));
    // Another cover is another difference.
    let right = cover(&desk, papers, &Points::new(i32::try_from(total).unwrap()).to_string());
    desk.does(&right);
    assert_eq!(seen(&desk).state, ControlState::Fits);
    assert_eq!(desk.refused(&why), "entry.control_fits");
}

/// What the settled marks come to is told only when none is missing; till then a typist has their own sum.
#[test]
fn the_cover_tells_a_second_typist_nothing_of_the_first_entries() {
    let mut desk = seated_with("", 4);
    let papers = bag(&desk).1;
    for paper in &papers {
        desk.sign_on("typist-a").does(&theory(paper.application, points("77.5")));
    }
    let cover = cover(&desk, papers.len() as i64, "300");
    desk.does(&cover);
    desk.sign_on("typist-b").does(&theory(papers[0].application, points("77.5")));
    let told = seen(&desk);
    assert_eq!((told.state, told.settled), (ControlState::Waits, None));
    assert_eq!((told.mine.papers, told.mine.total), (1, Points::new(7750)));
    desk.sign_on("typist-c");
    assert_eq!(seen(&desk).mine, entry::Figures { papers: 0, total: Points::ZERO });
    let accept = accept(&desk, "x");
    assert_eq!(desk.sign_on("coordinator").refused(&accept), "entry.bag_not_settled");
}

/// What keeps the theory session of one room from being locked, once every mark is settled.
fn in_the_way(desk: &Desk) -> Option<Obstacle> {
    let session = bag(desk).0.session;
    let all = marks::sessions(&desk.site).unwrap().into_iter().find(|s| s.id == session).unwrap().obstacles;
    assert!(all.len() <= 1, "{all:?}");
    all.into_iter().next()
}

#[test]
fn a_missing_or_differing_cover_keeps_the_session_open_and_a_locked_one_is_claimed_by_nobody() {
    let mut desk = seated_with("control_totals = \"required\"", 4);
    let (papers, total) = settle_bag(&mut desk);
    let (lock, claim) = (Lock { session: bag(&desk).0.session }, super::claim(&desk, entry::Slot::Third));
    assert!(matches!(in_the_way(&desk), Some(Obstacle::NoTotal { place: Place::Room(_) })));
    assert_eq!(desk.sign_on("coordinator").refused(&lock), "marks.in_the_way");
    let wrong = cover(&desk, papers, &Points::new(i32::try_from(total - 50).unwrap()).to_string());
    desk.does(&wrong);
    assert!(matches!(in_the_way(&desk), Some(Obstacle::TotalDiffers { .. })));
    assert_eq!(desk.refused(&lock), "marks.in_the_way");
    let why = accept(&desk, "袋面合计有误");
    desk.does(&why);
    desk.does(&lock);
    assert_eq!(desk.sign_on("typist-c").refused(&claim), "marks.locked");
}

/// A cover that nobody asks for is held against the marks all the same.
#[test]
fn an_optional_cover_may_be_missing_and_may_not_be_wrong() {
    let mut desk = seated_with("", 4);
    let (papers, total) = settle_bag(&mut desk);
    assert_eq!(in_the_way(&desk), None);
    let wrong = cover(&desk, papers, &Points::new(i32::try_from(total - 50).unwrap()).to_string());
    desk.does(&wrong);
    assert!(matches!(in_the_way(&desk), Some(Obstacle::TotalDiffers { .. })));
    let lock = Lock { session: bag(&desk).0.session };
    assert_eq!(desk.sign_on("coordinator").refused(&lock), "marks.in_the_way");
}

#[test]
fn impossible_covers_are_refused() {
    let mut desk = seated_with("", 3);
    let (few, none) = (cover(&desk, 2, "200.5"), cover(&desk, -1, "0"));
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&few), "entry.bad_control");
    assert_eq!(desk.refused(&none), "entry.bad_control");
    let accept = accept(&desk, "x");
    assert_eq!(desk.sign_on("coordinator").refused(&accept), "entry.no_control");
}
