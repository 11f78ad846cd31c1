//! Changes during the day of a review: illness, late recusal, another panel, another review.
use super::world::{SealAnyway, draw, drawn, expert, name, score, tie, view, with_pool};
use crate::harness::Desk;
use crate::panel::world::{fill, sign};
use kaowu::model::{ApplicationId, MemberId, PanelId, Points, Role, Subject, TieKind};
use kaowu::ops::certificates::Number;
use kaowu::ops::history::{self, Undo};
use kaowu::ops::panel::{
    self, Leave, Move, NewChair, Next, Recuse, Replace, Rereview, Seal, Seats, StandIn, TakeChair,
};
use kaowu::ops::results::Standing;
use kaowu::ops::staff::Add;
use kaowu::ops::{MarkKind, MarkRow, Operation, Result, Work};

fn names(desk: &Desk, panel: PanelId, who: ApplicationId) -> Vec<String> {
    let seats = Seats::read(&desk.site, panel).unwrap();
    seats.of(who).into_iter().map(|m| m.name.clone()).collect()
}

fn leave(member: MemberId) -> Leave {
    Leave { member, reason: "突发疾病".into(), stand_in: None, chair: None }
}

fn by_name(name: &str) -> StandIn {
    StandIn::Named { name: name.into(), unit: String::new() }
}

#[test]
fn whoever_falls_ill_keeps_the_sheets_of_those_fully_judged() {
    let (mut desk, _) = with_pool(60, 5);
    let panel = drawn(&mut desk, 1).panels[0];
    let seats = view(&desk, panel);
    let (done, begun) = (seats.candidates[0].application, seats.candidates[1].application);
    let untouched = seats.candidates[2].application;
    score(&mut desk, panel, (done, &[0, 1, 2]));
    score(&mut desk, panel, (begun, &[1]));
    let ill = seats.members[1].clone();
    assert_eq!(desk.refused(&Leave { reason: " ".into(), ..leave(ill.id) }), "panel.leave_reason");
    let gone = desk.does(&leave(ill.id));
    assert_eq!((gone.kept, gone.open, gone.short.len()), (1, seats.candidates.len() - 1, seats.candidates.len() - 1));
    assert_eq!(gone.short[0].why.code.0, "panel.below_quorum");
    assert_eq!(desk.refused(&leave(ill.id)), "panel.has_left");
    let all: Vec<_> = seats.members.iter().map(|m| m.name.clone()).collect();
    assert_eq!(names(&desk, panel, done), all);
    assert_eq!(names(&desk, panel, begun), [all[0].clone(), all[2].clone()]);
    // A substitute from the pool: by lot, twice the same.
    let replace = Replace { member: ill.id, stand_in: StandIn::Drawn { seed: 5 } };
    let first = desk.site.preview(&replace).unwrap().out.stand_in;
    let out = desk.does(&replace);
    assert_eq!((out.stand_in.clone(), out.open, out.short.len()), (first, seats.candidates.len() - 1, 0));
    let new = out.stand_in.unwrap();
    assert!(!all.contains(&new));
    assert_eq!(names(&desk, panel, done), all, "fully judged: nobody is asked again");
    assert_eq!(names(&desk, panel, begun), [all[0].clone(), all[2].clone(), new.clone()]);
    assert_eq!(names(&desk, panel, untouched), [all[0].clone(), all[2].clone(), new]);
    assert_eq!(desk.refused(&replace), "panel.no_open_seat");
}

#[test]
fn a_substitute_keeps_the_rules_of_forming() {
    let (mut desk, pool) = with_pool(60, 4);
    let panel = drawn(&mut desk, 1).panels[0];
    let seats = view(&desk, panel);
    let sits: Vec<_> = seats.members.iter().map(|m| m.staff.unwrap()).collect();
    let free = *pool.iter().find(|id| !sits.contains(id)).unwrap();
    let free_name = name(pool.iter().position(|id| *id == free).unwrap() + 1);
    tie(&mut desk, free, TieKind::Kin, seats.candidates[0].application);
    let ill = seats.members[1].id;
    let with = |stand_in: StandIn| Leave { stand_in: Some(stand_in), ..leave(ill) };
    assert_eq!(desk.refused(&with(by_name(&free_name))), "expert.kin");
    assert_eq!(desk.refused(&with(StandIn::Drawn { seed: 1 })), "panel.no_substitute");
    assert_eq!(desk.refused(&with(by_name(&seats.members[0].name))), "panel.member_twice");
    assert_eq!(desk.refused(&with(by_name(" "))), "panel.member_empty");
    desk.does(&Add { who: expert("后备", "某院") });
    let gone = desk.does(&with(StandIn::Drawn { seed: 1 }));
    assert_eq!((gone.stand_in.as_deref(), gone.short.len()), (Some("后备"), 0));
}

#[test]
fn a_chair_who_leaves_names_a_new_one() {
    let (mut desk, _) = with_pool(60, 5);
    let panel = drawn(&mut desk, 1).panels[0];
    let seats = view(&desk, panel);
    let (chair, next) = (seats.members[0].clone(), seats.members[2].clone());
    assert!(chair.chair);
    assert_eq!(desk.refused(&leave(chair.id)), "panel.chair_needed");
    let from_stand_in = Leave { chair: Some(NewChair::StandIn), ..leave(chair.id) };
    assert_eq!(desk.refused(&from_stand_in), "panel.no_substitute_named");
    desk.does(&Leave { chair: Some(NewChair::Member(next.id)), ..leave(chair.id) });
    let now = |desk: &Desk| {
        let seats = Seats::read(&desk.site, panel).unwrap();
        seats.chair().unwrap().name.clone()
    };
    assert_eq!(now(&desk), next.name);
    desk.does(&TakeChair { member: seats.members[1].id });
    assert_eq!(now(&desk), seats.members[1].name);
    assert_eq!(desk.refused(&TakeChair { member: chair.id }), "panel.has_left");
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "按错".into() });
    assert_eq!(now(&desk), next.name);
    let with = Leave { chair: Some(NewChair::StandIn), stand_in: Some(StandIn::Drawn { seed: 2 }), ..leave(next.id) };
    let gone = desk.does(&with);
    assert_eq!(Some(now(&desk)), gone.stand_in);
}

#[test]
fn a_late_recusal_drops_the_sheet_and_asks_a_substitute_for_that_candidate() {
    let (mut desk, _) = with_pool(60, 5);
    let panel = drawn(&mut desk, 1).panels[0];
    let seats = view(&desk, panel);
    let (who, other) = (seats.candidates[0].application, seats.candidates[1].application);
    score(&mut desk, panel, (who, &[0, 1]));
    let member = seats.members[1].clone();
    let recuse = |stand_in: Option<StandIn>| {
        let (kind, reason) = (TieKind::Teacher, "曾任其班主任".to_owned());
        Recuse { member: member.id, application: who, kind, reason, stand_in }
    };
    assert_eq!(desk.refused(&Recuse { reason: " ".into(), ..recuse(None) }), "panel.recuse_reason");
    let out = desk.does(&recuse(None));
    assert_eq!((out.dropped, out.short.len(), out.short[0].judges), (true, 1, 2));
    assert_eq!(desk.refused(&recuse(None)), "panel.does_not_judge");
    let replaced = desk.does(&Replace { member: member.id, stand_in: StandIn::Drawn { seed: 9 } });
    assert_eq!((replaced.open, replaced.short.len()), (1, 0));
    let new = replaced.stand_in.unwrap();
    assert!(names(&desk, panel, who).contains(&new) && !names(&desk, panel, who).contains(&member.name));
    assert!(names(&desk, panel, other).contains(&member.name) && !names(&desk, panel, other).contains(&new));
    // The substitute stands in for every later recusal of the same member.
    let again = desk.does(&Recuse { application: other, ..recuse(None) });
    assert_eq!((again.stand_in, again.short.len()), (Some(new), 0));
}

#[test]
fn whoever_declared_a_recusal_is_kept_away_in_other_panels_too() {
    let (mut desk, _) = with_pool(60, 6);
    let out = drawn(&mut desk, 2);
    let (one, two) = (view(&desk, out.panels[0]), view(&desk, out.panels[1]));
    let who = one.candidates[0].application;
    let (member, reason) = (two.members[1].id, "远亲".to_owned());
    let to_other = Recuse { member, application: who, kind: TieKind::Kin, reason, stand_in: None };
    assert_eq!(desk.refused(&to_other), "panel.not_a_candidate");
    let to = Some(two.panel.id);
    desk.does(&Move { application: who, to, reason: "人数不足".into() });
    desk.does(&to_other);
    let back = Move { application: who, to: None, reason: "退回".into() };
    desk.does(&back);
    assert_eq!(desk.refused(&Move { to, ..back.clone() }), "panel.below_quorum", "the recusal stays with the panel");
    let pool = panel::experts(&desk.site).unwrap();
    let declarer = pool.iter().find(|e| Some(e.staff) == two.members[1].staff).unwrap();
    let pair = declarer.pairs.iter().find(|p| p.application == who).unwrap();
    assert_eq!(pair.why[0].code.0, "expert.declared");
    desk.does(&Move { to: Some(one.panel.id), reason: String::new(), ..back.clone() });
    assert_eq!(desk.refused(&Move { to: Some(one.panel.id), ..back.clone() }), "panel.same_panel");
    assert_eq!(desk.refused(&Move { reason: " ".into(), ..back }), "panel.move_reason");
}

#[test]
fn sheets_of_a_candidate_who_moved_do_not_count() {
    let (mut desk, _) = with_pool(60, 6);
    let out = drawn(&mut desk, 2);
    let (one, two) = (view(&desk, out.panels[0]), out.panels[1]);
    let who = one.candidates[0].application;
    score(&mut desk, one.panel.id, (who, &[0, 1, 2]));
    let moved = desk.does(&Move { application: who, to: Some(two), reason: "临时换组".into() });
    assert_eq!(moved.sheets, 3);
    let now = view(&desk, two);
    let row = now.candidates.iter().find(|c| c.application == who).unwrap();
    assert!(row.sheets.iter().all(|s| !s.is_in()));
    let back = Move { application: who, to: Some(one.panel.id), reason: "换回".into() };
    assert_eq!(desk.refused(&back), "panel.was_here");
}

#[test]
fn a_review_anew_is_by_others_and_the_mark_leaves() {
    let (mut desk, _) = with_pool(60, 6);
    let panel = drawn(&mut desk, 1).panels[0];
    let seats = view(&desk, panel);
    let who = seats.candidates[0].clone();
    let anew = |to| Rereview { application: who.application, reason: "申诉成立".into(), to };
    assert_eq!(desk.refused(&anew(None)), "panel.not_ruled");
    desk.does(&SealAnyway(panel));
    assert_eq!(desk.refused(&Rereview { reason: "".into(), ..anew(None) }), "panel.rereview_reason");
    let moved = Move { application: who.application, to: None, reason: "x".into() };
    assert_eq!(desk.refused(&moved), "panel.move_sealed");
    let out = desk.does(&anew(None));
    assert_eq!(out.was, Some(kaowu::model::Points::whole(75)));
    let standing = crate::panel::world::technicians(&desk);
    let standing = standing.iter().find(|r| r.application == who.application).unwrap().review;
    assert_eq!(standing, Standing::Missing);
    assert_eq!(panel::waiting(&desk.site).unwrap(), 1);
    // By lot: none of those who judged before.
    let again = desk.does(&panel::Draw { names: vec!["复评组".into()], ..draw(1, 1) });
    let former: Vec<_> = seats.members.iter().map(|m| m.staff).collect();
    let anew_panel = view(&desk, again.panels[0]);
    assert!(anew_panel.members.iter().all(|m| !former.contains(&m.staff)));
    assert_eq!(anew_panel.candidates.iter().map(|c| c.application).collect::<Vec<_>>(), [who.application]);
    assert_eq!(again.plan.excluded.len(), 3);
    assert!(again.plan.excluded.iter().all(|e| e.why[0].code.0 == "expert.former"));
    // By hand neither.
    desk.does(&Move { application: who.application, to: None, reason: "改由人工编组".into() });
    let members = seats.members.iter().map(|m| crate::panel::world::member(&m.name, "", m.chair)).collect();
    let by_hand = panel::Form { name: "旧人".into(), members, candidates: Some(vec![who.application]) };
    assert_eq!(desk.refused(&by_hand), "panel.no_candidate");
}

/// What a panel does not judge.
#[derive(serde::Serialize)]
struct Rest(ApplicationId);

impl Operation for Rest {
    const KIND: &'static str = "test.rest";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        for subject in [Subject::Theory, Subject::Practical] {
            let (mark, points) = (MarkKind::Points, Some(Points::whole(80)));
            work.tx.insert(&MarkRow { application: self.0, subject, mark, points })?;
        }
        Ok(())
    }
}

#[test]
fn a_tie_that_comes_to_light_stands_in_the_way_of_the_seal_s1_22() {
    let (mut desk, _) = with_pool(60, 5);
    let panel = drawn(&mut desk, 1).panels[0];
    fill(&mut desk, panel);
    sign(&mut desk, panel);
    let seats = view(&desk, panel);
    assert_eq!(seats.next, Next::Seal, "{:?}", seats.missing);
    let (member, who) = (seats.members[1].clone(), seats.candidates[0].clone());
    tie(&mut desk, member.staff.unwrap(), TieKind::Kin, who.application);
    let now = view(&desk, panel);
    assert_eq!(now.missing.conflicts, [format!("{} / {}", member.name, who.name)]);
    assert_eq!((now.next, panel::panels(&desk.site).unwrap()[0].next), (Next::Recuse, Next::Recuse));
    assert_eq!(desk.refused(&Seal { panel }), "expert.kin");
    let (application, kind, reason) = (who.application, TieKind::Kin, "本人申报".to_owned());
    desk.does(&Recuse { member: member.id, application, kind, reason, stand_in: None });
    let now = view(&desk, panel);
    assert_eq!((now.missing.conflicts.len(), now.next), (0, Next::Quorum));
    assert_eq!(desk.refused(&Seal { panel }), "panel.not_ready");
}

#[test]
fn whoever_holds_a_certificate_is_not_judged_anew() {
    let (mut desk, _) = with_pool(60, 6);
    let panel = drawn(&mut desk, 1).panels[0];
    fill(&mut desk, panel);
    sign(&mut desk, panel);
    desk.does(&Seal { panel });
    let application = view(&desk, panel).candidates[0].application;
    desk.does(&Rest(application));
    desk.at("18:00");
    desk.release();
    assert_eq!(desk.does(&Number { issued_on: "2023-10-15".parse().unwrap() }).people, 1);
    let anew = Rereview { application, reason: "申诉成立".into(), to: None };
    assert_eq!(desk.refused(&anew), "panel.certified");
    assert!(view(&desk, panel).candidates[0].mark.is_some());
}
