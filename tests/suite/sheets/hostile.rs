//! Workbooks made to do harm, and damaged ones: always a refusal, never a panic, never the memory.
use super::books::{book, good, person, take};
use std::io::{Cursor, Read, Write};
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipArchive, ZipWriter};

/// The parts of a workbook, changed by `edit`, packed again with right checksums.
fn repacked(bytes: &[u8], method: CompressionMethod, edit: impl Fn(&str, Vec<u8>) -> Vec<u8>) -> Vec<u8> {
    let mut from = ZipArchive::new(Cursor::new(bytes)).unwrap();
    let mut to = ZipWriter::new(Cursor::new(Vec::new()));
    for n in 0..from.len() {
        let mut entry = from.by_index(n).unwrap();
        let name = entry.name().unwrap().into_owned();
        let mut part = Vec::new();
        entry.read_to_end(&mut part).unwrap();
        to.start_file(&name, SimpleFileOptions::default().compression_method(method)).unwrap();
        to.write_all(&edit(&name, part)).unwrap();
    }
    to.finish().unwrap().into_inner()
}

fn replaced(part: &str, from: &str, to: &str) -> Vec<u8> {
    let (part, from, to) = (part.to_owned(), from.to_owned(), to.to_owned());
    repacked(&book(&[good()], |_| {}), CompressionMethod::Deflated, move |name, bytes| {
        if !name.ends_with(&part) {
            return bytes;
        }
        let text = String::from_utf8(bytes).unwrap();
        assert!(text.contains(&from), "{text}");
        text.replacen(&from, &to, 1).into_bytes()
    })
}

fn code(bytes: Vec<u8>) -> &'static str {
    take(bytes).map_or_else(|refusal| refusal.code.0, |_| "taken")
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let blanks = " ".repeat(64 * 1024 * 1024);
    let rows = format!("<row></row>{}", &blanks[..500_000]).repeat(200);
    assert_eq!(code(replaced("sheet1.xml", "<sheetData>", &format!("<sheetData>{rows}"))), "sheet.workbook_too_big");
    assert_eq!(
        code(replaced("sharedStrings.xml", "</sst>", &format!("{}</sst>", "<si/>".repeat(16_000_000)))),
        "sheet.workbook_too_big"
    );
    assert_eq!(
        code(replaced("sharedStrings.xml", "uniqueCount=\"", "uniqueCount=\"99999999")),
        "sheet.workbook_too_big"
    );
    assert_eq!(code(replaced("sheet1.xml", "</sheetData>", &format!("</sheetData>{blanks}"))), "sheet.record_too_long");
}

/// A cell of 50 MB, in the words and in the sheet.
#[test]
fn an_endless_cell_is_refused_by_its_line() {
    let long = "很".repeat(50 * 1024 * 1024 / 3);
    let cell = format!("<c r=\"T2\" t=\"inlineStr\"><is><t>{long}</t></is></c></row></sheetData>");
    let refusal = take(replaced("sheet1.xml", "</row></sheetData>", &cell)).err().unwrap();
    assert_eq!(refusal.to_string(), "sheet.record_too_long line=2");
    let words = format!("<si><t>{long}</t></si></sst>");
    assert_eq!(code(replaced("sharedStrings.xml", "</sst>", &words)), "sheet.workbook_too_big");
}

#[test]
fn references_beyond_any_sheet_are_refused() {
    for reference in ["A99999999999", "ZZZZZZZZ1", "A0", "1", ""] {
        let refused = code(replaced("sheet1.xml", "<c r=\"A1\"", &format!("<c r=\"{reference}\"")));
        assert_eq!(refused, "sheet.workbook_damaged", "{reference}");
    }
    assert_eq!(code(replaced("sheet1.xml", "<c r=\"B2\"", "<c r=\"XFD2\"")), "sheet.too_many_columns");
    assert_eq!(code(replaced("sheet1.xml", "<c r=\"C2\"", "<c r=\"A2\"")), "sheet.workbook_damaged");
}

#[test]
fn a_truncated_workbook_is_refused_at_any_length() {
    let whole = book(&[good(), person(2)], |_| {});
    for length in (1..whole.len()).step_by(whole.len() / 60) {
        let refused = code(whole[..length].to_vec());
        let expected = ["sheet.workbook_damaged", "sheet.not_recognised", "sheet.not_a_sheet"];
        assert!(expected.contains(&refused), "{length}: {refused}");
    }
}

/// Bytes changed at random inside the parts, checksums right again: the reader of XML gets to see them.
#[test]
fn changed_bytes_are_taken_or_refused() {
    let whole = book(&[good(), person(2), person(3)], |_| {});
    let mut seed = 7u64;
    let mut next = |below: usize| {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(seed >> 33).unwrap() % below
    };
    for _ in 0..400 {
        let (part, places) = (next(12), [next(1 << 20), next(1 << 20), next(1 << 20)]);
        let byte = [b'<', b'>', b'"', b'9', b'0', b'/', 0xFF, b' '][next(8)];
        let count = std::cell::Cell::new(0);
        let bytes = repacked(&whole, CompressionMethod::Stored, |_, mut bytes| {
            count.set(count.get() + 1);
            if count.get() - 1 == part {
                places.iter().for_each(|at| {
                    let at = at % bytes.len();
                    bytes[at] = byte;
                });
            }
            bytes
        });
        let _ = take(bytes);
    }
}
