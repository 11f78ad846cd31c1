//! Copies made by the program itself, and the drill that shows that they are good for something.
use super::names;
use crate::harness::Shell;
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Role, Stamp};
use kaowu::ops::{Access, Actor, Before, KINDS, Operation, Result, Site, Work};
use serde::Serialize;
use std::path::Path;

/// Adds an operator: one change to the site.
fn change(shell: &Shell, name: &str) {
    shell.run(&format!("operator add {name} --role proctor")).done();
}

#[test]
fn a_changed_site_is_copied_every_quarter_of_an_hour() {
    let mut shell = Shell::with_batch();
    change(&shell, "a");
    assert_eq!(names(&shell, "backups"), [""; 0], "the site is not a quarter old");
    shell.at("08:25");
    change(&shell, "b");
    let first = names(&shell, "backups");
    assert!(first.len() == 1 && first[0].starts_with("auto-20231015-082500-"), "{first:?}");
    shell.at("08:39");
    change(&shell, "c");
    assert_eq!(names(&shell, "backups"), first, "not yet");
    shell.at("08:40");
    assert_ne!(shell.run("operator add c --role proctor").status, 0);
    shell.run("operator list").done();
    change(&shell, "d");
    let second = names(&shell, "backups");
    assert!(second.len() == 2 && second[1].starts_with("auto-20231015-084000-"), "{second:?}");
    shell.at("09:30");
    shell.run("checkin list").done();
    assert_eq!(names(&shell, "backups"), second, "nothing changed and nobody signed on to change it");
    let list = shell.run("backup list --json").done().json();
    assert_eq!((list[0]["why"].as_str(), list.as_array().unwrap().len()), (Some("regular"), 2));
    assert!(shell.run("backup list").done().out.contains("定时备份"));
}

#[test]
fn copies_of_a_day_are_thinned_and_named_ones_stay() {
    let mut shell = Shell::with_batch();
    shell.run("backup").done();
    for (day, hour) in [(16, 9), (16, 15), (17, 9), (17, 15), (18, 9)] {
        shell.on(&format!("2023-10-{day} {hour:02}:00"));
        change(&shell, &format!("o{day}-{hour}"));
    }
    let all = names(&shell, "backups");
    let kept: Vec<_> = all.iter().map(|name| name.split('-').take(3).collect::<Vec<_>>().join("-")).collect();
    // Of the days before the last one the last copy; of the last day all.
    let wanted = ["auto-20231016-150000", "auto-20231017-150000", "auto-20231018-090000", "site-20231015-081000.db"];
    assert_eq!(kept, wanted);
    shell.on("2024-01-01 09:00");
    change(&shell, "late");
    let all = names(&shell, "backups");
    // The days that have any are counted, however long ago they are.
    assert!(all.len() == 5 && all[3].starts_with("auto-20240101-") && all[4].starts_with("site-"), "{all:?}");
}

/// Nothing of its own: what counts is what is made before it.
#[derive(Serialize)]
struct Grave;

impl Operation for Grave {
    const KIND: &'static str = "test.grave";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const BEFORE: Before = Before::Copy;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        work.batch().map(drop)
    }
}

fn opened(shell: &Shell, roles: &[Role]) -> Site {
    let clock = FixedClock::at(Stamp::parse("2023-10-15T08:11:00+08:00").unwrap());
    let mut site = Site::open(&shell.path("site.db"), Access::ReadWrite, Assets::default(), Box::new(clock)).unwrap();
    site.set_actor(Actor { id: None, name: "x".into(), roles: roles.to_vec() });
    site.choose_batch(None).unwrap();
    site
}

#[test]
fn what_cannot_be_taken_back_begins_with_a_copy() {
    let shell = Shell::with_batch();
    assert!(opened(&shell, &[Role::Proctor]).perform(&Grave).is_err());
    assert_eq!(names(&shell, "backups"), [""; 0], "none for somebody who may not do it");
    let mut site = opened(&shell, &[Role::Coordinator]);
    site.perform(&Grave).unwrap();
    let first = names(&shell, "backups");
    assert!(first.len() == 1 && first[0].starts_with("before-test.grave-20231015-081100-"), "{first:?}");
    site.perform(&Grave).unwrap();
    assert_eq!(names(&shell, "backups"), first, "the newest copy is of this very state");
    let named: Vec<_> = KINDS.iter().filter(|k| k.before == Before::Copy).map(|k| k.name).collect();
    for wanted in
        ["archive.erase", "certificates.number", "certificates.import_numbers", "exchange.merge", "publicity.publish"]
    {
        assert!(named.contains(&wanted), "{wanted} is not among {named:?}");
    }
}

#[test]
fn without_the_copy_nothing_is_done() {
    let shell = Shell::with_batch();
    // A file where the folder should be.
    std::fs::write(shell.path("backups"), "x").unwrap();
    let refusal = opened(&shell, &[Role::Coordinator]).perform(&Grave).unwrap_err();
    assert_eq!(refusal.refusal().map(|r| r.code.0), Some("keeping.no_copy"), "{refusal}");
    // A regular copy that fails is told, and is no fault of the command.
    let mut shell = shell;
    shell.at("09:00");
    let answer = shell.run("operator add a --role proctor").done();
    assert!(answer.err.contains("自动备份未成"), "{}", answer.err);
}

#[test]
fn the_drill_restores_the_newest_and_leaves_nothing() {
    let mut shell = Shell::with_batch();
    assert_eq!(shell.run("backup drill").status, 1, "there is none");
    shell.run("backup").done();
    change(&shell, "a");
    shell.at("09:10");
    let before = std::fs::read(shell.path("site.db")).unwrap();
    let told = shell.run("backup drill --json").done();
    let done = told.json();
    assert_eq!(done["age"].as_i64(), Some(60), "minutes: {done}");
    assert!(done["rows"].as_i64().unwrap() > 5 && done["operations"].as_i64().unwrap() >= 2, "{done}");
    assert!(done["checks"].as_array().unwrap().iter().any(|c| c["check"] == "journal" && c["verdict"] == "ok"));
    assert!(told.err.contains("恢复演练通过"), "{}", told.err);
    assert_eq!(names(&shell, "backups"), ["site-20231015-081000.db"], "nothing is left of the drill");
    assert_eq!(std::fs::read(shell.path("site.db")).unwrap(), before, "the site itself is not touched");
}

fn edit(file: &Path, sql: &str) {
    let db = rusqlite::Connection::open(file).unwrap();
    db.execute_batch(sql).unwrap();
}

#[test]
fn the_drill_finds_a_backup_that_is_none() {
    let shell = Shell::with_batch();
    shell.run("backup broken.db").done();
    edit(
        &shell.path("broken.db"),
        "DROP TRIGGER operation_kept_update; UPDATE operation SET reason = 'x' WHERE id = 1",
    );
    assert_eq!(shell.run("backup drill broken.db").status, 1);
    shell.run("backup counts.db").done();
    edit(&shell.path("counts.db"), "INSERT INTO room_progress VALUES (1, 1, 30, 3, 0, 0, 0)");
    let answer = shell.run("backup drill counts.db");
    assert_eq!(answer.status, 70, "{}", answer.err);
    assert!(answer.err.contains("演练未通过") && answer.out.contains("重新统计不符"), "{}{}", answer.out, answer.err);
    assert_eq!(names(&shell, "backups"), [""; 0]);
}
