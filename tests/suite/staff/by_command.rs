//! `kaowu staff` and the lists.
use crate::harness::Shell;

const SHEET: &str = "考务人员名单,,,,,\n姓名,所在单位,岗位,考评资格,证卡编号,考评职业\n";

fn with_staff() -> Shell {
    let (shell, _) = Shell::seated(60);
    let mut sheet = SHEET.to_owned();
    for n in 1..=4 {
        sheet.push_str(&format!("监考{n},监考单位{n},监考、阅卷,,,\n"));
    }
    for (n, duty) in ["主考", "督导", "质量督导员", "保密", "保密员", "巡考", "医疗"].iter().enumerate()
    {
        sheet.push_str(&format!("考务{n},考务单位{n},{duty},高级考评员,K{n},\n"));
    }
    std::fs::write(shell.path("staff.csv"), sheet).unwrap();
    let done = shell.run("staff import staff.csv --json").done().json();
    assert_eq!((&done["added"], &done["unchanged"]), (&11.into(), &0.into()));
    shell
}

#[test]
fn a_sheet_is_taken_in_whole_or_not_at_all_and_faults_have_line_and_column() {
    let (shell, _) = Shell::seated(2);
    let bad = "甲,单位,监考,,,\n乙,,监考,,,\n丙,单位,门卫,,,\n甲,单位,监考,,,\n丁,单位,考评,特级,,没有的职业\n";
    std::fs::write(shell.path("staff.csv"), format!("{SHEET}{bad}")).unwrap();
    let answer = shell.run("staff import staff.csv --json");
    assert_eq!(answer.status, 3);
    let faults = answer.json()["faults"].as_array().unwrap().clone();
    let at = |f: &serde_json::Value| {
        (f["line"].as_u64().unwrap(), f["column"].as_str().unwrap().to_owned(), f["code"].as_str().unwrap().to_owned())
    };
    let expected = [
        (4, "所在单位", "required_missing"),
        (5, "岗位", "not_in_list"),
        (6, "姓名", "staff_twice"),
        (7, "考评资格", "not_in_list"),
        (7, "考评职业", "occupation_not_in_catalogue"),
    ];
    let expected: Vec<_> = expected.map(|(l, c, k)| (l, c.to_owned(), k.to_owned())).into();
    assert_eq!(faults.iter().map(at).collect::<Vec<_>>(), expected);
    assert_eq!(shell.run("staff list --json").done().json(), serde_json::json!([]));
    let shell = with_staff();
    let again = shell.run("staff import staff.csv --json").done().json();
    assert_eq!((&again["added"], &again["unchanged"]), (&0.into(), &11.into()));
}

/// S1-33: with rooms and seats, who works where goes out as a file.
#[test]
fn the_arrangement_of_staff_goes_out_as_a_file_s1_33() {
    let shell = with_staff();
    assert_eq!(shell.run("staff check").status, 1);
    let shown = shell.run("staff propose --seed 5 --json").done().json();
    assert_eq!((&shown["saved"], shown["given"].as_array().unwrap().len()), (&false.into(), 22));
    let saved = shell.run("staff propose --seed 5 --yes --json").done().json();
    assert_eq!((&saved["saved"], &saved["given"]), (&true.into(), &shown["given"]));
    shell.run("staff check").done();
    let list = shell.run("export staff --out -").done().out;
    assert_eq!(list.lines().count(), 23);
    let wanted = ["theory-1,2023-10-15 08:30,", ",1,监考,,监考", "practical-1,2023-10-15 10:30,"];
    assert!(wanted.iter().all(|part| list.contains(part)), "{list}");
}

/// S1-35: the register of markers names the supervisor of the league as the body that organises marking.
#[test]
fn markers_are_registered_under_the_supervisor_s1_35() {
    let shell = with_staff();
    shell.run("staff assign 监考1 --session theory-1 --duty marker").done();
    let list = shell.run("export markers --out - --lang zh-CN").done().out;
    let row = list.lines().nth(1).unwrap();
    assert!(row.starts_with("监管部门,theory-1,") && row.contains("监考1"), "{list}");
}

#[test]
fn every_command_answers_in_json() {
    let shell = with_staff();
    let json = |command: &str| shell.run(&format!("{command} --json")).done().json();
    let added = json("staff add 王一 --unit 某校 --duty proctor,runner --phone 15400000002");
    assert_eq!(added["staff"], 12);
    assert_eq!(json("staff change 王一 --duty proctor")["name"], "王一");
    assert_eq!(json("staff assign 王一 --session theory-1 --duty proctor --room 1")["duty"], "proctor");
    let tie = json("staff tie 王一 1 --kind kin")["tie"].as_i64().unwrap();
    assert!(shell.run("staff list --json").done().out.contains("\"kin\""));
    json(&format!("staff untie 王一 {tie} --reason 有误"));
    assert_eq!(json("staff sign-in 王一 --session theory-1")["session"], "theory-1");
    let error = shell.run("staff unassign 王一 --session theory-1 --json");
    assert!(error.status == 1 && error.err.contains("staff.already_came"), "{}", error.err);
    assert!(shell.run("staff rate 王一 4 --session theory-1").err.contains("10:00"));
}

/// S1-35: the printed register names the organising body; the sheets name everybody with a place to sign.
#[test]
fn staff_sheets_are_printed_s1_35() {
    let shell = with_staff();
    assert!(shell.run("print staff-sign-in --session theory-1").err.contains("安排"));
    shell.run("staff propose --yes").done();
    let print = |what: &str| {
        let file = shell.run(&format!("print {what} --json")).done().json()["file"].as_str().unwrap().to_owned();
        std::fs::read_to_string(file).unwrap()
    };
    let sheet = print("staff-sign-in --session theory-1");
    assert!(sheet.contains("监考、考评人员签到表") && sheet.matches("<td>监考员</td>").count() == 4, "{sheet}");
    assert_eq!(sheet.matches("<section").count(), 1);
    assert_eq!(print("staff-sign-in").matches("<section").count(), 2);
    let rooms = print("staff-rooms --session theory-1");
    assert!(rooms.contains("<td>2</td><td>30</td><td>监考员</td>"), "{rooms}");
    shell.run("staff add 周七 --unit 某院 --duty marker").done();
    shell.run("staff assign 周七 --session theory-1 --duty marker").done();
    let register = print("staff-marking");
    assert!(register.contains("组织单位：盟市监管部门") && register.contains("周七"), "{register}");
}
