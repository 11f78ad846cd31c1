//! The list of those on duty, the rate with its target, the ranking.
use super::world::*;
use kaowu::model::Level;
use kaowu::ops::reports::*;
use kaowu::ops::{CertificateState, Error};

/// S4-29: the rate, the target of the notice, what is wanting, what may still come; S4-04: who was never in the exam.
#[test]
fn the_rate_the_gap_and_the_forecast_s4_29_s4_04() {
    let mut desk = desk();
    ten(&mut desk);
    let board = now(&desk);
    let f = board.figures;
    assert_eq!((f.on_duty, f.holders, f.passed, f.sitting, f.uncovered), (10, 5, 1, 2, 1));
    assert_eq!((board.rate, board.target, board.by), (Some(5000), Some(80), Some(day("2024-12-31"))));
    assert_eq!((board.gap, board.days_left), (Some(3), Some(77)));
    assert_eq!((board.soon, board.at_most), (Some(6000), Some(8000)));
    assert_eq!((board.outlook, board.to_find), (Some(Outlook::WithSitting), Some(0)));
    assert_eq!(board.strangers, 16);
}

/// S4-32: departments by rate.
#[test]
fn departments_stand_in_the_order_of_their_rates_s4_32() {
    let mut desk = desk();
    ten(&mut desk);
    let departments = now(&desk).departments;
    let places: Vec<_> = departments.iter().map(|d| (d.place, d.department.as_str(), d.rate, d.gap)).collect();
    assert_eq!(
        places,
        [(1, "甲局", Some(6000), Some(1)), (2, "乙局", Some(5000), Some(2)), (3, "丙局", Some(0), Some(1))]
    );
    assert_eq!(departments[0].outlook, Some(Outlook::WithPassed));
    assert_eq!(departments[2].outlook, Some(Outlook::OutOfReach));
}

/// S4-10: what counts is a valid certificate of the notice's occupation that was issued by then.
#[test]
fn a_certificate_counts_while_it_is_valid_and_from_its_day_s4_10() {
    let mut desk = desk();
    ten(&mut desk);
    assert_eq!(board(&desk.site, Some(day("2024-10-13"))).unwrap().figures.holders, 1, "only the one from elsewhere");
    assert_eq!(board(&desk.site, Some(day("2024-01-01"))).unwrap().figures.on_duty, 0, "before the first day");
    let all = applicants(&desk);
    desk.does(&Add { who: of(&all[8], "丙局") });
    marked(&mut desk, &all[8], [90, 90]);
    certificate(&mut desk, &all[8], CertificateState::Revoked);
    let other = Some(("电工".to_owned(), Level::Three));
    desk.does(&Add {
        who: Particulars { held: other, ..stranger("电工某", &number("15069919910202001"), "丙局") }
    });
    let board = now(&desk);
    assert_eq!((board.figures.on_duty, board.figures.holders, board.figures.passed), (12, 5, 2));
    let line = board.people.iter().find(|p| p.name == "电工某").unwrap();
    assert_eq!((line.holding, line.other_occupation.as_deref()), (Holding::None, Some("电工")));
}

#[test]
fn whoever_leaves_is_counted_until_the_last_day() {
    let mut desk = desk();
    ten(&mut desk);
    let person = named(&desk.site, "未考某").unwrap().id;
    desk.does(&Leave { person, last: None });
    assert_eq!(desk.refused(&Leave { person, last: None }), "duty.gone");
    assert_eq!(now(&desk).figures.on_duty, 10);
    on(&desk, "2024-10-16");
    let board = now(&desk);
    assert_eq!((board.figures.on_duty, board.departments.len()), (9, 2));
    let row = named(&desk.site, &number("15069919900101001")).unwrap();
    let back = Particulars { until: None, department: "甲局".into(), ..Particulars::of(&row) };
    desk.does(&Change { person: row.id, now: back });
    assert_eq!(now(&desk).figures.on_duty, 10);
}

#[test]
fn what_cannot_be_true_is_refused() {
    let mut desk = desk();
    ten(&mut desk);
    let again = stranger("别名", &number("15069919900101001"), "甲局");
    assert_eq!(desk.refused(&Add { who: again.clone() }), "duty.exists");
    let id_number = number("15069919700101001");
    let new = Particulars { id_number, ..again };
    assert_eq!(desk.refused(&Add { who: Particulars { name: " ".into(), ..new.clone() } }), "duty.no_name");
    assert_eq!(
        desk.refused(&Add { who: Particulars { department: "　".into(), ..new.clone() } }),
        "duty.no_department"
    );
    let early = Particulars { until: Some(day("2023-01-01")), ..new.clone() };
    assert_eq!(desk.refused(&Add { who: early }), "duty.ends_early");
    let half = Particulars { held_no: Some("S1".into()), ..new.clone() };
    assert_eq!(desk.refused(&Add { who: half }), "duty.half_held");
    let wrong = Particulars { id_number: "150699197001010010".into(), ..new };
    assert!(desk.try_to(&Add { who: wrong }).is_err());
    assert!(named(&desk.site, "无此人").is_err());
    assert_eq!(now(&desk).figures.on_duty, 10);
    desk.sign_on("auditor");
    assert!(desk.try_to(&Leave { person: 1, last: None }).is_err(), "only whoever coordinates");
}

/// S4-04: the roster of those on duty comes as a sheet.
#[test]
fn a_sheet_adds_changes_and_leaves_alone_s4_04() {
    let mut desk = desk();
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("在岗.csv");
    let (a, b) = (number("15069919900101001"), number("15069919910202001"));
    let full: String =
        a.chars().map(|c| c.to_digit(10).map_or(c, |d| char::from_u32('０' as u32 + d).unwrap())).collect();
    let head = "姓名,证件号码,部门,窗口,到岗日期,已持证职业,已持证等级,已持证书编号,已持证发证日期";
    let rows =
        format!("{head}\n张某,{full}, 甲局 ,1号,2024-03-01,,,,\n李某,{b},乙局,,,{OCCUPATION},四级,S1,2023-05-01\n");
    std::fs::write(&file, &rows).unwrap();
    let done = desk.does(&read_file(&file).unwrap());
    assert_eq!((done.added, done.changed, done.unchanged, done.not_on_sheet), (2, 0, 0, 0));
    let board = now(&desk);
    assert_eq!((board.figures.on_duty, board.figures.holders), (2, 1));
    let done = desk.does(&read_file(&file).unwrap());
    assert_eq!((done.added, done.changed, done.unchanged), (0, 0, 2));
    std::fs::write(&file, format!("姓名,身份证号,部门\n张某,{a},丙局\n")).unwrap();
    let done = desk.does(&read_file(&file).unwrap());
    assert_eq!((done.changed, done.not_on_sheet), (1, 1));
    let row = named(&desk.site, "张某").unwrap();
    assert_eq!((row.department.as_str(), row.post.as_deref(), row.since), ("丙局", Some("1号"), day("2024-03-01")));
    assert_eq!(now(&desk).figures.holders, 1, "what a sheet leaves out stays");
}

#[test]
fn a_sheet_with_a_fault_is_not_taken_at_all() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("在岗.csv");
    let good = number("15069919900101001");
    let rows = format!(
        "姓名,证件号码,部门,到岗日期,离岗日期,持证等级\n张某,{good},甲局,,,\n李某,1506,,2024-13-01,,\n张某,{good},甲局,,,\n王某,{},甲局,2024-02-01,2024-01-01,三级\n",
        number("15069919910202001")
    );
    std::fs::write(&file, rows).unwrap();
    let Err(Error::Rejected(report)) = read_file(&file) else { panic!("taken") };
    let found: Vec<_> = report.faults.iter().map(|f| (f.line, f.code.0)).collect();
    assert_eq!(
        found,
        [
            (3, "required_missing"),
            (3, "identity_length"),
            (3, "date"),
            (4, "duplicate_in_file"),
            (5, "date"),
            (5, "required_missing")
        ]
    );
    std::fs::write(&file, "甲,乙\n1,2\n").unwrap();
    assert_eq!(read_file(&file).err().unwrap().refusal().unwrap().code.0, "duty_sheet.not_recognised");
}
