//! Files that cannot be read as a sheet, through the real program: the message says file and place, and nothing is stored.
use super::books::{GOOD, HEAD, book, csv, good, person, put, take};
use crate::harness::Shell;
use encoding_rs::GB18030;
use rust_xlsxwriter::Workbook;
use std::fs;

/// Name, content, code of the refusal, words of its message.
type Case = (&'static str, Vec<u8>, &'static str, &'static [&'static str]);

fn wide(text: &str) -> Vec<u8> {
    text.encode_utf16().flat_map(u16::to_le_bytes).collect()
}

fn headings(names: &[String]) -> Vec<u8> {
    let mut book = Workbook::new();
    let sheet = book.add_worksheet();
    put(sheet, 0, names);
    put(sheet, 1, &GOOD);
    book.save_to_buffer().unwrap()
}

fn head_with(at: usize, name: &str) -> Vec<String> {
    let mut names = HEAD.map(str::to_owned).to_vec();
    names[at] = name.to_owned();
    names
}

fn cases() -> Vec<Case> {
    let rows = [good(), person(2)];
    let whole = book(&rows, |_| {});
    let many: Vec<String> = (0..300).map(|n| HEAD.get(n).map_or(format!("列{n}"), |h| (*h).to_owned())).collect();
    let mut broken = GB18030.encode(&csv(&rows)).0.into_owned();
    broken.extend([0xFF, b'\n']);
    let ole = |name: &str| [b"\xD0\xCF\x11\xE0\xA1\xB1\x1A\xE1".as_slice(), &[0; 2000], &wide(name)].concat();
    vec![
        ("empty.csv", Vec::new(), "sheet.empty", &["empty.csv"]),
        ("headings.csv", csv(&[]).into_bytes(), "sheet.no_rows", &["headings.csv", "第 1 行"]),
        ("headings.xlsx", book(&[], |_| {}), "sheet.no_rows", &["headings.xlsx"]),
        ("old.xls", ole("Workbook"), "sheet.old_workbook", &["old.xls", ".xlsx"]),
        ("old.csv", ole("Workbook"), "sheet.old_workbook", &["另存为"]),
        ("locked.xlsx", ole("EncryptedPackage"), "sheet.password", &["locked.xlsx", "密码"]),
        ("page.xls", b"<html><body><table><tr><td>x".to_vec(), "sheet.web_page", &["网页"]),
        ("scan.csv", b"%PDF-1.7".to_vec(), "sheet.not_a_sheet", &["PDF"]),
        ("junk.csv", (0..4000u32).map(|n| (n * n % 251) as u8 & 15).collect(), "sheet.nul", &["第 1 行"]),
        ("no-mark.csv", wide(&format!("abc,d\r\n{}", csv(&rows))), "sheet.nul", &["utf-16le"]),
        ("cut.xlsx", whole[..whole.len() / 2].to_vec(), "sheet.workbook_damaged", &["另存为"]),
        ("broken.csv", broken, "sheet.encoding", &["GB18030", "第 4 行"]),
        ("renamed.xlsx", headings(&head_with(8, "手机号吗")), "sheet.columns_renamed", &["手机号吗 → 手机号码"]),
        ("missing.xlsx", headings(&head_with(18, "备注")), "sheet.columns_missing", &["民族"]),
        ("twice.xlsx", headings(&head_with(18, "姓名")), "sheet.column_twice", &["姓名"]),
        ("300.csv", format!("{}\n", many.join(",")).into_bytes(), "sheet.too_many_columns", &["300", "200"]),
        ("300.xlsx", headings(&many), "sheet.too_many_columns", &["200"]),
        ("other.xlsx", headings(&["甲".to_owned(), "乙".to_owned()]), "sheet.not_recognised", &["other.xlsx"]),
    ]
}

#[test]
fn every_bad_file_is_told_by_its_own_words_and_stores_nothing() {
    let shell = Shell::with_batch();
    for (name, bytes, code, words) in cases() {
        fs::write(shell.path(name), bytes).unwrap();
        for how in [&[][..], &["--dry-run"], &["--keep-good"]] {
            let answer = shell.run_args(&[&["import", name, "--json"], how].concat(), "");
            assert_eq!(answer.status, 1, "{name}: {}{}", answer.out, answer.err);
            assert!(answer.err.contains(code), "{name}: {}", answer.err);
            assert!(words.iter().all(|word| answer.err.contains(word)), "{name}: {}", answer.err);
        }
    }
    let list = shell.run("application list --json").done().json();
    assert_eq!(list.as_array().unwrap().len(), 0);
}

#[test]
fn a_workbook_under_another_name_and_utf16_with_a_mark_are_read() {
    assert_eq!(take(book(&[good()], |_| {})).unwrap().good.len(), 1);
    let marked = [vec![0xFF, 0xFE], wide(&csv(&[good()]))].concat();
    assert_eq!(take(marked).unwrap().good.len(), 1);
    assert_eq!(take(csv(&[good()]).replace("\r\n", "\r")).unwrap().good.len(), 1);
}

/// 50 MB in one cell of a text: told by its line, without holding it.
#[test]
fn an_endless_field_is_refused_by_its_line() {
    let long = format!("\"{}\"", "很".repeat(50 * 1024 * 1024 / 3));
    let text = csv(&[good(), person(2)]).replace("某培训学校", &long);
    assert_eq!(take(text).err().unwrap().to_string(), "sheet.record_too_long line=2");
    let long = "很".repeat(30_000);
    let taken = take(csv(&[person(2), good()]).replacen("某培训学校", &long, 1)).unwrap();
    assert_eq!((taken.good.len(), taken.faults()[0].2), (1, "too_long"));
}

#[test]
fn rows_that_are_none_are_told_by_themselves() {
    let nul = csv(&[good(), person(2)]).replacen("张三", "张\0三", 1);
    let taken = take(nul).unwrap();
    assert_eq!((taken.good.len(), taken.faults()), (1, vec![(2, String::new(), "nul_byte")]));
    let again = format!("{}{}\r\n{}\r\n", csv(&[good()]), HEAD.join(","), person(2).join(","));
    let taken = take(again).unwrap();
    assert_eq!((taken.good.len(), taken.faults()), (2, vec![(3, String::new(), "headings_again")]));
}

/// A quote that is never closed swallows the rows after it; they must not vanish into a cell of text.
#[test]
fn an_open_quote_is_told_and_swallows_nothing_unseen() {
    let text = csv(&[person(1), person(2), person(3)]).replacen("某培训学校", "\"某培训学校", 1);
    let taken = take(text).unwrap();
    assert_eq!((taken.good.len(), taken.faults()), (0, vec![(2, String::new(), "open_quote")]));
    // In the last column, where the row has the right width.
    let text = csv(&[person(1), person(2), person(3)]).replacen("蒙古\r\n", "\"蒙古\r\n", 1);
    assert_eq!(take(text).unwrap().faults(), [(2, String::new(), "open_quote")]);
    let address = csv(&[person(1)]).replace("某培训学校", "\"某,\r\n学校\"");
    assert_eq!(take(address).unwrap().good.len(), 1);
}
