//! People are erased once the batch's time is over: gone from the tables, the search, the journal and the file, and the chain
//! still verifies. Certificate numbers stay taken.
use super::world::{World, holds};
use crate::harness::Desk;
use kaowu::config::Assets;
use kaowu::model::OpNo;
use kaowu::ops::archive::{AskErasure, Erase, WithdrawErasure, register, remains, scrub};
use kaowu::ops::batch::Open;
use kaowu::ops::history::Undo;
use kaowu::ops::upkeep::{Depth, Verdict, check};
use kaowu::policy::file;
use kaowu::store::journal;
use kaowu::store::replay::replay;

fn ask() -> AskErasure {
    AskErasure { reason: "保管期满".into() }
}

/// Sealed, and five years later.
fn over() -> World {
    let mut world = World::closed();
    world.seal();
    world.on("2030-01-02");
    world
}

fn erased(world: &mut World) -> kaowu::ops::archive::Erased {
    world.does(&ask());
    world.sign_on("乙主管");
    let erased = world.does(&Erase {});
    scrub(&world.site).unwrap();
    erased
}

#[test]
fn it_is_asked_for_by_one_and_done_by_another_and_not_before_its_time() {
    let mut world = World::certified();
    assert_eq!(world.refused(&ask()).0, "batch.still_open");
    world = World::closed();
    assert_eq!(world.refused(&ask()).0, "archive.not_sealed");
    world.seal();
    assert_eq!(world.refused(&ask()).0, "archive.not_yet");
    world.on("2030-01-02");
    assert_eq!(world.refused(&AskErasure { reason: " ".into() }).0, "archive.reason_needed");
    assert_eq!(world.refused(&Erase {}).0, "archive.erasure_not_asked");
    world.does(&ask());
    assert_eq!(world.refused(&ask()).0, "archive.erasure_asked");
    assert_eq!(world.refused(&Erase {}).0, "archive.own_erasure");
    world.does(&WithdrawErasure {});
    assert_eq!(world.refused(&WithdrawErasure {}).0, "archive.erasure_not_asked");
    erased(&mut world);
    world.sign_on("甲主管");
    assert_eq!(world.refused(&ask()).0, "archive.erased");
    assert_eq!(register(&world.site).unwrap().erasures.len(), 2);
    for sql in ["DELETE FROM erasure", "UPDATE erasure SET people = 0"] {
        assert!(world.db().execute(sql, []).is_err(), "{sql}");
    }
}

#[test]
fn the_erased_name_and_id_are_found_nowhere_in_the_database_files() {
    let mut world = over();
    let people = world.people();
    let home = world.home.path().to_owned();
    let database = || -> Vec<u8> {
        ["site.db", "site.db-wal", "site.db-shm"]
            .iter()
            .flat_map(|name| std::fs::read(home.join(name)).unwrap_or_default())
            .collect()
    };
    let before = database();
    // Names of one or two characters may stand in other words: the numbers and longer names tell.
    let words: Vec<_> = people.iter().flat_map(|(name, id)| [name, id]).filter(|w| w.chars().count() > 2).collect();
    assert!(words.iter().all(|word| holds(&before, word)));
    let count = erased(&mut world);
    assert_eq!((count.people, count.barred), (people.len() as i64, 0));
    let after = database();
    let left: Vec<_> = words.iter().filter(|word| holds(&after, word)).collect();
    assert!(left.is_empty(), "{left:?}");
    let found = kaowu::ops::search::find(&world.site, &people[0].1).unwrap_or_default();
    assert!(found.is_empty());
}

#[test]
fn the_chain_verifies_after_an_erasure_and_nothing_else_is_out_of_order() {
    let mut world = over();
    let (operations, head) = journal::head(&world.db()).unwrap();
    let certificates: i64 = world.db().query_row("SELECT count(*) FROM certificate", [], |r| r.get(0)).unwrap();
    let count = erased(&mut world);
    let db = world.db();
    let chain = journal::verify(&db).unwrap();
    assert_eq!((chain.broken_at, chain.erased), (None, count.operations));
    assert!(count.operations > 10 && chain.operations == operations + 2);
    let digest: String =
        db.query_row("SELECT digest FROM operation WHERE id = ?1", [operations], |r| r.get(0)).unwrap();
    assert_eq!(digest, head, "the digests themselves are as they were");
    let kept: i64 = db.query_row("SELECT count(*) FROM certificate", [], |r| r.get(0)).unwrap();
    assert_eq!(kept, certificates, "numbers stay taken");
    let bad: Vec<_> =
        check(&world.site, Depth::Deep).unwrap().into_iter().filter(|c| c.verdict == Verdict::Fail).collect();
    assert!(bad.is_empty(), "{bad:?}");
    let guarded = "SELECT count(*) FROM sqlite_schema WHERE type = 'trigger'";
    let triggers: i64 = db.query_row(guarded, [], |r| r.get(0)).unwrap();
    let fresh = World::certified().db().query_row(guarded, [], |r| r.get::<_, i64>(0)).unwrap();
    assert_eq!(triggers, fresh, "every guard is back");
    let some =
        db.query_row("SELECT id FROM operation WHERE content IS NOT NULL ORDER BY id DESC LIMIT 1", [], |r| r.get(0));
    let code = world.refused(&Undo { op: OpNo(some.unwrap()), reason: "看看".into() }).0;
    assert!(code.starts_with("history.") || code == "batch.closed", "{code}");
}

/// An erased line shows a change like any other, and nobody can pass a change off as an erasure.
#[test]
fn what_stays_of_an_erased_operation_is_still_held_by_the_chain() {
    let mut world = over();
    erased(&mut world);
    let path = world.home.path().join("copy.db");
    world.db().execute("VACUUM INTO ?1", [path.display().to_string()]).unwrap();
    let db = rusqlite::Connection::open(&path).unwrap();
    let id: i64 = db.query_row("SELECT min(id) FROM operation WHERE content IS NOT NULL", [], |r| r.get(0)).unwrap();
    for sql in [
        "UPDATE operation SET kind = 'x' WHERE id = ?1",
        "UPDATE operation SET content = NULL, salt = prev WHERE id = ?1",
        "UPDATE operation SET params = 'x' WHERE id = ?1",
    ] {
        assert!(db.execute(sql, [id]).is_err(), "{sql}");
    }
    db.execute_batch("DROP TRIGGER operation_kept_update").unwrap();
    db.execute(
        "UPDATE operation SET content = iif(content LIKE '0%', '1', '0') || substr(content, 2) WHERE id = ?1",
        [id],
    )
    .unwrap();
    assert_eq!(journal::verify(&db).unwrap().broken_at, Some(OpNo(id)));
}

#[test]
fn backups_and_exports_are_named() {
    let world = over();
    let backups = world.home.path().join("backups");
    std::fs::create_dir_all(&backups).unwrap();
    std::fs::write(backups.join("site-old.db"), "x").unwrap();
    let found = remains(world.home.path()).unwrap();
    assert!(found.iter().any(|path| path.ends_with("site-old.db")), "{found:?}");
}

/// An erasure excuses what it took, and nothing else: another batch is held against the journal as before.
#[test]
fn what_was_not_erased_is_still_held_against_the_journal() {
    let mut world = over();
    let assets = Assets::default();
    let policy = file::load("nmg-2023", &|code| assets.read(&format!("policies/{code}.toml"))).unwrap();
    world.does(&Open { code: "next".into(), name: "2030".into(), policy });
    world.site.choose_batch(Some("next")).unwrap();
    let mut next = Desk::of(world.site);
    next.people(5);
    world.site = next.site;
    world.site.choose_batch(Some(&world.batch)).unwrap();
    erased(&mut world);
    let path = world.home.path().join("copy.db");
    let wrong = |sql: &str| {
        let _ = std::fs::remove_file(&path);
        world.db().execute("VACUUM INTO ?1", [path.display().to_string()]).unwrap();
        let db = rusqlite::Connection::open(&path).unwrap();
        db.pragma_update(None, "foreign_keys", false).unwrap();
        db.execute(sql, []).unwrap_or_else(|error| panic!("{sql}: {error}"));
        replay(&db).unwrap().first.map(|wrong| (wrong.table, wrong.what))
    };
    let next = "batch = (SELECT id FROM batch WHERE code = 'next')";
    assert_eq!(wrong("UPDATE site SET name = name"), None);
    for (sql, table, what) in [
        (format!("UPDATE application SET name = 'x' WHERE {next}"), "application", "run"),
        (format!("DELETE FROM application WHERE {next}"), "application", "missing"),
        ("UPDATE operator SET roles = 'admin' WHERE name = '乙主管'".into(), "operator", "differs"),
    ] {
        let found = wrong(&sql);
        assert_eq!(found, Some((table.to_owned(), what)), "{sql}");
    }
}
