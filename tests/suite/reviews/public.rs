//! The list of applicants before the exam, and what is said against somebody on it.
use super::world::*;
use crate::harness::Desk;
use kaowu::model::{ApplicationId, ReviewStep};
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use kaowu::ops::reviews::{AnswerObjection, Object, PublishList, PutStamp, StampBy};
use kaowu::ops::{ApplicationState, ObjectionState};

/// A batch of 2022 with three people whose forms are stamped up to the prefecture.
fn listed() -> (Desk, Vec<ApplicationId>) {
    let mut desk = Desk::new();
    desk.open_batch_of("xinjiang-2022");
    operators(&mut desk);
    of_2022(&mut desk, 3);
    let ids: Vec<_> = (1..=3).map(ApplicationId).collect();
    for node in [StampBy::Employer, StampBy::Department, StampBy::County, StampBy::Prefecture] {
        desk.does(&PutStamp { responsible: Some("陈负责".into()), ..stamp(node, &ids) });
    }
    (desk, ids)
}

fn publish() -> PublishList {
    PublishList { place: "网站".into(), until: Some("2023-10-20".parse().unwrap()) }
}

/// S2-19: name, employer, occupation, years, level held, level applied for; no number.
#[test]
fn the_list_has_six_columns_and_no_number_s2_19() {
    let (mut desk, ids) = listed();
    assert_eq!(desk.refused(&PublishList { until: None, ..publish() }), "listing.until_needed");
    assert_eq!(desk.refused(&PublishList { place: " ".into(), ..publish() }), "listing.place_needed");
    let early = PublishList { until: Some("2023-10-14".parse().unwrap()), ..publish() };
    assert_eq!(desk.refused(&early), "listing.too_short");
    assert_eq!(desk.does(&publish()).people, 3);
    let words = |key: &str| key.to_owned();
    let manner = Manner { style: Style::Machine, identity: Identity::Full, words: &words };
    let (bytes, rows) = List::find("applicant-list").unwrap().write(&desk.site, &manner, Vec::new()).unwrap();
    let text = String::from_utf8(bytes).unwrap();
    let heading =
        "heading.name,heading.employer,heading.occupation,heading.years,heading.held_level,heading.applied_level";
    assert_eq!((rows, text.lines().next()), (3, Some(heading)));
    assert!(ids.iter().all(|id| !text.contains(&row(&desk, *id).id_number)), "{text}");
}

/// S2-27: a blank box makes the roster void; S2-18: it goes up from the prefecture, and the journal keeps when.
#[test]
fn a_blank_box_keeps_the_list_back_s2_18_s2_27() {
    let (mut desk, ids) = listed();
    of_2022(&mut desk, 4);
    let error = desk.try_to(&publish()).unwrap_err();
    assert_eq!(error.refusal().unwrap().code.0, "listing.blank_boxes");
    let fourth = [ApplicationId(4)];
    let half = PutStamp { responsible: Some("陈负责".into()), stamped: false, ..stamp(StampBy::Employer, &fourth) };
    desk.does(&half);
    assert_eq!(desk.refused(&publish()), "listing.blank_boxes");
    let withdraw = kaowu::ops::applications::Withdraw { application: fourth[0], reason: "不报了".into() };
    desk.does(&withdraw);
    assert_eq!(desk.does(&publish()).people, ids.len());
    let (listing, people) = kaowu::ops::reviews::listing(&desk.site).unwrap();
    assert_eq!((listing.published_on.to_string(), people.len()), ("2023-10-15".to_owned(), 3));
}

/// S2-19: public supervision; the objection holds up this one person until it is answered.
#[test]
fn an_objection_holds_up_one_person_s2_19() {
    let (mut desk, ids) = listed();
    let object = |id, on: Option<&str>| Object {
        application: id,
        raised_by: "李某".into(),
        matter: "工龄不符".into(),
        on: on.map(|d| d.parse().unwrap()),
    };
    assert_eq!(desk.refused(&object(ids[0], None)), "objection.not_listed");
    desk.does(&publish());
    assert_eq!(desk.refused(&object(ids[0], Some("2023-10-21"))), "objection.too_late");
    assert_eq!(desk.refused(&Object { matter: " ".into(), ..object(ids[0], None) }), "objection.words_needed");
    let (one, two) = (desk.does(&object(ids[0], None)), desk.does(&object(ids[1], None)));
    let late = |ids: &[ApplicationId]| kaowu::ops::reviews::Decide {
        reason: Some("按期收件，集中审核".into()),
        ..pass(ReviewStep::First, ids)
    };
    assert_eq!(desk.refused(&late(&ids[..1])), "review.objection_open");
    desk.does(&late(&ids[2..]));
    let answer = |objection, state| AnswerObjection { objection, state, outcome: "经核实".into() };
    assert_eq!(desk.refused(&answer(one, ObjectionState::Open)), "objection.no_answer_given");
    desk.does(&answer(one, ObjectionState::Dismissed));
    assert_eq!(desk.refused(&answer(one, ObjectionState::Upheld)), "objection.answered");
    assert_eq!(desk.refused(&answer(99, ObjectionState::Upheld)), "objection.unknown");
    desk.does(&late(&ids[..1]));
    desk.does(&answer(two, ObjectionState::Upheld));
    assert_eq!(state(&desk, ids[1]), ApplicationState::Rejected);
}

#[test]
fn a_notice_without_a_list_publishes_none() {
    let (mut desk, _) = filed(1);
    assert_eq!(desk.refused(&publish()), "listing.not_in_the_notice");
}
