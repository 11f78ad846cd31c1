//! `kaowu enterprise`, the real program.
use super::world::*;
use crate::harness::Shell;

fn shell() -> Shell {
    let shell = Shell::with_batch();
    let folder = shell.path("filing");
    std::fs::create_dir(&folder).unwrap();
    let from = format!("{}/tests/data/enterprise/filing", env!("CARGO_MANIFEST_DIR"));
    for entry in std::fs::read_dir(from).unwrap().flatten() {
        std::fs::copy(entry.path(), folder.join(entry.file_name())).unwrap();
    }
    shell
}

#[test]
fn a_filing_goes_all_the_way_by_command() {
    let shell = shell();
    shell.run("enterprise file filing --dry-run").done();
    assert_eq!(shell.run("enterprise list --json").done().json(), serde_json::json!([]));
    let filed = shell.run("enterprise file filing --json").done().json();
    assert_eq!((&filed["filing"]["credit_code"], &filed["filing"]["missing"]), (&CODE.into(), &serde_json::json!([])));
    assert_eq!(shell.run(&format!("enterprise submit {CODE} --paper 2019-05-18")).status, 1);
    shell.run(&format!("enterprise submit {CODE} --paper 2019-05-18 --electronic 2019-05-18")).done();
    shell.run(&format!("enterprise judge {CODE} --met 1,2,3,4,5,6,7")).done();
    shell.run(&format!("enterprise evaluate {CODE} --expert 戊某 --opinion 具备条件 --result qualified")).done();
    assert_eq!(shell.run(&format!("enterprise publish {CODE}")).status, 1, "no reason");
    shell.run(&format!("enterprise publish {CODE} --from 2019-06-03 --reason 第一批目录")).done();
    shell.run(&format!("enterprise attach {CODE} --kind plan --title 工作方案 --number 备1 --dated 2019-07-01")).done();
    shell.run(&format!("enterprise case open {NAME} --source report --facts 举报代考")).done();
    shell.run(&format!("enterprise case close {NAME} 1 --handling 调取录像 --outcome 不属实")).done();
    assert!(shell.run(&format!("enterprise case list {CODE}")).done().out.contains("不属实"));
    shell.run(&format!("enterprise change {CODE} suspend --reason 整改")).done();
    assert_eq!(shell.run(&format!("enterprise change {CODE} extend --reason 延期")).status, 1);
    shell.run(&format!("enterprise change {CODE} resume --reason 整改完成")).done();
    let lines = shell.run("enterprise list --json").done().json();
    assert_eq!((&lines[0]["state"], &lines[0]["conditions_met"]), (&"listed".into(), &7.into()));
    let whole = shell.run(&format!("enterprise show {CODE} --json")).done();
    assert!(!whole.out.contains("150699199001010023"), "numbers are masked");
    assert!(shell.run(&format!("enterprise show {CODE}")).done().out.contains("举报代考"));
    shell.run("enterprise directory --out directory.csv").done();
    let summary = "enterprise summary --unit 示例市人社局 --contact 庚某 --phone 0477-8580000 --out summary.xlsx";
    shell.run(summary).done();
    assert!(std::fs::read(shell.path("summary.xlsx")).unwrap().starts_with(b"PK"));
    assert!(shell.run("export ledger --out -").done().out.contains("列入试点目录"));
}

#[test]
fn faults_are_a_table_with_places_and_nothing_is_stored() {
    let shell = shell();
    let path = format!("{}/tests/data/enterprise/faulty", env!("CARGO_MANIFEST_DIR"));
    let answer = shell.run(&format!("enterprise file {path} --json"));
    let faults = answer.json();
    let first = &faults["faults"][0];
    assert_eq!((&first["at"]["file"], &first["at"]["line"]), (&"organisation.csv".into(), &2.into()));
    assert_eq!(answer.status, shell.run(&format!("enterprise file {path}")).status);
    assert_ne!(answer.status, 0);
    assert_eq!(shell.run("enterprise list --json").done().json(), serde_json::json!([]));
    shell.run("enterprise template --folder blank").done();
    assert_ne!(shell.run("enterprise template --folder blank").status, 0, "nothing filled in is written over");
    assert!(shell.run("enterprise template").done().out.starts_with("{\n  \"organisation\""));
}
