//! Lists as workbooks, and what comes back from them.
use super::books::{book, csv, good, person, row};
use crate::harness::Shell;
use calamine::{Data, Reader, Xlsx, open_workbook};
use std::fs;

fn range(shell: &Shell, name: &str) -> calamine::Range<Data> {
    let mut book: Xlsx<_> = open_workbook(shell.path(name)).unwrap();
    book.worksheet_range_at(0).unwrap().unwrap()
}

#[test]
fn what_is_exported_can_be_imported_again_unchanged() {
    let shell = Shell::with_batch();
    let rows = [good(), row(&[(0, "汽车维修工")]), person(3)];
    fs::write(shell.path("a.xlsx"), book(&rows, |_| {})).unwrap();
    shell.run("import a.xlsx").done();
    for (name, format) in [("own.csv", "csv"), ("own.xlsx", "xlsx")] {
        let args = format!("export applications --full --purpose 核对 --format {format} --out {name}");
        shell.run(&args).done();
        let again = shell.run(&format!("import {name} --json")).done().json();
        assert_eq!((again["layout"].as_str(), again["unchanged"].as_u64()), (Some("applications"), Some(3)), "{again}");
        assert_eq!(again["operation"], serde_json::Value::Null);
    }
}

#[test]
fn numbers_in_a_workbook_are_text_and_masked_unless_asked() {
    let shell = Shell::with_batch();
    fs::write(shell.path("a.csv"), csv(&[good()])).unwrap();
    shell.run("import a.csv").done();
    shell.run("export applications --format xlsx --out masked.xlsx").done();
    let masked = range(&shell, "masked.xlsx");
    let column = masked.rows().next().unwrap().iter().position(|c| *c == Data::String("证件号码".into())).unwrap();
    let cell = |range: &calamine::Range<Data>| range.get((1, column)).unwrap().clone();
    assert_eq!(cell(&masked), Data::String("150699********0015".into()));
    shell.run("export applications --format xlsx --full --purpose 核对 --out whole.xlsx").done();
    assert_eq!(cell(&range(&shell, "whole.xlsx")), Data::String("150699199001010015".into()));
}

/// S2-18, S2-44: the roster has its columns in their order, and comes back as it went.
#[test]
fn a_roster_goes_out_in_its_columns_s2_44() {
    let shell = Shell::with_batch();
    fs::write(shell.path("a.csv"), csv(&[good()])).unwrap();
    shell.run("import a.csv").done();
    shell.run("export unit-roster --format xlsx --full --purpose 报送 --out roster.xlsx").done();
    let range = range(&shell, "roster.xlsx");
    let text = |row: usize| range.rows().nth(row).unwrap().iter().map(ToString::to_string).collect::<Vec<_>>();
    let headings = [
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
    assert_eq!(text(0), headings);
    assert_eq!(text(1)[..7], ["1", "张三", "男", "蒙古族", "150699199001010015", "电工", "三级/高级工"]);
}
