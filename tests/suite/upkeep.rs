//! Looking a site over, copying it, putting a copy back.
use crate::certificates::Settled;
use crate::harness::{Desk, Shell};
use kaowu::model::ApplicationId;
use kaowu::ops::upkeep::{Depth, Verdict, check};

fn verdict(desk: &Desk, code: &str) -> (Verdict, String) {
    let found = check(&desk.site, Depth::Deep).unwrap();
    let one = found.into_iter().find(|c| c.check == code).unwrap();
    (one.verdict, one.value)
}

#[test]
fn a_sound_site_is_found_sound() {
    let shell = Shell::with_batch();
    let answer = shell.run("doctor --deep --json").done().json();
    assert_eq!(answer["verdict"].as_str().map(|v| v != "fail"), Some(true), "{answer}");
    let checks: Vec<_> = answer["checks"].as_array().unwrap().iter().map(|c| c["check"].as_str().unwrap()).collect();
    for wanted in [
        "sqlite",
        "synchronous",
        "foreign_keys",
        "journal_mode",
        "structure",
        "references",
        "room_progress",
        "marks",
        "journal",
        "locale",
    ] {
        assert!(checks.contains(&wanted), "{wanted}");
    }
    assert!(shell.run("doctor").done().out.contains("SQLite 版本"));
}

#[test]
fn a_mark_out_of_nowhere_is_found() {
    let mut desk = Desk::seated(3);
    assert_eq!(verdict(&desk, "marks"), (Verdict::Ok, "0".into()));
    assert_eq!(verdict(&desk, "room_progress"), (Verdict::Ok, "0".into()));
    desk.does(&Settled { people: vec![ApplicationId(1)], points: 80 });
    assert_eq!(verdict(&desk, "marks"), (Verdict::Fail, "3".into()));
}

#[test]
fn a_line_of_the_stock_that_does_not_add_up_is_found() {
    let shell = Shell::with_batch();
    shell.run("stock receive 10 --responsible 张保管").done();
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.execute_batch("DROP TRIGGER stock_movement_stays; UPDATE stock_movement SET balance = 9").unwrap();
    drop(db);
    let answer = shell.run("doctor");
    assert_eq!(answer.status, 70);
    assert!(answer.out.contains("台账有 1 行"), "{}", answer.out);
}

#[test]
fn wrong_counts_of_a_room_are_found() {
    let shell = Shell::with_batch();
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.execute("INSERT INTO room_progress VALUES (1, 1, 30, 3, 0, 0, 0)", []).unwrap();
    drop(db);
    let answer = shell.run("doctor");
    assert_eq!(answer.status, 70);
    assert!(answer.out.contains("重新统计不符"), "{}", answer.out);
}

#[test]
fn info_tells_of_program_and_site() {
    let shell = Shell::new();
    let before = shell.run("info --json").done().json();
    assert_eq!(before["site"], serde_json::Value::Null);
    assert!(before["program"]["policies"].as_array().unwrap().contains(&"nmg-2023".into()));
    assert!(before["program"]["sheets"].as_array().unwrap().contains(&"upload-11".into()));
    let shell = Shell::with_batch();
    let after = shell.run("info --json").done().json();
    assert_eq!(after["site"]["code"], "01");
    assert_eq!(after["site"]["schema"], after["program"]["schema"]);
}

#[test]
fn a_backup_is_restored_and_the_old_file_kept_aside() {
    use std::os::unix::fs::PermissionsExt;
    let shell = Shell::with_batch();
    let made = shell.run("backup --json").done().json();
    let path = made["path"].as_str().unwrap().to_owned();
    assert!(path.ends_with("backups/site-20231015-081000.db"), "{path}");
    assert_eq!(std::fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(shell.run("backup").status, 1, "the same second again");
    shell.run("operator add Li --role proctor").done();
    assert_eq!(shell.run(&format!("restore {path}")).status, 1);
    let back = shell.run(&format!("restore {path} --replace --json")).done().json();
    assert_eq!(back["operations"], made["operations"]);
    assert_eq!(shell.run("operator list --json").done().json().as_array().unwrap().len(), 2);
    let aside = back["aside"].as_str().unwrap();
    let elsewhere = Shell::new();
    elsewhere.run(&format!("restore {aside}")).done();
    assert_eq!(elsewhere.run("operator list --json").done().json().as_array().unwrap().len(), 3);
    let add = "operator add Wang --role proctor";
    assert_eq!(elsewhere.run(add).status, 1, "nobody writes into a copy without saying so");
    elsewhere.run("anchor continue --reason 换机").done();
    elsewhere.run(add).done();
    elsewhere.run("doctor --deep").done();
}

#[test]
fn a_damaged_backup_changes_nothing() {
    let shell = Shell::with_batch();
    shell.run("backup b.db").done();
    let db = rusqlite::Connection::open(shell.path("b.db")).unwrap();
    db.execute_batch("DROP TRIGGER operation_kept_update; UPDATE operation SET reason = 'x' WHERE id = 1").unwrap();
    drop(db);
    let answer = shell.run("restore b.db --replace --json");
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("upkeep.backup_damaged"), "{}", answer.err);
    assert_eq!(shell.run("restore nowhere.db --replace").status, 5);
    assert_eq!(shell.run("batch list --json").done().json()[0]["code"], "nmg-2023");
}
