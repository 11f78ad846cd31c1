//! Cells that a spreadsheet holds as something else than text, and what stands around a table.
use super::books::{GOOD, HEAD, IDENTITY, book, good, person, put, row, take, take_sheet};
use kaowu::bundle::row_fault::Form;
use rust_xlsxwriter::{Format, Formula, Workbook};

fn at(line: u64, place: &str, code: &'static str) -> (u64, String, &'static str) {
    (line, place.to_owned(), code)
}

#[test]
fn a_workbook_reads_as_its_text_would() {
    let taken = take(book(&[good(), person(2), Vec::new(), person(3)], |_| {})).unwrap();
    assert_eq!((taken.report.encoding, taken.report.layout.as_str()), (Form::Xlsx, "candidate-33"));
    assert_eq!(taken.report.sheet.as_deref(), Some("Sheet1"));
    let lines: Vec<u64> = taken.good.iter().map(|(line, _)| *line).collect();
    assert_eq!((lines, taken.report.faults.len()), (vec![2, 3, 5], 0));
}

/// The name of a file says nothing: a workbook under .csv is one all the same.
#[test]
fn a_number_cell_of_an_identity_is_refused_with_what_to_do() {
    let taken = take(book(&[good(), person(2)], |sheet| {
        sheet.write_number(1, IDENTITY, 150_699_199_001_010_015.0).unwrap();
        sheet.write_string(2, IDENTITY, "1.50699E+17").unwrap();
    }));
    let taken = taken.unwrap();
    let expected = [at(2, "证件号码 (E)", "numeric_identity"), at(3, "证件号码 (E)", "scientific_notation")];
    assert_eq!(taken.faults(), expected);
    assert_eq!(taken.report.faults[0].value, "1.50699E+17");
}

#[test]
fn short_numbers_are_taken_and_long_ones_have_lost_digits() {
    let bytes = book(&[good(), row(&[(9, "是"), (10, "四级")])], |sheet| {
        sheet.write_number(1, 8, 15_412_345_678.0).unwrap();
        sheet.write_number(1, 1, 3.0).unwrap();
        sheet.write_number(2, 11, 1.5e21).unwrap();
    });
    let taken = take(bytes).unwrap();
    assert_eq!(taken.good.len(), 1);
    assert_eq!(taken.faults(), [at(3, "证书编号 (L)", "numeric_long")]);
}

#[test]
fn dates_are_dates_in_date_columns_only() {
    let date = Format::new().set_num_format("yyyy/m/d");
    let bytes = book(&[good(), person(2), person(3), person(4)], |sheet| {
        sheet.write_number_with_format(1, 7, 32874.0, &date).unwrap();
        sheet.write_number(2, 7, 32874.0).unwrap();
        sheet.write_number(3, 7, 19_900_101.0).unwrap();
        sheet.write_number(4, 7, 1990.1).unwrap();
    });
    let taken = take(bytes).unwrap();
    assert_eq!((taken.good.len(), taken.faults()), (3, vec![at(5, "出生日期 (H)", "numeric_date")]));
    // A level of "3-4" that became a date is no level.
    let taken = take(book(&[good()], |sheet| {
        sheet.write_number_with_format(1, 1, 45354.0, &date).unwrap();
    }));
    assert_eq!(taken.unwrap().faults(), [at(2, "认定等级 (B)", "unknown_level")]);
}

#[test]
fn truth_and_errors_are_told_formulas_give_their_result() {
    let bytes = book(&[good(), person(2), person(3), person(4)], |sheet| {
        sheet.write_boolean(1, 9, false).unwrap();
        sheet.write_boolean(2, 5, true).unwrap();
        sheet.write_formula(3, 5, Formula::new("=NA()").set_result("#N/A")).unwrap();
        sheet.write_formula(4, 5, Formula::new("=\"张\"&\"三\"").set_result("张三")).unwrap();
    });
    let taken = take(bytes).unwrap();
    let names: Vec<_> = taken.good.iter().map(|(line, name)| (*line, name.as_str())).collect();
    assert_eq!(names, [(2, "张三"), (5, "张三")]);
    assert_eq!(taken.faults(), [at(3, "姓名 (F)", "truth_cell"), at(4, "姓名 (F)", "error_cell")]);
}

#[test]
fn merged_cells_are_named_by_their_range() {
    let bytes = book(&[good(), person(2), person(3)], |sheet| {
        sheet.merge_range(1, 15, 2, 15, "某培训学校", &Format::new()).unwrap();
    });
    let taken = take(bytes).unwrap();
    assert_eq!(taken.faults(), [at(2, "报名单位 (P)", "merged_cells"), at(3, "报名单位 (P)", "merged_cells")]);
    assert_eq!(taken.report.faults[0].data[0].1.to_string(), "P2:P3");
    assert_eq!(taken.good.len(), 1);
}

#[test]
fn titles_two_rows_of_headings_and_trailing_rows_are_understood() {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    let format = Format::new();
    sheet.merge_range(0, 0, 0, 18, "考生信息表", &format).unwrap();
    sheet.merge_range(1, 0, 1, 5, "基本信息", &format).unwrap();
    // Headings that reach over both rows stand in the upper one.
    for (n, name) in HEAD.iter().enumerate().skip(6) {
        let n = u16::try_from(n).unwrap();
        sheet.merge_range(1, n, 2, n, name, &format).unwrap();
    }
    put(sheet, 2, &HEAD[..6]);
    put(sheet, 3, &GOOD);
    for n in 4..40 {
        sheet.write_blank(n, 0, &format).unwrap();
        sheet.write_string(n, 1, "  ").unwrap();
    }
    let taken = take(book.save_to_buffer().unwrap()).unwrap();
    assert_eq!((taken.good.clone(), taken.report.faults.len()), (vec![(4, "张三".to_owned())], 0));
}

#[test]
fn hidden_rows_and_cells_beside_the_table_are_told() {
    let bytes = book(&[good(), person(2)], |sheet| {
        sheet.set_row_hidden(2).unwrap();
        sheet.write_string(1, 20, "电话有误").unwrap();
    });
    let taken = take(bytes).unwrap();
    assert_eq!(taken.good.len(), 2, "hidden rows are read");
    assert_eq!(taken.warnings(), [at(1, "", "hidden_rows"), at(2, "U", "no_heading")]);
}

#[test]
fn the_sheet_with_known_headings_is_read_and_the_others_are_named() {
    let mut book = Workbook::new();
    put(book.add_worksheet().set_name("说明").unwrap(), 0, &["请如实填写"]);
    for (name, n) in [("一班", 1), ("二班", 2)] {
        let sheet = book.add_worksheet().set_name(name).unwrap();
        put(sheet, 0, &HEAD);
        put(sheet, 1, &person(n));
    }
    let hidden = book.add_worksheet().set_name("旧").unwrap();
    put(hidden.set_hidden(true), 0, &HEAD);
    let bytes = book.save_to_buffer().unwrap();
    let taken = take(bytes.clone()).unwrap();
    assert_eq!((taken.report.sheet.as_deref(), taken.warnings()), (Some("一班"), vec![at(1, "", "other_sheets")]));
    assert_eq!(taken.report.faults[0].data[1].1.to_string(), "二班");
    let second = take_sheet(bytes.clone(), Some("二班")).unwrap();
    assert_eq!((second.good, second.report.faults.len()), (vec![(2, person(2)[5].clone())], 0));
    let refusal = take_sheet(bytes, Some("三班")).err().unwrap();
    assert_eq!(refusal.to_string(), "sheet.unknown_sheet sheet=三班 expected=说明、一班、二班、旧");
}
