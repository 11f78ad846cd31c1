//! Bags from the store to the room and back: every movement and every refusal.
use super::world::*;
use crate::checkin::world::Unseat;
use crate::harness::Desk;
use kaowu::model::{ApplicationId, AssessorGrade, AttendanceState, BagState, DocumentKind, Level, StaffId, TieKind};
use kaowu::ops::papers::{Correct, Plan};
use kaowu::ops::{Operation, Result, StaffRow, StaffTieRow, Work};
use serde::Serialize;

fn state(desk: &Desk, number: i64) -> Vec<BagState> {
    room(&desk.site, number).bags.iter().map(|b| b.bag.state).collect()
}

fn correct(desk: &Desk, number: i64) -> Correct {
    let bag = room(&desk.site, number).bags[0].bag.clone();
    Correct { bag: bag.id, sheets: bag.sheets, spare: bag.spare, seal: bag.seal, reason: None }
}

#[test]
fn bags_follow_the_seats_by_occupation_and_level() {
    let desk = planned();
    for number in [1, 2] {
        let whole = room(&desk.site, number);
        let codes = |b: &kaowu::ops::PaperBagRow| (b.occupation.clone().unwrap(), b.level.unwrap());
        let mut kinds: Vec<(String, Level)> = whole.bags.iter().map(|b| codes(&b.bag)).collect();
        assert_eq!(whole.bags.iter().map(|b| b.bag.sheets).sum::<i64>(), whole.seated);
        assert!(whole.bags.iter().all(|b| b.bag.spare == 2 && b.bag.form.is_none() && !b.occupation_name.is_empty()));
        kinds.dedup();
        assert_eq!(kinds.len(), whole.bags.len());
    }
}

#[test]
fn a_new_plan_keeps_what_has_moved() {
    let mut desk = planned();
    let session = session(&desk.site).id;
    let same = desk.try_to(&Plan { session }).unwrap();
    assert_eq!(same.op, None);
    desk.does(&hand_over(bags(&desk.site, 2)));
    let before: i64 = room(&desk.site, 2).sheets();
    let (gone, stays) = (people(&desk.site, 1)[0].application, people(&desk.site, 2)[0].application);
    desk.does(&Unseat(gone, session));
    desk.does(&Unseat(stays, session));
    let planned = desk.does(&Plan { session });
    assert_eq!(planned.resized + planned.dropped, 1);
    assert_eq!(room(&desk.site, 1).bags.iter().map(|b| b.bag.sheets).sum::<i64>(), 29);
    assert_eq!(room(&desk.site, 2).sheets(), before);
}

#[test]
fn a_bag_goes_its_way_and_every_hand_is_written_down() {
    let (desk, _) = closed();
    assert!(state(&desk, 2).iter().all(|s| *s == BagState::Returned));
    let whole = room(&desk.site, 2);
    let events = &whole.bags[0].events;
    let kinds: Vec<_> = events.iter().map(|e| e.kind.code()).collect();
    assert_eq!(kinds, ["handed_over", "unsealed", "collected", "returned"]);
    assert_eq!((events[0].giver.as_str(), events[0].taker.as_str()), ("保管", "领甲"));
    assert_eq!(events[0].watched_by.as_deref(), Some("领乙\n领丙"));
    assert!(events[1].intact == Some(true) && events[1].candidate_a.is_some() && events[1].candidate_b.is_some());
    assert_eq!(events[2].sheets, Some(whole.bags[0].bag.sheets + 2));
    assert!(whole.wrong.is_empty(), "{:?}", whole.wrong);
}

#[test]
fn nobody_skips_a_step_or_fetches_with_too_few() {
    let mut desk = planned();
    desk.at("08:25");
    attend(&mut desk, 2, 0, AttendanceState::Present);
    assert_eq!(desk.refused(&unseal(&desk.site, 2)), "papers.wrong_order");
    assert_eq!(desk.refused(&give_back(bags(&desk.site, 2))), "papers.wrong_order");
    let mut few = hand_over(bags(&desk.site, 2));
    few.takers.pop();
    assert_eq!(desk.refused(&few), "papers.too_few_fetch");
    few.takers.push("保管".into());
    assert_eq!(desk.refused(&few), "papers.same_person");
    few.giver = " ".into();
    assert_eq!(desk.refused(&few), "papers.name_missing");
    assert_eq!(desk.refused(&hand_over(vec![])), "papers.no_bags");
    assert_eq!(desk.refused(&hand_over(vec![kaowu::model::BagId(999)])), "papers.unknown_bag");
    desk.does(&hand_over(bags(&desk.site, 2)));
    assert_eq!(desk.refused(&hand_over(bags(&desk.site, 2))), "papers.wrong_order");
    // Somebody else's work: a proctor hands nothing over, a typist opens nothing.
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&hand_over(bags(&desk.site, 1))), "duty.role_needed");
    desk.does(&unseal(&desk.site, 2));
    desk.sign_on("typist-a");
    assert_eq!(desk.refused(&collect(&desk.site, 2)), "duty.either_role_needed");
}

#[test]
fn bags_are_opened_in_time_before_two_candidates_of_the_room() {
    let mut desk = planned();
    desk.does(&hand_over(bags(&desk.site, 2)));
    desk.does(&hand_over(bags(&desk.site, 1)));
    attend(&mut desk, 2, 1, AttendanceState::Present);
    attend(&mut desk, 1, 0, AttendanceState::Present);
    desk.at("08:19");
    let good = unseal(&desk.site, 2);
    assert_eq!(desk.refused(&good), "papers.unseal_too_early");
    desk.at("08:20");
    let broken = kaowu::ops::papers::Unseal { intact: false, ..good.clone() };
    assert_eq!(desk.refused(&broken), "papers.seal_broken_why");
    let people = people(&desk.site, 2);
    let mut of = good.clone();
    of.candidates[0] = of.candidates[1];
    assert_eq!(desk.refused(&of), "papers.two_candidates");
    of.candidates[0] = people[0].application; // absent
    assert_eq!(desk.refused(&of), "papers.candidate_not_here");
    of.candidates[0] = super::world::people(&desk.site, 1)[0].application; // of another room
    assert_eq!(desk.refused(&of), "papers.candidate_not_here");
    of = good.clone();
    of.proctors[1] = of.proctors[0].clone();
    assert_eq!(desk.refused(&of), "papers.same_person");
    of.bags.extend(bags(&desk.site, 1));
    of.proctors = pair();
    assert_eq!(desk.refused(&of), "papers.several_rooms");
    desk.at("08:33");
    assert_eq!(desk.refused(&good), "papers.unsealed_late_why");
    let why = Some("送卷车晚到".to_owned());
    desk.does(&kaowu::ops::papers::Unseal { reason: why, intact: false, ..good });
    let wrong: Vec<_> = room(&desk.site, 2).wrong.iter().map(|w| w.code.0).collect();
    assert!(wrong.contains(&"papers.warn.opened_late") && wrong.contains(&"papers.warn.seal_was_broken"), "{wrong:?}");
}

#[test]
fn sheets_are_counted_back_and_a_missing_one_is_named() {
    let mut desk = opened();
    desk.at("09:30");
    assert_eq!(desk.refused(&collect(&desk.site, 2)), "papers.still_writing");
    desk.at("10:00");
    let mut one_gone = collect(&desk.site, 2);
    one_gone.bags[0].1 -= 1;
    let error = desk.try_to(&one_gone).unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!((refusal.code.0, refusal.get("missing").unwrap().to_string().as_str()), ("papers.sheets_differ", "1"));
    one_gone.reason = Some("被带出".into());
    assert_eq!(desk.does(&one_gone).missing, 1);
    assert!(room(&desk.site, 2).wrong.iter().any(|w| w.code.0 == "papers.warn.sheets_lost"));
}

#[test]
fn an_unopened_bag_comes_back_only_with_a_reason() {
    let mut desk = planned();
    desk.does(&hand_over(bags(&desk.site, 2)));
    let mut back = give_back(bags(&desk.site, 2));
    assert_eq!(desk.refused(&back), "papers.unopened_why");
    back.reason = Some("全部缺考".into());
    desk.does(&back);
    assert!(state(&desk, 2).iter().all(|s| *s == BagState::Returned));
}

#[test]
fn a_seal_is_written_once_and_a_count_only_changes_with_a_reason() {
    let mut desk = planned();
    assert_eq!(desk.refused(&correct(&desk, 2)), "papers.no_change");
    let sealed = Correct { seal: Some("ａ１２３".into()), ..correct(&desk, 2) };
    let bag = desk.does(&sealed);
    assert_eq!(bag.seal.as_deref(), Some("a123"));
    let other = Correct { seal: Some("A124".into()), ..correct(&desk, 2) };
    assert_eq!(desk.refused(&other), "papers.reason_missing");
    let fewer = Correct { sheets: bag.sheets - 1, ..correct(&desk, 2) };
    assert_eq!(desk.refused(&fewer), "papers.reason_missing");
    assert_eq!(desk.refused(&Correct { sheets: -1, ..correct(&desk, 2) }), "papers.negative");
    desk.does(&Correct { reason: Some("少装一份".into()), ..fewer });
    assert!(room(&desk.site, 2).wrong.iter().any(|w| w.code.0 == "papers.warn.short"));
    // What was counted stays; the missing paper gets a bag of its own.
    let session = session(&desk.site).id;
    assert_eq!(desk.does(&Plan { session }).added, 1);
    assert!(room(&desk.site, 2).wrong.is_empty());
}

/// A name, the person's own document number, and a candidate who is kin.
type Hand = (String, Option<String>, Option<(ApplicationId, String)>);

/// Staff with a candidate as kin, and a candidate who is staff.
#[derive(Serialize)]
struct Hire(Vec<Hand>);

impl Operation for Hire {
    const KIND: &'static str = "test.plant";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for (name, id_number, kin) in &self.0 {
            let id = StaffId(work.tx.next_id::<StaffRow>()?);
            work.tx.insert(&StaffRow {
                id,
                name: name.clone(),
                unit: "X".into(),
                phone: None,
                id_number: id_number.clone(),
                grade: AssessorGrade::None,
                card_no: None,
                card_until: None,
                occupations: String::new(),
                duties: "proctor".into(),
                kept_by: None,
                operator: None,
                retired: false,
            })?;
            if let Some((_, number)) = kin {
                let tie = StaffTieRow {
                    id: work.tx.next_id::<StaffTieRow>()?,
                    staff: id,
                    kind: TieKind::Kin,
                    document: DocumentKind::ResidentId,
                    id_number: number.clone(),
                    name: "X".into(),
                    note: None,
                };
                work.tx.insert(&tie)?;
            }
        }
        Ok(())
    }
}

#[test]
fn nobody_touches_papers_who_sits_the_exam_or_whose_kin_does() {
    let mut desk = planned();
    let who = people(&desk.site, 1)[0].application;
    let row = kaowu::ops::applications::by_id(&desk.site, who).unwrap();
    let number = row.id_number.clone();
    desk.does(&Hire(vec![
        ("领乙".into(), None, Some((who, number.clone()))),
        ("领丁".into(), Some(number), None),
        ("领丙".into(), None, None),
    ]));
    let mut over = hand_over(bags(&desk.site, 2));
    assert_eq!(desk.refused(&over), "papers.barred");
    over.takers = names(&["领甲", "领丁", "领丙"]);
    assert_eq!(desk.refused(&over), "papers.barred");
    over.takers = names(&["领甲", "领戊", "领丙"]);
    desk.does(&over);
}

#[test]
fn a_session_without_seats_needs_no_bags() {
    let mut desk = Desk::with_batch();
    let session = session(&desk.site).id;
    assert_eq!(desk.refused(&Plan { session }), "papers.nobody_seated");
    assert_eq!(desk.refused(&Plan { session: kaowu::model::SessionId(99) }), "checkin.unknown_session");
}
