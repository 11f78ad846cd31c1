//! Occupations closed and opened: whom it concerns, what is refused afterwards, and the way back.
use crate::harness::{Desk, Shell};
use kaowu::config::Assets;
use kaowu::model::Level;
use kaowu::ops::demo::people;
use kaowu::ops::exchange::{Import, Mode, Source};
use kaowu::ops::history::Undo;
use kaowu::ops::occupations::{Close, Open, list, offered};
use kaowu::ops::{Error, applications, batch, history};
use std::io::Write;

fn close(occupation: &str, level: Level) -> Close {
    Close { occupation: occupation.into(), level, reason: "只有一人报名".into() }
}

fn open(occupation: &str, level: Level) -> Open {
    Open { occupation: occupation.into(), level, reason: "补报".into() }
}

fn refusal(error: Error) -> String {
    error.refusal().map(ToString::to_string).unwrap_or_default()
}

/// S0-05, S1-04: with a reason and a time; those who applied are listed and stay.
#[test]
fn closing_lists_those_who_applied_and_refuses_the_next() {
    let mut desk = Desk::with_batch();
    desk.people(40);
    let everybody = applications::lines(&desk.site, None).unwrap();
    let rows: Vec<_> = everybody.iter().map(|line| applications::by_id(&desk.site, line.id).unwrap()).collect();
    let first = &rows[0];
    let same = rows.iter().filter(|a| a.occupation == first.occupation && a.level == first.level).count();
    let done = desk.does(&close(&first.occupation, first.level));
    assert_eq!(done.concerned.len(), same);
    assert!(done.concerned.iter().any(|c| c.name == first.name));
    let refused = refusal(offered(&desk.site, &first.occupation, first.level).unwrap_err());
    assert!(refused.starts_with("occupation.closed") && refused.contains("reason=只有一人报名"), "{refused}");
    assert!(refused.contains("since=2023-10-15"), "{refused}");
    // The same occupation at another level is still taken.
    let listed = list(&desk.site).unwrap();
    let row = listed.iter().find(|l| l.code == first.occupation).unwrap();
    assert_eq!((row.not_taken.as_slice(), row.closed.len()), ([first.level].as_slice(), 1));
    assert_eq!(desk.refused(&close(&first.occupation, first.level)), "occupation.already_closed");
    assert_eq!(desk.does(&open(&first.occupation, first.level)).concerned.len(), same);
    assert!(offered(&desk.site, &first.occupation, first.level).is_ok());
    assert_eq!(desk.refused(&open(&first.occupation, first.level)), "occupation.not_closed");
}

#[test]
fn each_refusal_has_its_code() {
    let mut desk = Desk::with_batch();
    let without = Close { reason: "  ".into(), ..close("电工", Level::Five) };
    assert_eq!(desk.refused(&without), "occupation.reason_needed");
    assert_eq!(desk.refused(&Open { reason: String::new(), ..open("电工", Level::Five) }), "occupation.reason_needed");
    assert_eq!(desk.refused(&close("宇航员", Level::Five)), "occupation.unknown");
    // S1-47: the row of the catalogue has 5, 4 and 3 only.
    assert_eq!(desk.refused(&close("护林员", Level::One)), "occupation.level_not_assessed");
    assert!(refusal(offered(&desk.site, "护林员", Level::One).unwrap_err()).contains("levels=5 4 3"));
    desk.sign_on("proctor");
    assert_eq!(desk.refused(&close("电工", Level::Five)), "duty.role_needed");
    desk.sign_on("coordinator");
    desk.does(&batch::Close { reason: "done".into() });
    assert_eq!(desk.refused(&close("电工", Level::Five)), "batch.closed");
}

/// A notice that does not speak of adjusting has nothing closed.
#[test]
fn some_notices_do_not_adjust() {
    let mut desk = Desk::new();
    let policy = batch::policy(&Assets::default(), "wushen-zwfw-2024").unwrap();
    desk.does(&batch::Open { code: "zwfw".into(), name: "zwfw".into(), policy });
    desk.site.choose_batch(None).unwrap();
    assert_eq!(desk.refused(&close("政务服务办事员", Level::Five)), "occupation.not_adjustable");
    assert!(offered(&desk.site, "政务服务办事员", Level::Three).is_ok());
    assert!(refusal(offered(&desk.site, "电工", Level::Three).unwrap_err()).starts_with("occupation.unknown"));
}

/// S3-12: access occupations, whatever the catalogue says.
#[test]
fn an_access_occupation_is_not_taken() {
    let folder = tempfile::tempdir().unwrap();
    let codes = folder.path().join("codes");
    std::fs::create_dir(&codes).unwrap();
    let catalogue = "no,name,code,levels\n1,焊工,6-18-02-04,54321\n2,电工,6-31-01-03,54321\n";
    std::fs::write(codes.join("occupations.csv"), catalogue).unwrap();
    let assets = Assets::new(Some(folder.path().to_owned()));
    let mut desk = Desk::with_assets(assets.clone());
    let policy = batch::policy(&assets, "nmg-enterprise-2019").unwrap();
    desk.does(&batch::Open { code: "e".into(), name: "e".into(), policy });
    desk.site.choose_batch(None).unwrap();
    assert!(refusal(offered(&desk.site, "焊工", Level::Five).unwrap_err()).starts_with("occupation.excluded"));
    assert!(offered(&desk.site, "电工", Level::Five).is_ok());
}

#[test]
fn undo_opens_again_and_an_undone_closing_leaves_nothing() {
    let mut desk = Desk::with_batch();
    desk.does(&close("电工", Level::Five));
    let op = history::next_undo(&desk.site).unwrap();
    desk.does(&Undo { op, reason: "误操作".into() });
    assert!(offered(&desk.site, "电工", Level::Five).is_ok());
}

/// A sheet adds nobody to what is closed; those who are there already stay and may be corrected.
#[test]
fn a_sheet_takes_nobody_new_for_what_is_closed() {
    let mut desk = Desk::with_batch();
    let codes = desk.site.codes().unwrap();
    let rows = people::rows(&codes, 1, 30);
    let mut sheet = tempfile::NamedTempFile::new().unwrap();
    writeln!(sheet, "{}", people::HEADINGS.join(",")).unwrap();
    rows.iter().for_each(|row| writeln!(sheet, "{}", row.join(",")).unwrap());
    sheet.flush().unwrap();
    let source = Source { path: sheet.path().to_owned(), name: "sheet.csv".into(), ..Source::default() };
    let column = |name: &str| people::HEADINGS.iter().position(|h| *h == name).unwrap();
    let (name, level) = (rows[0][column("职业工种名称")].clone(), rows[0][column("认定等级")].clone());
    let level = Level::parse(&level).unwrap();
    desk.does(&close(&name, level));
    let same = rows
        .iter()
        .filter(|r| r[column("职业工种名称")] == name && Level::parse(&r[column("认定等级")]) == Some(level));
    let same = same.count() as u64;
    let assets = Assets::default();
    let import = Import { source: &source, mode: Mode::KeepGood, assets: &assets, refusals: None };
    let report = desk.does(&import);
    assert_eq!((report.counts.added, report.counts.refused), (30 - same, same));
    assert!(report.faults.iter().filter(|f| f.code.0 == "occupation_closed").count() as u64 == same);
    // Opened: they go in. Closed again: the same sheet changes nothing and refuses nobody.
    desk.does(&open(&name, level));
    assert_eq!(desk.does(&import).counts.added, same);
    desk.does(&close(&name, level));
    let again = desk.does(&import);
    assert_eq!((again.counts.unchanged, again.counts.refused), (30, 0));
}

#[test]
fn the_commands_close_list_and_open() {
    let shell = Shell::with_batch();
    let closed = shell.run("occupation close 电工 三级 --reason 人数不足 --json").done().json();
    assert_eq!(closed["adjusted"]["occupation"], "6-31-01-03");
    let listed = shell.run("occupation list --json").done().json();
    let row = listed.as_array().unwrap().iter().find(|o| o["name"] == "电工").unwrap().clone();
    assert_eq!((row["not_taken"][0].as_u64(), row["closed"][0]["reason"].as_str()), (Some(3), Some("人数不足")));
    let again = shell.run("occupation close 电工 3 --reason 人数不足 --lang en");
    assert_eq!(again.status, 1);
    assert!(again.err.contains("closed already"), "{}", again.err);
    shell.run("occupation open 6-31-01-03 高级工 --reason 补报").done();
    assert_eq!(shell.run("occupation close 电工 9 --reason x").status, 2);
    assert_eq!(shell.run("occupation close 电工 3").status, 1);
}
