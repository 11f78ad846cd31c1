//! `kaowu supervision` and `kaowu complaint`.
use crate::harness::Shell;

/// S3-34: draw, draw again, a changed row.
#[test]
fn a_draw_by_command_and_a_changed_row() {
    let shell = Shell::with_batch();
    std::fs::write(shell.path("objects.csv"), "name,unit,region\n甲校,甲校,150602\n乙校,乙校,150603\n").unwrap();
    std::fs::write(shell.path("people.csv"), "督甲,甲校\n督乙,人社局\n督丙,人社局\n督丁,就业中心\n").unwrap();
    let draw = "supervision draw --seed 7 --objects objects.csv --supervisors people.csv --count 2 --witness 见证某";
    let done = shell.run(&format!("{draw} --exclude 督丁=休假 --json")).done().json();
    assert_eq!((done["draw"]["id"].as_i64(), done["drawn"].as_array().unwrap().len()), (Some(1), 2));
    assert_eq!(shell.run("supervision redraw 1 --json").done().json()["equal"], true);
    assert!(shell.run("supervision redraw 1").done().err.contains("重抽结果一致"));
    assert_eq!(shell.run("supervision redraw 2").status, 1);
    assert_eq!(shell.run("supervision draw --seed 7 --objects none.csv --witness 某").status, 5);
    let listed = shell.run("supervision list").done();
    assert!(listed.out.contains("双随机抽查 2023-10-15") && listed.err.contains("practical-1"), "{}", listed.err);
    let db = rusqlite::Connection::open(shell.path("site.db")).unwrap();
    db.execute("UPDATE draw_entry SET excluded = NULL, drawn_for = '0' WHERE name = '督丁'", []).unwrap();
    let again = shell.run("supervision redraw 1");
    assert!(
        again.status == 1 && again.err.contains("不一致") && again.out.contains("督丙"),
        "{}{}",
        again.out,
        again.err
    );
}

/// S3-21, S3-34: a record for a session, what was put right, the public list.
#[test]
fn records_and_publication_by_command() {
    let shell = Shell::with_batch();
    let report = "supervision report --session theory-1 --supervisor 督甲 --method watch,read --findings 钟不准";
    shell.run(&format!("{report} --result to_mend --mend-by 2023-10-20")).done();
    let list = shell.run("supervision list --json").done().json();
    assert_eq!(list["inspections"][0]["object"], "theory-1");
    assert_eq!(list["uncovered"].as_array().unwrap().len(), 1);
    shell.run("supervision mend 1 --what 已换钟").done();
    shell.run("supervision publish --inspection 1 --place 公告栏").done();
    let public = shell.run("supervision publish").done().out;
    assert!(public.contains("公告栏") && public.contains("限期整改") && !public.contains("督甲"), "{public}");
    let answer = shell.run("print supervision-report --json").done().json();
    assert!(std::fs::read_to_string(answer["file"].as_str().unwrap()).unwrap().contains("钟不准"));
    shell.run("print supervision-list --format xlsx").done();
    assert_eq!(shell.run("print supervision-draw").status, 1, "nothing was drawn");
}

#[test]
fn a_complaint_by_command() {
    let shell = Shell::with_batch();
    let add = "complaint add --name 王某 --contact 15400000000 --matter 嘈杂 --against 李某";
    assert!(shell.run(add).done().err.contains("2023-10-18"));
    let own = shell.run("complaint take-up 1 --handler 李某");
    assert!(own.status == 1 && own.err.contains("被投诉人"), "{}", own.err);
    shell.run("complaint take-up 1 --handler 张某").done();
    shell.run("complaint decide 1 --outcome 已调整").done();
    shell.run(add).done();
    shell.run("complaint refuse 2 --reason 重复").done();
    let list = shell.run("complaint list --json").done().json();
    assert_eq!((list[0]["state"].as_str(), list[1]["state"].as_str()), (Some("decided"), Some("refused")));
    assert!(shell.run("complaint list").done().out.contains("张某"));
}
