//! The made-up site: counts, determinism, never a folder with something in it.
use crate::harness::Shell;
use kaowu::config::Home;
use kaowu::model::Role;
use kaowu::ops::demo::{Built, Plan, Stage, build};
use kaowu::ops::{Site, batch, certificates, checkin, entry, history, panel, results, search, upkeep};
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
    for table in
        ["operator", "application", "room", "placement", "ticket", "attendance", "room_progress", "entry", "mark"]
            .into_iter()
            .chain(["panel_sheet", "certificate"])
    {
        let mut statement = db.prepare(&format!("SELECT * FROM {table} ORDER BY 1, 2")).unwrap();
        // The hash of a PIN has its salt.
        let names: Vec<String> = statement.column_names().map(str::to_owned).collect();
        let shown: Vec<usize> = (0..names.len()).filter(|n| names[*n] != "pin").collect();
        let mut rows = statement.query([]).unwrap();
        while let Some(row) = rows.next().unwrap() {
            let cells: Vec<String> = shown.iter().map(|n| format!("{:?}", row.get_ref(*n).unwrap())).collect();
            all.push(format!("{table} {}", cells.join(" ")));
        }
    }
    all
}

#[test]
fn the_exam_morning_has_people_in_late_and_expected() {
    let (_folder, site, built) = made(&plan(Stage::Exam, 1));
    assert_eq!((built.candidates, built.rooms, built.seated), (360, 12, built.approved));
    assert!((335..360).contains(&built.approved), "{built:?}");
    assert!(built.paid < built.approved && built.approved - built.paid < 15, "{built:?}");
    assert!(built.present > 265 && built.late > 5 && built.present + built.late < built.paid, "{built:?}");
    assert_eq!(site.now().minute(), "2023-10-15 08:40");
    assert!(site.clock_is_fixed());
    assert!(site.actor().roles == [Role::Coordinator]);
    let operators = upkeep::operators(&site).unwrap();
    let with = |role| operators.iter().filter(|o| o.role_list().contains(&role)).count();
    assert_eq!([Role::Proctor, Role::Typist, Role::Reviewer, Role::Auditor].map(with), [2, 3, 4, 1]);
    assert!(operators.iter().all(|o| o.pin.is_none()));
}

#[test]
fn the_stages_before_the_exam() {
    let (_folder, site, built) = made(&plan(Stage::Intake, 1));
    assert_eq!(built, Built { candidates: 360, ..Built::default() });
    assert_eq!(site.now().day().to_string(), "2023-09-21");
    // People at every point of the chain.
    let counts = kaowu::ops::reviews::counts(&site).unwrap();
    assert!(counts.waits_first > 30 && counts.waits_second > 100 && counts.approved > 50, "{counts:?}");
    assert!(counts.returned > 3 && counts.returned < 30, "{counts:?}");
    let (_folder, site, built) = made(&plan(Stage::Arranged, 1));
    assert_eq!((built.seated, built.present), (built.approved, 0));
    let counts = kaowu::ops::reviews::counts(&site).unwrap();
    assert_eq!((counts.waits_first, counts.waits_second, counts.returned), (0, 0, 0));
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
fn everybody_finds_somebody_by_initials_who_may_still_be_let_in() {
    for seed in [1, 5] {
        let (_folder, site, _) = made(&plan(Stage::Exam, seed));
        let session = checkin::current(&site, site.now()).unwrap();
        let found = search::find(&site, "zs").unwrap();
        let people = found.iter().map(|id| checkin::seated(&site, session.id, *id).unwrap().unwrap());
        let known = people.filter(|p| p.name == "张三").collect::<Vec<_>>();
        assert_eq!((known.len(), known[0].room_number, known[0].attendance), (1, 1, None));
    }
}

#[test]
fn the_morning_after_some_piles_are_typed_and_some_marks_differ() {
    let (_folder, site, built) = made(&plan(Stage::Marking, 1));
    assert_eq!(site.now().minute(), "2023-10-16 09:00");
    assert!(built.absent > 10 && built.present > 600, "{built:?}");
    let piles = entry::piles(&site).unwrap();
    let (mut twice, mut once, mut none) = (0, 0, 0);
    for pile in &piles {
        match (pile.counts.first_in, pile.counts.second_in) {
            (0, 0) => none += 1,
            (first, 0) if first == 30 || first == built.seated as i64 % 30 => once += 1,
            (30, 30) => twice += 1,
            other => panic!("half a pile: {other:?}"),
        }
    }
    assert_eq!((twice, once, none), (8, 12, 4));
    let differences = entry::differences(&site).unwrap();
    assert!(differences.len() >= 3, "{differences:?}");
    assert_eq!(built.settled + built.differing, 240);
    for session in batch::sessions(&site).unwrap() {
        assert_eq!(checkin::expected(&site, session.id, None).unwrap(), []);
    }
}

#[test]
fn at_the_review_the_written_marks_are_settled_and_sheets_still_out() {
    let (_folder, site, built) = made(&plan(Stage::Review, 1));
    assert_eq!((built.settled, built.differing), (2 * built.approved, 0));
    let panels = panel::panels(&site).unwrap();
    assert_eq!((panels.len(), panels[0].members), (1, 3));
    assert!(panels[0].sheets * 4 > panels[0].expected * 3 && panels[0].sheets < panels[0].expected, "{panels:?}");
    // Kept entries were typed anew by the third typist, returned ones by their own.
    let kinds: Vec<String> = site_kinds(&site);
    assert!(kinds.contains(&"entry.settle".to_owned()) && kinds.contains(&"checkin.close_absent".to_owned()));
}

fn site_kinds(site: &Site) -> Vec<String> {
    let db = Connection::open(site.file().unwrap()).unwrap();
    let mut statement = db.prepare("SELECT DISTINCT kind FROM operation").unwrap();
    let kinds = statement.query_map([], |r| r.get(0)).unwrap();
    kinds.map(Result::unwrap).collect()
}

#[test]
fn before_numbering_nothing_is_missing_and_marks_look_real() {
    let (_folder, site, built) = made(&plan(Stage::Published, 1));
    assert_eq!(built.certificates, 0);
    let board = results::board(&site).unwrap();
    assert_eq!((board.totals.applied, board.totals.incomplete), (built.approved as u64, 0));
    let theory = &board.spreads[0];
    assert!(theory.void >= 1 && theory.absent > 5 && theory.missing == 0, "{theory:?}");
    let below: u64 = theory.bins[..6].iter().sum();
    assert!(below > 15 && theory.bins[6] + theory.bins[7] > theory.marked() / 2, "{theory:?}");
    assert_eq!(certificates::counts(&site).unwrap().waiting, usize::try_from(board.totals.passed).unwrap());
}

#[test]
fn at_the_end_everybody_who_passed_has_a_number_and_the_journal_holds() {
    let (folder, site, built) = made(&plan(Stage::Certified, 5));
    let counts = certificates::counts(&site).unwrap();
    assert_eq!((counts.waiting, counts.numbered), (0, built.certificates));
    assert!(built.certificates > 200, "{built:?}");
    let verified = history::verify(&site).unwrap();
    assert!(verified.operations > 2000 && verified.broken_at.is_none(), "{verified:?}");
    drop(site);
    let again = made(&plan(Stage::Certified, 5));
    assert!(content(&folder) == content(&again.0));
}

#[test]
fn every_stage_can_be_made_of_a_few_people() {
    for people in [1, 7] {
        for stage in Stage::ALL {
            let (_folder, site, built) = made(&Plan { candidates: people, ..plan(stage, 3) });
            assert_eq!(built.candidates, people);
            assert!(site.actor().has(Role::Coordinator));
        }
    }
}
