//! What the database knows about the people of a sheet: shown in the trial and by the import alike.
use super::books::{book, csv, good, person, row};
use crate::harness::Shell;
use serde_json::Value;
use std::fs;

fn run(shell: &Shell, args: &[&str]) -> Value {
    shell.run_args(&[args, &["--json"]].concat(), "").json()
}

fn codes(json: &Value) -> Vec<(u64, &str, &str)> {
    let text = |f: &'_ Value, name: &str| -> &'static str { f[name].as_str().unwrap().to_owned().leak() };
    let faults = json["faults"].as_array().unwrap();
    faults.iter().map(|f| (f["line"].as_u64().unwrap(), text(f, "code"), text(f, "severity"))).collect()
}

fn counts(json: &Value) -> [u64; 5] {
    ["read", "added", "changed", "unchanged", "refused"].map(|name| json[name].as_u64().unwrap())
}

/// Trial and import of the same file say the same; gives what both say.
fn both(shell: &Shell, file: &str) -> Value {
    let trial = run(shell, &["import", file, "--dry-run"]);
    let stored = run(shell, &["import", file, "--keep-good"]);
    assert_eq!((codes(&trial), counts(&trial)), (codes(&stored), counts(&stored)));
    stored
}

#[test]
fn the_same_person_twice_is_told_in_the_file_and_against_the_database() {
    let shell = Shell::with_batch();
    let other = row(&[(0, "汽车维修工")]);
    fs::write(shell.path("a.xlsx"), book(&[good(), other, good(), person(2)], |_| {})).unwrap();
    let first = both(&shell, "a.xlsx");
    assert_eq!(codes(&first), [(3, "person_twice", "warning"), (4, "duplicate_in_file", "error")]);
    assert_eq!(counts(&first), [4, 3, 0, 0, 1]);
    // Again: nothing new, and a third occupation of the same person.
    let third = row(&[(0, "护林员")]);
    fs::write(shell.path("b.csv"), csv(&[good(), third, row(&[(5, "李四")])])).unwrap();
    let second = both(&shell, "b.csv");
    assert_eq!(
        codes(&second),
        [(3, "person_twice", "warning"), (3, "second_application", "warning"), (4, "duplicate_in_file", "error")]
    );
    assert_eq!(counts(&second), [3, 1, 0, 1, 1]);
    // One number under another name is taken, and told.
    fs::write(shell.path("c.csv"), csv(&[row(&[(5, "李四")])])).unwrap();
    let third = both(&shell, "c.csv");
    assert_eq!((codes(&third), counts(&third)), (vec![(2, "other_name", "warning")], [1, 0, 1, 0, 0]));
}

#[test]
fn the_same_person_in_another_open_batch_is_told() {
    let shell = Shell::with_batch();
    fs::write(shell.path("a.csv"), csv(&[good()])).unwrap();
    run(&shell, &["import", "a.csv"]);
    shell.run("batch open --policy nmg-2023 --code second").done();
    fs::write(shell.path("b.csv"), csv(&[good(), person(2)])).unwrap();
    let answer = run(&shell, &["import", "b.csv", "--batch", "second", "--dry-run"]);
    assert_eq!(codes(&answer), [(2, "in_other_batch", "warning")]);
    assert!(answer["faults"][0]["message"].as_str().unwrap().contains("nmg-2023"), "{answer}");
}

/// Whoever passed every review is frozen; whoever is out stays out.
#[test]
fn what_is_settled_is_not_changed_by_a_sheet() {
    let shell = Shell::with_batch();
    fs::write(shell.path("a.csv"), csv(&[good(), person(2)])).unwrap();
    run(&shell, &["import", "a.csv"]);
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.execute("UPDATE application SET state = iif(id = 1, 'approved', 'excluded')", []).unwrap();
    assert_eq!(counts(&both(&shell, "a.csv")), [2, 0, 0, 2, 0]);
    let mut rows = [good(), person(2)];
    rows.iter_mut().for_each(|row| row[8] = "15400000000".to_owned());
    fs::write(shell.path("b.csv"), csv(&rows)).unwrap();
    assert_eq!(codes(&both(&shell, "b.csv")), [(2, "frozen", "error"), (3, "out_of_batch", "error")]);
}
