//! One person to one post, and the list behind it.
use super::world::{Stations, add, assessor, line, proctor, to};
use crate::harness::Desk;
use kaowu::model::{Duty, SessionId, StaffId, TieKind};
use kaowu::ops::history::Undo;
use kaowu::ops::staff::*;
use kaowu::ops::{ApplicationRow, checkin};

/// Somebody who sits in a room in the first session.
fn sitter(desk: &Desk, room: i64) -> ApplicationRow {
    let all = checkin::register(&desk.site, SessionId(1), None).unwrap();
    let id = all.into_iter().find(|s| s.room_number == room).unwrap().application;
    kaowu::ops::applications::by_id(&desk.site, id).unwrap()
}

fn tied(desk: &mut Desk, staff: StaffId, kind: TieKind, who: &ApplicationRow) -> i64 {
    let (document, id_number, name) = candidate(&desk.site, &who.id_number).unwrap();
    desk.does(&Tie { staff, kind, document, id_number, name, note: None }).id
}

#[test]
fn kin_keep_away_from_the_room_and_from_all_papers_and_no_reason_helps() {
    let mut desk = Desk::seated(60);
    let duties = [Duty::Proctor, Duty::Keeper];
    let staff = add(&mut desk, Particulars { duties: duties.to_vec(), ..proctor(1) });
    let who = sitter(&desk, 1);
    let tie = tied(&mut desk, staff, TieKind::Kin, &who);
    let (one, two) = (line(&desk, Some(1), Duty::Proctor), line(&desk, Some(2), Duty::Proctor));
    assert_eq!(desk.refused(&to(&one, staff)), "staff.kin");
    assert_eq!(desk.refused(&Assign { reason: Some("实在没有人了".into()), ..to(&one, staff) }), "staff.kin");
    assert_eq!(desk.refused(&to(&line(&desk, None, Duty::Keeper), staff)), "staff.kin");
    desk.does(&to(&two, staff));
    desk.does(&Unassign { staff, session: SessionId(1) });
    assert_eq!(desk.refused(&Untie { staff, tie, reason: " ".into() }), "staff.reason_needed");
    desk.does(&Untie { staff, tie, reason: "登记有误".into() });
    desk.does(&to(&one, staff));
}

#[test]
fn whoever_sits_the_exam_has_no_duty_in_it() {
    let mut desk = Desk::seated(60);
    let own = sitter(&desk, 1).id_number;
    let staff = add(&mut desk, Particulars { id_number: Some(own), ..proctor(1) });
    assert_eq!(desk.refused(&to(&line(&desk, Some(2), Duty::Proctor), staff)), "staff.sits_exam");
}

/// What the policy lets a coordinator set aside is set aside with a reason, which stays with the duty.
#[test]
fn the_same_employer_is_set_aside_with_a_reason_only() {
    let mut desk = Desk::seated(60);
    let unit = sitter(&desk, 1).employer.unwrap();
    let staff = add(&mut desk, Particulars { unit, ..proctor(1) });
    let post = line(&desk, Some(1), Duty::Proctor);
    assert_eq!(desk.refused(&to(&post, staff)), "staff.same_unit");
    let done = desk.does(&Assign { reason: Some("当地只有这一家单位".into()), ..to(&post, staff) });
    assert_eq!(done.set_aside.len(), 1);
    let worker = line(&desk, Some(1), Duty::Proctor).people.remove(0);
    assert_eq!(worker.set_aside.as_deref(), Some("当地只有这一家单位"));
    assert_eq!(worker.against, []);
}

/// A tie that comes later shows at the post.
#[test]
fn a_duty_against_a_rule_is_found_again() {
    let mut desk = Desk::seated(60);
    let staff = add(&mut desk, proctor(1));
    desk.does(&to(&line(&desk, Some(1), Duty::Proctor), staff));
    let who = sitter(&desk, 1);
    tied(&mut desk, staff, TieKind::Teacher, &who);
    let found = check(&desk.site, Some(SessionId(1))).unwrap();
    let worker = found.iter().flat_map(|l| &l.people).find(|w| w.staff == staff).unwrap();
    assert_eq!(worker.against.iter().map(|o| o.refusal.code.0).collect::<Vec<_>>(), ["staff.teacher"]);
}

#[test]
fn nobody_has_two_posts_at_a_time_and_undo_gives_the_time_back() {
    let mut desk = Desk::seated(60);
    let staff = add(&mut desk, proctor(1));
    let (one, two) = (line(&desk, Some(1), Duty::Proctor), line(&desk, Some(2), Duty::Proctor));
    let op = desk.try_to(&to(&one, staff)).unwrap().op.unwrap();
    assert_eq!(desk.refused(&to(&two, staff)), "staff.busy");
    desk.does(&to(&Line { session: SessionId(2), ..two.clone() }, staff));
    let last = kaowu::model::OpNo(op.0 + 1);
    desk.does(&Undo { op: last, reason: "误".into() });
    desk.does(&Undo { op, reason: "误".into() });
    desk.does(&to(&two, staff));
    assert_eq!(line(&desk, Some(1), Duty::Proctor).have(), 0);
}

/// S3-49: whose card does not cover the occupations of a room does not assess there.
#[test]
fn an_assessor_is_asked_for_what_the_card_covers_s3_49() {
    let mut desk = Desk::seated(10);
    desk.does(&Stations(1));
    let post = line(&desk, Some(1), Duty::Assessor);
    assert_eq!(post.need % 2, 1);
    let here = sitter(&desk, 1).occupation;
    let codes = desk.site.codes().unwrap();
    let sat: Vec<_> = checkin::register(&desk.site, SessionId(1), None).unwrap();
    let sat: Vec<_> = sat.iter().map(|s| kaowu::ops::applications::by_id(&desk.site, s.application).unwrap()).collect();
    let other = codes.occupations().iter().find(|o| sat.iter().all(|a| a.occupation != o.code)).unwrap();
    let wrong = add(&mut desk, Particulars { occupations: vec![other.name.clone()], ..assessor(1) });
    assert_eq!(desk.refused(&to(&post, wrong)), "staff.card_occupation");
    let expired = Particulars { card_until: "2023-10-14".parse().ok(), ..assessor(2) };
    let expired = add(&mut desk, expired);
    assert_eq!(desk.refused(&to(&post, expired)), "staff.card_expired");
    let right = add(&mut desk, Particulars { occupations: vec![here], ..assessor(3) });
    desk.does(&Assign { leads: true, ..to(&post, right) });
    // Somebody else takes the lead over.
    let all = add(&mut desk, assessor(4));
    desk.does(&Assign { leads: true, ..to(&post, all) });
    let people = line(&desk, Some(1), Duty::Assessor).people;
    assert_eq!(people.iter().filter(|w| w.leads).map(|w| w.staff).collect::<Vec<_>>(), [all]);
}

#[test]
fn a_post_names_a_room_or_the_venue_as_its_duty_wants() {
    let mut desk = Desk::seated(10);
    let staff = add(&mut desk, Particulars { duties: vec![Duty::Proctor, Duty::Chief], ..proctor(1) });
    let post = line(&desk, Some(1), Duty::Proctor);
    assert_eq!(desk.refused(&Assign { room: None, ..to(&post, staff) }), "staff.room_needed");
    assert_eq!(desk.refused(&Assign { duty: Duty::Chief, ..to(&post, staff) }), "staff.whole_venue");
    assert_eq!(desk.refused(&Assign { leads: true, ..to(&post, staff) }), "staff.only_assessors_lead");
    assert_eq!(desk.refused(&Assign { session: SessionId(9), ..to(&post, staff) }), "staff.no_session");
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&to(&post, staff)), "duty.role_needed");
}

#[test]
fn signing_in_and_rating_come_in_their_time() {
    let mut desk = Desk::seated(10);
    let staff = add(&mut desk, proctor(1));
    let session = SessionId(1);
    assert_eq!(desk.refused(&SignIn { staff, session }), "staff.no_task");
    desk.does(&to(&line(&desk, Some(1), Duty::Proctor), staff));
    assert_eq!(desk.refused(&Retire { staff, reason: "调离".into() }), "staff.still_works");
    let rate = |rating| Rate { staff, session, rating };
    assert_eq!(desk.refused(&rate(5)), "staff.rating");
    assert_eq!(desk.refused(&rate(4)), "staff.not_over");
    desk.at("10:00");
    assert_eq!(desk.refused(&rate(4)), "staff.did_not_come");
    desk.at("08:40");
    assert_eq!(desk.does(&SignIn { staff, session }).late_minutes, Some(10));
    assert_eq!(desk.refused(&SignIn { staff, session }), "staff.signed_in");
    assert_eq!(desk.refused(&Unassign { staff, session }), "staff.already_came");
    desk.at("10:00").does(&rate(4));
    let worker = line(&desk, Some(1), Duty::Proctor).people.remove(0);
    assert_eq!((worker.rating, worker.came_at.map(|t| t.clock()).as_deref()), (Some(4), Some("08:40")));
    desk.does(&Retire { staff, reason: "调离".into() });
    assert_eq!(people(&desk.site).unwrap()[0].work.len(), 1, "what they did stays");
}

#[test]
fn the_list_holds_each_person_once() {
    let mut desk = Desk::new();
    let staff = add(&mut desk, proctor(1));
    assert_eq!(desk.refused(&Add { who: proctor(1) }), "staff.exists");
    assert_eq!(desk.refused(&Add { who: Particulars::new("甲", " ", &[Duty::Chief]) }), "staff.unit_missing");
    assert_eq!(desk.refused(&Add { who: Particulars::new("甲", "乙", &[]) }), "staff.no_duty");
    let odd = Particulars { occupations: vec!["不存在的职业".into()], ..proctor(2) };
    assert_eq!(desk.refused(&Add { who: odd }), "staff.unknown_occupation");
    let wrong = Particulars { id_number: Some("150699199001010010".into()), ..proctor(2) };
    assert_eq!(desk.refused(&Add { who: wrong }), "identity.check_digit");
    desk.does(&Change { staff, now: Particulars { phone: Some("１５４ 0000 0001".into()), ..proctor(1) } });
    assert_eq!(named(&desk.site, "监考1").unwrap().phone.as_deref(), Some("15400000001"));
    assert!(named(&desk.site, "监考9").is_err());
}
