//! What was acknowledged, held against what is in the site.
use kaowu::config::Assets;
use kaowu::model::{FixedClock, Stamp};
use kaowu::ops::anchor::inspect;
use kaowu::ops::upkeep::{Depth, Verdict, check};
use kaowu::ops::{Access, Site};
use rusqlite::Connection;
use std::collections::BTreeMap;
use std::path::Path;

/// One acknowledgement as its writer wrote it down.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Ack {
    pub op: i64,
    pub kind: String,
    /// The person, or the operation that was taken back.
    pub about: i64,
    pub micros: u64,
}

/// Of one writer, in order. A line without its end was no acknowledgement.
#[derive(Debug, Clone, Default)]
pub struct Told {
    pub writer: usize,
    pub acks: Vec<Ack>,
    pub busy: usize,
}

pub fn read(folder: &Path) -> Vec<Told> {
    let files = std::fs::read_dir(folder).unwrap().flatten();
    let mut all: Vec<Told> = files.map(|file| told(&file.path())).collect();
    all.sort_by_key(|told| told.writer);
    all
}

fn told(path: &Path) -> Told {
    let text = std::fs::read_to_string(path).unwrap();
    let whole = text.rfind('\n').map_or("", |end| &text[..end]);
    let writer = path.file_name().unwrap().to_str().unwrap().parse().unwrap();
    let mut told = Told { writer, ..Told::default() };
    for line in whole.lines() {
        let cells: Vec<&str> = line.split('\t').collect();
        match cells[..] {
            [op, kind, about, micros] => told.acks.push(Ack {
                op: op.parse().unwrap(),
                kind: kind.to_owned(),
                about: about.parse().unwrap(),
                micros: micros.parse().unwrap(),
            }),
            _ => told.busy += 1,
        }
    }
    told
}

pub fn count(all: &[Told]) -> usize {
    all.iter().map(|told| told.acks.len()).sum()
}

/// An operation of a writer in the journal.
struct Kept {
    station: String,
    kind: String,
    about: i64,
}

fn journal(db: &Connection) -> BTreeMap<i64, Kept> {
    let sql = "SELECT id, station, kind, coalesce(params ->> 'application', params ->> 'op', params ->> 'about') \
               FROM operation WHERE station LIKE 'writer-%'";
    let mut statement = db.prepare(sql).unwrap();
    let rows = statement
        .query_map([], |r| Ok((r.get(0)?, Kept { station: r.get(1)?, kind: r.get(2)?, about: r.get(3)? })))
        .unwrap();
    rows.map(Result::unwrap).collect()
}

/// Acknowledgements that are not in the journal as they were told.
pub fn lost(home: &Path, all: &[Told]) -> Vec<String> {
    let db = Connection::open(home.join("site.db")).unwrap();
    let kept = journal(&db);
    let mut lost = Vec::new();
    for told in all {
        for ack in &told.acks {
            let there = kept.get(&ack.op).is_some_and(|k| {
                k.station == super::writer::station(told.writer) && k.kind == ack.kind && k.about == ack.about
            });
            if !there {
                lost.push(format!("lost: writer {} {} #{} about {}", told.writer, ack.kind, ack.op, ack.about));
            }
        }
    }
    lost
}

/// Operations of the writers that nobody was told of: saved, and the writer was killed before it could say so.
pub fn untold(home: &Path, all: &[Told]) -> usize {
    journal(&Connection::open(home.join("site.db")).unwrap()).len() - count(all)
}

/// What stands follows from the last operation about each person.
pub fn wrong_state(home: &Path) -> Vec<String> {
    let db = Connection::open(home.join("site.db")).unwrap();
    let mut inside = BTreeMap::new();
    let mut typed = 0i64;
    for kept in journal(&db).into_values() {
        match kept.kind.as_str() {
            "checkin.admit" | "checkin.cancel" => drop(inside.insert(kept.about, kept.kind == "checkin.admit")),
            "entry.save" => typed += 1,
            _ => typed -= 1,
        }
    }
    let count = |sql: &str| db.query_row(sql, [], |r| r.get::<_, i64>(0)).unwrap();
    let here = i64::try_from(inside.values().filter(|here| **here).count()).unwrap();
    let mut wrong = Vec::new();
    if count("SELECT count(*) FROM attendance") != here {
        wrong.push(format!("{here} are inside by the journal, not by the table"));
    }
    if count("SELECT count(*) FROM entry") != typed {
        wrong.push(format!("{typed} entries by the journal, not by the table"));
    }
    wrong
}

/// How the program takes a site up.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Start {
    /// It does not start, or not for writing, and says why.
    Told,
    /// It opens; what every screen does as it starts finds it.
    Inspected,
    /// It starts; only its deep check says what is wrong.
    Doctor(String),
    /// Nobody is told anything.
    Silent,
}

fn open(home: &Path) -> kaowu::ops::Result<Site> {
    let clock = FixedClock::at(Stamp::parse("2023-10-15T20:00:00+08:00").unwrap());
    Site::open(&home.join("site.db"), Access::ReadWrite, Assets::default(), Box::new(clock))
}

pub fn at_start(home: &Path) -> Start {
    let Ok(site) = open(home) else { return Start::Told };
    if site.doubt().is_some() || site.is_read_only() {
        return Start::Told;
    }
    if !matches!(inspect(&home.join("site.db")), Ok(None)) {
        return Start::Inspected;
    }
    match bad_checks(&site) {
        bad if bad.is_empty() => Start::Silent,
        bad => Start::Doctor(bad.join(", ")),
    }
}

/// The site as the program itself finds it: how it starts, and everything that its deep check does not like.
pub fn unwhole(home: &Path) -> Vec<String> {
    match open(home) {
        Ok(site) if site.is_read_only() => vec!["starts for reading only".to_owned()],
        Ok(site) if site.doubt().is_some() => vec![format!("starts in doubt: {:?}", site.doubt())],
        Ok(site) => bad_checks(&site),
        Err(error) => vec![format!("does not start: {error}")],
    }
}

fn bad_checks(site: &Site) -> Vec<String> {
    match check(site, Depth::Deep) {
        Ok(found) => {
            // How much room this machine has is not the site's fault.
            let bad = found.into_iter().filter(|c| c.verdict == Verdict::Fail && c.check != "free_space");
            bad.map(|c| format!("{}: {}", c.check, c.value)).collect()
        }
        Err(error) => vec![format!("cannot be checked: {error}")],
    }
}
