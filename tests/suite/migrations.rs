//! The schema: written down in `docs/schema.sql`, reached from every older step, refused when it is newer or not ours.
use crate::generated;
use crate::harness::Shell;
use crate::source::root;
use kaowu::store::{Access, Store, StoreFault, migrate};
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// "kaow", as a file of this program says of itself.
const OURS: i64 = 0x6b61_6f77;

/// The texts of the steps, in order.
fn steps() -> Vec<String> {
    let folder = std::fs::read_dir(root().join("src/store/migrations")).unwrap();
    let mut files: Vec<PathBuf> = folder.flatten().map(|e| e.path()).collect();
    files.sort();
    files.iter().map(|path| std::fs::read_to_string(path).unwrap()).collect()
}

/// A file as an older program left it: the first `count` steps.
fn at_step(path: &Path, count: usize) {
    let db = Connection::open(path).unwrap();
    for sql in &steps()[..count] {
        db.execute_batch(sql).unwrap();
    }
    db.pragma_update(None, "user_version", i64::try_from(count).unwrap()).unwrap();
    db.pragma_update(None, "application_id", OURS).unwrap();
    if count > 0 {
        db.execute("INSERT INTO site (id, code, name) VALUES (1, '01', 'before')", []).unwrap();
    }
}

fn schema(store: &Store) -> String {
    migrate::dump(store.db()).unwrap()
}

fn folder() -> tempfile::TempDir {
    tempfile::tempdir().unwrap()
}

#[test]
fn the_written_schema_is_the_real_one() {
    generated::page("docs/schema.sql", &schema(&Store::in_memory().unwrap()));
}

#[test]
fn every_step_is_in_the_list() {
    assert_eq!(i64::try_from(steps().len()).unwrap(), migrate::latest());
}

#[test]
fn every_older_file_reaches_the_latest_schema_and_leaves_a_backup() {
    let fresh = schema(&Store::in_memory().unwrap());
    for count in 1..steps().len() {
        let home = folder();
        let path = home.path().join("site.db");
        at_step(&path, count);
        let store = Store::open(&path, Access::ReadWrite).unwrap();
        assert_eq!(schema(&store), fresh, "from step {count}");
        let name: String = store.db().query_row("SELECT name FROM site", [], |r| r.get(0)).unwrap();
        assert_eq!(name, "before");
        let backup = home.path().join(format!("backups/before-schema-{}.db", migrate::latest()));
        let copy = Connection::open(backup).unwrap();
        let version: i64 = copy.pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
        assert_eq!(version, i64::try_from(count).unwrap());
    }
}

/// A first attempt may have been cut off after its backup.
#[test]
fn a_backup_that_is_there_already_does_not_stop_the_next_attempt() {
    let home = folder();
    let path = home.path().join("site.db");
    at_step(&path, 1);
    std::fs::create_dir(home.path().join("backups")).unwrap();
    let left = home.path().join(format!("backups/before-schema-{}.db", migrate::latest()));
    std::fs::write(&left, "left behind").unwrap();
    Store::open(&path, Access::ReadWrite).unwrap();
    assert_eq!(std::fs::read_to_string(left).unwrap(), "left behind");
    assert_eq!(std::fs::read_dir(home.path().join("backups")).unwrap().count(), 2);
}

#[test]
fn processes_that_migrate_at_the_same_moment_do_it_once() {
    let home = folder();
    let path = home.path().join("site.db");
    at_step(&path, 1);
    let open = |path: PathBuf| move || Store::open(&path, Access::ReadWrite).map(|s| schema(&s));
    let running: Vec<_> = (0..4).map(|_| std::thread::spawn(open(path.clone()))).collect();
    let fresh = schema(&Store::in_memory().unwrap());
    for thread in running {
        assert_eq!(thread.join().unwrap().unwrap(), fresh);
    }
}

#[test]
fn a_newer_file_is_refused_by_name_and_left_alone() {
    let shell = Shell::with_batch();
    let path = shell.path("site.db");
    let newer = migrate::latest() + 1;
    Connection::open(&path).unwrap().pragma_update(None, "user_version", newer).unwrap();
    let fault = Store::open(&path, Access::ReadWrite).err().unwrap();
    assert!(matches!(fault, StoreFault::TooNew { found, known } if found == newer && known == newer - 1), "{fault}");
    let answer = shell.run("batch list --json");
    assert_eq!(answer.status, 70, "{}", answer.err);
    assert!(answer.err.contains("store.too_new") && answer.err.contains(&newer.to_string()), "{}", answer.err);
    let at: i64 = Connection::open(&path).unwrap().pragma_query_value(None, "user_version", |r| r.get(0)).unwrap();
    assert_eq!(at, newer);
}

#[test]
fn a_file_of_another_program_is_refused_and_left_alone() {
    for version in [0, 1, 70] {
        let home = folder();
        let path = home.path().join("site.db");
        let db = Connection::open(&path).unwrap();
        db.execute_batch("CREATE TABLE bookmark (url TEXT)").unwrap();
        db.pragma_update(None, "user_version", version).unwrap();
        for access in [Access::ReadWrite, Access::ReadOnly] {
            let fault = Store::open(&path, access).err().unwrap();
            assert!(matches!(fault, StoreFault::Corrupt(_)), "version {version}: {fault}");
        }
        let tables: i64 = db.query_row("SELECT count(*) FROM sqlite_schema", [], |r| r.get(0)).unwrap();
        let mode: String = db.pragma_query_value(None, "journal_mode", |r| r.get(0)).unwrap();
        assert_eq!((tables, mode.as_str()), (1, "delete"));
    }
    let home = folder();
    let path = home.path().join("site.db");
    std::fs::write(&path, "a text that is no database, long enough to have a header of one hundred bytes. ".repeat(9))
        .unwrap();
    assert!(matches!(Store::open(&path, Access::ReadWrite).err().unwrap(), StoreFault::Corrupt(_)));
}

/// F23: what keeps a committed write must hold on every connection, whatever this SQLite was compiled with.
#[test]
fn every_connection_is_durable_and_checks_foreign_keys() {
    assert!(rusqlite::version_number() >= 3_051_003, "{}", rusqlite::version());
    let home = folder();
    let path = home.path().join("site.db");
    drop(Store::create(&path).unwrap());
    let open = [Store::open(&path, Access::ReadWrite).unwrap(), Store::open(&path, Access::ReadOnly).unwrap()];
    for store in open {
        let number = |name: &str| store.db().pragma_query_value(None, name, |r| r.get::<_, i64>(0)).unwrap();
        assert_eq!((number("synchronous"), number("foreign_keys")), (2, 1));
        assert!(number("busy_timeout") >= 1000);
        let mode: String = store.db().pragma_query_value(None, "journal_mode", |r| r.get(0)).unwrap();
        assert_eq!(mode, "wal");
    }
    let mode = std::os::unix::fs::PermissionsExt::mode(&std::fs::metadata(&path).unwrap().permissions());
    assert_eq!(mode & 0o777, 0o600, "others may read the database");
}
