//! One bit turned over, in the database, in its log, in the mark: what changes the content is found, and the program does
//! not start on it without a word: over a cut log or a wrong mark not at all, over the rest every screen looks as it starts.
use crate::Length;
use crate::acks;
use crate::homes;
use crate::report::{Held, Report};
use kaowu::ops::demo::people::Dice;
use rusqlite::Connection;
use rusqlite::types::ValueRef;
use sha2::{Digest, Sha256};
use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

/// The files of a site as they were: path below the home, content.
type Files = Vec<(PathBuf, Vec<u8>)>;
/// By table: a digest over all its rows.
type Dump = BTreeMap<String, String>;

/// A short run ends after this, however slow the machine is; each file has a third of it.
const SHORT: Duration = Duration::from_secs(40);
/// So many flips need not hit anything.
const FEW: usize = 40;

/// When a file was damaged often enough.
#[derive(Debug, Clone, Copy)]
struct Until {
    flips: usize,
    begin: Instant,
    time: Duration,
}

/// Which file is damaged.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Target {
    Database,
    Log,
    Mark,
}

impl Target {
    fn file(self) -> &'static str {
        match self {
            Target::Database => "site.db",
            Target::Log => "site.db-wal",
            Target::Mark => "anchor/mark",
        }
    }
}

#[derive(Debug, Default)]
struct Found {
    flips: usize,
    changed: usize,
    /// Already when the program opens the site.
    at_start: usize,
    /// By what every screen does as it starts.
    inspected: usize,
    by_doctor: usize,
    missed: Vec<String>,
}

impl Found {
    fn with(mut self, other: Found) -> Found {
        self.flips += other.flips;
        self.changed += other.changed;
        self.at_start += other.at_start;
        self.inspected += other.inspected;
        self.by_doctor += other.by_doctor;
        self.missed.extend(other.missed);
        self
    }
}

pub fn run(report: &mut Report, length: Length) {
    let begin = Instant::now();
    let (flips, time) = match length {
        Length::Long => (2000, Duration::MAX),
        Length::Short => (80, SHORT),
    };
    let folder = tempfile::tempdir().unwrap();
    let home = folder.path().join("made");
    let (closed, open) = made(&home);
    for (target, share) in [(Target::Database, 1), (Target::Log, 2), (Target::Mark, 3)] {
        let until = Until { flips: flips / 2, begin, time: time / 3 * share };
        let files = if target == Target::Log { &open } else { &closed };
        let name = target.file();
        if !files.iter().any(|(path, _)| path.ends_with(name)) {
            report.fail(&format!("{name}: no such file"));
            continue;
        }
        let found = std::thread::scope(|scope| {
            let half = |seed| scope.spawn(move || Lane::new(files, target, seed).run(until));
            let both = [1, 2].map(half);
            both.into_iter().map(|lane| lane.join().unwrap()).fold(Found::default(), Found::with)
        });
        report.figure(&format!("{name}: flips"), found.flips);
        report.figure(&format!("{name}: changed the content"), found.changed);
        report.figure(&format!("{name}: of these told when it is opened"), found.at_start);
        report.figure(&format!("{name}: of these told by the screen's inspection"), found.inspected);
        report.figure(&format!("{name}: of these told by doctor --deep alone"), found.by_doctor);
        report.figure(&format!("{name}: missed"), found.missed.len());
        let damaged = found.changed > 0 || (found.flips > 0 && found.flips < FEW);
        report.must(Held::from(damaged), &format!("{name}: nothing was damaged"));
        report.fail_all(found.missed);
    }
}

/// A site that was closed, and one in the middle of its work with a log.
fn made(home: &Path) -> (Files, Files) {
    let desk = homes::at_the_door(home, 8);
    let open = files(home).into_iter().filter(|(path, _)| !path.ends_with("site.db-shm")).collect();
    drop(desk);
    (files(home), open)
}

fn files(home: &Path) -> Files {
    fn walk(folder: &Path, home: &Path, all: &mut Files) {
        for entry in std::fs::read_dir(folder).unwrap().flatten() {
            let path = entry.path();
            if path.is_dir() {
                walk(&path, home, all);
            } else {
                all.push((path.strip_prefix(home).unwrap().to_owned(), std::fs::read(&path).unwrap()));
            }
        }
    }
    let mut all = Files::new();
    walk(home, home, &mut all);
    all
}

struct Lane<'a> {
    files: &'a Files,
    target: Target,
    dice: Dice,
    /// What the content is without damage.
    whole: Dump,
    folder: tempfile::TempDir,
}

impl Lane<'_> {
    fn new(files: &Files, target: Target, seed: u64) -> Lane<'_> {
        let folder = tempfile::tempdir().unwrap();
        put(files, folder.path());
        let whole = dump(folder.path()).unwrap();
        put(files, folder.path());
        assert_eq!(acks::unwhole(folder.path()), Vec::<String>::new(), "the undamaged site");
        Lane { files, target, dice: Dice::new(seed), whole, folder }
    }

    fn run(mut self, until: Until) -> Found {
        let mut found = Found::default();
        while found.flips < until.flips && (found.flips == 0 || until.begin.elapsed() < until.time) {
            self.once(&mut found);
        }
        found
    }

    fn once(&mut self, found: &mut Found) {
        let mut files = self.files.clone();
        let hurt = files.iter_mut().find(|(path, _)| path.ends_with(self.target.file())).unwrap();
        let (at, bit) = (self.dice.below(hurt.1.len()), self.dice.below(8));
        hurt.1[at] ^= 1 << bit;
        let home = self.folder.path();
        put(&files, home);
        // The mark is content by itself: what it says is not in the tables.
        let changed = match self.target {
            Target::Mark => Some("the mark".to_owned()),
            _ => differs(&self.whole, dump(home)),
        };
        put(&files, home);
        let told = std::panic::catch_unwind(|| acks::at_start(home));
        let place = format!("{} byte {at} bit {bit}", self.target.file());
        found.flips += 1;
        let Ok(told) = told else {
            found.missed.push(format!("{place}: panic"));
            return;
        };
        let Some(what) = changed else { return };
        found.changed += 1;
        match told {
            acks::Start::Told => found.at_start += 1,
            acks::Start::Inspected if self.target == Target::Database => found.inspected += 1,
            acks::Start::Inspected => found.missed.push(format!("{place}: {what}, told only after the start")),
            acks::Start::Doctor(checks) => {
                found.by_doctor += 1;
                found.missed.push(format!("{place}: {what}, started silently; {checks}"));
            }
            acks::Start::Silent => found.missed.push(format!("{place}: {what}")),
        }
    }
}

/// The folder with these files and no others.
fn put(files: &Files, home: &Path) {
    for entry in std::fs::read_dir(home).unwrap().flatten() {
        if entry.path().is_dir() {
            std::fs::remove_dir_all(entry.path()).unwrap();
        } else {
            std::fs::remove_file(entry.path()).unwrap();
        }
    }
    for (path, bytes) in files {
        let path = home.join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(&path, bytes).unwrap();
        if path.ends_with("site.key") {
            use std::os::unix::fs::PermissionsExt;
            std::fs::set_permissions(&path, std::fs::Permissions::from_mode(0o600)).unwrap();
        }
    }
}

/// What of the content is not as it was.
fn differs(whole: &Dump, now: rusqlite::Result<Dump>) -> Option<String> {
    match now {
        Err(error) => Some(format!("cannot be read: {error}")),
        Ok(now) if now == *whole => None,
        Ok(now) => {
            let tables = whole.iter().filter(|(table, digest)| now.get(*table) != Some(digest)).map(|(table, _)| table);
            Some(tables.take(4).cloned().collect::<Vec<_>>().join(" "))
        }
    }
}

/// Everything that can be read, past the program: all rows of all tables, and the schema.
fn dump(home: &Path) -> rusqlite::Result<Dump> {
    let db = Connection::open(home.join("site.db"))?;
    let mut tables = vec!["sqlite_schema".to_owned()];
    let sql = "SELECT name FROM sqlite_schema WHERE type = 'table' AND sql NOT LIKE 'CREATE VIRTUAL%' ORDER BY name";
    tables.extend(db.prepare(sql)?.query_map([], |r| r.get(0))?.collect::<rusqlite::Result<Vec<String>>>()?);
    let mut all = Dump::new();
    for pragma in ["user_version", "application_id"] {
        all.insert(pragma.to_owned(), db.pragma_query_value(None, pragma, |r| r.get::<_, i64>(0))?.to_string());
    }
    for table in tables {
        let digest = rows(&db, &table)?;
        all.insert(table, digest);
    }
    Ok(all)
}

fn rows(db: &Connection, table: &str) -> rusqlite::Result<String> {
    // Pages are where they are in the file; what they hold is what counts.
    let columns = if table == "sqlite_schema" { "type, name, tbl_name, sql" } else { "*" };
    let mut statement = db.prepare(&format!("SELECT {columns} FROM \"{table}\""))?;
    let width = statement.column_count();
    let mut rows = statement.query([])?;
    let mut hash = Sha256::new();
    while let Some(row) = rows.next()? {
        for n in 0..width {
            let (tag, bytes) = match row.get_ref(n)? {
                ValueRef::Null => (0u8, Vec::new()),
                ValueRef::Integer(i) => (1, i.to_le_bytes().to_vec()),
                ValueRef::Real(x) => (2, x.to_le_bytes().to_vec()),
                ValueRef::Text(text) => (3, text.to_vec()),
                ValueRef::Blob(blob) => (4, blob.to_vec()),
            };
            hash.update([tag]);
            hash.update(bytes.len().to_le_bytes());
            hash.update(bytes);
        }
    }
    Ok(hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect())
}
