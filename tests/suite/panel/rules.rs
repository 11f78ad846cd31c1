//! The operations through the one door, with each refusal.
use super::world::{fill, form, member, sign, technicians, three, view, with_panel};
use crate::harness::Desk;
use kaowu::model::{ApplicationId, Level, MemberId, PanelId, Points, Subject};
use kaowu::ops::applications::Withdraw;
use kaowu::ops::history::{self, Undo};
use kaowu::ops::panel::{self, Form, Reopen, Score, Seal, Sheet};
use kaowu::ops::results::{self, Filter, Standing};
use kaowu::ops::{ApplicationRow, Operation};

fn sheet(member: MemberId, application: ApplicationId, points: i32) -> Score {
    Score::total(member, application, Points::whole(points))
}

#[test]
fn a_panel_takes_everybody_of_levels_two_and_one_s1_22() {
    let (desk, formed) = with_panel(60);
    let people = technicians(&desk);
    assert!(people.len() > 3);
    assert_eq!((formed.members, formed.candidates, formed.recused.len()), (3, people.len(), 0));
    let view = view(&desk, formed.panel);
    assert!(view.candidates.iter().all(|c| matches!(c.level, Level::One | Level::Two)));
    assert_eq!((view.sheets, view.expected), (0, people.len() * 3));
    assert_eq!(view.members.iter().filter(|m| m.chair).count(), 1);
    assert_eq!(panel::waiting(&desk.site).unwrap(), 0);
}

#[test]
fn a_panel_is_odd_large_enough_and_has_one_chair() {
    let mut desk = Desk::seated(40);
    let mut members = three();
    members.pop();
    assert_eq!(desk.refused(&form(members.clone())), "panel.too_small");
    members = three();
    members.push(member("丁评委", "", false));
    assert_eq!(desk.refused(&form(members)), "panel.even");
    members = three();
    members[0].chair = false;
    assert_eq!(desk.refused(&form(members.clone())), "panel.one_chair");
    members[0].chair = true;
    members[1].chair = true;
    assert_eq!(desk.refused(&form(members)), "panel.one_chair");
    members = three();
    members[2].name = "甲 评委".into();
    assert_eq!(desk.refused(&form(members.clone())), "panel.member_twice");
    members[2].name = " ".into();
    assert_eq!(desk.refused(&form(members)), "panel.member_empty");
    assert_eq!(desk.refused(&Form { name: " ".into(), ..form(three()) }), "panel.name_empty");
    desk.sign_on("reviewer");
    assert_eq!(desk.refused(&form(three())), "duty.role_needed");
}

#[test]
fn candidates_of_a_members_unit_are_left_out_and_named() {
    let mut desk = Desk::seated(80);
    let people = technicians(&desk);
    let unit = people[0].employer.clone().unwrap();
    let mut members = three();
    members[1].unit = format!(" {unit}　");
    let formed = desk.does(&form(members));
    let same = people.iter().filter(|p| p.employer.as_ref() == Some(&unit)).count();
    assert_eq!(formed.recused.len(), same);
    assert_eq!(formed.candidates + same, people.len());
    assert!(formed.recused.iter().all(|r| r.member == "乙评委" && r.unit == unit));
    assert_eq!(panel::waiting(&desk.site).unwrap(), same);
    // The rest goes to another panel, which is not of that unit.
    let second = desk.does(&Form { name: "第二组".into(), ..form(three()) });
    assert_eq!(second.candidates, same);
    assert_eq!(desk.refused(&Form { name: "第三组".into(), ..form(three()) }), "panel.no_candidate");
}

#[test]
fn a_list_of_candidates_is_checked_one_by_one() {
    let mut desk = Desk::seated(60);
    let first = technicians(&desk)[0].clone();
    let all = results::outcomes(&desk.site, &Filter::default()).unwrap();
    let low = all.iter().find(|r| !r.level.is_technician()).unwrap().application;
    let of = |name: &str, ids: Vec<ApplicationId>| Form { name: name.into(), members: three(), candidates: Some(ids) };
    assert_eq!(desk.refused(&of("一", vec![low])), "panel.no_review");
    assert_eq!(desk.refused(&of("一", vec![ApplicationId(9999)])), "panel.not_in_batch");
    assert_eq!(desk.does(&of("一", vec![first.application, first.application])).candidates, 1);
    assert_eq!(desk.refused(&of("一", vec![first.application])), "panel.name_taken");
    assert_eq!(desk.refused(&of("二", vec![first.application])), "panel.has_panel");
}

#[test]
fn a_sheet_is_checked_and_belongs_to_its_scorer() {
    let (mut desk, formed) = with_panel(60);
    let shown = view(&desk, formed.panel);
    let (one, two) = (shown.members[0].id, shown.members[1].id);
    let who = shown.candidates[0].application;
    assert_eq!(desk.refused(&sheet(one, who, 80)), "duty.either_role_needed");
    desk.sign_on("reviewer");
    assert_eq!(desk.refused(&sheet(one, who, 101)), "mark.out_of_range");
    assert_eq!(desk.refused(&Score { points: Points::new(8025), ..sheet(one, who, 0) }), "mark.off_step");
    assert_eq!(desk.refused(&sheet(MemberId(99), who, 80)), "panel.unknown_member");
    assert_eq!(desk.refused(&sheet(one, ApplicationId(9999), 80)), "panel.not_a_candidate");
    desk.does(&sheet(one, who, 80));
    assert_eq!(desk.try_to(&sheet(one, who, 80)).unwrap().op, None);
    desk.does(&sheet(one, who, 81));
    let seen = |desk: &Desk| view(desk, formed.panel).candidates[0].sheets.clone();
    assert_eq!(seen(&desk), [Sheet::Shown(Points::whole(81)), Sheet::Out, Sheet::Out]);
    desk.sign_on("typist-a");
    assert_eq!(seen(&desk), [Sheet::In, Sheet::Out, Sheet::Out]);
    assert_eq!(desk.refused(&sheet(one, who, 81)), "panel.others_sheet");
    desk.does(&sheet(two, who, 60));
    desk.does(&sheet(shown.members[2].id, who, 99));
    desk.sign_on("auditor");
    assert_eq!(seen(&desk), [Sheet::In; 3]);
    let first = view(&desk, formed.panel).candidates[0].clone();
    assert_eq!((first.ruling, first.wide, first.all_in), (None, true, true), "a fact without values");
}

#[test]
fn sealing_needs_every_sheet_and_names_whose_are_missing() {
    let (mut desk, formed) = with_panel(60);
    fill(&mut desk, formed.panel);
    let op = history::next_undo({
        desk.sign_on("reviewer");
        &desk.site
    });
    desk.does(&Undo { op: op.unwrap(), reason: "拿错了".into() });
    desk.sign_on("coordinator");
    let refusal = desk.try_to(&Seal { panel: formed.panel }).unwrap_err();
    assert!(
        refusal.to_string().contains("sheets=丙评委 1 quorum=- durations=- rulings=- signatures=甲评委"),
        "{refusal}"
    );
    // Somebody who steps back is not waited for.
    let last = view(&desk, formed.panel).candidates.last().unwrap().application;
    desk.does(&Withdraw { application: last, reason: "本人申请".into() });
    sign(&mut desk, formed.panel);
    let sealed = desk.does(&Seal { panel: formed.panel });
    assert_eq!((sealed.candidates, sealed.wide.len()), (formed.candidates - 1, 0));
    let marked = technicians(&desk);
    assert!(marked.iter().all(|r| r.review == Standing::Points(Points::whole(71))));
}

#[test]
fn a_sealed_panel_stays_as_it_is_until_it_is_reopened_with_a_reason() {
    let (mut desk, formed) = with_panel(60);
    assert_eq!(desk.refused(&Reopen { panel: formed.panel, reason: "x".into() }), "panel.not_sealed");
    fill(&mut desk, formed.panel);
    sign(&mut desk, formed.panel);
    desk.does(&Seal { panel: formed.panel });
    let shown = view(&desk, formed.panel);
    assert_eq!(desk.refused(&Seal { panel: formed.panel }), "panel.sealed");
    assert_eq!(desk.refused(&Seal { panel: PanelId(9) }), "panel.unknown");
    let op = history::next_undo(&desk.site).unwrap();
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.not_undoable");
    desk.sign_on("reviewer");
    assert_eq!(desk.refused(&sheet(shown.members[0].id, shown.candidates[0].application, 1)), "panel.sealed");
    let op = history::next_undo(&desk.site).unwrap();
    assert_eq!(desk.refused(&Undo { op, reason: "x".into() }), "history.in_use");
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&Reopen { panel: formed.panel, reason: " ".into() }), "panel.reason_needed");
    let back = desk.does(&Reopen { panel: formed.panel, reason: "漏看材料".into() });
    assert_eq!((back.taken_back, back.kept), (formed.candidates, 0));
    assert!(technicians(&desk).iter().all(|r| r.review == Standing::Missing));
    desk.sign_on("reviewer");
    desk.does(&sheet(shown.members[0].id, shown.candidates[0].application, 100));
    desk.sign_on("coordinator");
    sign(&mut desk, formed.panel);
    let sealed = desk.does(&Seal { panel: formed.panel });
    assert_eq!(sealed.wide, [shown.candidates[0].name.clone()]);
}

#[test]
fn a_mark_that_a_certificate_rests_on_survives_a_reopening() {
    let (mut desk, formed) = with_panel(60);
    fill(&mut desk, formed.panel);
    sign(&mut desk, formed.panel);
    desk.does(&Seal { panel: formed.panel });
    let who = view(&desk, formed.panel).candidates[0].application;
    desk.does(&Certify(who));
    let back = desk.does(&Reopen { panel: formed.panel, reason: "漏看材料".into() });
    assert_eq!((back.taken_back, back.kept), (formed.candidates - 1, 1));
    let member = view(&desk, formed.panel).members[0].id;
    desk.sign_on("reviewer");
    assert_eq!(desk.refused(&sheet(member, who, 1)), "panel.certified");
    desk.sign_on("coordinator");
    sign(&mut desk, formed.panel);
    assert_eq!(desk.does(&Seal { panel: formed.panel }).candidates, formed.candidates - 1);
    let rows = technicians(&desk);
    assert!(rows.iter().all(|r| r.of(Subject::Review) == Standing::Points(Points::whole(71))));
}

/// A certificate without the rules of issuing.
#[derive(serde::Serialize)]
struct Certify(ApplicationId);

impl Operation for Certify {
    const KIND: &'static str = "test.certify";
    const ROLES: &'static [kaowu::model::Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut kaowu::ops::Work<'_, '_>) -> kaowu::ops::Result<()> {
        let batch = work.batch()?.id;
        let row = kaowu::store::rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [self.0])?.unwrap();
        let prefix = "S000015000001".to_owned();
        let number = format!("{prefix}23{}000001", row.level.digit());
        Ok(work.tx.insert(&kaowu::ops::CertificateRow {
            id: kaowu::model::CertificateId(1),
            batch,
            application: self.0,
            source: kaowu::ops::NumberSource::Own,
            origin: None,
            prefix,
            year: 23,
            level: row.level,
            sign: row.level.digit().to_string(),
            serial: 1,
            number,
            issued_on: work.now.day(),
            state: kaowu::ops::CertificateState::Valid,
        })?)
    }
}
