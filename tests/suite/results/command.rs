//! `kaowu result`, as a script drives it.
use crate::panel::command::with_people;

#[test]
fn the_list_and_the_board_agree() {
    let (shell, technicians) = with_people();
    let list = shell.run("result list --json").done().json();
    let rows = list.as_array().unwrap();
    assert_eq!(rows.len(), 30);
    assert!(rows.iter().all(|r| r["outcome"] == "incomplete" && r["theory"] == "missing"));
    let board = shell.run("result board --json").done().json();
    assert_eq!((&board["totals"]["applied"], &board["totals"]["incomplete"]), (&30.into(), &30.into()));
    assert_eq!(board["spreads"][2]["missing"], technicians.len());
    assert_eq!(shell.run("result list --outcome passed --json").done().json(), serde_json::json!([]));
    let level = shell.run("result list --level 5 --json").done().json();
    assert!(level.as_array().unwrap().iter().all(|r| r["level"] == 5 && r["review"] == "not_required"));
    let table = shell.run("result list --level 五级").done().out;
    assert!(table.contains("不要求") && table.contains("未登"), "{table}");
    assert!(shell.run("result board").done().out.contains("合格率"));
    let missing = shell.run("result missing --json").done().json();
    assert_eq!(missing.as_array().unwrap().len(), 60 + technicians.len());
    assert_eq!(shell.run("result list --level 9").status, 1);
}
