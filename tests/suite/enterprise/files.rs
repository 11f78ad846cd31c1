//! Filings as files in, with every fault in its place; the directory and the summary table out.
use super::world::*;
use crate::harness::Desk;
use kaowu::ops::Error;
use kaowu::ops::enterprise::*;
use kaowu::ops::exchange::lists::{Identity, List, Manner, Style};
use std::path::{Path, PathBuf};

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/data/enterprise")
}

fn faults(desk: &Desk, path: &Path) -> Vec<String> {
    match read_file(&desk.site, path) {
        Ok(_) => vec![],
        Err(Error::Rejected(report)) => {
            report.faults.iter().map(|f| format!("{}:{} {} {}", f.file, f.line, f.column, f.code.0)).collect()
        }
        Err(other) => vec![other.refusal().map_or_else(|| other.to_string(), |r| r.code.0.to_owned())],
    }
}

/// S3-39..50: the same filing from tables with the headings of the form and from one JSON file.
#[test]
fn tables_and_json_say_the_same() {
    let desk = Desk::new();
    let (tables, _) = read_file(&desk.site, &root().join("filing")).unwrap();
    assert_eq!(tables, filing());
    let json = serde_json::to_string_pretty(&filing()).unwrap();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("filing.json");
    std::fs::write(&path, json).unwrap();
    assert_eq!(read_file(&desk.site, &path).unwrap().0, filing(), "what is shown as JSON can be filed again");
}

#[test]
fn the_templates_can_be_filed() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let json = folder.path().join("filing.json");
    std::fs::write(&json, Template::json()).unwrap();
    let (from_json, _) = read_file(&desk.site, &json).unwrap();
    for (name, bytes) in Template::tables().unwrap() {
        std::fs::write(folder.path().join(name), bytes).unwrap();
    }
    assert_eq!(read_file(&desk.site, folder.path()).unwrap().0, from_json);
    let parts = ["organisation", "occupations", "equipment", "staff", "attachments", "conditions"];
    let places: Vec<_> = parts.iter().map(|p| Template::json().find(&format!("\n  \"{p}\"")).unwrap()).collect();
    assert!(places.is_sorted(), "in the order of the form");
}

/// S3-39: the credit code is checked; S3-12: a licensed occupation is refused, by its code as by its name; S3-42, S3-45,
/// S3-48: and so is every other cell, with file, line and column.
#[test]
fn every_fault_of_the_tables_has_its_place() {
    let desk = Desk::new();
    let expected = [
        "organisation.csv:2 统一社会信用代码 credit_code.check",
        "organisation.csv:2 手机 phone",
        "organisation.csv:2 电子邮箱 email",
        "organisation.csv:2 评价机构代码 filing_prefix",
        "organisation.csv:2 批次 filing_count",
        "occupations.csv:2 职业编码 filing_occupation_code",
        "occupations.csv:3 职业(工种)名称 enterprise.licensed",
        "occupations.csv:4 职业(工种)名称 enterprise.licensed",
        "occupations.csv:5 最低等级 filing_levels",
        "occupations.csv:6 职业(工种)名称 filing_occupation_name",
        "occupations.csv:7 最高等级 level_not_in_catalogue",
        "occupations.csv:8 收费标准 filing_money",
        "occupations.csv:9 最低等级 unknown_level",
        "equipment.csv:1 颜色 filing_unknown_column",
        "equipment.csv:2 数量 filing_count",
        "equipment.csv:3  ragged_row",
        "staff.csv:2 身份证号 check_digit",
        "staff.csv:3 人员类别 not_in_list",
        "staff.csv:4 姓名 required_missing",
        "staff.csv:6 身份证号 filing_twice",
        "conditions.csv:2 基本条件序号 filing_condition",
        "conditions.csv:4 基本条件序号 filing_twice",
    ];
    let mut found = faults(&desk, &root().join("faulty"));
    let mut expected = expected.map(str::to_owned).to_vec();
    found.sort();
    expected.sort();
    assert_eq!(found, expected);
}

#[test]
fn every_fault_of_a_json_file_has_its_line_and_path() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("f.json");
    let told = |text: &str| {
        std::fs::write(&path, text).unwrap();
        faults(&desk, &path)
    };
    let text = format!(
        "{{\n \"organisation\": {{\n  \"credit_code\": \"{CODE}\",\n  \"nome\": \"x\" }},\n \"occupations\": [\n  {{\"name\": \
         \"电工\", \"code\": \"6-31-01-03\", \"lowest\": 5,\n   \"highest\": true}}, 7 ],\n \"colours\": [], \"staff\": {{}} }}"
    );
    let expected = [
        "f.json:2 organisation.name required_missing",
        "f.json:4 organisation.nome filing_unknown_column",
        "f.json:7 occupations[0].highest filing_not_a_cell",
        "f.json:7 occupations[1] filing_not_a_cell",
        "f.json:6 occupations[0].highest required_missing",
        "f.json:8 colours filing_unknown_part",
        "f.json:8 staff filing_not_a_cell",
    ];
    let mut expected = expected.map(str::to_owned).to_vec();
    expected.sort();
    let mut found = told(&text);
    found.sort();
    assert_eq!(found, expected);
    assert_eq!(told("[1]"), ["filing.not_object"]);
    assert_eq!(told("{\"organisation\": "), ["filing.bad_json"]);
    assert_eq!(told("{}"), ["filing.no_organisation"]);
    assert_eq!(told(""), ["filing.bad_json"]);
    std::fs::write(&path, b"{\"organisation\": \"\xff\xfe\"}").unwrap();
    assert_eq!(faults(&desk, &path), ["sheet.encoding"]);
    std::fs::write(&path, vec![b' '; 9 * 1024 * 1024]).unwrap();
    assert_eq!(faults(&desk, &path), ["filing.too_large"]);
    let empty = tempfile::tempdir().unwrap();
    assert_eq!(faults(&desk, empty.path()), ["filing.no_organisation"]);
}

#[test]
fn the_page_of_filings_is_fresh() {
    use kaowu::bundle::enterprise::parts::PARTS;
    use kaowu::model::filing::*;
    use std::fmt::Write;
    let mut page = String::from(
        "# Filings\n\nMade from the program by a test. A filing is a folder of CSV tables, one for each part below (UTF-8, UTF-16 or \
         GB18030), or one JSON file:\nan object whose `organisation` is an object and whose other parts are lists of objects. Headings \
         are the keys or those of the form.\n`kaowu enterprise template` writes an example of either. Fees are in yuan, occupations of \
         staff are separated by 、, levels are digits or names.\n",
    );
    for part in &PARTS {
        write!(page, "\n## {}\n\n| key | heading | example |\n|---|---|---|\n", part.file()).unwrap();
        for (key, heading, example) in part.columns {
            writeln!(page, "| `{key}` | {heading} | {example} |").unwrap();
        }
    }
    let kinds: [(&str, Vec<(&str, &str)>); 3] = [
        ("organisation.kind", OrganisationKind::ALL.iter().map(|k| (k.code(), k.official())).collect()),
        ("staff.kind", StaffKind::ALL.iter().map(|k| (k.code(), k.official())).collect()),
        ("attachments.kind", AttachmentKind::ALL.iter().map(|k| (k.code(), k.official())).collect()),
    ];
    for (name, words) in kinds {
        let words: Vec<_> = words.into_iter().map(|(code, official)| format!("`{code}` {official}")).collect();
        write!(page, "\n`{name}`: {}\n", words.join(" · ")).unwrap();
    }
    crate::generated::page("docs/filing.md", &page);
}

/// Tables of an office come in its own encoding.
#[test]
fn tables_in_gb18030_are_read() {
    let desk = Desk::new();
    let folder = tempfile::tempdir().unwrap();
    for entry in std::fs::read_dir(root().join("filing")).unwrap().flatten() {
        let text = std::fs::read_to_string(entry.path()).unwrap();
        let bytes = encoding_rs::GB18030.encode(&text).0.into_owned();
        std::fs::write(folder.path().join(entry.file_name()), bytes).unwrap();
    }
    assert_eq!(read_file(&desk.site, folder.path()).unwrap().0, filing());
}

fn two_listed() -> Desk {
    let mut desk = Desk::new();
    listed(&mut desk, filing());
    listed(&mut desk, other(1));
    desk
}

#[track_caller]
fn golden(name: &str, found: &[u8]) {
    let path = root().join(name);
    if std::env::var("UPDATE").is_ok_and(|v| v == "1") {
        std::fs::write(&path, found).unwrap();
    }
    assert_eq!(String::from_utf8_lossy(found), std::fs::read_to_string(&path).unwrap_or_default(), "{name}");
}

fn cells(path: &Path) -> Vec<Vec<String>> {
    use calamine::{Reader, open_workbook_auto};
    let mut book = open_workbook_auto(path).unwrap();
    let sheet = book.worksheet_range_at(0).unwrap().unwrap();
    sheet.rows().map(|row| row.iter().map(ToString::to_string).collect()).collect()
}

/// S3-16: name, address, contact, occupation, range of levels; who is suspended does not stand in it.
#[test]
fn the_directory_has_its_columns() {
    let mut desk = two_listed();
    let grid = directory(&desk.site, Of::default()).unwrap();
    golden("directory.csv", &grid.csv().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("directory.xlsx");
    write(&grid, &path).unwrap();
    assert_eq!(cells(&path), grid.rows);
    assert_eq!(directory(&desk.site, Of { round: Some(2), unit: None }).unwrap().rows.len(), 1);
    desk.does(&change(CODE, Move::Suspend, "整改"));
    assert_eq!(directory(&desk.site, Of::default()).unwrap().rows.len(), 3, "headings and the other's two occupations");
}

/// S3-51: annex 2 as it is: four rows for each enterprise, the footer with 填报单位, 联系人, 联系方式.
#[test]
fn the_summary_table_is_that_of_the_annex() {
    let desk = two_listed();
    let footer = Footer { unit: "示例市人社局".into(), contact: "庚某".into(), phone: "0477-8580000".into() };
    let grid = summary(&desk.site, Of::default(), &footer).unwrap();
    golden("summary.csv", &grid.csv().unwrap());
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("summary.xlsx");
    write(&grid, &path).unwrap();
    assert_eq!(cells(&path), grid.rows);
    let own = summary(&desk.site, Of { round: None, unit: Some("示例市人社局") }, &footer).unwrap();
    assert_eq!(own.rows.len(), 2 + 4 + 2, "only what this office reports");
}

fn list(desk: &Desk, what: &str) -> Vec<String> {
    let words = |key: &str| key.to_owned();
    let manner = Manner { style: Style::Machine, identity: Identity::Masked, words: &words };
    let (bytes, _) = List::find(what).unwrap().write(&desk.site, &manner, Vec::new()).unwrap();
    String::from_utf8(bytes).unwrap().lines().map(str::to_owned).collect()
}

/// S3-19: the ledger has every operation in order, who did it and why, each with the digest of the chain.
#[test]
fn the_ledger_tells_every_operation_in_order() {
    let mut desk = two_listed();
    desk.does(&change(CODE, Move::Suspend, "整改"));
    let ledger = list(&desk, "ledger");
    let last = ledger.last().unwrap();
    assert!(last.contains("kind.enterprise.change,coordinator,") && last.contains("整改"), "{last}");
    let numbers: Vec<usize> = ledger[1..].iter().map(|l| l.split(',').next().unwrap().parse().unwrap()).collect();
    assert_eq!(numbers, (1..=numbers.len()).collect::<Vec<_>>());
    assert!(ledger[1..].iter().all(|l| l.rsplit(',').next().unwrap().len() == 64));
}

/// S3-36: people by employer, occupation and level; who has a certificate; whose certificate went to the register.
#[test]
fn the_statistics_count_people_certificates_and_uploads() {
    use kaowu::model::{ApplicationId, Mark, Points, Subject};
    let mut desk = Desk::of_organisation(NAME, PREFIX);
    open_batch_with_exam(&mut desk);
    listed(&mut desk, filing());
    let rows: Vec<_> = (0..3).map(|n| applicant(&desk, (NAME, "电工", "四级/中级工"), n)).collect();
    desk.sheet(&rows);
    desk.does(&kaowu::ops::applications::RecordFee::All);
    desk.does(&kaowu::ops::seating::Arrange { seed: 1 });
    let line = format!("{NAME},电工,6-31-01-03,四级/中级工,3");
    assert_eq!(list(&desk, "talents")[1..], [format!("{line},0,0")]);
    let mark = |id, subject| (ApplicationId(id), subject, Mark::Points(Points::whole(70)));
    let marks = [1, 2].into_iter().flat_map(|id| [mark(id, Subject::Theory), mark(id, Subject::Practical)]);
    desk.does(&crate::harness::PlantMarks(marks.collect()));
    desk.at("18:00");
    desk.release();
    desk.does(&kaowu::ops::certificates::Number { issued_on: day("2023-10-15") });
    assert_eq!(list(&desk, "talents")[1..], [format!("{line},2,0")]);
    let export = kaowu::ops::exchange::Export {
        what: "upload".into(),
        rows: 2,
        whole: 0,
        file: "a.csv".into(),
        purpose: None,
        about: String::new(),
    };
    desk.does(&export);
    assert_eq!(list(&desk, "talents")[1..], [format!("{line},2,2")]);
}
