//! Office sheets in: every planted fault at its line and column under its own code, and nothing else refused.
use kaowu::bundle::codes::Codes;
use kaowu::bundle::decode::Encoding;
use kaowu::bundle::layout::Layout;
use kaowu::bundle::row_fault::{Form, Report, Severity};
use kaowu::bundle::sheet::{Intake, Row, Sheet, SheetFault, catalogue, lenient};
use kaowu::bundle::write::{Heading, Rows, Style};
use kaowu::model::{Day, DocumentKind, Level, Sex};
use std::io::Cursor;
use std::ops::ControlFlow;

const SAMPLE: &[u8] = include_bytes!("../../data/ordos-2023.csv");
const KEY: &str = include_str!("../../data/ordos-2023.faults.csv");

fn data(name: &str) -> Option<String> {
    std::fs::read_to_string(format!("{}/data/{name}", env!("CARGO_MANIFEST_DIR"))).ok()
}

fn codes() -> Codes {
    Codes::load(&|name| data(&format!("codes/{name}"))).unwrap()
}

fn layouts() -> Vec<Layout> {
    vec![Layout::parse(&data("layouts/candidate-33.toml").unwrap()).unwrap()]
}

/// What became of a file: its report, a summary of each good row, the file of refused rows.
struct Taken {
    report: Report,
    good: Vec<(u64, String, String)>,
    refused: Vec<u8>,
}

fn take(bytes: &[u8]) -> Result<Taken, SheetFault> {
    let (codes, layouts) = (codes(), layouts());
    let intake = Intake {
        layouts: &layouts,
        codes: &codes,
        offers: &catalogue,
        judge: &lenient,
        encoding: None,
        sheet: None,
        file: "a.csv",
    };
    let sheet = Sheet::open(Cursor::new(bytes.to_vec()), &intake)?;
    let headings: Vec<String> = sheet.header().iter().map(str::to_owned).collect();
    let mut headings: Vec<Heading> = headings.iter().map(|h| Heading::tabbed(h)).collect();
    if !headings.iter().any(|h| h.name == "原因") {
        headings.push(Heading::plain("原因"));
    }
    let mut refused = Rows::begin(Vec::new(), Style::People, &headings).unwrap();
    let mut good = Vec::new();
    let report = sheet.read(&mut |row| {
        match row {
            Row::Good(row, _) => good.push((row.line, row.name.to_string(), row.number.to_string())),
            Row::Refused(row) => {
                let reasons: Vec<&str> = row.faults.iter().map(|f| f.code.0).collect();
                let reasons = reasons.join(" ");
                refused.row(row.cells.iter().take(33).chain([reasons.as_str()])).unwrap();
            }
        }
        ControlFlow::Continue(())
    })?;
    Ok(Taken { report, good, refused: refused.finish().unwrap() })
}

fn places(report: &Report) -> Vec<(u64, String, &'static str)> {
    report.faults.iter().map(|f| (f.line, f.column.clone(), f.code.0)).collect()
}

fn key() -> Vec<(u64, String, String)> {
    let rows = KEY.lines().skip(1).map(|row| row.split(',').collect::<Vec<_>>());
    rows.map(|row| (row[0].parse().unwrap(), row[1].to_owned(), row[2].trim().to_owned())).collect()
}

#[test]
fn every_planted_fault_is_found_and_nothing_else() {
    let taken = take(SAMPLE).unwrap();
    let found: Vec<_> = places(&taken.report).into_iter().map(|(l, c, k)| (l, c, k.to_owned())).collect();
    assert_eq!(found, key());
    assert_eq!(taken.report.encoding, Form::Text(Encoding::Gb18030));
    assert_eq!((taken.report.counts.read, taken.report.counts.refused, taken.good.len()), (360, 12, 348));
    assert!(taken.report.faults.iter().all(|f| f.severity == Severity::Error));
}

#[test]
fn folded_cells_are_stored_folded() {
    let taken = take(SAMPLE).unwrap();
    let of = |line: u64| taken.good.iter().find(|row| row.0 == line).unwrap().clone();
    assert_eq!(of(83).2, "15019919880210268X");
    assert_eq!(of(169).1, "曾涛娜");
}

#[test]
fn the_refused_rows_mended_are_taken() {
    let taken = take(SAMPLE).unwrap();
    let refused = String::from_utf8(taken.refused).unwrap();
    assert!(refused.starts_with("\u{FEFF}序号,"));
    let again = take(refused.as_bytes()).unwrap();
    // The duplicate's twin is in the other file; the others still have their fault, in the same words.
    assert_eq!((again.report.counts.read, again.report.counts.refused), (12, 11));
    let kinds = |report: &Report| report.faults.iter().map(|f| f.code.0).collect::<Vec<_>>();
    let before: Vec<_> = kinds(&taken.report).into_iter().filter(|k| *k != "duplicate_in_file").collect();
    assert_eq!(kinds(&again.report), before);
    let mended =
        refused.replace("宇航员", "电工").replace("1541234", "15412345678").replace("八级/大师", "三级/高级工");
    assert_eq!(take(mended.as_bytes()).unwrap().report.counts.refused, 8);
}

const HEAD: &str = "职业工种名称,认定等级,申报条件,证件类型,证件号码,姓名,性别,出生日期,手机号码,是否有职业资格证书,\
                    证书等级,证书编号,文化程度,所在省（市）区,考生来源,报名单位,认定分类,考试类型,民族";
const GOOD: &str = "电工,三级,申报条件（1）,居民身份证,150699199001010015,张三,,,15412345678,否,,,大专,内蒙古,\
                    机关事业单位,某培训学校,初次认定,正考,蒙古";

fn sheet(rows: &[String]) -> String {
    format!("{HEAD}\n{}\n", rows.join("\n"))
}

fn faults_of(row: String) -> Vec<(u64, String, &'static str)> {
    places(&take(sheet(&[row]).as_bytes()).unwrap().report)
}

#[test]
fn sex_and_birth_come_from_the_number() {
    let (codes, layouts) = (codes(), layouts());
    let intake = Intake {
        layouts: &layouts,
        codes: &codes,
        offers: &catalogue,
        judge: &lenient,
        encoding: None,
        sheet: None,
        file: "a.csv",
    };
    let text = sheet(&[GOOD.to_owned()]);
    let mut seen = 0;
    let report = Sheet::open(Cursor::new(text), &intake)
        .unwrap()
        .read(&mut |row| {
            let Row::Good(row, _) = row else { panic!("refused") };
            assert_eq!((row.sex, row.birth), (Some(Sex::Male), Day::from_ymd_opt(1990, 1, 1)));
            assert_eq!(
                (row.document, row.level, row.occupation.code.as_str()),
                (DocumentKind::ResidentId, Level::Three, "6-31-01-03")
            );
            assert_eq!(
                (row.ethnic_group.as_deref(), row.education.as_deref()),
                (Some("蒙古族"), Some("大学专科和专科学校"))
            );
            seen += 1;
            ControlFlow::Continue(())
        })
        .unwrap();
    assert_eq!((seen, report.faults.len()), (1, 0));
}

#[test]
fn a_passport_needs_sex_and_birth_and_says_so_once() {
    let passport = GOOD.replace("居民身份证,150699199001010015", "护照（外国国籍）,E12345678");
    assert_eq!(faults_of(passport.clone()), [(2, "证件类型".to_owned(), "required_if")]);
    assert!(faults_of(passport.replace("张三,,", "张三,男,1990/1/1")).is_empty());
}

#[test]
fn a_dependent_fault_is_not_told_twice() {
    let row = GOOD.replace("150699199001010015,张三,,", "150699199001010011,张三,女,1991-01-01");
    assert_eq!(faults_of(row), [(2, "证件号码".to_owned(), "check_digit")]);
    let row = GOOD.replace("电工,三级", "宇航员,一级");
    assert_eq!(faults_of(row), [(2, "职业工种名称".to_owned(), "occupation_not_in_catalogue")]);
    let row = GOOD.replace("居民身份证", "借书证");
    assert_eq!(faults_of(row), [(2, "证件类型".to_owned(), "not_in_list")]);
}

#[test]
fn all_faults_of_a_row_are_told() {
    let row = GOOD.replace("张三", "＝A1").replace("15412345678", "12").replace("正考", "重考");
    let kinds: Vec<_> = faults_of(row).into_iter().map(|f| f.2).collect();
    assert_eq!(kinds, ["formula_text", "phone", "not_in_list"]);
}

#[test]
fn ragged_rows_are_faults_of_their_own_line() {
    let rows = [GOOD.to_owned(), "电工,三级".to_owned(), String::new(), format!("{GOOD},多"), format!("{GOOD},,")];
    let taken = take(sheet(&rows).as_bytes()).unwrap();
    let expected = [
        (3, String::new(), "ragged_row"),
        (5, String::new(), "ragged_row"),
        (6, "证件号码".to_owned(), "duplicate_in_file"),
    ];
    assert_eq!(places(&taken.report), expected);
    assert_eq!(taken.report.faults[2].data[0].1.to_string(), "2");
}

#[test]
fn titles_other_delimiters_and_quoted_line_ends_are_read() {
    let text = sheet(&[GOOD.replace("某培训学校", "\"某\n学校\"")]);
    for (delimiter, end) in [(",", "\r\n"), ("\t", "\n"), (";", "\r\n")] {
        let text = format!("考生信息表\n{text}").replace(',', delimiter).replace('\n', end);
        let taken = take(text.as_bytes()).unwrap();
        assert_eq!((taken.good.len(), taken.report.faults.len()), (1, 0), "{delimiter:?}");
        assert_eq!(taken.good[0].0, 3);
    }
}

#[test]
fn sheets_that_are_no_candidate_sheet_are_refused_whole() {
    let code = |text: &str| match take(text.as_bytes()) {
        Err(SheetFault::Refused(refusal)) => refusal.code.0,
        _ => "taken",
    };
    assert_eq!(code(""), "sheet.empty");
    assert_eq!(code("姓名,成绩\n张三,60\n"), "sheet.not_recognised");
    assert_eq!(code(&HEAD.replace("民族", "备注")), "sheet.columns_missing");
    assert_eq!(code(&format!("{HEAD},姓名\n")), "sheet.column_twice");
    let Err(SheetFault::Refused(refusal)) = take(b"a\n\xFF\n") else { panic!("taken") };
    assert_eq!(refusal.to_string(), "sheet.encoding encoding=GB18030 offset=2 line=2");
}

proptest::proptest! {
    #![proptest_config(proptest::test_runner::Config::with_cases(64))]
    #[test]
    fn any_bytes_are_taken_or_refused(bytes: Vec<u8>) {
        let _ = take(&bytes);
        let mut after_head = HEAD.as_bytes().to_vec();
        after_head.push(b'\n');
        after_head.extend(bytes);
        let _ = take(&after_head);
    }
}
