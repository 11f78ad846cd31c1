//! Objections and re-checks: taken down with their days, decided by another person, and what follows.
use super::*;
use kaowu::model::{MarkChangeId, RecheckScope};
use kaowu::ops::marks::{AskChange, DecideChange, Verdict};
use kaowu::ops::publicity::{
    Decide, Finding, Object, Query, Recheck, Said, Stage, Stop, TakeBack, gate, objection, objections,
};
use kaowu::ops::{applications, results};

/// A locked mark changed by two.
pub fn change(desk: &mut Desk, application: ApplicationId, to: &str) {
    let subject = Subject::Theory;
    let asked = desk.does(&AskChange { application, subject, mark: points(to), reason: "漏加".into() });
    approve(desk, asked.0);
}

fn approve(desk: &mut Desk, change: MarkChangeId) {
    desk.sign_on("score-manager").does(&DecideChange { change, verdict: Verdict::Approve, note: String::new() });
    desk.sign_on("coordinator");
}

fn said(by: Option<&str>) -> Said {
    Said { raised_by: by.map(str::to_owned), contact: Some("15400000000".into()), matter: "请查".into(), late: None }
}

fn recheck(scope: RecheckScope) -> Recheck {
    Recheck { application: FIRST, subject: Subject::Theory, scope, said: said(None) }
}

fn decide(number: i64, finding: Finding, mark: Option<&str>) -> Decide {
    Decide { number, finding, words: "与原卷核对".into(), mark: mark.map(points) }
}

fn held(desk: &Desk, who: ApplicationId) -> Option<Stop> {
    gate(&desk.site).unwrap().held(who).cloned()
}

fn theory(desk: &Desk) -> String {
    let all = results::outcomes(&desk.site, &results::Filter::default()).unwrap();
    let row = all.into_iter().find(|r| r.application == FIRST).unwrap();
    match row.theory {
        results::Standing::Points(points) => points.to_string(),
        other => format!("{other:?}"),
    }
}

#[test]
fn an_unfounded_recheck_leaves_the_mark_as_it_was() {
    let mut desk = published(3, "59");
    let taken = desk.does(&recheck(RecheckScope::Addition));
    // Ten working days after the Sunday.
    assert_eq!(taken.decide_by.to_string(), "2023-10-27");
    assert_eq!(held(&desk, FIRST), Some(Stop::Recheck { number: 1 }));
    assert_eq!(held(&desk, SECOND), None, "nobody else waits");
    assert_eq!(desk.refused(&recheck(RecheckScope::Addition)), "objection.already_open");
    assert_eq!(desk.sign_on("another").refused(&decide(1, Finding::Unfounded, Some("60"))), "objection.no_mark_here");
    let done = desk.does(&decide(1, Finding::Unfounded, None));
    assert_eq!((done.founded, done.change), (false, None));
    assert_eq!((theory(&desk).as_str(), held(&desk, FIRST)), ("59", None));
    assert_eq!(desk.refused(&decide(1, Finding::Founded, Some("60"))), "objection.decided");
    assert_eq!(objection(&desk.site, 1).unwrap().stage, Stage::Unfounded);
}

#[test]
fn a_founded_recheck_goes_through_the_change_by_two_and_a_correction() {
    let mut desk = published(3, "59");
    desk.does(&recheck(RecheckScope::Omission));
    desk.sign_on("score-manager");
    assert_eq!(desk.refused(&decide(1, Finding::Founded, None)), "objection.mark_needed");
    let done = desk.does(&decide(1, Finding::Founded, Some("61")));
    let number = done.change.unwrap();
    assert_eq!(theory(&desk), "59", "nothing changes before another agrees");
    assert_eq!(held(&desk, FIRST), Some(Stop::ChangeWaits { number }));
    assert_eq!(objection(&desk.site, 1).unwrap().stage, Stage::ChangeWaits);
    // Whoever found it asked for the change, and does not approve it.
    let yes = DecideChange { change: number, verdict: Verdict::Approve, note: String::new() };
    assert_eq!(desk.refused(&yes), "marks.own_request");
    desk.sign_on("score-manager-b").does(&yes);
    desk.sign_on("coordinator");
    assert_eq!((theory(&desk).as_str(), held(&desk, FIRST)), ("61", None));
    let person = applications::by_id(&desk.site, FIRST).unwrap();
    let query = Query { name: person.name, id_number: person.id_number };
    assert_eq!(desk.does(&query).unwrap().results[0].theory, "59", "the list stays as it is until it is corrected");
    desk.does(&Compute::default());
    assert_eq!(publish(&mut desk).corrects, Some(1));
    assert_eq!(desk.does(&query).unwrap().results[0].theory, "61");
}

/// A change that the second person refuses brings the case back to whoever decides it.
#[test]
fn a_refused_change_is_decided_anew() {
    let mut desk = published(2, "59");
    desk.does(&recheck(RecheckScope::Transfer));
    let change = desk.sign_on("another").does(&decide(1, Finding::Founded, Some("99"))).change.unwrap();
    desk.sign_on("score-manager").does(&DecideChange { change, verdict: Verdict::Refuse, note: "卷面不是".into() });
    assert_eq!(objection(&desk.site, 1).unwrap().stage, Stage::ChangeFailed);
    assert_eq!(held(&desk, FIRST), Some(Stop::Recheck { number: 1 }));
    assert!(desk.sign_on("another").does(&decide(1, Finding::Founded, Some("61"))).change.unwrap() > change);
}

#[test]
fn another_person_handles_it() {
    let mut desk = published(2, "59");
    desk.does(&recheck(RecheckScope::Addition));
    assert_eq!(desk.refused(&decide(1, Finding::Unfounded, None)), "objection.took_it_down");
    assert_eq!(desk.signed("typist-a").refused(&decide(1, Finding::Unfounded, None)), "duty.either_role_needed");
    let mut desk = published(2, "59");
    let by = said(Some("another"));
    desk.does(&Object { application: FIRST, said: by });
    assert_eq!(desk.sign_on("another").refused(&decide(1, Finding::Unfounded, None)), "objection.own_case");
}

/// Whoever asks for a change of a locked mark is the first of two, and shows that it is them.
#[test]
fn a_founded_recheck_wants_a_pin() {
    let mut desk = published(2, "59");
    desk.does(&recheck(RecheckScope::Addition));
    desk.sign_on("another").alone();
    assert_eq!(desk.refused(&decide(1, Finding::Founded, Some("60"))), "together.pin_needed");
    assert_eq!(kaowu::ops::marks::changes(&desk.site).unwrap().len(), 0);
    desk.does(&decide(1, Finding::Unfounded, None));
}

/// Left out, added up, copied: nothing else is looked at again, and a review mark is its panel's.
#[test]
fn the_scope_of_a_recheck_is_limited() {
    let mut desk = published(2, "59");
    let review = Recheck { subject: Subject::Review, ..recheck(RecheckScope::Addition) };
    assert_eq!(desk.refused(&review), "objection.part");
    let rule = desk.site.policy().unwrap().publicity.recheck.clone().unwrap();
    assert_eq!(rule.scopes, [RecheckScope::Omission, RecheckScope::Addition, RecheckScope::Transfer]);
}

#[test]
fn each_has_its_last_day_and_later_wants_a_reason() {
    let mut desk = published(2, "59");
    on(&desk, "2023-10-21");
    let object = |late: Option<&str>| Object {
        application: SECOND,
        said: Said { late: late.map(str::to_owned), ..said(Some("李某")) },
    };
    assert_eq!(desk.refused(&object(None)), "objection.late", "publicity ended the day before");
    desk.does(&recheck(RecheckScope::Addition));
    on(&desk, "2023-10-28");
    let late = Recheck { subject: Subject::Practical, ..recheck(RecheckScope::Addition) };
    assert_eq!(desk.refused(&late), "objection.late");
    desk.does(&object(Some("邮寄延误")));
    let all = objections(&desk.site).unwrap();
    assert_eq!(all.len(), 2);
    on(&desk, "2023-11-30");
    let first = objections(&desk.site).unwrap().remove(0);
    assert!(first.overdue && first.working_days_left.unwrap() < 0);
}

#[test]
fn a_founded_objection_holds_until_a_correction_stands() {
    let mut desk = published(3, "70");
    let bare = Object { application: FIRST, said: said(None) };
    assert_eq!(desk.refused(&bare), "objection.who_needed");
    desk.does(&Object { said: said(Some("李某")), ..bare });
    desk.sign_on("another").does(&decide(1, Finding::Founded, None));
    desk.sign_on("coordinator");
    assert_eq!(held(&desk, FIRST), Some(Stop::Founded { number: 1 }));
    change(&mut desk, FIRST, "0");
    desk.does(&Compute::default());
    publish(&mut desk);
    assert_eq!(held(&desk, FIRST), None);
}

#[test]
fn whoever_raised_it_takes_it_back() {
    let mut desk = published(2, "59");
    desk.does(&recheck(RecheckScope::Addition));
    let back = |reason: &str| TakeBack { number: 1, reason: reason.into() };
    assert_eq!(desk.refused(&back("")), "objection.finding_needed");
    desk.does(&back("本人放弃"));
    assert_eq!((held(&desk, FIRST), objection(&desk.site, 1).unwrap().stage), (None, Stage::Withdrawn));
    assert_eq!(desk.refused(&back("x")), "objection.decided");
}

/// Nobody objects to what is not published, nor about somebody who is not on the list.
#[test]
fn only_what_is_published_can_be_said_against() {
    let mut desk = settled(2, "70");
    assert_eq!(desk.refused(&recheck(RecheckScope::Addition)), "objection.not_on_the_list");
    desk.does(&Compute::default());
    publish(&mut desk);
    let nobody = Recheck { application: ApplicationId(99), ..recheck(RecheckScope::Addition) };
    assert_eq!(desk.refused(&nobody), "results.unknown_application");
    assert_eq!(desk.refused(&decide(7, Finding::Unfounded, None)), "result_objection.unknown");
}
