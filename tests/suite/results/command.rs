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

#[test]
fn a_board_leads_down_and_a_computation_is_told() {
    let (shell, _) = with_people();
    let regions = shell.run("result board --by region --json").done().json();
    let sum: u64 = regions.as_array().unwrap().iter().map(|g| g["applied"].as_u64().unwrap()).sum();
    assert_eq!(sum, 30);
    let name = regions[0]["name"].as_str().unwrap().to_owned();
    let within = shell.run_args(&["result", "list", "--region", &name, "--json"], "").done().json();
    assert_eq!(within.as_array().unwrap().len() as u64, regions[0]["applied"].as_u64().unwrap());
    assert!(shell.run("result board --by room").done().out.contains("未编排"));
    assert_eq!(shell.run("result board --room 没有").status, 1);
    assert!(shell.run("result board --spread").done().out.contains("60–<70"));
    assert!(shell.run("result standing").done().out.contains("尚未计算"));
    let first = shell.run("result compute --json").done().json();
    assert_eq!(
        (&first["computed"]["made"], &first["computed"]["computation"]["incomplete"]),
        (&true.into(), &30.into())
    );
    let again = shell.run("result compute").done();
    assert!(again.err.contains("没有变动"), "{}", again.err);
    assert!(shell.run("result changes").done().err.contains("0 人"));
    let standing = shell.run("result standing").done().out;
    assert!(standing.contains("与现有成绩一致") && standing.contains("不全 30"), "{standing}");
    assert!(shell.run("result audit ask").err.contains("不要求结果审核"));
    assert!(shell.run("result audit list").done().err.contains("通知不要求"));
    let sent = shell.run("result sent --to 就促会 --signed-by 主任 --stamped");
    assert!(sent.status == 1 && sent.err.contains("30"), "{}", sent.err);
    assert!(shell.run("result sent").done().err.contains("未报送"));
    assert!(shell.run("result compare").err.contains("没有可对比的批次"));
}
