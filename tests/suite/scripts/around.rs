//! What other work does around drawn numbers: seating in bulk, withdrawal, undo, changes of marks, copies, comparisons.
use super::{Lock, THEORY, every_room, save, sealed_pile, typed_by_two};
use crate::harness::{Desk, stands};
use kaowu::model::{ApplicationId, Mark, MarkChangeId, OpNo, Role, Subject};
use kaowu::ops::applications::Withdraw;
use kaowu::ops::entry::{self, Stage};
use kaowu::ops::history::{self, Undo};
use kaowu::ops::marks::{self, AskChange, DecideChange, Verdict};
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::{AddOperator, back_up};
use kaowu::ops::{ChangeState, MarkChangeRow, MarkKind, Operation, Result, ScriptRow, Work, scripts};
use kaowu::store::rows;
use serde::Serialize;

fn newest(desk: &Desk, kind: &str) -> OpNo {
    let all = history::page(&desk.site, &history::Filter::default(), None, 500).unwrap();
    all.iter().find(|o| o.kind == kind).unwrap().operation
}

fn code<T>(done: Result<T>) -> &'static str {
    done.err().map_or("", |error| error.refusal().unwrap().code.0)
}

/// The bag is counted and sealed: nobody comes into it in bulk, and no seat of a number is taken back.
#[test]
fn drawn_numbers_hold_their_room_against_arranging_and_undo() {
    let mut desk = Desk::seated(4);
    let arranged = newest(&desk, "seating.arrange");
    desk.does(&every_room());
    let before = numbers(&mut desk);
    assert_eq!(desk.refused(&Undo { op: arranged, reason: "重排".into() }), "script.seat_drawn");
    assert_eq!(code(history::may_undo(&desk.site, arranged)), "script.seat_drawn");
    super::operations::filed_late(&mut desk);
    assert_eq!(desk.refused(&Arrange { seed: 1 }), "seating.numbers_drawn");
    // The way out: one by one, and a number for who came.
    let late = desk.find("迟来人");
    desk.does(&kaowu::ops::seating::edit::Place { application: late, to: None });
    assert_eq!(desk.does(&every_room()).numbers, 1);
    let after = numbers(&mut desk);
    assert!(before.iter().all(|row| after.contains(row)) && after.len() == 5);
}

#[derive(Serialize)]
struct Numbers;

impl Operation for Numbers {
    const KIND: &'static str = "test.numbers";
    const ROLES: &'static [Role] = &[];
    type Out = Vec<(ApplicationId, String)>;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Self::Out> {
        let all = rows::select::<ScriptRow>(work.tx.db(), "ORDER BY application", ())?;
        Ok(all.into_iter().map(|row| (row.application, row.number)).collect())
    }
}

fn numbers(desk: &mut Desk) -> Vec<(ApplicationId, String)> {
    desk.does(&Numbers)
}

#[test]
fn whoever_withdraws_keeps_the_number() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    let (before, (pile, papers)) = (numbers(&mut desk), sealed_pile(&desk));
    let gone = papers[0].application;
    desk.does(&Withdraw { application: gone, reason: "退出".into() });
    assert_eq!(numbers(&mut desk), before);
    let stage = |desk: &Desk| entry::pile(&desk.site, &pile).unwrap()[0].1;
    assert_eq!((stage(&desk), sealed_pile(&desk).1.len()), (Stage::Withdrawn, 4));
    assert_eq!(code(scripts::map(&desk.site, THEORY)), "script.not_open");
    let withdrawn = newest(&desk, "applications.withdraw");
    desk.does(&Undo { op: withdrawn, reason: "误操作".into() });
    assert_eq!((numbers(&mut desk), stage(&desk)), (before, Stage::Empty));
}

#[derive(Serialize)]
struct Planted(ApplicationId);

/// A change that waits, as if it had been asked for before the numbers were drawn.
impl Operation for Planted {
    const KIND: &'static str = "test.planted";
    const ROLES: &'static [Role] = &[];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let points = |text| Mark::Points(kaowu::model::Points::parse(text).unwrap()).points();
        Ok(work.tx.insert(&MarkChangeRow {
            id: MarkChangeId(1),
            application: self.0,
            subject: Subject::Theory,
            old_mark: Some(MarkKind::Points),
            old_points: points("43.5"),
            new_mark: MarkKind::Points,
            new_points: points("44.5"),
            reason: "复核".into(),
            asked_by: work.actor.operator()?,
            asked_at: work.now,
            state: ChangeState::Asked,
            decided_by: None,
            decided_at: None,
            note: None,
        })?)
    }
}

/// No change of a sealed mark is asked for, shown or decided by name; what is said names the session only (S0-23).
#[test]
fn changes_of_sealed_marks_are_told_to_nobody_s0_23() {
    let mut desk = Desk::seated(4);
    desk.does(&every_room());
    typed_by_two(&mut desk, "43.5");
    desk.does(&Lock(THEORY));
    let who = ApplicationId(1);
    let mark = crate::marks::points("44.5");
    let ask = AskChange { application: who, subject: Subject::Theory, mark, reason: "复核".into() };
    assert_eq!(desk.refused(&ask), "marks.sealed");
    assert_eq!(code(marks::preview_ask(&desk.site, who, Subject::Theory, mark)), "marks.sealed");
    desk.does(&Planted(who));
    assert!(marks::changes(&desk.site).unwrap().is_empty());
    assert_eq!(code(marks::change(&desk.site, MarkChangeId(1))), "marks.unknown_change");
    assert_eq!(code(marks::preview(&desk.site, MarkChangeId(1))), "marks.unknown_change");
    desk.sign_on("score-manager");
    let decide = DecideChange { change: MarkChangeId(1), verdict: Verdict::Approve, note: String::new() };
    let refused = desk.try_to(&decide).unwrap_err();
    let person = kaowu::ops::results::outcomes(&desk.site, &Default::default()).unwrap().swap_remove(0);
    let (name, said) = (person.name, format!("{refused:?}"));
    assert!(refused.refusal().unwrap().is(kaowu::model::Code("marks.sealed")) && !said.contains(&name), "{said}");
    // Opened by two, it is there.
    desk.sign_on("coordinator").does(&scripts::Ask { session: THEORY, reason: "已锁定".into() });
    desk.sign_on("approver").does(&scripts::Open { session: THEORY });
    assert_eq!(marks::changes(&desk.site).unwrap().len(), 1);
}

/// A copy holds every entry: whoever types makes none before the marks are settled and open (S0-24).
#[test]
fn no_typist_makes_a_backup_while_entries_are_unsettled_s0_24() {
    let mut desk = Desk::seated(4);
    let folder = tempfile::tempdir().unwrap();
    let to = |name: &str| folder.path().join(name);
    for duty in [Role::Admin, Role::Coordinator] {
        let roles = vec![duty, Role::Typist];
        let both = AddOperator { name: "both".into(), roles, os_user: None, unit: None, pin_hash: None };
        assert_eq!(desk.refused(&both), "operator.duties_clash");
    }
    for who in ["typist-a", "proctor", "reviewer", "auditor"] {
        assert_eq!(code(back_up(&desk.sign_on(who).site, &to("a.db"))), "duty.either_role_needed", "{who}");
    }
    desk.sign_on("typist-a").does(&save(ApplicationId(1), "43.5"));
    assert_eq!(code(back_up(&desk.site, &to("b.db"))), "duty.either_role_needed");
    assert!(!to("a.db").exists() && !to("b.db").exists());
    let made = back_up(&desk.sign_on("coordinator").site, &to("c.db")).unwrap();
    let listed = serde_json::to_string(&made).unwrap();
    assert!(!stands(&listed, "43.5") && !stands(&listed, "4350"), "{listed}");
    desk.sign_on("typist-b").does(&save(ApplicationId(1), "43.5"));
    assert_eq!(code(back_up(&desk.site, &to("settled.db"))), "duty.either_role_needed");
    assert!(back_up(&desk.sign_on("admin").site, &to("settled.db")).is_ok());
}
