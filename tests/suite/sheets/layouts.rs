//! Sheets of the notices: the information sheet, the roster, what a platform gives out.
use super::books::{book, put, take};
use kaowu::bundle::codes::Codes;
use kaowu::bundle::sheet::{Intake, Row, Sheet, catalogue, lenient};
use kaowu::config::Assets;
use kaowu::model::{Day, Level};
use rust_xlsxwriter::Workbook;
use std::io::Cursor;
use std::ops::ControlFlow;

const INFORMATION: &[u8] = include_bytes!("../../data/zwfw-2024.xlsx");

/// S4-16, S4-24: the sheet of a group registration is read as it is.
#[test]
fn the_information_sheet_is_read_clean_s4_16_s4_24() {
    let assets = Assets::default();
    let own = |name: &str| match name {
        "occupations.csv" => Some("no,name,code,levels\n1,政务服务办事员,3-01-01-06,543\n".to_owned()),
        _ => assets.read(&format!("codes/{name}")),
    };
    let (codes, layouts) = (Codes::load(&own).unwrap(), super::books::layouts());
    let (offers, judge) = (&catalogue, &lenient);
    let intake = Intake { layouts: &layouts, codes: &codes, offers, judge, encoding: None, sheet: None, file: "a" };
    let mut names = Vec::new();
    let sheet = Sheet::open(Cursor::new(INFORMATION.to_vec()), &intake).unwrap();
    let report = sheet.read(&mut |row| {
        let Row::Good(row, _) = row else { panic!("refused") };
        names.push((row.line, row.name.to_string(), row.level, row.certificate_level, row.years));
        ControlFlow::Continue(())
    });
    let report = report.unwrap();
    assert_eq!((report.layout.as_str(), report.counts.read, report.faults.len()), ("collection-zwfw", 24, 0));
    assert_eq!(names[0], (2, "杨斌".to_owned(), Level::Four, Some(Level::Five), Some(10)));
    // A sheet without that occupation in its catalogue refuses every row (S0-04).
    let elsewhere = take(INFORMATION).unwrap();
    assert!(elsewhere.faults().iter().all(|f| f.2 == "occupation_not_in_catalogue") && elsewhere.good.is_empty());
}

const ROSTER: [&str; 11] = [
    "序号",
    "姓名",
    "性别",
    "族别",
    "身份证号码",
    "申报职业（工种）",
    "申报等级",
    "现聘任等级",
    "聘任时间",
    "申报单位",
    "联系电话",
];

/// A roster with its block above and its foot below.
pub fn roster(department: &str, foot: &str) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    put(sheet, 0, &["申报人员名册"]);
    let department = format!("上级主管部门（盖章）：{department}");
    put(sheet, 1, &[&department, "填报人：王五", "填报人联系电话：15412345678", "制表日期：2022年5月6日"]);
    put(sheet, 2, &ROSTER);
    let row =
        ["1", "张三", "男", "汉族", "150699199001010015", "电工", "三级", "四级", "2018-05", "某局", "15412345678"];
    put(sheet, 3, &row);
    let row = [
        "2",
        "李四",
        "女",
        "维吾尔族",
        "15069919850320048X",
        "电工",
        "四级",
        "五级",
        "2017年3月",
        "某局",
        "15412345678",
    ];
    put(sheet, 4, &row);
    put(sheet, 6, &["自治区职业技能鉴定中心意见"]);
    put(sheet, 7, &[foot]);
    put(sheet, 8, &["经办人：", "负责人：", "（盖章）"]);
    book.save_to_buffer().unwrap()
}

/// S2-43: the block above; S2-44: columns; S2-45: the number of heads; S2-27: a blank stamp is told.
#[test]
fn a_roster_is_read_with_what_stands_around_it_s2_43_s2_45() {
    let taken = take(roster("某地区工考办", "经审核，以上 2 人符合晋级考核条件")).unwrap();
    assert_eq!((taken.report.layout.as_str(), taken.good.len()), ("roster-xinjiang", 2));
    assert_eq!(taken.report.faults, []);
    let odd = take(roster("", "经审核，以上3人符合晋级考核条件")).unwrap();
    let codes: Vec<_> = odd.warnings().into_iter().map(|(line, _, code)| (line, code)).collect();
    assert_eq!((codes, odd.good.len()), (vec![(2, "blank_stamp"), (8, "count_differs")], 2));
    let blank = take(roster("某局", "经审核，以上____人符合晋级考核条件")).unwrap();
    assert_eq!(blank.report.faults, []);
}

/// S0-29: the platform's number is kept. S1-58, S1-59: the kind of application and the earlier certificate.
#[test]
fn a_platform_gives_out_its_number_s0_29() {
    let text = "报名号,姓名,证件号码,手机号码,申报职业,申报等级,申报类别,上一级证书编号,参加工作时间,本职业工龄\n\
                P2024-0001,张三,150699199001010015,15412345678,电工,三级,晋级申报,S000015006056154001145,2010-07,12\n";
    let (codes, layouts) = (super::books::codes(), super::books::layouts());
    let (offers, judge) = (&catalogue, &lenient);
    let intake = Intake { layouts: &layouts, codes: &codes, offers, judge, encoding: None, sheet: None, file: "a" };
    let mut seen = 0;
    let sheet = Sheet::open(Cursor::new(text), &intake).unwrap();
    sheet
        .read(&mut |row| {
            let Row::Good(row, _) = row else { panic!("refused") };
            assert_eq!(row.registration_no.as_deref(), Some("P2024-0001"));
            assert_eq!(row.route, Some(kaowu::model::Route::Promotion));
            assert_eq!(row.certificate_no.as_deref(), Some("S000015006056154001145"));
            assert_eq!((row.work_began, row.years), (Day::from_ymd_opt(2010, 7, 1), Some(12)));
            seen += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!(seen, 1);
    assert_eq!(take(book(&[super::books::good()], |_| {})).unwrap().report.layout, "candidate-33");
}
