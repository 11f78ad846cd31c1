//! What nobody does alone.
use crate::harness::second::cheap_hash;
use crate::harness::{Desk, PIN, PlantMarks, PlantPins, SECOND, Screen, Shell};
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, CertificateId, FixedClock, Mark, Points, Role, Stamp, Subject};
use kaowu::ops::certificates::{Number, Revoke};
use kaowu::ops::exchange::{self, Export};
use kaowu::ops::history::Undo;
use kaowu::ops::together::{self, Wanted};
use kaowu::ops::upkeep::{AddOperator, DisableOperator, operators};
use kaowu::ops::{Access, Error, KINDS, Operation, People, Result, Site, Work};
use proptest::prelude::*;
use rusqlite::Connection;
use serde::Serialize;

/// Something that takes two, and changes nothing.
fn list(rows: u64) -> Export {
    let (what, file, purpose) = ("applications".to_owned(), "list.csv".to_owned(), Some("核验".to_owned()));
    Export { what, rows, whole: rows, file, purpose, about: String::new() }
}

/// The coordinator has a PIN, and there are others with one: `second`, a score manager, a proctor.
fn desk() -> Desk {
    let mut desk = Desk::with_batch();
    for (name, role) in [("manager", Role::ScoreManager), ("helper", Role::Proctor)] {
        let pin_hash = Some(cheap_hash().to_owned());
        desk.does(&AddOperator { name: name.into(), roles: vec![role], os_user: None, unit: None, pin_hash });
    }
    desk.does(&PlantPins(vec!["coordinator".into()]));
    desk.alone();
    desk
}

/// What the operation wants signed.
fn wanted<O: Operation>(desk: &mut Desk, op: &O) -> Wanted
where
    O::Out: std::fmt::Debug,
{
    assert_eq!(desk.refused(op), if O::PEOPLE == People::Proven { "together.pin_needed" } else { "together.needed" });
    desk.site.take_wanted().unwrap()
}

fn code<T: std::fmt::Debug>(done: Result<T>) -> &'static str {
    match done.unwrap_err() {
        Error::Refused(refusal) => refusal.code.0,
        other => panic!("{other}"),
    }
}

#[test]
fn with_another_it_is_done_once_and_alone_never() {
    let mut desk = desk();
    let wanted = wanted(&mut desk, &list(3));
    together::both(&mut desk.site, &wanted, PIN, (SECOND, PIN)).unwrap();
    desk.does(&list(3));
    assert_eq!(desk.refused(&list(3)), "together.needed", "leave counts once");
    desk.does(&list(1));
}

#[test]
fn a_refusal_of_the_operation_itself_comes_before_anybody_is_called() {
    let mut desk = desk();
    let blank = Export { purpose: Some(" ".into()), ..list(3) };
    assert_eq!(desk.refused(&blank), "export.purpose_needed");
    assert!(desk.site.take_wanted().is_none());
}

#[test]
fn who_gives_is_another_with_a_role_and_a_pin() {
    let mut desk = desk();
    let wanted = wanted(&mut desk, &list(3));
    for (name, pin, expected) in [
        ("coordinator", PIN, "together.own"),
        ("helper", PIN, "duty.any_role_needed"),
        ("auditor", PIN, "together.no_pin"),
        ("nobody", PIN, "operator.unknown"),
        (SECOND, "00000000", "operator.wrong_pin"),
    ] {
        assert_eq!(code(together::both(&mut desk.site, &wanted, PIN, (name, pin))), expected, "{name}");
    }
    assert_eq!(code(together::both(&mut desk.site, &wanted, "00000000", (SECOND, PIN))), "operator.wrong_pin");
    assert_eq!(together::waiting(&desk.site).unwrap(), [], "nothing is asked for before both are right");
    assert_eq!(together::seconds(&desk.site, together::COSIGN).unwrap(), ["manager", SECOND]);
    desk.sign_on("typist-a");
    assert_eq!(code(together::ask(&mut desk.site, &wanted, PIN)), "together.no_pin");
}

#[test]
fn leave_lapses_after_ten_minutes_and_fits_nothing_else() {
    let mut desk = desk();
    desk.at("09:00");
    let three = wanted(&mut desk, &list(3));
    let number = together::ask(&mut desk.site, &three, PIN).unwrap();
    desk.at("09:11");
    assert_eq!(code(together::give(&desk.site, number, (SECOND, PIN))), "together.lapsed");
    let number = together::ask(&mut desk.site, &three, PIN).unwrap();
    desk.at("09:20");
    assert_eq!(together::give(&desk.site, number, (SECOND, PIN)).unwrap(), "exchange.export");
    assert_eq!(code(together::give(&desk.site, number, ("manager", PIN))), "together.already_given");
    assert_eq!(desk.refused(&list(4)), "together.needed", "other values");
    desk.at("09:22");
    assert_eq!(desk.refused(&list(3)), "together.needed", "too late");
    desk.at("09:10");
    assert_eq!(desk.refused(&list(3)), "together.needed", "a clock put back");
    desk.at("09:21");
    desk.does(&list(3));
}

#[test]
fn leave_is_for_who_asked_and_dies_with_the_account_that_gave_it() {
    let mut desk = desk();
    let wanted = wanted(&mut desk, &list(3));
    together::both(&mut desk.site, &wanted, PIN, (SECOND, PIN)).unwrap();
    desk.site.set_actor(kaowu::ops::Actor {
        id: operators(&desk.site).unwrap().iter().find(|o| o.name == SECOND).map(|o| o.id),
        name: SECOND.into(),
        roles: vec![Role::Coordinator],
    });
    assert_eq!(desk.refused(&list(3)), "together.needed", "another's leave");
    // Disabling takes no second person, so that it can be done at once.
    desk.does(&DisableOperator { name: SECOND.into() });
    let me = operators(&desk.site).unwrap().into_iter().find(|o| o.name == "coordinator").unwrap();
    desk.site.set_actor(kaowu::ops::Actor { id: Some(me.id), name: me.name, roles: vec![Role::Coordinator] });
    assert_eq!(desk.refused(&list(3)), "together.needed", "given by one who is gone");
}

#[test]
fn nobody_has_a_way_round_it() {
    let mut desk = desk();
    for role in Role::ALL {
        let one = operators(&desk.site).unwrap().into_iter().find(|o| o.role_list().contains(&role));
        let one = one.unwrap_or_else(|| panic!("nobody is {role:?}"));
        desk.site.set_actor(kaowu::ops::Actor { id: Some(one.id), name: one.name, roles: vec![role] });
        let code = desk.refused(&list(3));
        assert!(code == "together.needed" || code.starts_with("duty."), "{role:?}: {code}");
    }
    desk.site.set_actor(kaowu::ops::Actor { id: None, name: "setup".into(), roles: Role::ALL.to_vec() });
    assert_eq!(desk.refused(&list(3)), "together.needed");
}

#[test]
fn who_can_sign_is_added_by_two_once_two_can() {
    let mut desk = desk();
    let add = |name: &str, role| AddOperator {
        name: name.into(),
        roles: vec![role],
        os_user: None,
        unit: None,
        pin_hash: Some(cheap_hash().to_owned()),
    };
    assert_eq!(desk.refused(&add("more", Role::Coordinator)), "together.needed");
    desk.does(&add("door", Role::Proctor));
    let mut first = Desk::new();
    first.alone();
    first.does(&add("one", Role::Coordinator));
    first.does(&add("two", Role::Auditor));
    assert_eq!(first.refused(&add("three", Role::ScoreManager)), "together.needed");
}

/// Disabling is done by one, at once; so whoever is left alone by it is not one of the first.
#[test]
fn nobody_comes_to_be_alone_by_disabling_the_others() {
    let mut desk = Desk::new();
    desk.alone();
    let pin_hash = Some(cheap_hash().to_owned());
    let add = |name: &str, role| {
        let (name, roles, pin_hash) = (name.to_owned(), vec![role], pin_hash.clone());
        AddOperator { name, roles, os_user: None, unit: None, pin_hash }
    };
    desk.does(&add("one", Role::Coordinator));
    desk.does(&add("two", Role::Auditor));
    desk.does(&DisableOperator { name: "two".into() });
    assert_eq!(desk.refused(&add("three", Role::ScoreManager)), "together.needed");
    desk.does(&add("door", Role::Proctor));
}

/// Leave for some people's numbers is none for others'.
#[test]
fn leave_for_whole_numbers_is_for_those_people() {
    let mut desk = desk();
    let of = |whom: &str| Export { about: exchange::about(whom.as_bytes()), ..list(3) };
    let wanted = wanted(&mut desk, &of("room 1"));
    together::both(&mut desk.site, &wanted, PIN, (SECOND, PIN)).unwrap();
    assert_eq!(desk.refused(&of("room 2")), "together.needed");
    desk.does(&of("room 1"));
}

/// Takes one's own PIN, and says a number.
#[derive(Debug, Clone, Serialize)]
struct Own(i64);

impl Operation for Own {
    const KIND: &'static str = "test.own";
    const ROLES: &'static [Role] = &[];
    const JOURNAL: kaowu::ops::Journal = kaowu::ops::Journal::Always;
    const PEOPLE: People = People::Proven;
    type Out = i64;

    fn apply(&self, _: &mut Work<'_, '_>) -> Result<i64> {
        Ok(self.0)
    }
}

#[test]
fn where_another_decides_later_each_shows_their_own_pin() {
    let mut desk = desk();
    let five = wanted(&mut desk, &Own(5));
    assert_eq!(code(together::ask(&mut desk.site, &five, "00000000")), "operator.wrong_pin");
    together::ask(&mut desk.site, &five, PIN).unwrap();
    assert_eq!(together::waiting(&desk.site).unwrap(), [], "nobody else is wanted");
    assert_eq!(desk.refused(&Own(6)), "together.pin_needed");
    assert_eq!(desk.does(&Own(5)), 5);
    assert_eq!(desk.refused(&Own(5)), "together.pin_needed");
}

/// Told by the operation's values alone, so that no list in SQL can hold them.
const BY_VALUES: &[&str] = &[
    "exchange.merge",
    "history.undo",
    "operator.add",
    "operator.bind",
    "operator.reset_pin",
    "region_key.give",
    "region_key.take",
    "site.pins",
    "site.trust",
];

#[test]
fn the_journal_holds_every_kind_that_takes_two() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    drop(Desk::in_file(&path));
    let db = Connection::open(path).unwrap();
    let text = |name: &str| -> String {
        db.query_row("SELECT sql FROM sqlite_schema WHERE name = ?1", [name], |r| r.get(0)).unwrap()
    };
    let (two, own) = (text("operation_two_people"), text("operation_own_pin"));
    for kind in KINDS.iter().filter(|kind| !BY_VALUES.contains(&kind.name)) {
        let quoted = format!("'{}'", kind.name);
        assert_eq!(two.contains(&quoted), matches!(kind.people, People::Two(_)), "{}", kind.name);
        assert_eq!(own.contains(&quoted), kind.people == People::Proven, "{}", kind.name);
    }
}

/// With the file in hand and every check of the program out of the way.
#[test]
fn the_tables_refuse_one_person_too() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = Desk::in_file(&path);
    desk.open_batch();
    desk.does(&list(3));
    let db = Connection::open(&path).unwrap();
    db.execute("PRAGMA foreign_keys = OFF", []).unwrap();
    let copy = "INSERT INTO operation SELECT id + 1, op_id || 'x', kind, site, station, actor, actor_name, actor_roles, face, \
                at, batch, params, reason, policy, undoes, changes, digest, digest, salt, content, first_record, first_key, \
                first_upto, first_before, first_after, first_digest FROM operation WHERE id = (SELECT max(id) FROM operation)";
    let row = "INSERT INTO countersignature (id, kind, digest, said, roles, asked_by, asked_at, given_by, given_at, used) VALUES ";
    let given = "UPDATE countersignature SET given_by = 4, given_at = asked_at + 1";
    for (what, sql) in [
        ("one alone in the journal", copy.to_owned()),
        ("given before it was asked for", format!("{row} (9, 'x', '{}', '', 'c', 1, 1, 2, 2, NULL)", "0".repeat(64))),
        ("used before", format!("{row} (9, 'x', '{}', '', 'c', 1, 1, NULL, NULL, 9)", "0".repeat(64))),
        ("another in the place of who gave", given.to_owned()),
        ("used twice", "UPDATE countersignature SET used = used + 1".into()),
        ("asked again", "UPDATE countersignature SET asked_at = asked_at + 1".into()),
        ("gone", "DELETE FROM countersignature".into()),
    ] {
        assert!(db.execute(&sql, []).is_err(), "{what}");
    }
    let fresh = format!("{row} (9, 'x', '{}', '', 'c', 1, 1000, NULL, NULL, NULL)", "0".repeat(64));
    db.execute(&fresh, []).unwrap();
    for (what, set) in [
        ("by oneself", "given_by = 1, given_at = 1000"),
        ("after ten minutes", "given_by = 2, given_at = 601001"),
        ("before it was asked for", "given_by = 2, given_at = 999"),
    ] {
        assert!(db.execute(&format!("UPDATE countersignature SET {set} WHERE id = 9"), []).is_err(), "{what}");
    }
}

#[derive(Debug, Clone, Copy)]
enum Step {
    Ask(i64),
    Give(usize),
    Wait(i64),
    Do(i64),
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let value = 1_i64..3;
    let one = prop_oneof![
        value.clone().prop_map(Step::Ask),
        (0_usize..4).prop_map(Step::Give),
        (1_i64..6).prop_map(Step::Wait),
        value.prop_map(Step::Do),
    ];
    prop::collection::vec(one, 1..40)
}

/// Leave as a small model has it: value, minute asked, given.
type Leave = (i64, i64, bool);

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]
    /// Done is what was asked for and given within ten minutes and not used, and nothing else.
    #[test]
    fn leave_is_as_the_model_has_it(steps in steps()) {
        let mut desk = desk();
        let (clock, begin) = (desk.clock(), desk.site.now().0);
        let wants = [wanted(&mut desk, &list(2)), wanted(&mut desk, &list(3))];
        let (mut now, mut all): (i64, Vec<Leave>) = (0, Vec::new());
        for step in steps {
            match step {
                Step::Wait(minutes) => {
                    now += minutes;
                    clock.set(Stamp(begin + now * 60_000));
                }
                Step::Ask(value) => {
                    let number = together::ask(&mut desk.site, &wants[usize::try_from(value).unwrap() - 1], PIN).unwrap();
                    let open = all.iter().rposition(|(v, at, given)| *v == value && !given && now - at <= 10);
                    if open.is_none() {
                        all.push((value, now, false));
                    }
                    prop_assert_eq!(number, i64::try_from(open.unwrap_or(all.len() - 1)).unwrap() + 1);
                }
                Step::Give(place) => {
                    let done = together::give(&desk.site, i64::try_from(place).unwrap() + 1, ("manager", PIN));
                    let may = all.get_mut(place).filter(|(v, at, given)| *v > 0 && !*given && now - *at <= 10);
                    prop_assert_eq!(done.is_ok(), may.is_some());
                    if let Some(leave) = may {
                        leave.2 = true;
                    }
                }
                Step::Do(value) => {
                    let done = desk.try_to(&list(u64::try_from(value).unwrap() + 1));
                    let fits = all.iter_mut().rev().find(|(v, at, given)| *v == value && *given && now - *at <= 10);
                    prop_assert_eq!(done.is_ok(), fits.is_some());
                    if let Some(leave) = fits {
                        leave.0 = 0;
                    }
                }
            }
        }
    }
}

#[test]
fn two_at_one_terminal_and_two_at_two() {
    let (shell, _) = Shell::seated(3);
    let export = "export applications --full --purpose 核验 --out list.csv";
    shell.run(export).done();
    let pins = "--pin-file own-pin";
    shell.alone();
    let refused = shell.run(export);
    assert_eq!(refused.status, 1, "{}", refused.err);
    assert!(refused.err.contains("--second") && refused.err.contains("没有请求"), "{}", refused.err);
    let asked = shell.run(&format!("{export} {pins}"));
    assert_eq!(asked.status, 7, "asked for, and not done: {}", asked.err);
    assert!(asked.err.contains("kaowu together give"), "{}", asked.err);
    let waiting = shell.run("together list --json").done().json();
    assert_eq!((waiting[0]["asked_by"].is_string(), &waiting[0]["kind"]), (true, &"exchange.export".into()));
    let number = waiting[0]["number"].as_i64().unwrap();
    let listed = shell.run("together list").done().out;
    let mark = waiting[0]["mark"].as_str().unwrap();
    assert!(listed.starts_with("号 ") && !listed.contains("证书编号"), "{listed}");
    for wanted in ["用途: 核验", "名单或表格: 申报名单", "批次: nmg-2023", mark] {
        assert!(listed.contains(wanted), "{wanted}: {listed}");
    }
    assert_eq!(shell.run(&format!("together give {number} {pins}")).status, 1, "by oneself");
    std::fs::write(shell.path("empty"), "\n").unwrap();
    let empty = shell.run(&format!("{export} {pins} --second second --second-pin-file empty"));
    assert!(empty.status == 1 && empty.err.contains("second"), "no PIN is no asking elsewhere: {}", empty.err);
    let given = shell.run(&format!("together give {number} --as second --pin-file second-pin")).done();
    assert!(given.err.contains(mark) && given.out.contains("名单或表格: 申报名单"), "{}{}", given.err, given.out);
    shell.run(&format!("{export} {pins}")).done();
    assert_eq!(shell.run(&format!("{export} {pins}")).status, 7, "leave counts once, and is asked for anew");
    shell.run(&format!("{export} {pins} --second second --second-pin-file second-pin")).done();
    assert_eq!(shell.run(&format!("{export} {pins} --second second --second-pin-file own-pin")).status, 0, "same PIN");
    shell.run("log verify").done();
}

/// Two of the made-up people in a file, on the screen where forms are printed.
fn printing() -> (tempfile::TempDir, Screen) {
    let home = tempfile::tempdir().unwrap();
    let mut desk = Desk::in_file(&home.path().join("site.db"));
    desk.open_batch();
    desk.people(3);
    desk.does(&PlantPins(vec!["coordinator".into()]));
    desk.alone();
    (home, Screen::open(desk, "applications"))
}

fn print_forms(screen: &mut Screen) {
    screen.press("P").type_text("application-form").press("enter");
    for _ in 0..3 {
        if !screen.text().contains("双人操作") {
            screen.press("enter");
        }
    }
}

#[test]
fn on_the_screen_two_sign_over_whatever_wanted_it() {
    let (home, mut screen) = printing();
    print_forms(&mut screen);
    screen.sees("双人操作").sees("coordinator").sees_not(PIN);
    // What both sign stands there before anybody types a PIN.
    screen.sees("批次: nmg-2023").sees("名单或表格: 申报表").sees("含完整证件号人数: 3").sees("另一人口令");
    screen.type_text(PIN).press("enter").sees("second").type_text("sec").press("enter").type_text("00000000");
    screen.sees_not("00000000").press("enter").sees("双人操作").sees("口令");
    assert!(!home.path().join("exports").join("nmg-2023-application-form.html").exists());
    screen.type_text(PIN).press("enter").sees_not("另一人口令");
    assert!(home.path().join("exports").join("nmg-2023-application-form.html").exists(), "{}", screen.text());
}

#[test]
fn esc_does_nothing_and_at_another_terminal_leave_is_given_for_the_same() {
    let (home, mut screen) = printing();
    print_forms(&mut screen);
    screen.sees("双人操作").press("esc").sees_not("双人操作");
    let file = home.path().join("exports").join("nmg-2023-application-form.html");
    assert!(!file.exists());
    print_forms(&mut screen);
    screen.type_text(PIN).press("ctrl-t").sees("kaowu together give 1 --as 姓名 --pin-file 文件");
    let mark = together::waiting(&screen.app.site).unwrap()[0].mark.clone();
    screen.sees(&mark).press("esc").sees_not("together give");
    let clock = Box::new(FixedClock::at(screen.app.site.now()));
    let other = Site::open(&home.path().join("site.db"), Access::ReadWrite, Assets::default(), clock).unwrap();
    screen.app.tick();
    screen.sees_not("另一人已同意");
    together::give(&other, 1, (SECOND, PIN)).unwrap();
    screen.app.tick();
    screen.sees("另一人已同意");
    print_forms(&mut screen);
    assert!(file.exists(), "{}", screen.text());
}

#[test]
fn what_two_people_voided_one_does_not_bring_back() {
    let mut desk = Desk::seated(6);
    let passed =
        |id| [Subject::Theory, Subject::Practical].map(|s| (ApplicationId(id), s, Mark::Points(Points::whole(70))));
    desk.does(&PlantMarks((1..=6).flat_map(passed).collect()));
    desk.at("18:00").release();
    let issued_on = desk.site.now().day();
    desk.does(&Number { issued_on });
    let revoke = Revoke { certificate: CertificateId(1), reason: "弄虚作假".into(), sanction: None };
    let revoked = desk.try_to(&revoke).unwrap();
    let (op, number) = (revoked.op.unwrap(), revoked.out);
    desk.does(&PlantPins(vec!["coordinator".into()]));
    desk.alone();
    let undo = Undo { op, reason: "误操作".into() };
    let wanted = wanted(&mut desk, &undo);
    together::ask(&mut desk.site, &wanted, PIN).unwrap();
    let told = together::waiting(&desk.site).unwrap().pop().unwrap().facts;
    let names: Vec<_> = told.iter().map(|fact| (fact.name, fact.values.join(" "))).collect();
    let holder = kaowu::ops::certificates::by_number(&desk.site, &number).unwrap().name;
    assert_eq!(names, [("kind", "certificates.revoke".to_owned()), ("whom", holder)]);
    let me = desk.site.actor().clone();
    desk.sign_on("admin");
    assert_eq!(together::waiting(&desk.site).unwrap()[0].facts, [], "nothing of a batch for the administrator");
    desk.site.set_actor(me);
    together::both(&mut desk.site, &wanted, PIN, (SECOND, PIN)).unwrap();
    let op = desk.try_to(&undo).unwrap().op.unwrap();
    assert_eq!(desk.refused(&Undo { op, reason: "确为弄虚作假".into() }), "together.needed", "nor voids it again");
}
