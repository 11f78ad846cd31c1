//! Publishing, finalising and withdrawing: separate acts, each with a list of what stands in the way.
use super::*;
use kaowu::ops::certificates::Number;
use kaowu::ops::history::{self, Undo};
use kaowu::ops::publicity::{self, Gate, Hindrances, Stop, Withdraw, finalise_check, gate, releases, withdraw_check};
use kaowu::ops::{Operation, Result, Work};

fn codes(found: &Hindrances) -> Vec<&'static str> {
    found.stops.iter().chain(&found.warnings).map(|r| r.code.0).collect()
}

fn way(desk: &Desk) -> Vec<&'static str> {
    codes(&publish_check(&desk.site, None).unwrap().1)
}

fn stops(desk: &Desk) -> Vec<Stop> {
    gate(&desk.site).unwrap().stops().to_vec()
}

#[test]
fn each_step_says_what_comes_before_it() {
    let mut desk = Desk::seated(3);
    desk.at("18:00");
    let people = (1..=3).map(ApplicationId);
    let all = people.flat_map(|who| Subject::ALL.map(|part| (who, part, points("70"))));
    desk.does(&PlantMarks(all.collect()));
    assert_eq!(way(&desk), ["release.not_computed", "publicity.not_locked", "publicity.not_locked"]);
    assert_eq!(stops(&desk), [Stop::NotComputed, Stop::NotPublished, Stop::NotFinal]);
    desk.does(&Compute::default());
    let put_up = Publish { place: "公告栏".into(), until: None, accepted: Vec::new() };
    assert_eq!(desk.refused(&put_up), "publicity.not_locked");
    lock(&mut desk);
    assert_eq!(way(&desk), Vec::<&str>::new());
    assert_eq!(codes(&finalise_check(&desk.site).unwrap()), ["release.not_published"]);
    assert_eq!(desk.refused(&Publish { place: " ".into(), ..put_up.clone() }), "publicity.place_needed");
    let done = desk.does(&put_up);
    // S1-36: five working days after the Sunday of the exam; the tenth, 10-27, is the notice's last.
    assert_eq!((done.number, done.people, done.until.to_string().as_str()), (1, 3, "2023-10-20"));
    assert_eq!(way(&desk), ["publicity.already"]);
    assert_eq!(stops(&desk), [Stop::NotFinal]);
    on(&desk, "2023-10-20");
    assert_eq!(desk.refused(&Finalise::default()), "release.window_open", "the last day counts");
    on(&desk, "2023-10-21");
    let done = desk.does(&Finalise::default());
    assert_eq!((done.people, done.held), (3, 0));
    assert_eq!(stops(&desk), []);
    assert_eq!(desk.refused(&Finalise::default()), "publicity.already_final");
}

#[test]
fn only_a_coordinator_publishes_finalises_and_withdraws() {
    let mut desk = settled(2, "70").signed("typist-a");
    let put_up = Publish { place: "x".into(), until: None, accepted: Vec::new() };
    assert_eq!(desk.refused(&put_up), "duty.role_needed");
    assert_eq!(desk.refused(&Finalise::default()), "duty.role_needed");
    assert_eq!(desk.refused(&Withdraw { reason: "x".into() }), "duty.role_needed");
}

/// S1-36: publicity has to end inside the ten working days after the exam.
#[test]
fn a_period_past_the_day_of_the_notice_wants_to_be_accepted_s1_36() {
    let mut desk = settled(2, "70");
    desk.does(&Compute::default());
    on(&desk, "2023-10-23");
    assert_eq!(way(&desk), ["publicity.past_deadline"]);
    let bare = Publish { place: "公告栏".into(), until: None, accepted: Vec::new() };
    assert_eq!(desk.refused(&bare), "publicity.unaccepted");
    let early = Publish { until: "2023-10-27".parse().ok(), ..bare };
    assert_eq!(desk.refused(&early), "publicity.too_short");
    assert_eq!(publish(&mut desk).until.to_string(), "2023-10-30");
    let row = releases(&desk.site).unwrap().remove(0).row;
    assert_eq!(row.accepted, "publicity.past_deadline");
}

#[test]
fn a_withdrawn_release_blocks_again_and_is_not_undone() {
    let mut desk = finalised(2, "70");
    assert_eq!(desk.refused(&Withdraw { reason: " ".into() }), "publicity.reason_needed");
    let op = history::page(&desk.site, &history::Filter::default(), None, 1).unwrap()[0].operation;
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.not_undoable");
    assert_eq!(desk.does(&Withdraw { reason: "登分有误".into() }).number, 1);
    assert_eq!(stops(&desk), [Stop::NotPublished, Stop::NotFinal]);
    assert_eq!(codes(&withdraw_check(&desk.site).unwrap()), ["publicity.nothing_stands"]);
    assert_eq!(publish(&mut desk).number, 2);
}

/// The same act with nothing in the program that asks for a second person.
#[derive(Debug, serde::Serialize)]
struct Alone(Withdraw);

impl Operation for Alone {
    const KIND: &'static str = Withdraw::KIND;
    const ROLES: &'static [Role] = Withdraw::ROLES;
    type Out = publicity::Withdrawn;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<publicity::Withdrawn> {
        self.0.apply(work)
    }
}

#[test]
fn what_is_final_is_withdrawn_by_two_and_what_is_shown_by_one() {
    let withdraw = Withdraw { reason: "登分有误".into() };
    let mut desk = published(2, "70");
    desk.alone();
    assert_eq!(desk.does(&withdraw).number, 1);
    let mut desk = finalised(2, "70");
    desk.alone();
    assert_eq!(desk.refused(&withdraw), "together.needed");
    assert!(
        desk.site.take_wanted().is_some_and(|wanted| wanted.again.is_some()),
        "the screen goes on once it is signed"
    );
    let error = desk.try_to(&Alone(withdraw)).unwrap_err();
    assert!(format!("{error:?}").contains("two people"), "the journal refuses it too: {error}");
    assert_eq!(stops(&desk), []);
}

#[test]
fn certificates_hold_a_release() {
    let mut desk = finalised(2, "70");
    desk.does(&Number { issued_on: "2023-10-23".parse().unwrap() });
    assert_eq!(desk.refused(&Withdraw { reason: "x".into() }), "publicity.certified");
}

/// A mark that changes by two stops everybody until it is computed, published as a correction and final again.
#[test]
fn what_changes_after_publication_goes_up_as_a_correction() {
    let mut desk = finalised(3, "59");
    super::said::change(&mut desk, FIRST, "61");
    assert_eq!(stops(&desk), [Stop::ChangedSince]);
    assert_eq!(way(&desk), ["release.changed_since"]);
    desk.does(&Compute::default());
    assert_eq!(stops(&desk), [Stop::Outdated { number: 1 }]);
    assert_eq!(desk.refused(&Finalise::default()), "release.outdated");
    let done = publish(&mut desk);
    assert_eq!((done.number, done.corrects), (2, Some(1)));
    let row = publicity::current(&desk.site).unwrap().unwrap();
    let changed = publicity::corrected(&desk.site, &row).unwrap();
    assert_eq!(changed.len(), 1);
    assert_eq!(changed[0].part(Subject::Theory), Some(("59", "61")));
    assert_eq!(stops(&desk), [Stop::NotFinal]);
    // The window of the first list is over: the correction is shown for a day.
    assert_eq!(desk.refused(&Finalise::default()), "release.window_open");
    on(&desk, "2023-10-24");
    desk.does(&Finalise::default());
    assert_eq!(stops(&desk), []);
}

#[test]
fn the_gate_is_shut_without_a_batch_that_has_anything() {
    let desk = Desk::with_batch();
    let gate: Gate = gate(&desk.site).unwrap();
    assert!(gate.open().unwrap_err().is(kaowu::model::Code("release.not_computed")));
    assert_eq!(gate.held(FIRST), None);
}
