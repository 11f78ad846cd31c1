//! What a PIN must be, how wrong ones count over processes, and who may set one.
use crate::harness::{Desk, Screen, Shell};
use argon2::password_hash::PasswordHasher;
use kaowu::model::{Datum, Role, Stamp};
use kaowu::ops::history::Undo;
use kaowu::ops::upkeep::{
    AddOperator, Bind, Binding, Credential, DisableOperator, OwnPin, PinFailed, PinProven, ResetPin, SetPins,
    change_pin, check, hash_pin, operators, prove, sign_on,
};
use kaowu::ops::{Access, Error, Operation, Pins, Result, Site};
use std::process::Stdio;

const PIN: &str = "20231015";
const WRONG: &str = "20231016";

/// A desk with a proctor `Wang` who has a PIN of little work.
fn desk() -> Desk {
    let mut desk = Desk::with_batch();
    add(&mut desk, "Wang", Some(light(PIN)));
    desk
}

fn add(desk: &mut Desk, name: &str, pin_hash: Option<String>) {
    desk.does(&AddOperator { name: name.into(), roles: vec![Role::Proctor], os_user: None, unit: None, pin_hash });
}

/// A hash as an earlier version made it, only quicker.
fn light(pin: &str) -> String {
    let params = argon2::Params::new(64, 1, 1, None).unwrap();
    argon2::Argon2::from(params).hash_password(pin.as_bytes()).unwrap().to_string()
}

fn try_pin(desk: &mut Desk, pin: &str) -> Result<()> {
    sign_on(&mut desk.site, &Credential::Named { name: "Wang", pin: Some(pin), os_user: None })
}

fn code(result: Result<impl Sized>) -> &'static str {
    match result {
        Ok(_) => "",
        Err(Error::Refused(refusal)) => refusal.code.0,
        Err(other) => panic!("{other}"),
    }
}

fn seconds(result: Result<()>) -> i64 {
    let Err(Error::Refused(refusal)) = result else { panic!("let in") };
    match refusal.get("seconds") {
        Some(Datum::Int(seconds)) => *seconds,
        other => panic!("{other:?} in {refusal}"),
    }
}

#[test]
fn nothing_typed_is_no_attempt() {
    let mut desk = desk();
    for _ in 0..9 {
        assert_eq!(code(try_pin(&mut desk, " ")), "operator.pin_needed");
    }
    assert_eq!(code(try_pin(&mut desk, PIN)), "");
}

#[test]
fn wrong_pins_lock_for_twice_as_long_each_time_and_a_right_one_forgets_them() {
    let mut desk = desk();
    let clock = desk.clock();
    for _ in 0..4 {
        assert_eq!(code(try_pin(&mut desk, WRONG)), "operator.wrong_pin");
    }
    for wanted in [15, 30, 60, 120, 240, 480, 960, 1920, 3840, 7200, 7200] {
        assert_eq!(seconds(try_pin(&mut desk, WRONG)), wanted);
        // The right one is not even looked at, one second before the end of the lock.
        clock.set(Stamp(clock.get().0 + (wanted - 1) * 1000));
        let early = try_pin(&mut desk, PIN);
        assert_eq!(code(early), "operator.locked");
        clock.set(Stamp(clock.get().0 + 1000));
    }
    try_pin(&mut desk, PIN).unwrap();
    assert_eq!(code(try_pin(&mut desk, WRONG)), "operator.wrong_pin");
}

/// F9: somebody sets the machine's clock.
#[test]
fn no_clock_that_is_put_back_ends_a_lock() {
    let mut desk = desk();
    for _ in 0..5 {
        let _ = try_pin(&mut desk, WRONG);
    }
    let clock = desk.clock();
    clock.set(Stamp(clock.get().0 - 86_400_000));
    assert_eq!(seconds(try_pin(&mut desk, PIN)), 15);
}

#[test]
fn a_lock_holds_for_every_use_of_the_pin() {
    let mut desk = desk();
    try_pin(&mut desk, PIN).unwrap();
    for _ in 0..5 {
        assert!(prove(&desk.site, Some(WRONG)).is_err());
    }
    assert_eq!(code(prove(&desk.site, Some(PIN))), "operator.locked");
    assert_eq!(code(change_pin(&mut desk.site, Some(PIN), "49382716")), "operator.locked");
}

#[test]
fn wrong_pins_of_many_processes_are_all_counted() {
    let shell = Shell::with_batch();
    std::fs::write(shell.path("pin"), PIN).unwrap();
    std::fs::write(shell.path("wrong"), WRONG).unwrap();
    shell.run("operator add Wang --role proctor --operator-pin-file pin").done();
    let mut at_once: Vec<_> = (0..7)
        .map(|_| {
            let mut command = shell.command();
            command.args(["operator", "list", "--as", "Wang", "--pin-file", "wrong"]);
            command.stdout(Stdio::null()).stderr(Stdio::null()).spawn().unwrap()
        })
        .collect();
    at_once.iter_mut().for_each(|child| assert!(child.wait().is_ok()));
    let mut one = shell.command();
    one.args(["checkin", "list", "--as", "Wang", "--pin-file", "wrong"]);
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    let failures = count("SELECT failures FROM pin_failure");
    // Those that came after the lock were not looked at; the lock is there from the fifth on.
    assert!((5..=7).contains(&failures), "{failures}");
    assert_eq!(count("SELECT count(*) FROM operation WHERE kind = 'operator.pin_failed'"), failures);
    let late = shell.run("operator pin --as Wang --pin-file pin --new-pin-file wrong --json");
    assert!(late.status == 1 && late.err.contains("operator.locked"), "{}", late.err);
    let listed = shell.run("operator list --json").done().json();
    let wang = listed.as_array().unwrap().iter().find(|o| o["name"] == "Wang").unwrap();
    assert!(wang["locked"].as_i64().unwrap() >= 15 && wang["has_pin"] == true, "{wang}");
    let ended = shell.run("operator reset Wang").done();
    assert!(ended.err.contains("锁定已解除"), "{}", ended.err);
    shell.run("operator pin --as Wang --pin-file pin --new-pin-file wrong").done();
    assert_eq!(kaowu::store::journal::verify(&db).unwrap().broken_at, None);
}

#[test]
fn an_old_hash_is_made_anew_when_its_owner_signs_on() {
    let mut desk = desk();
    let stored = |desk: &Desk| operators(&desk.site).unwrap().iter().find(|o| o.name == "Wang").unwrap().pin.clone();
    assert!(stored(&desk).unwrap().contains("m=64,t=1,p=1"));
    let _ = try_pin(&mut desk, WRONG);
    try_pin(&mut desk, PIN).unwrap();
    let renewed = stored(&desk).unwrap();
    assert!(renewed.starts_with("$argon2id$v=19$m=65536,t=3,p=1$"), "{renewed}");
    try_pin(&mut desk, PIN).unwrap();
    assert_eq!(stored(&desk).unwrap(), renewed);
    assert!(try_pin(&mut desk, WRONG).is_err());
}

#[test]
fn the_owner_changes_the_pin_and_gives_the_old_one() {
    let mut desk = desk();
    try_pin(&mut desk, PIN).unwrap();
    for (old, new, wanted) in [
        (None, "49382716", "operator.pin_needed"),
        (Some(WRONG), "49382716", "operator.wrong_pin"),
        (Some(PIN), "4938271", "operator.pin_too_short"),
        (Some(PIN), "passphras", "operator.phrase_too_short"),
        (Some(PIN), "12345678", "operator.pin_trivial"),
        (Some(PIN), "77777777", "operator.pin_trivial"),
        (Some(PIN), "２０２３１０１５", "operator.pin_same"),
        (Some(PIN), "", "operator.pin_too_short"),
    ] {
        assert_eq!(code(change_pin(&mut desk.site, old, new)), wanted, "{new}");
    }
    change_pin(&mut desk.site, Some(PIN), "进场先验证件再看脸").unwrap_err();
    change_pin(&mut desk.site, Some(PIN), "进场先验证件再看脸然后").unwrap();
    assert!(try_pin(&mut desk, PIN).is_err());
    try_pin(&mut desk, "进场先验证件再看脸然后").unwrap();
}

#[test]
fn a_name_alone_is_believed_only_where_the_site_says_so() {
    let mut desk = desk();
    add(&mut desk, "Li", None);
    let named = |name| Credential::Named { name, pin: None, os_user: None };
    sign_on(&mut desk.site, &named("Li")).unwrap();
    // Whoever came first could otherwise take the account.
    assert_eq!(code(change_pin(&mut desk.site, None, "49382716")), "operator.not_vouched");
    desk.sign_on("coordinator");
    assert_eq!(desk.refused(&SetPins { pins: Pins::Required }), "duty.role_needed");
    desk.sign_on("admin");
    desk.does(&SetPins { pins: Pins::Required });
    assert_eq!(code(sign_on(&mut desk.site, &named("Li"))), "operator.pin_missing");
    assert_eq!(code(sign_on(&mut desk.site, &named("Wang"))), "operator.pin_needed");
    desk.does(&ResetPin::of("Li", Some(light("49382716"))));
    sign_on(&mut desk.site, &Credential::Named { name: "Li", pin: Some("49382716"), os_user: None }).unwrap();
}

#[test]
fn a_new_site_wants_pins_and_its_administrator_gets_the_first_one() {
    let shell = Shell::new();
    std::fs::write(shell.path("pin"), PIN).unwrap();
    std::fs::write(shell.path("other"), "49382716").unwrap();
    let init = shell.run("init --site 01 --name 测试考点 --pins required").done();
    assert!(init.err.contains("operator pin --as admin"), "{}", init.err);
    let add = "operator add Li --role proctor --as admin";
    assert!(shell.run(&format!("{add} --json")).err.contains("operator.pin_unclaimed"));
    let told = shell.run(add);
    assert!(told.err.contains("kaowu operator pin --as admin --new-pin-file"), "{}", told.err);
    assert!(!told.err.contains("operator reset"), "nobody else is there to do it: {}", told.err);
    let none = shell.run("operator pin --as nobody --new-pin-file pin --json");
    assert!(none.err.contains("operator.unknown"), "{}", none.err);
    shell.run("operator pin --as admin --new-pin-file pin").done();
    let again = shell.run("operator pin --as admin --new-pin-file other --json");
    assert!(again.err.contains("operator.pin_needed"), "{}", again.err);
    shell.run(&format!("{add} --pin-file pin")).done();
    let first = shell.run("operator reset Li --as admin --pin-file pin --operator-pin-file other").done();
    assert!(first.err.contains("口令已设好") && !first.err.contains("锁定"), "{}", first.err);
    shell.run("operator add Zhao --role proctor --as admin --pin-file pin").done();
    // Nobody but an administrator is taken at their word, and only while there is none.
    let claimed = shell.run("operator pin --as Zhao --new-pin-file other --json");
    assert!(claimed.status == 1 && claimed.err.contains("operator.pin_missing"), "{}", claimed.err);
    let doctor = shell.run("doctor --json").done().json();
    let check = |name: &str| doctor["checks"].as_array().unwrap().iter().find(|c| c["check"] == name).unwrap().clone();
    assert_eq!(check("pins")["verdict"], "ok");
    assert!(check("no_pin")["verdict"] == "warn" && check("no_pin")["value"].as_str().unwrap().contains("Zhao"));

    let with = Shell::new();
    std::fs::write(with.path("pin"), PIN).unwrap();
    let init = with.run("init --site 01 --name 测试考点 --pins required --admin-pin-file pin").done();
    assert!(!init.err.contains("operator pin --as"), "{}", init.err);
    with.run(&format!("{add} --pin-file pin")).done();
    let text = with.run("log show 1 --json").done().out;
    assert!(!text.contains(PIN) && !text.contains("argon2"), "{text}");
}

#[test]
fn doctor_warns_where_names_are_believed() {
    let desk = desk();
    let found = check(&desk.site, kaowu::ops::upkeep::Depth::Usual).unwrap();
    let pins = found.iter().find(|c| c.check == "pins").unwrap();
    assert_eq!((pins.verdict, pins.value.as_str()), (kaowu::ops::upkeep::Verdict::Warn, "optional"));
}

/// One person alone would otherwise take over whoever gives leave to others.
#[test]
fn once_two_can_sign_a_reset_a_key_of_theirs_and_a_looser_rule_want_both() {
    let mut desk = desk();
    desk.alone();
    desk.sign_on("admin");
    for (name, role) in [("chief", Role::Coordinator), ("keeper", Role::Admin)] {
        let pin_hash = Some(light(PIN));
        desk.does(&AddOperator { name: name.into(), roles: vec![role], os_user: None, unit: None, pin_hash });
    }
    let to = Binding::OsUser("chief".into());
    assert_eq!(desk.refused(&ResetPin::of("chief", Some(light("49382716")))), "together.needed");
    assert_eq!(desk.refused(&ResetPin::of("Wang", None)), "together.needed");
    assert_eq!(desk.refused(&Bind { name: "chief".into(), to: to.clone() }), "together.needed");
    desk.does(&SetPins { pins: Pins::Required });
    assert_eq!(desk.refused(&SetPins { pins: Pins::Optional }), "together.needed");
    desk.does(&Bind { name: "Wang".into(), to });
}

#[test]
fn nobody_takes_back_a_wrong_pin_or_a_reset() {
    let mut desk = desk();
    let _ = try_pin(&mut desk, WRONG);
    try_pin(&mut desk, PIN).unwrap();
    desk.sign_on("admin");
    desk.does(&ResetPin::of("Wang", None));
    for kind in [PinFailed::KIND, PinProven::KIND, ResetPin::KIND, OwnPin::KIND] {
        let known = kaowu::ops::KINDS.iter().find(|k| k.name == kind).unwrap();
        assert_eq!(known.undo, kaowu::ops::Undo::Never, "{kind}");
    }
    desk.does(&DisableOperator { name: "Wang".into() });
    assert_eq!(code(try_pin(&mut desk, PIN)), "operator.unknown");
}

#[test]
fn the_screen_changes_the_pin() {
    let mut desk = desk();
    try_pin(&mut desk, PIN).unwrap();
    let mut screen = Screen::open(desk, "checkin");
    let choose = |screen: &mut Screen| {
        screen.press("f2").type_text("设置口令").press("enter");
    };
    choose(&mut screen);
    screen.sees("原口令").type_text(WRONG).press("enter").sees("再错 4 次");
    screen.type_text(PIN).sees("********").sees_not(PIN).press("enter").sees("新口令");
    screen.type_text("1234").press("enter").sees("新口令").sees_not("再输一次");
    screen.type_text("49382716").press("enter").sees("再输一次").type_text("49382717").press("enter").sees("不一样");
    screen.sees("新口令").type_text("49382716").press("enter").sees("再输一次").type_text("49382716").press("enter");
    screen.sees("口令已设好");
    assert!(prove(&screen.app.site, Some("49382716")).unwrap());
    assert!(hash_pin("49382716", "Wang").unwrap().contains("m=65536,t=3,p=1"));
}

/// A full disk: the screen must open again for whoever knows the PIN.
#[test]
fn a_right_pin_is_right_where_nothing_can_be_written() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = Desk::in_file(&path);
    add(&mut desk, "Wang", Some(light(PIN)));
    let _ = try_pin(&mut desk, WRONG);
    drop(desk);
    let clock = kaowu::model::FixedClock::at(Stamp::parse(crate::harness::desk::MORNING).unwrap());
    let assets = kaowu::config::Assets::default();
    let mut site = Site::open(&path, Access::ReadOnly, assets, Box::new(clock)).unwrap();
    let named = |pin| Credential::Named { name: "Wang", pin: Some(pin), os_user: None };
    assert!(sign_on(&mut site, &named(WRONG)).is_err());
    sign_on(&mut site, &named(PIN)).unwrap();
    assert!(prove(&site, Some(PIN)).unwrap());
}

/// It is set anew, either way: one hand does not loosen what one hand made stricter.
#[test]
fn a_stricter_rule_is_not_taken_back_by_one() {
    let mut desk = desk();
    desk.sign_on("admin");
    desk.does(&SetPins { pins: Pins::Optional });
    desk.alone();
    let op = desk.site.perform(&SetPins { pins: Pins::Required }).unwrap().op.unwrap();
    assert_eq!(desk.refused(&Undo { op, reason: "误设".into() }), "history.never_undone");
}

/// Somebody else has the database, or the disk is full: it is no place to guess PINs either.
#[test]
fn wrong_pins_count_beside_a_database_that_cannot_be_written() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("site.db");
    let mut desk = Desk::in_file(&path);
    add(&mut desk, "Wang", Some(light(PIN)));
    let held = rusqlite::Connection::open(&path).unwrap();
    held.execute_batch("BEGIN IMMEDIATE").unwrap();
    assert_eq!(code(try_pin(&mut desk, WRONG)), "operator.wrong_pin");
    let file = home.path().join("wrong-pins");
    let counted = std::fs::read_to_string(&file).unwrap();
    let parts: Vec<&str> = counted.split_whitespace().collect();
    assert_eq!(parts[1], "1", "{counted}");
    // They lock there too, and a right one forgets them.
    std::fs::write(&file, format!("{} 5 {}\n", parts[0], parts[2])).unwrap();
    assert_eq!(code(try_pin(&mut desk, PIN)), "operator.locked");
    held.execute_batch("ROLLBACK").unwrap();
    let clock = desk.clock();
    clock.set(Stamp(clock.get().0 + 16_000));
    try_pin(&mut desk, PIN).unwrap();
    assert_eq!(std::fs::read_to_string(&file).unwrap(), "");
}
