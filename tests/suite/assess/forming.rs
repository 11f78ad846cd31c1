//! Who judges the work of a room (S0-24).
use super::world::{assign, form, manned, stations, view, with_group};
use crate::harness::Desk;
use crate::rooms::fixtures::who;
use crate::staff::world::{add, assessor};
use kaowu::model::{AssessorGrade, Mark, Points, Subject, TieKind};
use kaowu::ops::assess::{Form, places};
use kaowu::ops::entry::{self, Counts, Save};
use kaowu::ops::history::Undo;
use kaowu::ops::staff::{Particulars, Tie, Unassign, candidate};

#[test]
fn the_assessors_of_a_room_become_its_group_s0_24() {
    let (mut desk, _) = manned(3);
    assert_eq!((places(&desk.site).unwrap()[0].free, places(&desk.site).unwrap()[0].assigned), (4, 3));
    let made = form(&desk);
    let done = desk.try_to(&made).unwrap();
    let formed = done.out;
    assert_eq!((formed.lead.as_str(), formed.members, formed.candidates), ("考评1", 3, 4));
    let view = view(&desk, &formed);
    assert_eq!(view.panel.subject, Subject::Practical);
    assert_eq!((view.panel.session, view.panel.room), (Some(made.session), Some(made.room)));
    let order: Vec<_> = view.candidates.iter().map(|c| c.application).collect();
    assert_eq!(order, [who(1), who(2), who(3), who(4)], "by station and round");
    assert!(view.members.iter().all(|m| m.staff.is_some()));
    let place = &places(&desk.site).unwrap()[0];
    assert_eq!((place.free, place.groups.len()), (0, 1));
    assert_eq!(desk.refused(&made), "panel.name_taken");
    assert_eq!(desk.refused(&Form { name: "二组".into(), ..made.clone() }), "assess.has_group");
    desk.does(&Undo { op: done.op.unwrap(), reason: "人员有变".into() });
    desk.does(&made);
}

#[test]
fn a_group_is_three_or_more_odd_and_led() {
    let mut desk = stations();
    let plain = form(&desk);
    assert_eq!(desk.refused(&plain), "assess.nobody_assigned");
    let staff: Vec<_> = (1..=4).map(|n| add(&mut desk, assessor(n))).collect();
    let of = |count: usize| Form { members: Some(staff[..count].to_vec()), ..plain.clone() };
    assert_eq!(desk.refused(&of(3)), "assess.no_lead");
    let led = |count: usize| Form { lead: Some(staff[1]), ..of(count) };
    assert_eq!(desk.refused(&led(2)), "panel.too_small");
    assert_eq!(desk.refused(&led(4)), "panel.even");
    let twice = Form { members: Some(vec![staff[0], staff[1], staff[0]]), ..led(3) };
    assert_eq!(desk.refused(&twice), "panel.member_twice");
    assert_eq!(desk.refused(&Form { name: " ".into(), ..led(3) }), "panel.name_empty");
    assert_eq!(desk.does(&led(3)).lead, "考评2");
    desk.sign_on("reviewer");
    assert_eq!(desk.refused(&led(3)), "duty.role_needed");
}

#[test]
fn only_work_at_stations_has_groups() {
    let (mut desk, _) = manned(3);
    let theory = kaowu::ops::checkin::by_code(&desk.site, Some("theory-1")).unwrap().id;
    let made = form(&desk);
    assert_eq!(desk.refused(&Form { session: theory, ..made.clone() }), "assess.not_hands_on");
    let desks = kaowu::ops::assess::place(&desk.site, "hands-on", 1).unwrap().1;
    assert_eq!(desk.refused(&Form { room: desks, ..made }), "assess.nobody");
}

/// Recusal by ties and by employer, and the senior card for technicians.
#[test]
fn whoever_is_tied_to_a_candidate_does_not_judge_here_s0_24() {
    let (mut desk, staff) = manned(3);
    let person = kaowu::ops::applications::by_id(&desk.site, who(2)).unwrap();
    let (document, id_number, name) = candidate(&desk.site, &person.id_number).unwrap();
    desk.does(&Tie { staff: staff[2], kind: TieKind::Kin, document, id_number, name, note: None });
    let made = form(&desk);
    assert_eq!(desk.refused(&made), "staff.kin");
    assert_eq!(desk.refused(&Form { reason: Some("缺人".into()), ..made.clone() }), "staff.kin");
    desk.does(&Unassign { staff: staff[2], session: made.session });
    let unit = person.employer.clone().unwrap();
    let colleague = add(&mut desk, Particulars { unit, ..assessor(8) });
    let named = |third| Form { members: Some(vec![staff[0], staff[1], third]), ..made.clone() };
    assert_eq!(desk.refused(&named(colleague)), "staff.same_unit");
    let unfit = add(&mut desk, Particulars { grade: AssessorGrade::None, ..assessor(9) });
    assert_eq!(desk.refused(&named(unfit)), "staff.grade");
    // The reason stands in the journal, and the answer says what was set aside.
    let done = desk.does(&Form { reason: Some("当地只有这一家单位".into()), ..named(colleague) });
    assert_eq!(done.set_aside.len(), 1);
}

/// What was set aside when somebody was assigned is not asked for again.
#[test]
fn a_reason_given_at_the_assignment_holds_for_the_group() {
    let (mut desk, _) = manned(2);
    let unit = kaowu::ops::applications::by_id(&desk.site, who(1)).unwrap().employer.unwrap();
    let third = add(&mut desk, Particulars { unit, ..assessor(3) });
    let task = kaowu::ops::staff::Assign { reason: Some("只有他会".into()), ..assign(&desk, third, false) };
    desk.does(&task);
    let made = form(&desk);
    assert_eq!(desk.does(&made).set_aside.len(), 1);
}

#[test]
fn a_candidate_is_judged_or_typed_never_both() {
    let (mut desk, formed) = with_group();
    let save = |n| Save {
        application: who(n),
        subject: Subject::Practical,
        mark: Mark::Points(Points::whole(80)),
        items: None,
        remark: None,
        accepted: vec![],
    };
    desk.sign_on("typist-a");
    let error = desk.try_to(&save(1)).unwrap_err();
    let refusal = error.refusal().unwrap();
    assert_eq!(refusal.code.0, "entry.by_assessors");
    assert_eq!(refusal.get("panel").map(ToString::to_string), Some(formed.name));
    let (mut desk, _) = manned(3);
    desk.sign_on("typist-a");
    let accepted = vec![kaowu::model::Code("mark.not_checked_in")];
    desk.does(&Save { accepted, ..save(2) });
    desk.sign_on("coordinator");
    let made = form(&desk);
    assert_eq!(desk.refused(&made), "assess.has_entries");
}

/// S0-24: whom a group judges has no paper to type, so no pile, no cover and no number in the progress.
#[test]
fn who_is_judged_by_a_group_lies_in_no_pile_s0_24() {
    let (mut desk, _) = manned(3);
    let (session, room) = super::world::here(&desk);
    let expected = |desk: &Desk| {
        let piles = entry::piles(&desk.site).unwrap();
        let here: Vec<_> = piles.iter().filter(|p| (p.session, p.room) == (session, room)).cloned().collect();
        let bags = entry::bag_progress(&desk.site).unwrap();
        assert_eq!(bags.len(), piles.len());
        (here, entry::progress(&piles).expected)
    };
    let (before, all) = expected(&desk);
    assert_eq!(before[0].counts, Counts { expected: 4, ..Counts::default() });
    let formed = form(&desk);
    desk.does(&formed);
    let (after, rest) = expected(&desk);
    assert!(after.is_empty());
    assert_eq!(rest, all - 4);
    assert!(entry::pile(&desk.site, &before[0]).unwrap().is_empty());
    let cover = entry::control(&desk.site, session, room).unwrap();
    assert_eq!(cover.settled.map(|s| s.papers), Some(0), "nothing is waited for");
}
