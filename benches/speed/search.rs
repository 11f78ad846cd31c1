//! S1, S2, S4: finding people against a LIKE over a covering index, answers compared as sets.
use crate::rounds::{Rounds, say, seconds};
use crate::world::{self, sheet};
use crate::{Asked, bare, import};
use kaowu::model::{ApplicationId, BatchId};
use kaowu::ops::search;
use kaowu::store::views::search::people;
use kaowu::store::{Access, Store};
use rusqlite::Connection;
use std::collections::BTreeSet;
use std::hint::black_box;
use std::path::Path;

const BY_NAME: &str = "SELECT id FROM application INDEXED BY application_by_name WHERE batch = 1 AND name LIKE ?1";
const BY_TAIL: &str =
    "SELECT id FROM application INDEXED BY application_by_tail WHERE batch = 1 AND id_reversed LIKE ?1";
const BY_INITIALS: &str =
    "SELECT id FROM application INDEXED BY application_by_initials WHERE batch = 1 AND initials LIKE ?1";

pub fn run(asked: &Asked) {
    let folder = world::folder();
    let home = folder.path().join("home");
    world::empty_site(&home, &[world::POLICY]);
    let sheet = sheet(folder.path(), 0, asked.rows);
    import::worker_import(&[sheet.to_str().unwrap().to_owned(), home.to_str().unwrap().to_owned()]);
    if asked.any(&["S1"]) {
        first_screen(&home, asked.rounds);
    }
    if asked.any(&["S2"]) {
        complete(&home, asked.rounds);
    }
    if asked.any(&["S4"]) {
        sizes(&home);
    }
}

fn scan(db: &Connection, sql: &str, pattern: &str) -> BTreeSet<ApplicationId> {
    let mut statement = db.prepare_cached(sql).unwrap();
    let found = statement.query_map([pattern], |r| r.get::<_, i64>(0)).unwrap();
    found.map(|id| ApplicationId(id.unwrap())).collect()
}

/// The first fifty, as a pane asks for them, with names and seats.
fn first_screen(home: &Path, rounds: usize) {
    let (site, db) = (world::open(home, None), bare::connect(home));
    let texts = [
        ("张", BY_NAME, "张%"),
        ("张伟", BY_NAME, "张伟%"),
        ("z", BY_INITIALS, "z%"),
        ("zw", BY_INITIALS, "zw%"),
        ("zhangwei", BY_INITIALS, "zw%"),
        ("3386", BY_TAIL, "6833%"),
        ("2", BY_TAIL, "2%"),
    ];
    for (text, sql, pattern) in texts {
        // A leading % keeps SQLite from turning the LIKE into a range.
        let pattern = format!("%{pattern}");
        let ratios = Rounds::run(
            rounds * 2 + 1,
            || seconds(|| drop(black_box(search::candidates(&site, None, text).unwrap()))),
            || seconds(|| drop(black_box(scan(&db, sql, &pattern)))),
        );
        ratios.print("S1", &format!("first 50 for {text:?} against LIKE {pattern:?}"), "<= 0.05", "s");
    }
}

/// All answers for a part of a name, from one character on.
fn complete(home: &Path, rounds: usize) {
    let store = Store::open(&world::database(home), Access::ReadWrite).unwrap();
    let db = bare::connect(home);
    for text in ["伟", "秀英", "建国", "其格", "欧阳志强", "木"] {
        let pattern = format!("%{text}%");
        let find = || people(store.db(), BatchId(1), &search::parse(text), usize::MAX).unwrap();
        let ours: BTreeSet<_> = find().into_iter().collect();
        let same = ours == scan(&db, BY_NAME, &pattern);
        let ratios = Rounds::run(
            rounds * 2 + 1,
            || seconds(|| drop(black_box(find()))),
            || seconds(|| drop(black_box(scan(&db, BY_NAME, &pattern)))),
        );
        let what = format!("all {} with {text:?} against LIKE, same set: {same}", ours.len());
        ratios.print("S2", &what, "<= 0.25", "s");
    }
}

fn sizes(home: &Path) {
    let db = bare::connect(home);
    let size = |what: &str| -> f64 {
        let sql = format!("SELECT coalesce(sum(pgsize), 0) / 1048576.0 FROM dbstat WHERE aggregate = 1 AND {what}");
        db.query_row(&sql, [], |r| r.get(0)).unwrap()
    };
    let (all, text) = (size("1"), size("name LIKE 'name\\_search%' ESCAPE '\\'"));
    let lists = size("name IN ('application_by_name', 'application_by_initials', 'application_by_tail')");
    let rest = all - text - lists;
    let more = (text + lists) / rest * 100.0;
    say(
        "S4",
        &format!(
            "search structures {:.1} MiB on {rest:.1} MiB: +{more:.0} % (text {text:.1}, indexes {lists:.1}), goal <= +40 %",
            text + lists
        ),
    );
}
