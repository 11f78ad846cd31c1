//! `kaowu assess`, `kaowu panel score` with criteria, as a script drives them.
use crate::harness::Shell;
use crate::panel::command::with_people;

#[test]
fn a_sheet_by_criteria_is_entered_by_command_s1_22() {
    let (shell, technicians) = with_people();
    shell.run("panel form --name 一组 --member 甲,学院,chair --member 乙,局 --member 丙").done();
    let who = &technicians[0];
    let score = |rest: &str| shell.run(&format!("--as 评审员 panel score --panel 一组 --member 甲 {who} {rest}"));
    let done = score("--items materials=30,defence=３２,achievements=15 --remark 论文有新意 --json").done().json();
    assert_eq!((done["points"].as_str(), done["sheets"].as_i64()), (Some("77"), Some(1)));
    assert!(score("78 --items materials=30,defence=32,achievements=15").err.contains("77"));
    assert!(score("--items materials:30").err.contains("materials:30"));
    assert!(score("").err.contains("--items"));
    assert!(score("70 --fail safety-1").err.contains("safety-1"));
}

#[test]
fn rooms_without_stations_have_no_groups() {
    let shell = Shell::with_batch();
    assert_eq!(shell.run("assess list --json").done().json().as_array().map(Vec::len), Some(0));
    let refused = shell.run("assess form --session practical-1 --room 9");
    assert_eq!(refused.status, 1);
    assert!(refused.err.contains('9'), "{}", refused.err);
}
