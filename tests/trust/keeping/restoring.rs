//! Putting a copy in the place of a site: who may, what is kept of the former one, and what has to be done again.
use super::{count, names};
use crate::harness::{Console, Shell};
use std::collections::BTreeSet;

fn db(shell: &Shell) -> rusqlite::Connection {
    rusqlite::Connection::open(shell.path("site.db")).unwrap()
}

fn change(shell: &Shell, name: &str) {
    shell.run(&format!("operator add {name} --role proctor")).done();
}

/// A site of which `b.db` is a copy, with three operations since.
fn copied() -> Shell {
    let shell = Shell::with_batch();
    shell.run("operator add door --role proctor").done();
    shell.pins().alone();
    shell.run("backup b.db").done();
    for name in ["a", "b", "c"] {
        change(&shell, name);
    }
    shell
}

#[test]
fn somebody_who_may_do_it_signs_on_first() {
    let shell = copied();
    let before = count(&shell, "SELECT max(id) FROM operation");
    std::fs::write(shell.path("wrong"), "00000000").unwrap();
    for (who, wanted) in [
        ("--as door", "duty."),
        ("--as nobody", "operator.unknown"),
        ("--as second", "operator.pin_needed"),
        ("--as second --pin-file wrong", "operator.wrong_pin"),
    ] {
        let answer = shell.run(&format!("restore b.db --replace {who} --json"));
        assert!(answer.status == 1 && answer.err.contains(wanted), "{who}: {}", answer.err);
    }
    assert_eq!(count(&shell, "SELECT max(id) FROM operation"), before + 1, "the wrong PIN, and nothing else");
    assert_eq!(names(&shell, "backups"), [""; 0]);
    shell.run("restore b.db --replace --as second --pin-file second-pin").done();
    // In doubt too: the newer one is put back over an old copy that came in its place.
    let aside = names(&shell, "backups").into_iter().find(|name| name.ends_with(".db")).unwrap();
    assert_eq!(shell.run("operator add d --role proctor").status, 1);
    assert_eq!(shell.run(&format!("restore backups/{aside} --replace --as door")).status, 1);
    shell.run(&format!("restore backups/{aside} --replace")).done();
    let noted = shell.run("log --limit 1 --json").done().json();
    let params: String =
        db(&shell).query_row("SELECT params FROM operation ORDER BY id DESC", [], |r| r.get(0)).unwrap();
    assert_eq!((noted[0]["kind"].as_str(), params.contains(&aside)), (Some("site.restore"), true), "{params}");
    change(&shell, "d");
}

#[test]
fn where_the_database_tells_of_nobody_those_of_the_copy_sign() {
    let shell = copied();
    std::fs::write(shell.path("site.db"), [b'x'; 8192]).unwrap();
    let answer = shell.run("restore b.db --replace --as door");
    assert_eq!(answer.status, 1, "{}", answer.err);
    assert!(answer.err.contains("改由备份里的操作员签认"), "{}", answer.err);
    assert_eq!(shell.run("restore b.db --replace --as second --pin-file nowhere").status, 5);
    assert_eq!(std::fs::read(shell.path("site.db")).unwrap()[..4], *b"xxxx");
    assert!(
        std::fs::read_dir(shell.home()).unwrap().all(|e| !e.unwrap().file_name().to_string_lossy().contains("restore"))
    );
    shell.run("restore b.db --replace --as second --pin-file second-pin").done();
    shell.run("batch list").done();
    let listed = shell.run("backup list").done().out;
    assert!(listed.contains("恢复时另存的原库") && listed.contains("读不出"), "{listed}");
}

#[test]
fn what_has_to_be_done_again_is_listed_from_what_was_set_aside() {
    let shell = copied();
    let answer = shell.run("restore b.db --replace --json").done();
    assert_eq!(answer.json()["lost"].as_i64(), Some(3));
    let aside = answer.json()["aside"].as_str().unwrap().to_owned();
    assert!(answer.err.contains("3 项操作") && answer.err.contains(&format!("log --aside {aside}")), "{}", answer.err);
    let listed = |shell: &Shell| {
        let all = shell.run(&format!("log --aside {aside} --json")).done().json();
        let all = all.as_array().unwrap().clone();
        let numbers: Vec<_> = all.iter().map(|one| one["operation"].as_i64().unwrap()).collect();
        assert!(numbers.is_sorted() && all.iter().all(|one| one["kind"] == "operator.add"), "{all:?}");
        numbers
    };
    let numbers = listed(&shell);
    assert_eq!(numbers.len(), 3);
    let pins = "--pin-file own-pin --second second --second-pin-file second-pin";
    shell.run(&format!("anchor continue --reason 换盘 {pins}")).done();
    change(&shell, "other");
    assert_eq!(listed(&shell), numbers, "what was done since does not matter");
    let shown = shell.run(&format!("log show {} --aside {aside}", numbers[0])).done().out;
    assert!(shown.contains(": 无 -> a") || shown.contains("-> a"), "{shown}");
    let some = shell.run(&format!("log --aside {aside} --limit 1 --json")).done().json();
    assert_eq!(some[0]["operation"].as_i64(), Some(numbers[0]));
    assert_eq!(shell.run("log --aside nowhere.db").status, 5);
}

#[test]
fn what_was_set_aside_is_named_as_that_and_no_copy_for_the_drill() {
    let mut shell = copied();
    shell.run("backup").done();
    shell.at("08:30");
    let lost = shell.run("restore b.db --replace --json").done().json();
    assert_eq!(lost["lost"].as_i64(), Some(3));
    let list = shell.run("backup list --json").done().json();
    let list = list.as_array().unwrap().iter().map(|c| (c["why"].as_str().unwrap(), c["operations"].as_i64().unwrap()));
    let list: BTreeSet<_> = list.collect();
    let former = count(&shell, "SELECT max(id) FROM operation") + 3;
    assert_eq!(list, BTreeSet::from([("named", former), ("set_aside", former)]));
    let table = shell.run("backup list").done().out;
    assert!(table.contains("恢复时另存的原库") && table.contains(&former.to_string()), "{table}");
    let drilled = shell.run("backup drill --json").done().json();
    let from = drilled["from"].as_str().unwrap();
    assert!(from.contains("site-"), "{from}");
    let left = names(&shell, "backups");
    assert_eq!(left.iter().filter(|name| name.ends_with(".db")).count(), 2, "{left:?}");
}

/// There may be no other copy, so it is put back; but nobody goes on with it unknowing.
#[test]
fn a_backup_whose_rows_are_not_its_journal_s_says_so_and_other_tables_are_refused() {
    let shell = copied();
    let whole = std::fs::read(shell.path("b.db")).unwrap();
    let alter = |sql: &str| rusqlite::Connection::open(shell.path("b.db")).unwrap().execute_batch(sql).unwrap();
    alter("DROP TRIGGER operation_kept_delete");
    let answer = shell.run("restore b.db --replace --json");
    assert!(answer.status == 1 && answer.err.contains("upkeep.backup_damaged"), "{}", answer.err);
    assert_eq!(names(&shell, "backups"), [""; 0]);
    std::fs::write(shell.path("b.db"), whole).unwrap();
    alter("UPDATE operator SET unit = 'x' WHERE name = 'door'");
    let told = shell.run("restore b.db --replace").done();
    assert!(told.err.contains("操作员") && told.err.contains("与日志不符"), "{}", told.err);
    let checks = shell.run("doctor --deep");
    assert!(checks.status != 0 && checks.out.contains("与日志不一致"), "{}", checks.out);
    let copied = shell.run("backup again.db");
    assert!(copied.status == 70 && copied.err.contains("与日志不符"), "{} {}", copied.status, copied.err);
}

/// Whoever still had it open would go on in the file that was put aside.
#[test]
fn nothing_is_put_back_under_somebody_who_works() {
    let shell = copied();
    let mut console = Console::open(&shell);
    console.sees("F3");
    let answer = shell.run("restore b.db --replace");
    assert!(answer.status == 1 && answer.err.contains("还有程序在用"), "{} {}", answer.status, answer.err);
    assert!(answer.err.contains(&console.id().to_string()), "{}", answer.err);
    assert_eq!(names(&shell, "backups"), [""; 0]);
    console.type_bytes(b"\x1b[24~");
    assert_eq!(console.ends(), 0);
    shell.run("restore b.db --replace").done();
    assert!(shell.run("restore nowhere.db --replace").err.contains("nowhere.db"));
}

/// Wherever a file is full of nonsense: every question that can be asked has its answer, and each says what to do.
#[test]
fn a_file_full_of_nonsense_is_looked_over_to_the_end() {
    let shell = copied();
    let file = shell.path("site.db");
    let whole = std::fs::read(&file).unwrap();
    let mut answered = 0;
    for eighth in [3, 4, 6, 7] {
        let mut bytes = whole.clone();
        let from = bytes.len() / 8 * eighth;
        bytes[from..from + 3000].iter_mut().for_each(|byte| *byte ^= 0x5a);
        std::fs::write(&file, bytes).unwrap();
        for depth in ["doctor", "doctor --deep"] {
            let said = shell.run(depth);
            let all = format!("{}{}", said.out, said.err);
            assert_eq!(said.status, 70, "{eighth}: {all}");
            assert!(all.contains("kaowu restore") && !all.contains("U+000A"), "{eighth}: {all}");
            answered += usize::from(said.out.contains("数据表与日志一致"));
        }
    }
    assert!(answered > 0, "the deep check never came to its end");
    shell.run("restore b.db --replace --as second --pin-file second-pin").done();
    let checks = shell.run("doctor --deep --json").json();
    let verdict = |check: &str| {
        checks["checks"].as_array().unwrap().iter().find(|c| c["check"] == check).unwrap()["verdict"].clone()
    };
    assert_eq!(["structure", "journal", "replay"].map(verdict), ["ok"; 3]);
}

/// After a crash the log may be there without its database: it is played over whatever comes in that one's place.
#[test]
fn a_log_without_its_database_is_put_aside_too() {
    let shell = copied();
    let wal = {
        let held = db(&shell);
        let _: i64 = held.query_row("SELECT count(*) FROM operation", [], |r| r.get(0)).unwrap();
        for name in ["d", "e"] {
            change(&shell, name);
        }
        std::fs::read(shell.path("site.db-wal")).unwrap()
    };
    assert!(wal.len() > 4096, "{}", wal.len());
    std::fs::remove_file(shell.path("site.db")).unwrap();
    std::fs::write(shell.path("site.db-wal"), &wal).unwrap();
    let restored = shell.run("restore b.db --json").done().json();
    assert_eq!(restored["aside"].as_str(), None);
    let operations = restored["operations"].as_i64().unwrap();
    assert_eq!(count(&shell, "SELECT max(id) FROM operation"), operations);
    let whole: String = db(&shell).query_row("PRAGMA integrity_check", [], |r| r.get(0)).unwrap();
    assert_eq!(whole, "ok");
    let aside = names(&shell, "backups");
    let log = aside.iter().find(|name| name.ends_with(".db-wal")).unwrap_or_else(|| panic!("{aside:?}"));
    assert_eq!(std::fs::read(shell.path("backups").join(log)).unwrap(), wal);
}
