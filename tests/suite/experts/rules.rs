//! Forming and drawing through the one door.
use super::world::{draw, expert, ids, name, tie, view, with_pool};
use crate::harness::Desk;
use crate::panel::world::{form, member, technicians};
use kaowu::model::{Role, TieKind};
use kaowu::ops::applications::Withdraw;
use kaowu::ops::history::{self, Undo};
use kaowu::ops::panel::{self, Form, conflicts, draw_plan, experts};
use kaowu::ops::staff::{Add, Change, Particulars};
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{ApplicationRow, Operation, Result, Work};
use kaowu::store::rows;
use std::collections::HashSet;

#[test]
fn a_draw_is_recorded_with_its_seed_and_repeats_exactly_s1_22() {
    let (mut desk, _) = with_pool(80, 9);
    let people = ids(&desk);
    let plan = draw_plan(&desk.site, &draw(2, 7)).unwrap();
    let out = desk.does(&draw(2, 7));
    assert_eq!(out.plan, plan);
    assert_eq!((out.panels.len(), plan.unseated.len(), plan.pool), (2, 0, 9));
    let seats: Vec<_> = out.panels.iter().map(|p| view(&desk, *p)).collect();
    assert!(seats.iter().all(|v| v.panel.seed.as_deref() == Some("7") && v.members.len() == 3));
    assert!(seats.iter().all(|v| v.members.iter().filter(|m| m.chair).count() == 1));
    let members: HashSet<_> = seats.iter().flat_map(|v| v.members.iter().map(|m| m.staff)).collect();
    assert_eq!(members.len(), 6, "nobody sits twice");
    let judged: HashSet<_> = seats.iter().flat_map(|v| v.candidates.iter().map(|c| c.application)).collect();
    assert_eq!(judged, people.into_iter().collect());
    let sizes: Vec<_> = seats.iter().map(|v| v.candidates.len()).collect();
    assert!(sizes[0].abs_diff(sizes[1]) <= 1, "{sizes:?}");
    assert_eq!(desk.refused(&draw(2, 8)), "panel.name_taken");
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "重抽".into() });
    assert_eq!(desk.does(&draw(2, 7)).plan, plan);
}

#[test]
fn recused_experts_are_not_drawn_and_every_exclusion_says_with_whom() {
    let (mut desk, pool) = with_pool(60, 6);
    let people = technicians(&desk);
    let first = people[0].clone();
    tie(&mut desk, pool[0], TieKind::Kin, first.application);
    tie(&mut desk, pool[1], TieKind::Master, first.application);
    desk.does(&Add { who: expert("同事", first.employer.as_deref().unwrap()) });
    let plan = draw_plan(&desk.site, &draw(1, 3)).unwrap();
    assert!(plan.unseated.is_empty());
    let names: Vec<_> = plan.panels[0].members.iter().map(|m| m.name.clone()).collect();
    assert!(names.iter().all(|n| *n != name(1) && *n != name(2) && n != "同事"), "{names:?}");
    let why = |who: &str| plan.excluded.iter().find(|e| e.name == who).unwrap().why[0].to_string();
    assert_eq!(why(&name(1)), format!("expert.kin name={} candidate={}", name(1), first.name));
    assert_eq!(why(&name(2)), format!("expert.master name={} candidate={}", name(2), first.name));
    assert!(why("同事").starts_with("expert.same_unit name=同事"));
}

#[test]
fn an_impossible_draw_says_which_candidates_and_why() {
    let (mut desk, pool) = with_pool(60, 3);
    let first = technicians(&desk)[0].clone();
    tie(&mut desk, pool[2], TieKind::Teacher, first.application);
    let plan = draw_plan(&desk.site, &draw(1, 3)).unwrap();
    let left: Vec<_> = plan.unseated.iter().map(|u| (u.application, u.able, u.why[0].code.0)).collect();
    assert_eq!(left, [(first.application, 2, "expert.teacher")]);
    assert_eq!(desk.refused(&draw(2, 3)), "panel.draw_too_few");
    let out = desk.does(&draw(1, 3));
    assert_eq!(out.plan.unseated.len(), 1);
    assert_eq!(panel::waiting(&desk.site).unwrap(), 1);
    assert_eq!(desk.refused(&panel::Draw { names: vec!["二".into()], ..draw(1, 3) }), "panel.draw_nobody");
}

#[test]
fn a_panel_by_hand_knows_the_list_of_experts_s0_25() {
    let (mut desk, pool) = with_pool(60, 5);
    let first = technicians(&desk)[0].clone();
    tie(&mut desk, pool[1], TieKind::Kin, first.application);
    let three = |names: [&str; 3]| Form {
        members: names.iter().enumerate().map(|(n, who)| member(who, "", n == 0)).collect(),
        ..form(vec![])
    };
    desk.does(&Add { who: Particulars { grade: kaowu::model::AssessorGrade::Assessor, ..expert("考评", "局") } });
    desk.does(&Add { who: Particulars { duties: vec![kaowu::model::Duty::Proctor], ..expert("监考", "局") } });
    assert_eq!(desk.refused(&three(["考评", &name(3), &name(4)])), "panel.chair_grade");
    assert_eq!(desk.refused(&three([&name(3), "监考", &name(4)])), "expert.not_reviewer");
    // Not senior: judges nobody of levels two and one.
    assert_eq!(desk.refused(&three([&name(3), "考评", &name(4)])), "panel.no_candidate");
    let out = desk.does(&three([&name(1), &name(2), "客座"]));
    assert_eq!((out.recused.len(), out.unlisted), (1, vec!["客座".to_owned()]));
    assert_eq!(out.recused[0].why.code.0, "expert.kin");
    let seats = view(&desk, out.panel);
    assert_eq!(seats.members.iter().map(|m| m.staff).collect::<Vec<_>>(), [Some(pool[0]), Some(pool[1]), None]);
    assert_eq!(seats.members[0].unit, "学院1");
}

#[test]
fn recusal_is_found_when_it_is_asked_not_when_it_was_stored() {
    let (mut desk, pool) = with_pool(60, 4);
    let out = desk.does(&draw(1, 7));
    let row = view(&desk, out.panels[0]).panel;
    assert_eq!(conflicts(&desk.site, &row).unwrap(), []);
    let seats = view(&desk, row.id);
    let (member, who) = (&seats.members[1], seats.candidates[0].application);
    tie(&mut desk, member.staff.unwrap(), TieKind::Teacher, who);
    let found = conflicts(&desk.site, &row).unwrap();
    assert_eq!(found.iter().map(|c| (c.member, c.application)).collect::<Vec<_>>(), [(member.id, who)]);
    assert_eq!(found[0].kind, TieKind::Teacher);
    let line = experts(&desk.site).unwrap().into_iter().find(|e| Some(e.staff) == member.staff).unwrap();
    assert_eq!(line.may + 1, line.pairs.len());
    let pair = line.pairs.iter().find(|p| p.application == who).unwrap();
    assert_eq!((pair.tie, pair.why[0].code.0), (Some(TieKind::Teacher), "expert.teacher"));
    assert!(pair.employer.is_some());
    // A tie of a retired expert does not matter; nobody else changed.
    assert_eq!(pool.len(), 4);
}

/// Gives applicants to a unit of the notice.
#[derive(serde::Serialize)]
struct GiveTo(Vec<kaowu::model::ApplicationId>, &'static str);

impl Operation for GiveTo {
    const KIND: &'static str = "test.give_to";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for id in &self.0 {
            let row = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [*id])?.unwrap();
            work.tx.update(&row, &ApplicationRow { unit: Some(self.1.into()), ..row.clone() })?;
        }
        Ok(())
    }
}

#[test]
fn a_unit_forms_and_sees_panels_of_its_own_candidates_s1_22_s1_35() {
    let (mut desk, pool) = with_pool(80, 4);
    let people = ids(&desk);
    let (ours, theirs) = people.split_at(people.len() / 2);
    desk.does(&GiveTo(ours.to_vec(), "baotou"));
    desk.does(&GiveTo(theirs.to_vec(), "hohhot"));
    for (name, unit) in [("包头", "包头市"), ("呼市", "hohhot")] {
        let unit = Some(unit.to_owned());
        let roles = vec![Role::Coordinator];
        desk.does(&AddOperator { name: name.into(), roles, os_user: None, unit, pin_hash: None });
    }
    desk.does(&Add {
        who: Particulars { kept_by: Some("呼和浩特市".into()), ..expert("呼市专家", "某院") }
    });
    desk.sign_on("包头");
    assert_eq!(experts(&desk.site).unwrap().len(), 4, "the site's experts, not those of another unit");
    assert_eq!(panel::waiting(&desk.site).unwrap(), ours.len());
    let added = desk.does(&Add { who: expert("包头专家", "某校") });
    assert_eq!(added.kept_by.as_deref(), Some("baotou"));
    let other = Form { candidates: Some(vec![theirs[0]]), ..form(crate::panel::world::three()) };
    assert_eq!(desk.refused(&other), "unit.other");
    let out = desk.does(&draw(1, 7));
    let seats = view(&desk, out.panels[0]);
    assert_eq!((seats.panel.unit.as_deref(), seats.candidates.len()), (Some("baotou"), ours.len()));
    desk.sign_on("呼市");
    assert!(panel::panels(&desk.site).unwrap().is_empty());
    assert_eq!(panel::show(&desk.site, out.panels[0]).unwrap_err().to_string(), "panel.unknown panel=1");
    let leave = panel::Leave { member: seats.members[1].id, reason: "病".into(), stand_in: None, chair: None };
    assert_eq!(desk.refused(&leave), "unit.other");
    let now = Particulars { phone: Some("15400000001".into()), ..Particulars::of(&added) };
    assert_eq!(desk.refused(&Change { staff: added.id, now }), "unit.other");
    desk.sign_on("coordinator");
    assert_eq!(panel::panels(&desk.site).unwrap().len(), 1, "the site sees all");
    // Where the units organise the review, a panel that the site draws belongs to the unit of its candidates.
    let second = desk.does(&panel::Draw { names: vec!["呼组".into()], ..draw(1, 7) });
    assert_eq!(view(&desk, second.panels[0]).panel.unit.as_deref(), Some("hohhot"));
    assert_eq!(pool.len(), 4);
}

#[test]
fn whoever_has_withdrawn_is_not_drawn_and_nobody_left_is_refused() {
    let (mut desk, _) = with_pool(40, 3);
    for application in ids(&desk) {
        desk.does(&Withdraw { application, reason: "本人申请".into() });
    }
    assert_eq!(desk.refused(&draw(1, 1)), "panel.nobody_waits");
    let mut bare = Desk::seated(40);
    assert_eq!(bare.refused(&draw(1, 1)), "panel.empty_pool");
    assert_eq!(bare.refused(&panel::Draw { names: vec!["一".into(), "一".into()], ..draw(1, 1) }), "panel.name_twice");
    bare.sign_on("reviewer");
    assert_eq!(bare.refused(&draw(1, 1)), "duty.role_needed");
}
