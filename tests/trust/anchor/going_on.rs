//! The way out of doubt: two people at one terminal, and nothing else is written before.
use super::world::{World, add};
use crate::harness::Shell;
use crate::harness::second::{PIN, SECOND};
use kaowu::model::{Role, Stamp};
use kaowu::ops::anchor::{Continue, go_on, lineages, seen};
use kaowu::ops::history::detail;
use kaowu::ops::together;
use kaowu::ops::upkeep::{Credential, lock_of, operators, sign_on};
use kaowu::ops::{Doubt, Operation, Site};
use std::path::Path;

/// An old copy whose last operation is a wrong PIN, and three operations more that are lost.
fn old_copy() -> World {
    let world = World::with(3);
    let mut site = world.open();
    wrong_pin(&mut site);
    drop(site);
    let old = world.copy();
    for name in ["one", "two", "three"] {
        add(&mut world.open(), name);
    }
    world.put_back(&old);
    world
}

fn wrong_pin(site: &mut Site) -> &'static str {
    let me = site.actor().clone();
    let tried = sign_on(site, &Credential::Named { name: SECOND, pin: Some("00000000"), os_user: None });
    site.set_actor(me);
    tried.unwrap_err().refusal().unwrap().code.0
}

fn code<T: std::fmt::Debug>(done: kaowu::ops::Result<T>) -> &'static str {
    done.unwrap_err().refusal().unwrap().code.0
}

#[test]
fn in_doubt_nothing_is_written_but_going_on_and_it_begins_where_the_copy_ends() {
    let world = old_copy();
    let mut site = world.open();
    let before = seen(&site).unwrap();
    let Some(Doubt::Cut { mark, head }) = site.doubt() else { panic!("{:?}", site.doubt()) };
    assert_eq!((mark - head, head), (3, before.number));
    // With one PIN alone, wrong PINs, another terminal: refused, and nothing of it stands in the database.
    site.set_witness(Some(Box::new(|site, wanted| together::ask(site, wanted, PIN).map(drop))));
    assert_eq!(code(go_on(&mut site, "the disk broke")), "together.here");
    site.set_witness(Some(Box::new(|site, wanted| together::both(site, wanted, PIN, (SECOND, "00000000")))));
    assert_eq!(code(go_on(&mut site, "the disk broke")), "operator.wrong_pin");
    site.set_witness(None);
    assert_eq!(code(go_on(&mut site, "the disk broke")), "together.here");
    assert_eq!(code(together::give(&site, 1, (SECOND, PIN))), "anchor.cut");
    drop(site);
    let mut site = world.open();
    assert_eq!(site.doubt(), Some(Doubt::Cut { mark, head }), "what was found stays as it was");
    assert_eq!(seen(&site).unwrap().head, before.head);
    let begun = go_on(&mut site, "the disk broke").unwrap();
    assert_eq!((begun.op.unwrap().0, begun.out.parent_no, &begun.out.parent_digest), (head + 1, head, &before.head));
    // Both hands stand in the very operation.
    let signed = detail(&site, begun.op.unwrap()).unwrap().changes;
    let records: Vec<_> = signed.iter().map(|change| change.record.as_str()).collect();
    assert!(records.contains(&"lineage") && records.contains(&"countersignature"), "{records:?}");
    assert_eq!(kaowu::store::journal::verify(&db(&world)).unwrap().broken_at, None);
    assert_eq!(kaowu::store::replay::replay(&db(&world)).unwrap().first, None);
    let hands: (String, i64, i64) = db(&world)
        .query_row("SELECT kind, asked_by, given_by FROM countersignature WHERE used = ?1", [head + 1], |r| {
            Ok((r.get(0)?, r.get(1)?, r.get(2)?))
        })
        .unwrap();
    assert!(hands.0 == Continue::KIND && hands.1 != hands.2, "{hands:?}");
    add(&mut site, "four");
    drop(site);
    assert_eq!((world.open().doubt(), lineages(&world.open()).unwrap().len()), (None, 2));
}

fn db(world: &World) -> rusqlite::Connection {
    rusqlite::Connection::open(world.path("site.db")).unwrap()
}

/// The count is in a file while the database takes nothing, and goes when it does again.
#[test]
fn a_site_in_doubt_is_no_place_to_guess_pins() {
    let world = old_copy();
    let mut site = world.open();
    let second = operators(&site).unwrap().into_iter().find(|o| o.name == SECOND).unwrap().id;
    // One is in the copy already.
    for wanted in ["operator.wrong_pin", "operator.wrong_pin", "operator.wrong_pin", "operator.wrong_pin_locked"] {
        assert_eq!(wrong_pin(&mut world.open()), wanted);
    }
    assert_eq!(wrong_pin(&mut world.open()), "operator.locked");
    assert_eq!(lock_of(&site, second).unwrap(), Some(15));
    assert_eq!(code(go_on(&mut site, "the disk broke")), "operator.locked");
    assert!(world.path("wrong-pins").exists());
    drop(site);
    let later = Stamp::parse("2023-10-15T08:20:00+08:00").unwrap();
    let clock = Box::new(kaowu::model::FixedClock::at(later));
    let (path, assets) = (world.path("site.db"), kaowu::config::Assets::default());
    let mut site = Site::open(&path, kaowu::ops::Access::ReadWrite, assets, clock).unwrap();
    site.set_actor(world.open().actor().clone());
    site.set_witness(Some(Box::new(|site, wanted| together::both(site, wanted, PIN, (SECOND, PIN)))));
    go_on(&mut site, "the disk broke").unwrap();
    assert!(!world.path("wrong-pins").exists());
}

/// Two PINs that were right sign what they were typed for, and nothing else.
#[test]
fn hands_that_are_held_sign_nothing_else() {
    let world = old_copy();
    let mut site = world.open();
    site.set_witness(None);
    let other = |reason: &str| Continue { found: "x".into(), public_key: None, reason: reason.into() };
    assert_eq!(code(site.perform(&other("one"))), "together.needed");
    let wanted = site.take_wanted().unwrap();
    together::both(&mut site, &wanted, PIN, (SECOND, PIN)).unwrap();
    assert_eq!(code(site.perform(&other("two"))), "together.needed");
    assert_eq!(code(site.perform(&other("one"))), "together.needed", "held for one attempt");
    assert!(site.actor().has(Role::Coordinator));
}

fn copy(from: &Path, to: &Path) {
    std::fs::copy(from, to).unwrap();
}

#[test]
fn the_commands_say_the_one_way() {
    let shell = Shell::with_batch();
    shell.pins().alone();
    copy(&shell.path("site.db"), &shell.path("old.db"));
    for name in ["a", "b"] {
        shell.run(&format!("operator add {name} --role proctor")).done();
    }
    copy(&shell.path("old.db"), &shell.path("site.db"));
    let before = std::fs::read(shell.path("site.db")).unwrap();
    let pins = "--pin-file own-pin";
    for (command, wanted) in [
        ("seat arrange", "anchor.cut"),
        ("together list", "anchor.cut"),
        ("together give 1", "anchor.cut"),
        ("anchor continue --reason 断电", "together.here"),
        ("anchor continue", "anchor.no_reason"),
    ] {
        let answer = shell.run(&format!("{command} {pins} --json"));
        assert!(answer.status == 1 && answer.err.contains(wanted), "{command}: {}", answer.err);
    }
    let told = shell.run("seat arrange").err;
    for wanted in ["kaowu restore 文件 --replace", "--readonly", "两人", "kaowu anchor continue", "2 项"] {
        assert!(told.contains(wanted), "{wanted}: {told}");
    }
    let told = shell.run(&format!("anchor continue --reason 断电 {pins}")).err;
    assert!(told.contains("--second 姓名 --second-pin-file") && told.contains(SECOND), "{told}");
    assert!(!told.contains("together give"), "{told}");
    shell.run("--readonly checkin list").done();
    assert_eq!(std::fs::read(shell.path("site.db")).unwrap(), before, "nothing was written");
    let doctor = shell.run("doctor");
    assert!(doctor.status == 70 && doctor.out.contains("放回了旧副本"), "{}", doctor.out);
    assert!(!doctor.out.contains("anchor.cut") && shell.run("doctor --json").out.contains("anchor.cut"));
    shell.run(&format!("anchor continue --reason 断电 {pins} --second {SECOND} --second-pin-file second-pin")).done();
    shell.run("log verify").done();
    shell.run("doctor --deep").done();
    let begun = shell.run("log --limit 1 --json").done().json();
    assert_eq!(begun[0]["kind"], "site.continue");
}
