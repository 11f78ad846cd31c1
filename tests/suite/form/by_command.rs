//! `kaowu application add`, `amend`, `resubmit`, `correct`.
use crate::harness::Shell;
use kaowu::ops::demo::people;
use serde_json::json;

fn shell() -> Shell {
    let mut shell = Shell::with_batch();
    shell.moved_to("", super::world::IN_TIME);
    shell
}

fn form() -> serde_json::Value {
    json!({
        "document": "居民身份证", "id_number": "150699199001010015", "name": "张三", "ethnic_group": "汉族",
        "phone": 15_400_000_001u64, "education": "大专", "work_began": "2010-07", "employer": "乌审旗园林局",
        "occupation": "电工", "level": 5, "route": "first", "pledged_on": "2023-09-04",
        "evidence": [{ "kind": "employment", "from": "2010-07", "unit": "园林局", "relation": "same" }],
    })
}

fn write(shell: &Shell, name: &str, text: &str) {
    std::fs::write(shell.path(name), text).unwrap();
}

#[test]
fn one_application_comes_from_json() {
    let shell = shell();
    write(&shell, "one.json", &form().to_string());
    let trial = shell.run("application add --file one.json --dry-run").done();
    assert!(trial.err.contains("未保存"), "{}", trial.err);
    let added = shell.run("application add --file one.json --json").done().json();
    assert_eq!((&added["application"], &added["unit"]), (&json!(1), &json!("ordos")));
    let shown = shell.run("application show 1 --json").done().json();
    assert_eq!((&shown["name"], &shown["unit"], &shown["route"]), (&json!("张三"), &json!("ordos"), &json!("first")));
    let again = shell.run("application add --file one.json");
    assert_eq!(again.status, 1);
    assert!(again.err.contains("1 号"), "{}", again.err);
}

#[test]
fn what_is_wrong_is_told_by_item_and_nothing_is_stored() {
    let shell = shell();
    let mut wrong = form();
    wrong["phone"] = json!("154");
    wrong["evidence"][0]["from"] = json!("2024-01");
    write(&shell, "one.json", &wrong.to_string());
    let answer = shell.run("application add --file one.json --json");
    assert_eq!(answer.status, 3, "{}", answer.err);
    let faults = answer.json()["faults"].clone();
    let told: Vec<_> =
        faults.as_array().unwrap().iter().map(|f| (f["item"].as_str().unwrap(), f["code"].as_str().unwrap())).collect();
    assert_eq!(told, [("phone", "phone"), ("from", "form.future")]);
    for text in ["{", "[1]", "{\"colour\": \"red\"}", "{\"evidence\": [{\"colour\": 1}]}"] {
        write(&shell, "one.json", text);
        assert_ne!(shell.run("application add --file one.json").status, 0, "{text}");
    }
    assert_eq!(shell.run("application add --file none.json").status, 5);
    assert_eq!(shell.run("application list --json").done().json(), json!([]));
}

/// S4-16: one row of the sheet with 33 headings, from standard input too.
#[test]
fn one_application_comes_from_a_sheet() {
    let shell = shell();
    let codes =
        kaowu::bundle::codes::Codes::load(&|n| kaowu::config::Assets::default().read(&format!("codes/{n}"))).unwrap();
    let rows = people::rows(&codes, 1, 2);
    let sheet = |rows: &[people::Row]| {
        let lines = [people::HEADINGS.join(",")].into_iter().chain(rows.iter().map(|row| row.join(",")));
        lines.collect::<Vec<_>>().join("\n")
    };
    let two = shell.run_args(&["application", "add", "--file", "-"], &sheet(&rows));
    assert_eq!(two.status, 1);
    let one = shell.run_args(&["application", "add", "--file", "-", "--json"], &sheet(&rows[..1]));
    assert_eq!(one.done().json()["application"], json!(1));
}

#[test]
fn an_application_is_amended_and_corrected() {
    let shell = shell();
    write(&shell, "one.json", &form().to_string());
    shell.run("application add --file one.json").done();
    assert_eq!(shell.run("application amend 1 phone=15400000002").status, 1);
    assert_eq!(shell.run("application amend 1 colour=red --reason 换").status, 1);
    assert_eq!(shell.run("application amend 1 phone --reason 换").status, 1);
    let done = shell.run("application amend 1 phone=15400000002 email= --reason 换号 --json").done().json();
    assert_eq!(done["changed"], json!(["phone"]));
    write(
        &shell,
        "more.json",
        "{\"evidence\": [{\"kind\": \"title\", \"rank\": \"junior\", \"from\": \"2020-01-01\"}]}",
    );
    let done = shell.run("application amend 1 --file more.json --reason 补交 --json").done().json();
    assert_eq!(done["changed"], json!(["evidence"]));
    assert_eq!(shell.run("application resubmit 1").status, 1);
    assert_eq!(shell.run("application original 1").status, 1);
    assert_eq!(shell.run("application correct 1 --document 月票 --reason x").status, 1);
    shell.run("application correct 1 --name 张珊 --reason 户口簿").done();
    shell.run("undo --reason 弄错了").done();
    assert_eq!(shell.run("application show 1 --json").done().json()["name"], json!("张三"));
}

/// S0-28: after the last day it wants a reason.
#[test]
fn a_late_application_wants_a_reason() {
    let mut shell = shell();
    shell.moved_to("", super::world::TOO_LATE);
    write(&shell, "one.json", &form().to_string());
    assert_eq!(shell.run("application add --file one.json").status, 1);
    shell.run("application add --file one.json --reason 邮局延误").done();
}
