//! The import command on an office's sheet, through the real program.
use crate::harness::Shell;
use crate::harness::shell::Answer;
use kaowu::model::identity::check_character;
use serde_json::Value;
use std::fs;
use std::path::PathBuf;

const SHEET: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/ordos-2023.csv");
const KEY: &str = include_str!("../data/ordos-2023.faults.csv");

/// (line, column, code) of the planted faults.
fn key() -> Vec<(u64, String, String)> {
    let rows = KEY.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|row| (row[0].parse().unwrap(), row[1].to_owned(), row[2].trim().to_owned())).collect()
}

fn found(answer: &Value) -> Vec<(u64, String, String)> {
    let text = |fault: &Value, name: &str| fault[name].as_str().unwrap().to_owned();
    let faults = answer["faults"].as_array().unwrap();
    faults.iter().map(|f| (f["line"].as_u64().unwrap(), text(f, "column"), text(f, "code"))).collect()
}

/// read, added, changed, unchanged, refused
fn counts(answer: &Value) -> [u64; 5] {
    ["read", "added", "changed", "unchanged", "refused"].map(|name| answer[name].as_u64().unwrap())
}

fn import(shell: &Shell, args: &[&str]) -> Answer {
    shell.run_args(&[&["import", "--json"], args].concat(), "")
}

fn stored(shell: &Shell) -> usize {
    shell.run("application list --json").done().json().as_array().unwrap().len()
}

/// Rows of the journal: opening the site and the batch are two.
fn operations(shell: &Shell) -> i64 {
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.query_row("SELECT count(*) FROM operation", [], |r| r.get(0)).unwrap()
}

#[test]
fn exactly_the_planted_faults_are_reported_and_nothing_is_stored() {
    let shell = Shell::with_batch();
    let answer = import(&shell, &[SHEET]);
    assert_eq!(answer.status, 3, "{}", answer.err);
    let json = answer.json();
    assert_eq!(found(&json), key());
    assert_eq!(counts(&json), [360, 348, 0, 0, 12]);
    assert_eq!((json["layout"].as_str(), json["encoding"].as_str()), (Some("candidate-33"), Some("GB18030")));
    assert_eq!((json["dry_run"].as_bool(), json["operation"].as_i64()), (Some(false), None));
    for fault in json["faults"].as_array().unwrap() {
        assert_eq!((fault["file"].as_str(), fault["severity"].as_str()), (Some("ordos-2023.csv"), Some("error")));
        assert!(fault["value"].is_string() && !fault["message"].as_str().unwrap().is_empty());
    }
    assert_eq!((stored(&shell), operations(&shell)), (0, 2));
}

#[test]
fn a_trial_stores_nothing_and_counts_the_same() {
    let shell = Shell::with_batch();
    let answer = import(&shell, &[SHEET, "--dry-run"]);
    assert_eq!((answer.status, counts(&answer.json())), (3, [360, 348, 0, 0, 12]));
    assert_eq!(answer.json()["dry_run"], true);
    assert_eq!((stored(&shell), operations(&shell)), (0, 2));
}

#[test]
fn people_read_a_table_and_where_to_go_on() {
    let shell = Shell::with_batch();
    let answer = shell.run(&format!("import {SHEET}"));
    assert_eq!(answer.out.lines().count(), 13, "{}", answer.out);
    assert!(answer.out.contains("check_digit") && answer.err.contains("--keep-good"), "{}{}", answer.out, answer.err);
    let english = shell.run(&format!("import {SHEET} --lang en"));
    assert!(english.out.contains("check digit does not fit") && english.err.contains("12 refused"), "{}", english.err);
}

/// The good rows first, the mended others later: the road of the day.
#[test]
fn refused_rows_are_mended_and_reach_360() {
    let shell = Shell::with_batch();
    let refused = shell.path("bad.csv");
    let answer = import(&shell, &[SHEET, "--keep-good", "--refused", refused.to_str().unwrap()]);
    let json = answer.json();
    assert_eq!((counts(&json), json["operation"].as_i64()), ([360, 348, 0, 0, 12], Some(3)));
    assert_eq!(stored(&shell), 348);
    // As it is, it is refused again, row by row for the same reasons but one: the row with somebody else's number now
    // looks like that person under another name.
    let again = import(&shell, &[refused.to_str().unwrap()]);
    assert_eq!(again.status, 3, "{}", again.err);
    let codes = |json: &Value| found(json).into_iter().map(|(_, _, code)| code).collect::<Vec<_>>();
    let changed = |code: String| match code.as_str() {
        "duplicate_in_file" => vec!["work_began_early".to_owned(), "other_name".to_owned()],
        _ => vec![code],
    };
    let expected: Vec<_> = key().into_iter().flat_map(|(_, _, code)| changed(code)).collect();
    assert_eq!(codes(&again.json()), expected);

    let mended = mend(&shell, &refused);
    let third = import(&shell, &[mended.to_str().unwrap()]);
    assert_eq!(third.status, 0, "{}{}", third.out, third.err);
    assert_eq!(counts(&third.json()), [12, 12, 0, 0, 0]);
    assert_eq!(stored(&shell), 360);
}

/// Reads the file of refused rows as a person does, puts the right values in, saves it.
fn mend(shell: &Shell, refused: &PathBuf) -> PathBuf {
    let bytes = fs::read(refused).unwrap();
    assert!(bytes.starts_with("\u{FEFF}".as_bytes()), "a spreadsheet needs the mark");
    let mut reader = csv::Reader::from_reader(&bytes[3..]);
    let header: Vec<String> = reader.headers().unwrap().iter().map(str::to_owned).collect();
    assert_eq!((header.len(), header[33].as_str()), (34, "原因"));
    let place = |name: &str| header.iter().position(|h| h == name).unwrap();
    let mut rows: Vec<Vec<String>> =
        reader.records().map(|r| r.unwrap().iter().map(|c| c.trim().to_owned()).collect()).collect();
    assert_eq!(rows.len(), 12);
    for (row, (_, column, code)) in rows.iter_mut().zip(key()) {
        assert!(row[33].contains(&column), "{}", row[33]);
        let (birth, sex) = (row[place("出生日期")].replace('-', ""), row[place("性别")].clone());
        let right = match code.as_str() {
            "sex_differs_from_id" if sex == "男" => "女".to_owned(),
            "sex_differs_from_id" => "男".to_owned(),
            "required_missing" | "formula_text" => "乌云".to_owned(),
            "level_not_in_catalogue" | "unknown_level" => "三级/高级工".to_owned(),
            "phone" => "15412345678".to_owned(),
            "required_if" => "否".to_owned(),
            "occupation_not_in_catalogue" => "电工".to_owned(),
            "check_digit" | "duplicate_in_file" | "scientific_notation" => identity(&birth, &sex),
            "date_or_differs_from_id" => {
                let id = &row[place("证件号码")];
                format!("{}-{}-{}", &id[6..10], &id[10..12], &id[12..14])
            }
            other => panic!("{other}"),
        };
        row[place(&column)] = right;
    }
    let path = shell.path("mended.csv");
    let mut writer = csv::Writer::from_path(&path).unwrap();
    writer.write_record(&header).unwrap();
    rows.iter().for_each(|row| writer.write_record(row).unwrap());
    writer.flush().unwrap();
    path
}

/// A valid made-up number for a birthday and a sex.
fn identity(birth: &str, sex: &str) -> String {
    let body = format!("150699{birth}98{}", if sex == "男" { 1 } else { 2 });
    format!("{body}{}", char::from(check_character(body.as_bytes())))
}

/// The sample without its refused rows, as UTF-8, changed by `edit` on the way.
fn good_sheet(shell: &Shell, name: &str, edit: impl Fn(String) -> String) -> String {
    let bytes = fs::read(SHEET).unwrap();
    let (text, _, _) = encoding_rs::GB18030.decode(&bytes);
    let bad: Vec<_> = key().into_iter().map(|(line, _, _)| line).collect();
    let lines = text.lines().zip(1..).filter(|(_, n)| !bad.contains(n)).map(|(line, _)| edit(line.to_owned()));
    let path = shell.path(name);
    fs::write(&path, lines.map(|l| l + "\r\n").collect::<String>()).unwrap();
    path.to_str().unwrap().to_owned()
}

#[test]
fn the_same_file_twice_changes_nothing_and_says_so() {
    let shell = Shell::with_batch();
    let sheet = good_sheet(&shell, "good.csv", |line| line);
    let first = import(&shell, &[&sheet]).done().json();
    assert_eq!((counts(&first), first["encoding"].as_str()), ([348, 348, 0, 0, 0], Some("UTF-8")));
    let second = import(&shell, &[&sheet]).done();
    assert_eq!(counts(&second.json()), [348, 0, 0, 348, 0]);
    assert_eq!(second.json()["operation"], Value::Null);
    assert_eq!((stored(&shell), operations(&shell)), (348, 3));
    let words = shell.run(&format!("import {sheet} --lang en")).done();
    assert!(words.err.contains("nothing was changed"), "{}", words.err);
}

#[test]
fn a_changed_phone_is_changed_and_can_be_undone() {
    let shell = Shell::with_batch();
    let sheet = good_sheet(&shell, "good.csv", |line| line);
    import(&shell, &[&sheet]).done();
    let phone = |shell: &Shell| shell.run("application reveal 1 --json").done().json()["phone"].clone();
    let before = phone(&shell);
    let second =
        good_sheet(&shell, "second.csv", |line| line.replace(before.as_str().unwrap(), "１５４００００１１１１"));
    assert_eq!(counts(&import(&shell, &[&second]).done().json()), [348, 0, 1, 347, 0]);
    assert_eq!(phone(&shell), "15400001111", "full-width digits are folded");
    shell.run("undo --reason 号码有误").done();
    assert_eq!(phone(&shell), before);
}

#[test]
fn a_sheet_without_a_column_takes_nothing_away() {
    let shell = Shell::with_batch();
    let sheet = good_sheet(&shell, "good.csv", |line| line);
    import(&shell, &[&sheet]).done();
    let narrow = good_sheet(&shell, "narrow.csv", |line| {
        let cells: Vec<_> = line.split(',').collect();
        // Without 序号 and 通讯地址.
        cells.iter().enumerate().filter(|(n, _)| *n != 0 && *n != 29).map(|(_, c)| *c).collect::<Vec<_>>().join(",")
    });
    let answer = import(&shell, &[&narrow]);
    assert_eq!(counts(&answer.json()), [348, 0, 0, 348, 0], "{}", answer.out);
}

#[test]
fn standard_input_is_read_too() {
    let shell = Shell::with_batch();
    let sheet = good_sheet(&shell, "good.csv", |line| line);
    let answer = shell.run_args(&["import", "-", "--json"], &fs::read_to_string(sheet).unwrap()).done();
    assert_eq!(counts(&answer.json()), [348, 348, 0, 0, 0]);
}

#[test]
fn refused_rows_never_go_over_the_sheet_itself() {
    let shell = Shell::with_batch();
    let sheet = good_sheet(&shell, "good.csv", |line| line);
    let before = fs::read(&sheet).unwrap();
    let answer = import(&shell, &[&sheet, "--keep-good", "--refused", &sheet]);
    assert_eq!(answer.status, 1, "{}", answer.err);
    assert!(answer.err.contains("sheet.refused_over_source"), "{}", answer.err);
    assert_eq!((fs::read(&sheet).unwrap(), stored(&shell)), (before, 0));
}

/// S1-72: no new name once the ticket is out; S1-52: one person, one row.
#[test]
fn what_the_database_knows_is_held_against_the_sheet() {
    let shell = Shell::with_batch();
    let sheet = good_sheet(&shell, "good.csv", |line| line);
    import(&shell, &[&sheet]).done();
    shell.run("application withdraw 2 --reason 本人申请").done();
    shell.reviewed();
    shell.run("seat arrange --seed 5").done();
    let name = |id: u32| {
        let json = shell.run(&format!("application show {id} --json")).done().json();
        json["name"].as_str().unwrap().to_owned()
    };
    let (first, second) = (name(1), name(2));
    let row = |line: &str, n: &str| line.starts_with(&format!("{n},"));
    let edited = good_sheet(&shell, "edited.csv", |line| match () {
        () if row(&line, "1") => line.replace(&first, "新名字"),
        () if row(&line, "2") => line.replace(&second, "别名字"),
        () => line,
    });
    let answer = import(&shell, &[&edited]);
    assert_eq!((answer.status, counts(&answer.json())), (3, [348, 0, 0, 346, 2]));
    let expected =
        [("name_frozen", 2), ("withdrawn", 3)].map(|(code, line)| (line, "姓名".to_owned(), code.to_owned()));
    assert_eq!(found(&answer.json()), expected);
    assert_eq!(name(1), first);
}
