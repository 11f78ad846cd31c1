//! The journal: append-only, chained, able to rebuild and to take back what it tells of.
use crate::harness::{Desk, Shell};
use crate::source::{root, rust_files, sources};
use kaowu::bundle::row_fault::code;
use kaowu::model::{OpNo, Role};
use kaowu::ops::applications::{RecordFee, Withdraw};
use kaowu::ops::demo::people;
use kaowu::ops::exchange::{Import, Mode, Source};
use kaowu::ops::history::Undo;
use kaowu::ops::seating::Arrange;
use kaowu::ops::upkeep::{AddOperator, DisableOperator};
use kaowu::ops::{Error, KINDS, batch};
use kaowu::store::records::RECORDS;
use kaowu::store::{journal, record::Meta};
use proptest::prelude::*;
use rusqlite::{Connection, types::ValueRef};
use serde_json::{Map, Value as Json};
use std::collections::BTreeMap;
use std::io::Write;

/// Rows by table and key.
type Images = BTreeMap<(String, String), Json>;

/// A desk on a file, and a second connection that looks into it.
struct World {
    desk: Desk,
    db: Connection,
    home: tempfile::TempDir,
}

impl World {
    fn with_people(count: usize) -> World {
        let home = tempfile::tempdir().unwrap();
        let path = home.path().join("site.db");
        let mut desk = Desk::in_file(&path);
        desk.open_batch();
        desk.people(count);
        World { desk, db: Connection::open(path).unwrap(), home }
    }

    /// Every row of every table that is no part of the journal.
    fn dump(&self) -> Images {
        RECORDS.iter().flat_map(|meta| rows(&self.db, meta)).collect()
    }

    fn operations(&self) -> i64 {
        self.db.query_row("SELECT count(*) FROM operation", [], |r| r.get(0)).unwrap()
    }

    fn last(&self) -> OpNo {
        OpNo(journal::head(&self.db).unwrap().0)
    }

    fn undo(&mut self, op: OpNo) {
        self.desk.does(&Undo { op, reason: "test".into() });
    }
}

fn bare(column: &str) -> &str {
    column.trim_start_matches("r#")
}

/// A table's rows by their keys, as images like the journal's.
fn rows(db: &Connection, meta: &Meta) -> Vec<((String, String), Json)> {
    let columns: Vec<_> = meta.columns.iter().map(|c| format!("\"{}\"", bare(c))).collect();
    let mut statement = db.prepare(&format!("SELECT {} FROM {}", columns.join(", "), meta.table)).unwrap();
    let read = statement.query_map([], |row| {
        let mut image = Map::new();
        for (at, column) in meta.columns.iter().enumerate() {
            let value = match row.get_ref(at)? {
                ValueRef::Integer(n) => Json::from(n),
                ValueRef::Text(text) => Json::from(std::str::from_utf8(text).unwrap()),
                ValueRef::Null => Json::Null,
                other => panic!("no image has {other:?}"),
            };
            image.insert(bare(column).to_owned(), value);
        }
        Ok(Json::Object(image))
    });
    read.unwrap().map(|image| image.unwrap()).map(|image| ((meta.table.to_owned(), key(meta, &image)), image)).collect()
}

fn key(meta: &Meta, image: &Json) -> String {
    let part = |c: &&str| image[bare(c)].as_str().map_or_else(|| image[bare(c)].to_string(), str::to_owned);
    meta.key.iter().map(part).collect::<Vec<_>>().join("/")
}

#[test]
fn the_journal_takes_no_change_and_no_removal() {
    let world = World::with_people(3);
    for sql in [
        "DELETE FROM operation WHERE id = 1",
        "UPDATE operation SET actor_name = 'x' WHERE id = 1",
        "DELETE FROM further_change WHERE op = 1",
        "UPDATE further_change SET after = NULL WHERE op = 1",
        "INSERT OR REPLACE INTO operation SELECT * FROM operation WHERE id = 1",
        "INSERT OR REPLACE INTO further_change SELECT * FROM further_change WHERE op = 1",
    ] {
        let refused = world.db.execute(sql, []);
        assert!(refused.is_err(), "{sql}");
    }
    assert_eq!(journal::verify(&world.db).unwrap().broken_at, None);
}

/// What somebody with the file in hand could do, and the first operation where it shows.
#[test]
fn a_changed_a_missing_and_an_added_line_break_the_chain() {
    let tampering = [
        ("UPDATE operation SET params = '{}' WHERE id = 4", 4),
        ("UPDATE operation SET actor_name = 'somebody' WHERE id = 1", 1),
        ("UPDATE operation SET at = at + 1 WHERE id = 5", 5),
        ("UPDATE operation SET reason = 'none' WHERE id = 6", 6),
        ("UPDATE operation SET first_after = replace(first_after, 'proctor', 'auditor') WHERE id = 2", 2),
        ("UPDATE operation SET first_record = NULL WHERE id = 3", 3),
        ("DELETE FROM further_change WHERE op = 1", 1),
        ("DELETE FROM operation WHERE id = 3", 4),
        ("INSERT INTO further_change (op, seq, record, key, after) VALUES (7, 99, 'site', '1', '{}')", 7),
        ("UPDATE operation SET prev = digest WHERE id = 2", 2),
        ("UPDATE operation SET id = id + 1 WHERE id = (SELECT max(id) FROM operation)", 10),
    ];
    for (sql, broken) in tampering {
        let world = World::with_people(3);
        assert_eq!(world.operations(), 9);
        world.db.pragma_update(None, "foreign_keys", false).unwrap();
        for trigger in ["operation_kept_delete", "operation_kept_update", "change_kept_delete", "change_kept_update"] {
            world.db.execute(&format!("DROP TRIGGER {trigger}"), []).unwrap();
        }
        assert!(world.db.execute(sql, []).unwrap() > 0, "{sql}");
        assert_eq!(journal::verify(&world.db).unwrap().broken_at, Some(OpNo(broken)), "{sql}");
    }
}

#[test]
fn the_tables_can_be_rebuilt_from_the_journal() {
    let mut world = World::with_people(40);
    world.desk.reviewed();
    world.desk.does(&RecordFee::All);
    world.desk.does(&Arrange { seed: 3 });
    let arranged = world.last();
    world.undo(arranged);
    world.desk.does(&Arrange { seed: 4 });
    world.desk.does(&DisableOperator { name: "auditor".into() });
    let mut rebuilt: Images = BTreeMap::new();
    // Rows of a bulk insert: their first images are the rows themselves.
    let mut runs: Vec<(String, i64, i64)> = Vec::new();
    for op in 1..=world.operations() {
        for change in journal::changes(&world.db, OpNo(op)).unwrap() {
            let image = |text: &Option<String>| text.as_deref().map(|t| serde_json::from_str::<Json>(t).unwrap());
            let at = (change.record.clone(), change.key.clone());
            if let Some(last) = change.upto {
                let first: i64 = change.key.parse().unwrap();
                match change.before {
                    None => runs.push((change.record, first, last)),
                    Some(_) => runs.retain(|run| *run != (change.record.clone(), first, last)),
                }
                continue;
            }
            let (before, after) = (image(&change.before), image(&change.after));
            let in_run = |(record, first, last): &(String, i64, i64)| {
                *record == at.0 && at.1.parse().is_ok_and(|id: i64| (*first..=*last).contains(&id))
            };
            let known = rebuilt.get(&at).cloned();
            assert!(known == before || known.is_none() && runs.iter().any(in_run), "operation {op}: {at:?}");
            match after {
                Some(after) => drop(rebuilt.insert(at, after)),
                None => drop(rebuilt.remove(&at)),
            }
        }
    }
    let mut real = world.dump();
    for (record, first, last) in &runs {
        for id in *first..=*last {
            let at = (record.clone(), id.to_string());
            assert!(real.contains_key(&at), "a run names {at:?}, which is not there");
            if !rebuilt.contains_key(&at) {
                real.remove(&at);
            }
        }
    }
    assert_eq!(rebuilt, real);
}

#[test]
fn a_failed_operation_leaves_no_trace() {
    let mut world = World::with_people(5);
    world.desk.reviewed();
    let (before, operations) = (world.dump(), world.operations());
    assert_eq!(
        world.desk.refused(&batch::Open { code: "nmg-2023".into(), name: String::new(), policy: policy() }),
        "batch.code_taken"
    );
    assert_eq!(world.desk.refused(&DisableOperator { name: "admin".into() }), "operator.last_admin");
    // Good rows were written before the bad one came; nothing of them stays.
    let mut sheet = people::rows(&world.desk.site.codes().unwrap(), 9, 30);
    let identity = people::HEADINGS.iter().position(|h| h.contains("证件号码")).unwrap();
    sheet[29][identity] = "1".into();
    let path = world.home.path().join("bad.csv");
    let mut file = std::fs::File::create(&path).unwrap();
    writeln!(file, "{}", people::HEADINGS.join(",")).unwrap();
    sheet.iter().for_each(|row| writeln!(file, "{}", row.join(",")).unwrap());
    let source = Source { path, name: "bad.csv".into(), ..Source::default() };
    let assets = kaowu::config::Assets::default();
    let import = Import { source: &source, mode: Mode::Strict, assets: &assets, refusals: None };
    let Err(Error::Rejected(report)) = world.desk.try_to(&import).map(|done| done.op) else { panic!("taken") };
    assert!(report.faults.iter().any(|f| f.code == code::IDENTITY_LENGTH && f.line == 31), "{:?}", report.faults);
    assert_eq!((report.counts.added, report.counts.refused), (29, 1));
    world.desk.site.preview(&RecordFee::All).unwrap();
    assert_eq!((world.dump(), world.operations()), (before, operations));
}

fn policy() -> kaowu::policy::Adopted {
    batch::policy(&kaowu::config::Assets::default(), "nmg-2023").unwrap()
}

#[test]
fn a_closed_batch_is_opened_again_by_undo_only() {
    let mut world = World::with_people(2);
    world.desk.reviewed();
    let before = world.dump();
    world.desk.does(&batch::CloseAnyway { reason: "done".into() });
    let closed = world.last();
    assert_eq!(world.desk.refused(&RecordFee::All), "batch.closed");
    world.undo(closed);
    assert_eq!(world.dump(), before);
    world.desk.does(&RecordFee::All);
}

#[derive(Debug, Clone)]
enum Step {
    Fee,
    Arrange(u64),
    People(u64, usize),
    Operator(u8),
    Disable(u8),
    Withdraw(i64),
    UndoLast,
}

fn steps() -> impl Strategy<Value = Vec<Step>> {
    let step = prop_oneof![
        Just(Step::Fee),
        (0u64..9).prop_map(Step::Arrange),
        (1u64..4, 1usize..35).prop_map(|(seed, count)| Step::People(seed, count)),
        (0u8..3).prop_map(Step::Operator),
        (0u8..3).prop_map(Step::Disable),
        (1i64..40).prop_map(Step::Withdraw),
        Just(Step::UndoLast),
    ];
    prop::collection::vec(step, 1..9)
}

impl World {
    /// Does a step, or finds it refused; a refusal changes nothing.
    fn take(&mut self, step: &Step) {
        let name = |n: &u8| format!("extra-{n}");
        let desk = &mut self.desk;
        let _ = match step {
            Step::Fee => desk.try_to(&RecordFee::All).map(|d| d.op),
            Step::Arrange(seed) => desk.try_to(&Arrange { seed: *seed }).map(|d| d.op),
            Step::People(seed, count) => {
                let codes = desk.site.codes().unwrap();
                desk.sheet(&people::rows(&codes, *seed, *count));
                return;
            }
            Step::Operator(n) => {
                let add = AddOperator {
                    name: name(n),
                    roles: vec![Role::Proctor],
                    os_user: None,
                    unit: None,
                    pin_hash: None,
                };
                desk.try_to(&add).map(|d| d.op)
            }
            Step::Disable(n) => desk.try_to(&DisableOperator { name: name(n) }).map(|d| d.op),
            Step::Withdraw(n) => {
                let application = kaowu::model::ApplicationId(*n);
                desk.try_to(&Withdraw { application, reason: "test".into() }).map(|d| d.op)
            }
            Step::UndoLast => match kaowu::ops::history::next_undo(&desk.site) {
                Ok(op) => desk.try_to(&Undo { op, reason: "test".into() }).map(|d| d.op),
                Err(error) => Err(error),
            },
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, failure_persistence: None, ..ProptestConfig::default() })]

    /// Whatever was done, undoing it newest first passes through the very same states back to the beginning.
    #[test]
    fn undo_gives_every_earlier_state_back(steps in steps()) {
        let mut world = World::with_people(8);
        world.desk.reviewed();
        let mut done: Vec<(OpNo, Images)> = Vec::new();
        for step in &steps {
            let (before, last) = (world.dump(), world.last());
            world.take(step);
            if world.last() == last {
                prop_assert_eq!(world.dump(), before, "{:?} was refused but changed something", step);
            } else if matches!(step, Step::UndoLast) {
                let Some((_, earlier)) = done.pop() else { break };
                prop_assert_eq!(world.dump(), earlier);
            } else {
                done.push((world.last(), before));
            }
        }
        while let Some((op, before)) = done.pop() {
            world.undo(op);
            prop_assert_eq!(world.dump(), before, "undo of operation {}", op);
        }
        prop_assert_eq!(journal::verify(&world.db).unwrap().broken_at, None);
    }
}

/// Whole identity numbers leave the house only with an entry that says what for.
#[test]
fn an_export_of_whole_numbers_is_in_the_journal() {
    let shell = Shell::with_batch();
    shell.run("export applications --out masked.csv").done();
    shell.run("export applications --full --purpose upload --out full.csv").done();
    let db = Connection::open(shell.path("site.db")).unwrap();
    let sql = "SELECT count(*), max(params) FROM operation WHERE kind = 'exchange.export'";
    let (count, params): (i64, String) = db.query_row(sql, [], |r| Ok((r.get(0)?, r.get(1)?))).unwrap();
    assert!(count == 1 && params.contains("upload"), "{count} {params}");
}

/// Operations that tests reach through something else: a command, a survey.
const BY_OTHERS: &[(&str, &str)] = &[
    ("archive.seal", "prepared.finish("),
    ("exchange.accept_fork", "\"accept-fork\""),
    ("exchange.export", "(\"export "),
    ("exchange.give", "(\"export site "),
    ("exchange.note_fork", "(\"site forks "),
    ("materials.check", "survey.check()"),
    ("privacy.reveal", "press(\"V\").sees(\"已记入日志\")"),
    ("region_key.give", "\"region-key\", \"give\""),
    ("region_key.make", "(\"site region-key make"),
    ("region_key.take", "(\"site region-key take"),
    ("site.restore", "restore backups/{aside} --replace"),
    ("site.distrust", "(\"site key distrust "),
    ("site.trust", "\"trust\""),
];

/// An operation that no test performs would be believed, not known.
#[test]
fn every_operation_is_performed_somewhere_in_the_tests() {
    let tests: String =
        rust_files("tests").iter().map(|path| std::fs::read_to_string(root().join(path)).unwrap()).collect();
    let sources = sources();
    let mut missing = Vec::new();
    for kind in KINDS {
        let line = format!("const KIND: &'static str = \"{}\"", kind.name);
        let code = &sources.iter().find(|s| s.code.contains(&line)).unwrap().code;
        let (before, _) = code.split_once(&line).unwrap();
        let (_, named) = before.rsplit_once("Operation for ").unwrap();
        let name: String = named.chars().take_while(|c| c.is_alphanumeric()).collect();
        let made = [format!("{name} {{"), format!("{name}::"), format!("{name}(")];
        let named = BY_OTHERS.iter().any(|(name, by)| *name == kind.name && tests.contains(by));
        let own = |at: usize| !tests[..at].ends_with(|c: char| c.is_alphanumeric() || c == '_');
        if !named && !made.iter().any(|m| tests.match_indices(m.as_str()).any(|(at, _)| own(at))) {
            missing.push(format!("{} ({name})", kind.name));
        }
    }
    assert!(missing.is_empty(), "{missing:?}");
}
