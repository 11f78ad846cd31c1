//! The tables held against the journal: every row that nobody wrote is found.
use super::world::World;
use kaowu::ops::anchor::check_heads;
use kaowu::ops::demo::{Plan, Stage, build};
use kaowu::ops::upkeep::{Depth, Verdict, check};
use kaowu::store::replay::replay;
use rusqlite::Connection;

#[test]
fn a_row_changed_added_or_taken_behind_the_journal_is_named() {
    for (sql, table, what) in [
        ("UPDATE application SET name = 'x' WHERE id = 2", "application", "run"),
        ("UPDATE operator SET roles = 'auditor' WHERE id = 4", "operator", "differs"),
        ("UPDATE operator SET pin = 'x' WHERE id = 4", "operator", "differs"),
        ("DELETE FROM application WHERE id = 3", "application", "missing"),
        ("DELETE FROM operator WHERE id = 6", "operator", "missing"),
        ("INSERT INTO operator (id, name, roles, disabled) VALUES (99, 'x', 'proctor', 0)", "operator", "extra"),
    ] {
        let world = World::with(5);
        let db = Connection::open(world.path("site.db")).unwrap();
        assert_eq!(replay(&db).unwrap().first, None);
        db.pragma_update(None, "foreign_keys", false).unwrap();
        db.execute(sql, []).unwrap();
        let found = replay(&db).unwrap();
        let first = found.first.unwrap_or_else(|| panic!("{sql}: nothing found"));
        assert_eq!((first.table.as_str(), first.what), (table, what), "{sql}");
        drop(db);
        let checks = check(&world.open(), Depth::Deep).unwrap();
        assert!(checks.iter().any(|c| c.check == "replay" && c.verdict == Verdict::Fail), "{sql}");
    }
}

#[test]
fn a_trigger_that_was_taken_away_is_found() {
    let world = World::with(2);
    Connection::open(world.path("site.db")).unwrap().execute_batch("DROP TRIGGER operation_kept_delete").unwrap();
    let checks = check(&world.open(), Depth::Deep).unwrap();
    assert!(checks.iter().any(|c| c.check == "schema" && c.verdict == Verdict::Fail));
}

/// The letter of a name is content too, although SQLite reads it the same.
#[test]
fn a_name_in_the_schema_that_was_altered_is_found() {
    let world = World::with(2);
    let db = Connection::open(world.path("site.db")).unwrap();
    db.pragma_update(None, "writable_schema", true).unwrap();
    db.execute("UPDATE sqlite_schema SET tbl_name = 'Site' WHERE name = 'site'", []).unwrap();
    drop(db);
    let checks = check(&world.open(), Depth::Deep).unwrap();
    assert!(checks.iter().any(|c| c.check == "schema" && c.verdict == Verdict::Fail));
}

/// Everything that a site does in its life, played from nothing.
#[test]
fn a_whole_life_of_a_site_is_what_its_journal_says() {
    let home = tempfile::tempdir().unwrap();
    let plan = Plan { candidates: 30, seed: 5, policy: "nmg-2023".into(), stage: Stage::Review, os_user: None };
    let folder = kaowu::config::Home::at(home.path().join("site"));
    let (site, _) = build(&plan, &folder).unwrap();
    let checks = check(&site, Depth::Deep).unwrap();
    let bad: Vec<_> = checks.iter().filter(|c| c.verdict == Verdict::Fail).collect();
    assert!(bad.is_empty(), "{bad:?}");
    let heads = check_heads(&site).unwrap();
    assert!(heads.signed > 3 && heads.fault.is_none(), "{heads:?}");
    let found = replay(&Connection::open(folder.database()).unwrap()).unwrap();
    assert!(found.rows > 300 && found.unknown == 0, "{found:?}");
    println!("{} rows of {} operations compared", found.rows, kaowu::ops::anchor::seen(&site).unwrap().number);
}
