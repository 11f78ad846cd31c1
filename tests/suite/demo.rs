//! The made-up site: counts, determinism, never a folder with something in it.
use crate::harness::Shell;
use kaowu::config::Home;
use kaowu::model::Role;
use kaowu::ops::demo::{Built, Plan, Stage, build};
use kaowu::ops::{Site, upkeep};
use rusqlite::Connection;

fn plan(stage: Stage, seed: u64) -> Plan {
    Plan { candidates: 360, seed, policy: "nmg-2023".into(), stage, os_user: None }
}

fn made(plan: &Plan) -> (tempfile::TempDir, Site, Built) {
    let folder = tempfile::tempdir().unwrap();
    let (site, built) = build(plan, &Home::at(folder.path().to_owned())).unwrap();
    (folder, site, built)
}

/// Every row of what a batch is made of, as text.
fn content(folder: &tempfile::TempDir) -> Vec<String> {
    let db = Connection::open(folder.path().join("site.db")).unwrap();
    let mut all = Vec::new();
    for table in ["operator", "application", "room", "placement", "ticket", "attendance", "room_progress"] {
        let mut statement = db.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        let width = statement.column_count();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = (0..width).map(|n| format!("{:?}", row.get_ref(n).unwrap())).collect();
            all.push(format!("{table} {}", cells.join(" ")));
        }
    }
    all
}

#[test]
fn the_exam_morning_has_people_in_late_and_expected() {
    let (_folder, site, built) = made(&plan(Stage::Exam, 1));
    assert_eq!((built.candidates, built.rooms, built.seated), (360, 12, 360));
    assert!((345..360).contains(&built.paid), "{built:?}");
    assert!(built.present > 280 && built.late > 5 && built.present + built.late < 345, "{built:?}");
    assert_eq!(site.now().minute(), "2023-10-15 08:40");
    assert!(site.clock_is_fixed());
    assert!(site.actor().has(Role::Coordinator) && site.actor().has(Role::Admin));
    let operators = upkeep::operators(&site).unwrap();
    let with = |role| operators.iter().filter(|o| o.role_list().contains(&role)).count();
    assert_eq!([Role::Proctor, Role::Typist, Role::Reviewer, Role::Auditor].map(with), [2, 3, 1, 1]);
    assert!(operators.iter().all(|o| o.pin.is_none()));
}

#[test]
fn the_stages_before_the_exam() {
    let (_folder, site, built) = made(&plan(Stage::Intake, 1));
    assert_eq!(built, Built { candidates: 360, ..Built::default() });
    assert_eq!(site.now().minute(), "2023-08-31 09:00");
    let (_folder, _, built) = made(&plan(Stage::Arranged, 1));
    assert_eq!((built.seated, built.present), (360, 0));
}

#[test]
fn the_same_seed_is_the_same_site() {
    let (one, two, other) = (made(&plan(Stage::Exam, 5)), made(&plan(Stage::Exam, 5)), made(&plan(Stage::Exam, 6)));
    assert!(content(&one.0) == content(&two.0));
    assert!(content(&one.0) != content(&other.0));
}

#[test]
fn a_folder_with_something_in_it_is_left_alone() {
    let shell = Shell::new();
    std::fs::write(shell.path("note.txt"), "mine").unwrap();
    let home = shell.home().display().to_string();
    let answer = shell.run(&format!("demo --no-tui --json --home {home}"));
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("demo.home_not_empty"), "{}", answer.err);
    assert_eq!(std::fs::read_dir(shell.home()).unwrap().count(), 1);
}

#[test]
fn without_the_screen_it_says_where_the_site_is() {
    let shell = Shell::new();
    let home = shell.path("new");
    let answer = shell.run(&format!("demo --no-tui --json --candidates 40 --home {}", home.display())).done();
    let json = answer.json();
    assert_eq!(json["home"], home.display().to_string());
    assert_eq!((json["stage"].as_str(), json["candidates"].as_u64()), (Some("exam"), Some(40)));
    assert_eq!(json["clock"], "2023-10-15T08:40:00+08:00");
    assert!(home.join("site.db").exists());
    // The home named by the environment stays as it was.
    assert_eq!(std::fs::read_dir(shell.home()).unwrap().count(), 1);
}

#[test]
fn a_stage_that_cannot_be_made_is_refused_before_anything_is() {
    let shell = Shell::new();
    let home = shell.path("new");
    let answer = shell.run(&format!("demo --no-tui --json --at certified --home {}", home.display()));
    assert_eq!(answer.status, 1);
    assert!(answer.err.contains("demo.stage_not_ready"), "{}", answer.err);
    assert!(!home.exists());
}
