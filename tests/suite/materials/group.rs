//! A group registration: the sheet, the photos and the folders against one another, and against the applications.
use super::world::{Handed, PlantApplications, PlantState, applicant, desk, files, lacking};
use crate::harness::Desk;
use kaowu::bundle::materials::roster;
use kaowu::model::{Level, Route, identity};
use kaowu::ops::materials::{Survey, checklist, group};
use kaowu::ops::{ApplicationRow, ApplicationState};
use std::path::{Path, PathBuf};

const SAMPLE: &str = "tests/data/zwfw-2024";

fn sample() -> PathBuf {
    crate::source::root().join(SAMPLE)
}

/// The rows of the sample's sheet.
fn rows() -> Vec<(String, String)> {
    let bytes = std::fs::read(sample().join("信息采集表.xlsx")).unwrap();
    roster(bytes).unwrap().into_iter().map(|row| (row.name, row.number)).collect()
}

fn applications() -> Vec<ApplicationRow> {
    rows().iter().map(|(name, number)| applicant((name, number), Route::First, Level::Four)).collect()
}

fn registered(policy: &str) -> Desk {
    let mut desk = desk(policy);
    desk.does(&PlantApplications(applications()));
    desk
}

/// Who and what, as the list of planted faults names them.
fn findings(survey: &Survey) -> Vec<(String, String)> {
    let mut all: Vec<_> = survey.findings.iter().map(|f| (f.who.clone(), f.finding.0.to_owned())).collect();
    all.sort();
    all
}

/// The planted faults, with the number in each name masked as findings mask it.
fn planted() -> Vec<(String, String)> {
    let mut reader = csv::Reader::from_path(crate::source::root().join("tests/data/zwfw-2024.findings.csv")).unwrap();
    let mut all = Vec::new();
    for record in reader.records() {
        let record = record.unwrap();
        let (name, number) = match record[0].split_once('_') {
            Some((name, number)) => (name.to_owned(), number.to_owned()),
            None => ("任斌芳".to_owned(), "150199197801039784".to_owned()),
        };
        let sign = if record[1].ends_with("_without_row") { "_" } else { " " };
        all.push((format!("{name}{sign}{}", identity::mask(&number)), record[1].to_owned()));
    }
    all.sort();
    all
}

/// S4-24: every planted fault is found, and nothing else.
#[test]
fn the_sample_has_exactly_its_findings() {
    let mut desk = registered("wushen-zwfw-2024");
    let survey = group(&desk.site, &sample()).unwrap();
    assert_eq!(findings(&survey), planted());
    assert_eq!((survey.people, survey.notes.len()), (24, 0), "{:?}", survey.notes);
    // S4-24 before the sheet is imported: the same findings, and nothing to store.
    let before = super::world::desk("wushen-zwfw-2024");
    let early = group(&before.site, &sample()).unwrap();
    assert_eq!(findings(&early), planted());
    assert_eq!((early.storable(), early.notes[0].finding.0), (0, "rows_not_imported"));
    let done = desk.does(&survey.check());
    assert_eq!((done.people, done.faulty), (24, 3));
    let lacks = |name: &str| {
        let id = desk.find(name);
        lacking(&desk.site, id).unwrap()
    };
    assert_eq!(lacks("卢飞兰"), ["education_verification", "education_certificate"]);
    assert_eq!(lacks("卢霞梅"), ["photo"]);
    assert_eq!(lacks("萨仁图雅"), ["photo"]);
    assert_eq!(lacks("阎文"), Vec::<String>::new());
    // The folder under another name is still looked through.
    assert_eq!(lacks("周玲霞"), Vec::<String>::new());
}

/// A copy of the sample to change.
fn copied() -> Handed {
    let handed = Handed::new();
    for (file, bytes) in files(&sample(), "") {
        handed.put(&file, &bytes);
    }
    handed
}

/// S4-25: the archive is named after the organisation; a folder on the clerk's disk need not be.
#[test]
fn an_archive_has_the_organisation_in_its_name() {
    let desk = registered("wushen-zwfw-2024");
    let handed = copied();
    let named = group(&desk.site, &handed.packed("乌审旗政务服务中心.zip")).unwrap();
    assert_eq!(findings(&named), planted());
    let other = group(&desk.site, &handed.packed("报名材料.zip")).unwrap();
    let mut expected = planted();
    expected.push(("报名材料".into(), "archive_name".into()));
    expected.sort();
    assert_eq!(findings(&other), expected);
}

/// Against the applications: somebody without one, another name, one who was approved, one whom no row names.
#[test]
fn the_rows_are_held_against_the_applications() {
    let mut desk = desk("wushen-zwfw-2024");
    let mut all = applications();
    let absent = all.pop().unwrap();
    all[0].name = "别名".into();
    let organisation =
        roster(std::fs::read(sample().join("信息采集表.xlsx")).unwrap()).unwrap()[0].organisation.clone();
    let mut unlisted = applicant(("无行", "15069919990909001X"), Route::First, Level::Four);
    unlisted.registered_by = Some(organisation);
    all.push(unlisted);
    let ids = desk.does(&PlantApplications(all));
    desk.does(&PlantState(ids[1], ApplicationState::Approved));
    let survey = group(&desk.site, &sample()).unwrap();
    let extra: Vec<_> = findings(&survey).into_iter().filter(|f| !planted().contains(f)).collect();
    let first = &rows()[0];
    let person = |name: &str, number: &str, code: &str| (format!("{name} {}", identity::mask(number)), code.to_owned());
    let mut expected = vec![
        person(&first.0, &first.1, "row_name_differs"),
        person(&absent.name, &absent.id_number, "row_without_application"),
        person("无行", "15069919990909001X", "application_without_row"),
    ];
    expected.sort();
    assert_eq!(extra, expected);
    assert_eq!(survey.notes.iter().map(|n| n.finding.0).collect::<Vec<_>>(), ["row_frozen"]);
    // Neither the one under another name nor the approved one is touched.
    assert_eq!(survey.storable(), 21);
    desk.does(&survey.check());
    assert!(checklist(&desk.site, ids[1]).unwrap().items.iter().all(|item| item.pieces.is_empty()));
}

#[test]
fn a_group_wants_its_sheet_its_photos_and_a_notice_that_takes_groups() {
    let desk = registered("wushen-zwfw-2024");
    let refused = |desk: &Desk, path: &Path| group(&desk.site, path).unwrap_err().refusal().unwrap().code.0;
    let handed = copied();
    std::fs::remove_file(handed.path().join("信息采集表.xlsx")).unwrap();
    assert_eq!(refused(&desk, handed.path()), "group.sheet_missing");
    handed.put("信息采集表.xlsx", b"PK\x03\x04 no sheet");
    assert_eq!(refused(&desk, handed.path()), "archive.damaged");
    std::fs::copy(sample().join("信息采集表.xlsx"), handed.path().join("信息采集表.xlsx")).unwrap();
    std::fs::remove_dir_all(handed.path().join("照片")).unwrap();
    assert_eq!(refused(&desk, handed.path()), "group.photo_folder_missing");
    assert_eq!(refused(&registered("nmg-2023"), &sample()), "group.not_offered");
}

/// A sheet without its headings, with a title above them, with numbers that a spreadsheet spoilt.
#[test]
fn sheets_are_read_as_people_write_them() {
    let sheet = |rows: &[&[&str]]| {
        let mut book = rust_xlsxwriter::Workbook::new();
        let page = book.add_worksheet();
        for (y, row) in rows.iter().enumerate() {
            for (x, cell) in row.iter().enumerate() {
                page.write_string(y as u32, x as u16, *cell).unwrap();
            }
        }
        roster(book.save_to_buffer().unwrap())
    };
    let found = sheet(&[
        &["乌审旗 2024 年"],
        &["序号", "姓 名*", "身份证号码", "单位名称"],
        &["1", " 张三 ", "１５０６９９１９９００１０１００１７", "某局"],
        &["", "", "", ""],
        &["2", "李四", "15069919900101001x", ""],
    ])
    .unwrap();
    let short: Vec<_> = found.iter().map(|l| (l.row, l.name.as_str(), l.number.as_str())).collect();
    assert_eq!(short, [(3, "张三", "150699199001010017"), (5, "李四", "15069919900101001X")]);
    assert!(sheet(&[&["姓名", "性别"]]).is_err());
}
