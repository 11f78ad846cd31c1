//! `batch close` says what stands in the way.
use super::world::World;
use crate::harness::Shell;
use kaowu::ops::batch::{Close, CloseAnyway, Weight, stops};
use kaowu::ops::complaints::{Add, Decide, TakeUp};
use kaowu::ops::demo::Stage;
use kaowu::ops::history::Undo;
use kaowu::ops::publicity;

fn close() -> Close {
    Close { reason: "办结".into() }
}

#[test]
fn what_somebody_waits_for_must_be_decided_and_what_is_not_done_may_stay_with_a_reason() {
    let mut world = World::at(Stage::Published);
    let open = Add {
        name: "来访人".into(),
        unit: None,
        contact: "15400000001".into(),
        matter: "考场嘈杂".into(),
        against: None,
        evidence: None,
        received_on: None,
    };
    let (number, _) = world.does(&open);
    let found = stops(&world.site).unwrap();
    let of = |code: &str| found.iter().find(|stop| stop.code == code).map(|stop| (stop.count, stop.weight));
    assert_eq!(of("complaints"), Some((1, Weight::Open)), "{found:?}");
    assert_eq!(of("publicity"), Some((1, Weight::Open)), "{found:?}");
    assert_eq!(of("release"), Some((1, Weight::Undone)), "the act that makes results final: {found:?}");
    assert!(of("certificates").is_some_and(|(count, weight)| count > 0 && weight == Weight::Undone), "{found:?}");
    assert_eq!(world.refused(&close()).0, "batch.matters_open");
    let anyway = CloseAnyway { reason: "办结".into() };
    assert_eq!(world.refused(&anyway).0, "batch.matters_open");
    world.does(&TakeUp { number, handler: Some("孙办理".into()) });
    world.does(&Decide { number, outcome: "已提醒".into() });
    // The list is still open to objections.
    assert_eq!(open_matters(&world), [("publicity", 1)]);
    assert_eq!(world.refused(&anyway).0, "batch.matters_open");
    make_final(&mut world);
    assert_eq!(open_matters(&world), []);
    assert_eq!(world.refused(&close()).0, "batch.not_done");
    assert_eq!(world.refused(&CloseAnyway { reason: " ".into() }).0, "batch.reason_needed");
    world.does(&anyway);
    assert!(stops(&world.site).unwrap().is_empty(), "a closed batch");
    assert_eq!(world.refused(&close()).0, "batch.closed");
}

fn open_matters(world: &World) -> Vec<(&'static str, i64)> {
    let open = stops(&world.site).unwrap().into_iter().filter(|s| s.weight == Weight::Open);
    open.map(|s| (s.code, s.count)).collect()
}

/// On the day after the window.
fn make_final(world: &mut World) {
    let until = publicity::current(&world.site).unwrap().unwrap().until_day.unwrap();
    world.on(&until.succ_opt().unwrap().to_string());
    let accepted = publicity::finalise_check(&world.site).unwrap().codes();
    world.does(&publicity::Finalise { accepted });
}

#[test]
fn an_empty_batch_closes_at_once_and_undo_opens_it_again() {
    let shell = Shell::with_batch();
    let none = shell.run("batch close --check --json").done().json();
    assert_eq!(none.as_array().unwrap().len(), 0);
    shell.run("batch close --reason 开错了").done();
    assert_eq!(shell.run("batch close --reason 再来 --batch nmg-2023").status, 1);
    shell.run("undo --reason 误关 --batch nmg-2023").done();
    let mut world = World::closed();
    let op = kaowu::store::journal::head(&world.db()).unwrap().0;
    world.does(&Undo { op: kaowu::model::OpNo(op), reason: "再看".into() });
    assert!(
        !stops(&world.site).unwrap().is_empty() || world.site.batch().unwrap().state == kaowu::ops::BatchState::Open
    );
}

/// What was done before it was closed stays, whoever takes it back; what belongs to no batch goes on.
#[test]
fn nothing_of_a_closed_batch_is_taken_back() {
    let mut world = World::certified();
    let back = |world: &mut World, op| world.does(&Undo { op, reason: "误操作".into() });
    let (name, roles) = ("新监考".into(), vec![kaowu::model::Role::Proctor]);
    world.does(&kaowu::ops::upkeep::AddOperator { name, roles, os_user: None, unit: None, pin_hash: None });
    let added = head(&world);
    world.does(&Add {
        name: "来访人".into(),
        unit: None,
        contact: "15400000001".into(),
        matter: "考场嘈杂".into(),
        against: None,
        evidence: None,
        received_on: None,
    });
    let complaint = head(&world);
    let number = kaowu::ops::complaints::list(&world.site).unwrap().last().unwrap().complaint.id;
    world.does(&TakeUp { number, handler: Some("孙办理".into()) });
    world.does(&Decide { number, outcome: "已提醒".into() });
    let decided = head(&world);
    world.does(&Undo { op: decided, reason: "写错".into() });
    let undone = head(&world);
    world.does(&Undo { op: undone, reason: "没写错".into() });
    world.does(&CloseAnyway { reason: "年度归档".into() });
    let closed = head(&world);
    for op in [complaint, decided, undone] {
        let code = world.refused(&Undo { op, reason: "误操作".into() }).0;
        assert!(code == "batch.closed" || code == "history.already_undone", "{op:?} {code}");
    }
    let redo = kaowu::model::OpNo(undone.0 + 1);
    assert_eq!(world.refused(&Undo { op: redo, reason: "误操作".into() }).0, "batch.closed");
    back(&mut world, added);
    back(&mut world, closed);
    back(&mut world, redo);
}

fn head(world: &World) -> kaowu::model::OpNo {
    kaowu::model::OpNo(kaowu::store::journal::head(&world.db()).unwrap().0)
}

/// An archive says how things stood: two people open again what it is of.
#[test]
fn a_sealed_batch_is_opened_again_by_two() {
    let mut world = World::closed();
    let closed = head(&world);
    world.seal();
    let undo = Undo { op: closed, reason: "补登".into() };
    world.site.set_witness(None);
    assert_eq!(world.refused(&undo).0, "together.needed");
    world.site.set_witness(Some(crate::harness::second::witness()));
    world.does(&undo);
}

#[test]
fn the_command_lists_what_stands_in_the_way() {
    let (shell, _) = Shell::seated(3);
    let found = shell.run("batch close --check --json").done().json();
    assert_eq!(found[0]["code"], "marks");
    assert_eq!(found[0]["weight"], "undone");
    let refused = shell.run("batch close --reason 办结");
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains("--anyway"), "{}", refused.err);
    shell.run("batch close --anyway --reason 取消考试").done();
}
