//! `kaowu application materials` and its companions.
use super::texts;
use super::world::{Handed, common, jpeg};
use crate::harness::Shell;
use kaowu::ops::demo::people;
use std::path::Path;

const SAMPLE: &str = "tests/data/zwfw-2024";

/// A batch with one made-up technician, whose number and name are given too.
fn with_technician() -> (Shell, String, String) {
    let shell = Shell::with_batch();
    let assets = kaowu::config::Assets::default();
    let codes = kaowu::bundle::codes::Codes::load(&|name| assets.read(&format!("codes/{name}"))).unwrap();
    let is_technician = |row: &people::Row| row.iter().any(|cell| cell.starts_with("二级"));
    let row = people::rows(&codes, 1, 200).into_iter().find(is_technician).unwrap();
    let at = |heading: &str| people::HEADINGS.iter().position(|h| *h == heading).unwrap();
    let (name, number) = (row[at("姓名")].clone(), row[at("证件号码")].clone());
    // Imported alone: nothing of an approved application changes.
    let mut sheet = csv::Writer::from_path(shell.path("sheet.csv")).unwrap();
    sheet.write_record(people::HEADINGS).unwrap();
    sheet.write_record(&row).unwrap();
    drop(sheet);
    shell.run("import sheet.csv").done();
    (shell, name.trim().to_owned(), number.trim().to_owned())
}

fn run(shell: &Shell, args: &[&str]) -> crate::harness::shell::Answer {
    shell.run_args(args, "")
}

/// S4-23 as a command: found, told by JSON, stored; then judged and shown.
#[test]
fn one_archive_from_check_to_judgement() {
    let (shell, name, number) = with_technician();
    let handed = Handed::new();
    common(&handed).put(&format!("{name}-{number}.jpg"), &jpeg(295, 413, 1000));
    handed.put("技术总结.pdf", &texts::scanned());
    let zip = handed.packed("材料.zip");
    let zip = zip.to_str().unwrap();
    let trial = run(&shell, &["application", "materials", zip, "--application", "1", "--dry-run", "--json"]);
    let json = trial.json();
    assert_eq!((trial.status, &json["dry_run"], &json["operation"]), (3, &true.into(), &serde_json::Value::Null));
    assert_eq!(
        shell
            .run("log --json")
            .done()
            .json()
            .as_array()
            .unwrap()
            .iter()
            .filter(|o| o["kind"] == "materials.check")
            .count(),
        0
    );
    // The number in the photo's name says whose it is.
    let stored = run(&shell, &["application", "materials", zip, "--json"]).json();
    let codes: Vec<_> = stored["findings"].as_array().unwrap().iter().map(|f| f["finding"].as_str().unwrap()).collect();
    assert!(codes.contains(&"pdf_scanned"), "{stored}");
    assert!(stored["operation"].is_i64() && !stored.to_string().contains(&number), "{stored}");
    let list = run(&shell, &["application", "materials", "--application", "1", "--json"]).done().json();
    assert!(!list.to_string().contains(&number));
    let items = list["items"].as_array().unwrap();
    let summary = items.iter().find(|i| i["material"]["code"] == "summary").unwrap();
    assert_eq!((&summary["standing"], &summary["pieces"][0]["fault"]), (&"faulty".into(), &"pdf_scanned".into()));
    let file = summary["pieces"][0]["id"].to_string();
    let judge = |rest: &[&str]| run(&shell, &[&["application", "materials-judge", "1", &file], rest].concat());
    assert_eq!(judge(&["accept"]).status, 1);
    assert_eq!(judge(&["accept", "--characters", "1100"]).status, 1);
    let done = judge(&["accept", "--characters", "1100", "--all-topics", "--json"]).done().json();
    assert_eq!((&done["material"], &done["verdict"]), (&"summary".into(), &"accept".into()));
    assert_eq!(judge(&["refuse"]).status, 1);
    judge(&["refuse", "--reason", "内容与岗位无关"]).done();
    assert_eq!(run(&shell, &["application", "materials-paper", "1", "form"]).status, 1);
    run(&shell, &["application", "materials-paper", "1", "form", "--copies", "2"]).done();
    let shown = run(&shell, &["application", "materials", "--application", "1"]).done().out;
    assert!(shown.contains("纸质 2 份") && shown.contains("内容与岗位无关"), "{shown}");
}

#[test]
fn what_cannot_be_read_has_its_exit_status() {
    let (shell, ..) = with_technician();
    let handed = Handed::new();
    assert_eq!(run(&shell, &["application", "materials", "/nowhere", "--application", "1"]).status, 5);
    assert_eq!(
        run(&shell, &["application", "materials", handed.path().to_str().unwrap(), "--application", "1"]).status,
        1
    );
    assert_eq!(run(&shell, &["application", "materials"]).status, 2);
    handed.put("a.jpg", b"x");
    let told = run(&shell, &["application", "materials", handed.path().to_str().unwrap()]);
    assert!(told.status == 1 && told.err.contains("--application"), "{}", told.err);
}

/// S4-24: the sample as a clerk runs it, before its sheet is imported: eight findings, nothing stored.
#[test]
fn a_group_by_command() {
    let shell = Shell::new();
    shell.run("init --site 01 --name 测试考点 --region 150600 --organisation S000015000001").done();
    shell.run("batch open --policy wushen-zwfw-2024").done();
    let sample = Path::new(env!("CARGO_MANIFEST_DIR")).join(SAMPLE);
    let answer = run(&shell, &["application", "materials", sample.to_str().unwrap(), "--group", "--json"]);
    let json = answer.json();
    assert_eq!((answer.status, json["findings"].as_array().unwrap().len()), (3, 8));
    assert_eq!((&json["people"], &json["operation"]), (&24.into(), &serde_json::Value::Null));
    assert!(answer.err.contains("请先导入信息采集表"), "{}", answer.err);
    let english = run(&shell, &["--lang", "en", "application", "materials", sample.to_str().unwrap(), "--group"]);
    assert!(english.out.contains("207 KB; it must be under 20 KB"), "{}", english.out);
}
