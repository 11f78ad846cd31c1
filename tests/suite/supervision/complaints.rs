//! Complaints and their days.
use crate::harness::Desk;
use kaowu::model::{Day, Stamp};
use kaowu::ops::complaints::*;
use kaowu::ops::milestones::board;

fn day(text: &str) -> Day {
    text.parse().unwrap()
}

fn add() -> Add {
    Add {
        name: "王某".into(),
        unit: None,
        contact: "15400000000".into(),
        matter: "考场嘈杂".into(),
        against: Some("李某、coordinator".into()),
        evidence: None,
        received_on: None,
    }
}

fn on_day(desk: &Desk, text: &str) {
    desk.clock().set(Stamp::parse(&format!("{text}T09:00:00+08:00")).unwrap());
}

/// Three working days to look, seven to decide, and never by whom it is about.
#[test]
fn a_complaint_is_looked_at_and_decided_in_time_by_somebody_else() {
    let mut desk = Desk::with_batch();
    on_day(&desk, "2023-10-16");
    for (bad, code) in [
        (Add { name: " ".into(), ..add() }, "complaint.no_name"),
        (Add { contact: String::new(), ..add() }, "complaint.no_contact"),
        (Add { matter: String::new(), ..add() }, "complaint.no_matter"),
        (Add { received_on: Some(day("2023-10-17")), ..add() }, "complaint.in_future"),
    ] {
        assert_eq!(desk.refused(&bad), code);
    }
    assert_eq!(desk.does(&add()), (1, day("2023-10-19")));
    let take_up = |handler: Option<&str>| TakeUp { number: 1, handler: handler.map(str::to_owned) };
    assert_eq!(desk.refused(&take_up(Some("李某"))), "complaint.own_case");
    assert_eq!(desk.refused(&take_up(Some("张某"))), "complaint.own_case", "whoever is signed on is named too");
    assert_eq!(desk.refused(&TakeUp { number: 9, handler: None }), "complaint.unknown");
    let operator = kaowu::ops::upkeep::AddOperator {
        name: "张某".into(),
        roles: vec![kaowu::model::Role::Coordinator],
        os_user: None,
        unit: None,
        pin_hash: None,
    };
    desk.does(&operator);
    desk.sign_on("张某");
    let line = || list(&desk.site).unwrap().remove(0);
    assert_eq!((line().due, line().late, line().working_days_left), (Some(day("2023-10-19")), false, Some(3)));
    on_day(&desk, "2023-10-20");
    assert_eq!((line().late, line().working_days_left), (true, Some(-1)));
    let item = board(&desk.site, None).unwrap().items.into_iter().find(|i| i.code == "complaint.1").unwrap();
    assert_eq!((item.standing.code(), item.due), ("late", Some(day("2023-10-19"))), "it stands on the board of dates");
    assert_eq!(desk.refused(&Decide { number: 1, outcome: "属实".into() }), "complaint.not_taken_up");
    assert_eq!(desk.does(&take_up(None)), day("2023-10-31"));
    assert_eq!(desk.refused(&take_up(None)), "complaint.looked_at");
    let item = board(&desk.site, None).unwrap().items.into_iter().find(|i| i.code == "complaint.1").unwrap();
    assert_eq!((item.due, item.assignee.as_deref()), (Some(day("2023-10-31")), Some("张某")));
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&Decide { number: 1, outcome: "不属实".into() }), "complaint.own_case");
    desk.sign_on("张某");
    assert_eq!(desk.refused(&Decide { number: 1, outcome: " ".into() }), "complaint.no_outcome");
    desk.does(&Decide { number: 1, outcome: "属实，已调整考场".into() });
    let line = list(&desk.site).unwrap().remove(0);
    assert_eq!((line.due, line.late, line.complaint.outcome.as_deref()), (None, true, Some("属实，已调整考场")));
    assert!(!board(&desk.site, None).unwrap().items.iter().any(|i| i.code.starts_with("complaint")));
}

#[test]
fn a_complaint_that_is_not_taken_up_says_why() {
    let mut desk = Desk::with_batch();
    desk.does(&Add { against: None, ..add() });
    let refuse = |reason: &str| Refuse { number: 1, handler: None, reason: reason.into() };
    assert_eq!(desk.refused(&refuse(" ")), "complaint.why_refused");
    desk.does(&refuse("与考试无关"));
    let line = list(&desk.site).unwrap().remove(0);
    assert_eq!((line.late, line.complaint.handler.as_deref()), (false, Some("coordinator")));
    assert_eq!(desk.refused(&refuse("再次")), "complaint.looked_at");
}
