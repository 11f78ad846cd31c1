//! Made-up sites in a folder, as the program finds them: one for each kind of work.
use crate::harness::{Desk, PlantMarks};
use argon2::password_hash::PasswordHasher;
use argon2::{Algorithm, Argon2, Params, Version};
use kaowu::bundle::codes::Codes;
use kaowu::config::Assets;
use kaowu::model::{ApplicationId, Mark, Points, Role, Stamp, Subject};
use kaowu::ops::batch;
use kaowu::ops::checkin::{self, Admit};
use kaowu::ops::demo::people;
use kaowu::ops::marks::{self, Lock};
use kaowu::ops::publicity::{Finalise, Publish, publish_check};
use kaowu::ops::results::Compute;
use kaowu::ops::upkeep::AddOperator;
use rusqlite::Connection;
use std::path::{Path, PathBuf};

/// When the commands run over a site.
pub const EXAM_DAY: &str = "2023-10-15T08:10:00+08:00";
pub const EVENING: &str = "2023-10-15T18:00:00+08:00";
pub const AFTER_PUBLICITY: &str = "2023-10-23T09:00:00+08:00";

/// Coordinators with this PIN, for what nobody does alone.
pub const TWO: [&str; 2] = ["one", "two"];
pub const PIN: &str = "24681357";

/// A hash of it that costs next to nothing.
fn cheap_hash() -> String {
    let argon = Argon2::new(Algorithm::Argon2id, Version::V0x13, Params::new(8, 1, 1, None).unwrap());
    argon.hash_password(PIN.as_bytes()).unwrap().to_string()
}

fn desk(home: &Path) -> Desk {
    std::fs::create_dir_all(home).unwrap();
    Desk::in_file(&home.join("site.db"))
}

fn id(n: usize) -> ApplicationId {
    ApplicationId(i64::try_from(n).unwrap())
}

/// An open batch without people, and a sheet of them beside it.
pub fn with_sheet(home: &Path, count: usize) {
    desk(home).open_batch();
    let assets = Assets::default();
    let codes = Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let mut sheet = csv::Writer::from_path(home.join("sheet.csv")).unwrap();
    sheet.write_record(people::HEADINGS).unwrap();
    people::rows(&codes, 1, count).iter().for_each(|row| sheet.write_record(row).unwrap());
    sheet.flush().unwrap();
}

/// So many people seated, the door open.
pub fn seated(home: &Path, count: usize) {
    drop(seated_desk(home, count));
}

fn seated_desk(home: &Path, count: usize) -> Desk {
    let mut desk = desk(home);
    desk.open_batch();
    desk.people(count);
    desk.reviewed();
    desk.does(&kaowu::ops::applications::RecordFee::All);
    desk.does(&kaowu::ops::seating::Arrange { seed: 1 });
    desk
}

/// The same, some of them let in one by one; the site is still open, so that its log holds just this.
pub fn at_the_door(home: &Path, count: usize) -> Desk {
    let mut desk = seated_desk(home, count);
    let db = Connection::open(home.join("site.db")).unwrap();
    db.query_row("PRAGMA wal_checkpoint(TRUNCATE)", [], |_| Ok(())).unwrap();
    drop(db);
    let session = batch::sessions(&desk.site).unwrap()[0].id;
    desk.sign_on("proctor");
    for n in 1..=count / 2 {
        desk.does(&Admit::of(session, id(n)));
    }
    assert!(checkin::candidate(&desk.site, session, id(1)).unwrap().is_some());
    desk
}

/// Everybody has 70 in every part; marks are locked and results computed on the evening of the exam.
pub fn computed(home: &Path, count: usize) {
    drop(computed_desk(home, count));
}

fn computed_desk(home: &Path, count: usize) -> Desk {
    let mut desk = seated_desk(home, count);
    desk.at("18:00");
    for name in TWO {
        let (name, roles, pin_hash) = (name.to_owned(), vec![Role::Coordinator], Some(cheap_hash()));
        desk.does(&AddOperator { name, roles, os_user: None, unit: None, pin_hash });
    }
    let mark = Mark::Points(Points::whole(70));
    std::fs::write(home.join("pin"), PIN).unwrap();
    desk.does(&PlantMarks((1..=count).flat_map(|n| Subject::ALL.map(|subject| (id(n), subject, mark))).collect()));
    for session in marks::sessions(&desk.site).unwrap().into_iter().filter(|s| s.locked.is_none() && s.expected > 0) {
        desk.does(&Lock { session: session.id });
    }
    desk.does(&Compute::default());
    desk
}

/// Results are final: numbers can be given.
pub fn finalised(home: &Path, count: usize) {
    let mut desk = computed_desk(home, count);
    let accepted = publish_check(&desk.site, None).unwrap().1.codes();
    desk.does(&Publish { place: "公告栏".into(), until: None, accepted });
    desk.clock().set(Stamp::parse(AFTER_PUBLICITY).unwrap());
    desk.does(&Finalise::default());
}

/// A database as an older program left it: the first `count` steps of the schema.
pub fn older(home: &Path, count: usize) {
    std::fs::create_dir_all(home).unwrap();
    let folder = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("src/store/migrations");
    let mut steps: Vec<PathBuf> = std::fs::read_dir(folder).unwrap().flatten().map(|e| e.path()).collect();
    steps.sort();
    let db = Connection::open(home.join("site.db")).unwrap();
    db.pragma_update(None, "journal_mode", "wal").unwrap();
    for step in &steps[..count] {
        db.execute_batch(&std::fs::read_to_string(step).unwrap()).unwrap();
    }
    db.pragma_update(None, "user_version", i64::try_from(count).unwrap()).unwrap();
    db.pragma_update(None, "application_id", 0x6b61_6f77).unwrap();
    db.execute("INSERT INTO site (id, code, name) VALUES (1, '01', 'before')", []).unwrap();
}

/// Ticket numbers of the people in the order of their ids.
pub fn tickets(home: &Path) -> Vec<String> {
    let db = Connection::open(home.join("site.db")).unwrap();
    let mut statement = db.prepare("SELECT number FROM ticket ORDER BY application").unwrap();
    let rows = statement.query_map([], |r| r.get(0)).unwrap();
    rows.map(Result::unwrap).collect()
}

/// The whole folder.
pub fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        let (old, new) = (entry.path(), to.join(entry.file_name()));
        if entry.file_type().unwrap().is_dir() {
            copy(&old, &new);
        } else {
            std::fs::copy(&old, &new).unwrap();
        }
    }
}
