//! Operators with a PIN: signing on by command and on the screen, and where the PIN's hash does not stand.
use crate::harness::{Desk, Screen, Shell};
use kaowu::model::Role;
use kaowu::ops::history::{Undo, next_redo};
use kaowu::ops::upkeep::{AddOperator, Credential, DisableOperator, sign_on};

const PIN: &str = "20231015";

/// A site with a proctor who has a PIN.
fn with_pin() -> Shell {
    let shell = Shell::with_batch();
    std::fs::write(shell.path("pin"), format!("{PIN}\n")).unwrap();
    std::fs::write(shell.path("wrong"), "20231016\n").unwrap();
    shell.run("operator add Wang --role coordinator --operator-pin-file pin").done();
    shell
}

#[test]
fn a_command_wants_the_right_pin() {
    let shell = with_pin();
    let add = "operator add Li --role proctor --as Wang --json";
    for (pin, code) in [("", "operator.pin_needed"), (" --pin-file wrong", "operator.wrong_pin")] {
        let answer = shell.run(&format!("{add}{pin}"));
        assert_eq!(answer.status, 1);
        assert!(answer.err.contains(code) && !answer.err.contains("2023"), "{}", answer.err);
    }
    assert_eq!(shell.run(&format!("{add} --pin-file nowhere")).status, 5);
    shell.run(&format!("{add} --pin-file pin")).done();
    std::fs::write(shell.path("short"), "1234567\n").unwrap();
    let short = shell.run("operator add Zhao --role proctor --operator-pin-file short");
    assert_eq!(short.status, 1);
    assert!(short.err.contains('8'), "{}", short.err);
}

#[test]
fn the_hash_stands_in_no_list_export_or_journal() {
    let shell = with_pin();
    shell.run("operator disable Wang").done();
    let texts = [
        shell.run("operator list --json").done().out,
        shell.run("log --json").done().out,
        shell.run("log show 3").done().out,
        shell.run("log show 3 --json").done().out,
        shell.run("log show 4 --json").done().out,
    ];
    assert!(texts[3].contains("Wang"), "{}", texts[3]);
    for text in texts {
        assert!(!text.contains("argon2") && !text.contains(PIN) && !text.contains("sha256:"), "{text}");
    }
    shell.run("export site --format bundle --out bundle").done();
    for file in std::fs::read_dir(shell.path("bundle")).unwrap() {
        let bytes = std::fs::read(file.unwrap().path()).unwrap();
        assert!(!bytes.windows(6).any(|w| w == b"argon2"));
    }
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    let count = |sql: &str| db.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    let images = "SELECT count(*) FROM change WHERE coalesce(before, '') || coalesce(after, '') LIKE";
    assert_eq!(count(&format!("{images} '%argon2%'")), 0);
    assert_eq!(count(&format!("{images} '%sha256:%'")), 2);
    assert_eq!(count("SELECT count(*) FROM operation WHERE params LIKE '%argon2%'"), 0);
    assert_eq!(count("SELECT count(*) FROM operator WHERE pin LIKE '$argon2id$%'"), 1);
    assert_eq!(kaowu::store::journal::verify(&db).unwrap().broken_at, None);
}

fn desk() -> Desk {
    let mut desk = Desk::with_batch();
    let pin_hash = Some(AddOperator::hash_pin(PIN).unwrap());
    desk.does(&AddOperator { name: "Wang".into(), roles: vec![Role::Proctor], os_user: None, unit: None, pin_hash });
    desk
}

#[test]
fn the_screen_wants_the_right_pin_and_shows_stars() {
    let mut screen = Screen::open(desk(), "checkin");
    let before = screen.app.site.actor().name.clone();
    for wrong in ["20231016", " "] {
        screen.press("ctrl-o").type_text("Wang").press("enter").type_text(wrong).press("enter");
        assert_eq!(screen.app.site.actor().name, before);
        screen.press("esc");
    }
    // The window stays: the second try goes nowhere else.
    screen.press("ctrl-o").type_text("Wang").press("enter").type_text("20231016").press("enter");
    screen.type_text(PIN).sees("********").sees_not(PIN).press("esc").sees_not(PIN);
    screen.press("ctrl-o").type_text("Wang").press("enter").type_text(PIN).sees("********").sees_not(PIN);
    screen.press("enter").sees("Wang").sees_not(PIN);
    assert_eq!(screen.app.site.actor().name, "Wang");
}

#[test]
fn undo_keeps_the_pin_where_the_row_is_and_says_where_it_cannot() {
    let mut desk = desk();
    let added = desk.site.perform(&DisableOperator { name: "Wang".into() }).unwrap().op.unwrap();
    desk.does(&Undo { op: added, reason: "too early".into() });
    let try_pin = |desk: &mut Desk, pin| {
        sign_on(&mut desk.site, &Credential::Named { name: "Wang", pin: Some(pin), os_user: None }).is_ok()
    };
    assert!(!try_pin(&mut desk, "20231016"));
    assert!(try_pin(&mut desk, PIN));
    desk.sign_on("coordinator");
    let hash = Some(AddOperator::hash_pin(PIN).unwrap());
    let op = AddOperator { name: "Li".into(), roles: vec![Role::Proctor], os_user: None, unit: None, pin_hash: hash };
    let added = desk.try_to(&op).unwrap().op.unwrap();
    desk.does(&Undo { op: added, reason: "wrong name".into() });
    let redo = Undo { op: next_redo(&desk.site).unwrap(), reason: "right after all".into() };
    assert_eq!(desk.refused(&redo), "history.pin_not_kept");
}
