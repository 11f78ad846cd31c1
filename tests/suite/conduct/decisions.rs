//! Who decides, what is refused, and that taking back restores everything.
use super::world::{FIRST, as_table, attendance, confirmed, lift, marked, milder, report, reported, room};
use kaowu::model::{AttendanceState, IncidentId, Mark, Subject};
use kaowu::ops::conduct::{self, Decide, Lift, Outcome, Report, Verdict, incidents};
use kaowu::ops::history::{Undo, next_undo};
use kaowu::ops::results::{Filter, outcomes};
use kaowu::ops::{IncidentState, sanctions};

fn dismiss(incident: IncidentId, reason: &str) -> Decide {
    Decide { incident, verdict: Verdict::Dismiss, reason: reason.into() }
}

#[test]
fn whoever_reported_does_not_decide() {
    let mut desk = room(1, "assessment");
    let op = report(&desk, "A2-1");
    let number = desk.sign_on("coordinator").does(&op).number;
    assert_eq!(desk.refused(&as_table(number)), "conduct.own_report");
    assert_eq!(desk.sign_on("proctor").refused(&as_table(number)), "duty.role_needed");
    let done = desk.sign_on("chief").does(&as_table(number));
    assert_eq!(done.outcome, Some(Outcome::SubjectVoid));
    let one = conduct::one(&desk.site, number).unwrap();
    assert_eq!((one.state, one.decided_by.as_deref()), (IncidentState::Confirmed, Some("chief")));
    assert_eq!(desk.refused(&as_table(number)), "conduct.already_decided");
}

#[test]
fn a_milder_outcome_wants_a_reason_and_a_harder_one_is_refused() {
    let mut desk = room(1, "assessment");
    let number = reported(&mut desk, "A3-1");
    assert_eq!(desk.refused(&milder(number, Outcome::SubjectVoid, " ")), "conduct.milder_reason");
    assert_eq!(desk.refused(&milder(number, Outcome::AllVoidFive, "从重")), "conduct.too_harsh");
    assert_eq!(desk.refused(&milder(number, Outcome::Zero, "从轻")), "conduct.not_in_table");
    assert_eq!(desk.refused(&as_table(IncidentId(9))), "conduct.unknown");
    let done = desk.does(&milder(number, Outcome::SubjectVoid, "未使用，主动交出"));
    assert_eq!(done.parts.len(), 1);
    assert_eq!(done.sanction, None);
}

#[test]
fn a_dismissal_says_why_and_changes_nothing() {
    let mut desk = room(1, "assessment");
    marked(&mut desk, 1, "80");
    let number = reported(&mut desk, "A2-1");
    assert_eq!(desk.refused(&dismiss(number, "")), "conduct.dismiss_reason");
    let done = desk.does(&dismiss(number, "误会，为草稿纸"));
    assert!(done.outcome.is_none() && done.parts.is_empty() && !done.removed);
    assert_eq!(attendance(&desk), Some(AttendanceState::Present));
    assert_eq!(conduct::one(&desk.site, number).unwrap().state, IncidentState::Dismissed);
}

#[test]
fn nobody_in_particular_can_only_be_dismissed() {
    let mut desk = room(1, "assessment");
    let room = kaowu::ops::checkin::seated(&desk.site, report(&desk, "A1-4").session, FIRST).unwrap().unwrap().room;
    let op = Report { room: Some(room), application: None, ..report(&desk, "A1-4") };
    let number = desk.sign_on("proctor").does(&op).number;
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&as_table(number)), "conduct.nobody");
    assert_eq!(desk.does(&dismiss(number, "场外噪声")).name, None);
}

/// Marks, seat and bar are as before, the marks as given were never touched, and the incident can be decided anew.
#[test]
fn taking_back_restores_everything() {
    let mut desk = room(2, "professional");
    marked(&mut desk, 2, "80");
    let before = outcomes(&desk.site, &Filter::default()).unwrap();
    let done = confirmed(&mut desk, "7-5");
    assert!(done.removed);
    assert_ne!(outcomes(&desk.site, &Filter::default()).unwrap(), before);
    assert_eq!(attendance(&desk), Some(AttendanceState::Misconduct));
    assert!(!sanctions::register(&desk.site).unwrap()[0].lifted);
    assert_eq!(desk.refused(&Lift { incident: done.number, reason: " ".into() }), "conduct.lift_reason");
    let undo = Undo { op: next_undo(&desk.site).unwrap(), reason: "改判".into() };
    assert_eq!(desk.refused(&undo), "history.not_undoable");
    let back = desk.does(&lift(done.number));
    assert!(back.readmitted && back.unbarred);
    assert!(back.parts.contains(&Subject::Theory) && back.parts.contains(&Subject::Practical));
    assert_eq!(outcomes(&desk.site, &Filter::default()).unwrap(), before);
    assert_eq!(attendance(&desk), Some(AttendanceState::Present));
    assert!(sanctions::register(&desk.site).unwrap()[0].lifted);
    let one = incidents(&desk.site).unwrap().remove(0);
    assert_eq!((one.state, one.outcome, one.decision, one.sanction), (IncidentState::Reported, None, None, None));
    assert_eq!(desk.refused(&lift(done.number)), "conduct.not_decided");
    let again = desk.does(&milder(done.number, Outcome::SubjectVoid, "从轻"));
    assert_eq!(again.parts.len(), 1);
    assert_eq!(again.parts[0].before, Some(Mark::parse("80").unwrap()));
}

#[test]
fn undecided_ones_stand_on_top() {
    let mut desk = room(2, "assessment");
    let first = confirmed(&mut desk, "A2-1").number;
    let second = reported(&mut desk, "A2-2");
    desk.at("09:20");
    let later = Report { at: super::world::time("09:15"), ..report(&desk, "A2-3") };
    let third = desk.sign_on("proctor").does(&later).number;
    desk.sign_on("coordinator").does(&as_table(third));
    let order: Vec<_> = incidents(&desk.site).unwrap().into_iter().map(|i| i.number).collect();
    assert_eq!(order, [second, third, first]);
}
