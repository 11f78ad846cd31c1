//! `kaowu milestones`.
use crate::harness::Shell;

/// S4-27, S4-28: the board, a task, a mark and its way back by command.
#[test]
fn dates_are_listed_marked_and_taken_back() {
    let shell = Shell::with_batch();
    let board = shell.run("milestones --json").done().json();
    assert_eq!(board["late"], 2);
    let find = |board: &serde_json::Value, code: &str| {
        board["milestones"].as_array().unwrap().iter().find(|m| m["code"] == code).unwrap().clone()
    };
    let handbook = find(&board, "deadline.handbook");
    assert_eq!((handbook["standing"].as_str(), handbook["working_days_left"].as_i64()), (Some("late"), Some(-4)));
    let said = shell.run("milestones").done();
    assert!(said.out.contains("逾期 4 个工作日") && said.err.contains("逾期 2 项"), "{}{}", said.out, said.err);
    let done = shell.run("milestones done handbook --on 2023-10-09 --by 主考 --note 已报送 --json").done().json();
    assert_eq!(
        (done["milestone"]["standing"].as_str(), done["milestone"]["done_by"].as_str()),
        (Some("done"), Some("主考"))
    );
    assert_eq!(shell.run("milestones done handbook").status, 1);
    shell.run("milestones undo handbook --reason 未收到").done();
    shell.run("milestones add 借用屏蔽仪 --due 2023-10-16 --assignee 张某").done();
    let board = shell.run("milestones").done().out;
    assert!(board.contains("借用屏蔽仪") && board.contains("负责人 张某") && board.contains("task.1"), "{board}");
    shell.run("milestones remove task.1 --reason 不用").done();
    assert_eq!(
        find(&shell.run("milestones --today 2023-10-09 --json").done().json(), "deadline.handbook")["standing"],
        "due"
    );
}

/// S4-31.
#[test]
fn progress_by_command() {
    let (shell, _) = Shell::seated(3);
    let now = shell.run("milestones progress --json").done().json();
    let count = |value: &serde_json::Value, code: &str| {
        value["figures"].as_array().unwrap().iter().find(|f| f["code"] == code).unwrap()["count"].as_i64().unwrap()
    };
    assert_eq!((count(&now, "applied"), count(&now, "seats")), (3, 6));
    let before = shell.run("milestones progress --on 2023-10-14 --json").done().json();
    assert_eq!((before["on"].as_str(), count(&before, "applied")), (Some("2023-10-14"), 0));
    assert!(shell.run("milestones progress").done().out.contains("按日志"));
}
