//! How bags and typists do: counts and times, never a value.
use super::{bag, claim, meant, points, settle, theory};
use crate::harness::Desk;
use kaowu::ops::entry::{self, Action, Settle, Slot};

fn line(desk: &Desk, who: &str) -> entry::TypistProgress {
    entry::typist_progress(&desk.site).unwrap().into_iter().find(|t| t.operator == who).unwrap()
}

#[test]
fn a_typists_pace_and_slips_are_counted_from_what_was_decided() {
    let mut desk = Desk::seated(12);
    let papers = bag(&desk).1;
    for who in ["typist-a", "typist-b"] {
        desk.sign_on(who);
        for (n, paper) in papers.iter().enumerate() {
            desk.at(&format!("09:{:02}", n * 2));
            let mark = if who == "typist-b" && n < 2 { "66.5" } else { "77.5" };
            desk.does(&theory(paper.application, points(mark)));
        }
    }
    let seen = line(&desk, "typist-b").report.all;
    let settled = papers.len() as i64 - 2;
    assert_eq!((seen.entries, seen.per_hour, seen.pairs, seen.against), (settled + 2, Some(30), settled, 0));
    // One of typist-b's is discarded, one comes back and is changed; typist-a was right both times.
    desk.sign_on("coordinator");
    let on = |n: usize, action| Settle { application: papers[n].application, ..settle(action) };
    desk.does(&on(0, Action::Keep(Slot::First)));
    desk.does(&on(1, Action::SendBack(Slot::Second)));
    desk.sign_on("typist-b").does(&theory(papers[1].application, points("77.5")));
    desk.sign_on("coordinator");
    let slips = line(&desk, "typist-b");
    assert_eq!((slips.report.all.against, slips.discarded), (2, 1));
    assert_eq!(line(&desk, "typist-a").report.all.against, 0);
    assert_eq!(slips.report.all.against_permille, Some(2000 / papers.len() as i64));
}

/// What went back and was confirmed was no slip.
#[test]
fn an_entry_that_came_back_and_stayed_the_same_counts_for_its_typist() {
    let mut desk = super::differing("80", "81");
    desk.does(&settle(Action::SendBack(Slot::First)));
    desk.sign_on("typist-a").does(&theory(super::FIRST, points("80")));
    desk.sign_on("coordinator").does(&settle(Action::SendBack(Slot::Second)));
    desk.sign_on("typist-b").does(&theory(super::FIRST, points("80")));
    desk.sign_on("coordinator");
    assert_eq!(line(&desk, "typist-a").report.all.against, 0);
    assert_eq!(line(&desk, "typist-b").report.all.against, 1);
}

#[test]
fn typists_see_their_own_line_and_nobody_sees_a_value() {
    let mut desk = Desk::seated(3);
    let (first, papers) = (claim(&desk, Slot::First), bag(&desk).1);
    desk.sign_on("typist-a").does(&first);
    desk.does(&meant(papers[0].application, points("13.5"), &["mark.low"]));
    desk.sign_on("typist-b").does(&theory(papers[0].application, points("93.5")));
    let everybody = ["typist-a", "typist-b", "typist-c", "coordinator", "auditor"];
    let lines = everybody.map(|who| {
        let desk = desk.sign_on(who);
        let typists = entry::typist_progress(&desk.site).unwrap();
        let bags = entry::bag_progress(&desk.site).unwrap();
        let all = format!("{} {}", serde_json::to_string(&typists).unwrap(), serde_json::to_string(&bags).unwrap());
        assert!(["13.5", "1350", "93.5", "9350"].iter().all(|value| !all.contains(value)), "{who}: {all}");
        assert_eq!(bags[0].claims[0].operator, "typist-a");
        typists.len()
    });
    assert_eq!(lines, [1, 1, 0, 2, 2]);
}
