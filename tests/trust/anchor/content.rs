//! What somebody changed past the program, or a failing disk did, is told: every screen looks as it starts, and nothing that
//! cannot be taken back is done over it.
use super::world::{World, add};
use crate::harness::{Desk, Screen};
use kaowu::model::{Code, Role, SessionId};
use kaowu::ops::anchor::{self, Flaw, SCHEMA, STRUCTURE, inspect};
use kaowu::ops::marks::Lock;
use kaowu::ops::publicity::Finalise;
use kaowu::ops::{Actor, Error, Site};
use rusqlite::Connection;
use std::path::Path;
use std::time::{Duration, Instant};

const ROW: &str = "UPDATE operator SET roles = 'auditor' WHERE id = 4";
const TRIGGER: &str = "DROP TRIGGER operation_kept_delete";
/// Further back than what is walked when a site is opened would be, if it were long enough.
const CHAIN: &str = "DROP TRIGGER operation_kept_update; UPDATE operation SET actor_name = 'x' WHERE id = 2";

fn alter(file: &Path, sql: &str) {
    Connection::open(file).unwrap().execute_batch(sql).unwrap();
}

/// One letter of a name in an index: the table is as it was.
fn damage(world: &World) {
    let file = world.path("site.db");
    let bytes = std::fs::read(&file).unwrap();
    let name = b"coordinator";
    for at in (0..bytes.len() - name.len()).filter(|at| bytes[*at..].starts_with(name)) {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        std::fs::write(&file, &damaged).unwrap();
        let db = Connection::open(&file).unwrap();
        let ask = |sql: &str| db.query_row(sql, [], |r| r.get::<_, String>(0)).unwrap_or_default();
        let named = ask("SELECT group_concat(name) FROM operator NOT INDEXED");
        if ask("PRAGMA integrity_check(1)") != "ok" && named.split(',').any(|name| name == "coordinator") {
            return;
        }
    }
    panic!("no index has the name");
}

fn refused(site: &mut Site) -> Option<Code> {
    match site.perform(&Finalise::default()) {
        Err(Error::Refused(refusal)) => Some(refusal.code),
        _ => None,
    }
}

#[test]
fn an_inspection_names_what_is_not_as_it_was_left() {
    let world = World::with(5);
    let file = world.path("site.db");
    let whole = world.copy();
    assert_eq!(inspect(&file).unwrap(), None);
    alter(&file, ROW);
    assert!(matches!(inspect(&file).unwrap(), Some(Flaw::Row(wrong)) if wrong.table == "operator" && wrong.key == "4"));
    for (sql, flaw) in [(TRIGGER, Flaw::Schema), (CHAIN, Flaw::Chain { no: kaowu::model::OpNo(2) })] {
        world.put_back(&whole);
        alter(&file, sql);
        assert_eq!(inspect(&file).unwrap(), Some(flaw));
    }
    world.put_back(&whole);
    damage(&world);
    assert!(matches!(inspect(&file).unwrap(), Some(Flaw::Structure(_))));
}

/// A row that the journal does not know stops what cannot be taken back, and not the work at the door.
#[test]
fn over_a_wrong_row_nothing_is_made_final_and_the_work_goes_on() {
    let world = World::with(5);
    let mut site = world.open();
    assert!(refused(&mut site).is_some_and(|code| code != anchor::ROWS));
    alter(&world.path("site.db"), ROW);
    assert_eq!(refused(&mut site), Some(anchor::ROWS));
    assert_eq!(site.doubt(), None);
    assert!(add(&mut site, "later").is_some());
    // Marks are not locked over one either: nobody looks at them again.
    let me = site.actor().clone();
    site.set_actor(Actor { roles: vec![Role::ScoreManager], ..me });
    let session = SessionId(1);
    let locked = site.perform(&Lock { session });
    assert!(matches!(&locked, Err(Error::Refused(r)) if r.code == anchor::ROWS), "{locked:?}");
}

#[test]
fn over_a_damaged_file_or_other_tables_nothing_more_is_written() {
    for (hurt, code) in [(None, STRUCTURE), (Some(TRIGGER), SCHEMA)] {
        let world = World::with(5);
        match hurt {
            Some(sql) => alter(&world.path("site.db"), sql),
            None => damage(&world),
        }
        let mut site = world.open();
        assert_eq!(site.doubt(), None, "the start reads the end of the journal only");
        site.learn(&inspect(&world.path("site.db")).unwrap().unwrap());
        let said = super::world::try_add(&mut site, "later").unwrap_err();
        assert!(matches!(&said, Error::Refused(refusal) if refusal.code == code), "{said}");
        // Two people cannot go on from it either: there are copies.
        let said = anchor::go_on(&mut site, "the disk").unwrap_err();
        assert!(matches!(&said, Error::Refused(refusal) if refusal.code == code), "{said}");
    }
}

#[test]
fn a_screen_looks_at_all_of_it_when_it_starts_and_says_what_it_found() {
    for (sql, wanted, says) in [
        ("SELECT 1", None, ""),
        (ROW, Some("操作员 4 与日志不符，不能公示和编号"), "其他照常"),
        (TRIGGER, Some("数据库内容有误，只能查看"), "不再写入"),
    ] {
        let home = tempfile::tempdir().unwrap();
        let file = home.path().join("site.db");
        let mut desk = Desk::in_file(&file);
        desk.open_batch();
        desk.people(5);
        alter(&file, sql);
        let mut screen = Screen::open(desk, "applications");
        let begin = Instant::now();
        let patience = if wanted.is_some() { Duration::from_secs(60) } else { Duration::from_secs(2) };
        while !screen.text().contains("kaowu doctor --deep") && begin.elapsed() < patience {
            screen.app.tick();
            std::thread::sleep(Duration::from_millis(5));
        }
        match wanted {
            Some(wanted) => drop(screen.sees(wanted).sees(says)),
            None => drop(screen.sees_not("doctor").sees_not("日志不符")),
        }
        assert_eq!(screen.app.site.doubt().is_some(), sql == TRIGGER);
        // The message goes with the next key; the line over the page stays.
        if let Some(wanted) = wanted {
            screen.press("down").sees(wanted);
        }
    }
}

/// A look that was not taken is no good answer.
#[test]
fn a_screen_says_when_it_could_not_look() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("site.db");
    let mut desk = Desk::in_file(&file);
    desk.open_batch();
    let mut screen = Screen::open(desk, "applications");
    std::fs::rename(&file, home.path().join("elsewhere.db")).unwrap();
    let begin = Instant::now();
    while !screen.text().contains("内容核对没有做完") {
        assert!(begin.elapsed() < Duration::from_secs(60), "{}", screen.text());
        screen.app.tick();
        std::thread::sleep(Duration::from_millis(5));
    }
    screen.sees("五分钟后再试");
}
