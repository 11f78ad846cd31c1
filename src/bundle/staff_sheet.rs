//! A sheet of staff: CSV or XLSX, a heading line, one person a line. Headings are ours, or those of the official lists of
//! assessors.
use super::codes::Codes;
use super::column::day;
use super::payment_sheet::table;
use super::row_fault::{Bad, RowFault, Severity, code};
use super::sheet::SheetFault;
use crate::model::{AssessorGrade, Code, Day, Duty, IdentityNo, Refusal, fold, phone};
use std::collections::HashMap;
use std::path::Path;

pub const NOT_RECOGNISED: Code = Code("staff_sheet.not_recognised");
pub const TWICE: Code = Code("staff_twice");

/// Key and headings, the first of which our own sheets have.
const COLUMNS: [(&str, &[&str]); 10] = [
    ("name", &["姓名"]),
    ("unit", &["所在单位", "单位", "工作单位"]),
    ("phone", &["联系电话", "电话", "手机"]),
    ("id_number", &["身份证号", "身份证号码", "证件号码"]),
    ("grade", &["考评资格", "考评员等级"]),
    ("card_no", &["证卡编号", "考评员证号", "证书编号"]),
    ("card_until", &["证卡有效期", "有效期至"]),
    ("occupations", &["考评职业", "考评(督导)职业", "督导职业"]),
    ("duties", &["岗位", "考务岗位", "职责"]),
    ("kept_by", &["所属盟市", "名单所属单位", "推荐单位"]),
];

const DUTIES: [(Duty, &[&str]); 12] = [
    (Duty::Chief, &["主考", "考点负责人"]),
    (Duty::Deputy, &["副主考"]),
    (Duty::Proctor, &["监考", "监考员"]),
    (Duty::Assessor, &["考评", "考评员"]),
    (Duty::Marker, &["阅卷", "阅卷员"]),
    (Duty::Supervisor, &["督导", "质量督导员", "督导员"]),
    (Duty::Runner, &["流动监考", "巡考"]),
    (Duty::Keeper, &["保密", "保密员"]),
    (Duty::Medical, &["医疗", "医务"]),
    (Duty::Security, &["保卫"]),
    (Duty::Logistics, &["后勤"]),
    (Duty::Reviewer, &["评审", "评审专家", "综合评审"]),
];

const GRADES: [(AssessorGrade, &[&str]); 3] = [
    (AssessorGrade::None, &["无", "-"]),
    (AssessorGrade::Assessor, &["考评员"]),
    (AssessorGrade::Senior, &["高级考评员"]),
];

/// A line that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StaffLine {
    pub line: u64,
    pub name: String,
    pub unit: String,
    pub phone: Option<String>,
    pub id_number: Option<String>,
    pub grade: AssessorGrade,
    pub card_no: Option<String>,
    pub card_until: Option<Day>,
    pub occupations: Vec<String>,
    pub duties: Vec<Duty>,
    /// Unit of the notice whose expert they are.
    pub kept_by: Option<String>,
}

/// The headings of an empty sheet.
pub fn headings() -> Vec<&'static str> {
    COLUMNS.iter().filter_map(|(_, names)| names.first().copied()).collect()
}

fn key(heading: &str) -> Option<&'static str> {
    let heading = fold::word(heading);
    let heading = heading.trim_matches('*');
    let fits =
        |(key, names): &&(&'static str, &[&str])| *key == heading || names.iter().any(|n| fold::word(n) == heading);
    COLUMNS.iter().find(fits).map(|(key, _)| *key)
}

fn is_head(row: &[String]) -> bool {
    let keys: Vec<_> = row.iter().filter_map(|cell| key(cell)).collect();
    ["name", "unit", "duties"].iter().all(|needed| keys.contains(needed))
}

/// Title lines that may stand before the headings.
const HEADER_WITHIN: usize = 5;

/// Reads all lines; those that cannot be read are faults.
pub fn read(path: &Path, name: &str, codes: &Codes) -> Result<(Vec<StaffLine>, Vec<RowFault>), SheetFault> {
    let rows = table::rows(path, name, &is_head, HEADER_WITHIN)?;
    let head = rows.iter().take(HEADER_WITHIN).position(|(_, row)| is_head(row));
    let Some((at, (_, heading))) = head.and_then(|at| Some((at, rows.get(at)?))) else {
        let known = headings().join("、");
        return Err(Refusal::new(NOT_RECOGNISED).with("file", name).with("known", known).into());
    };
    let (mut lines, mut faults, mut seen) = (Vec::new(), Vec::new(), HashMap::new());
    for (number, cells) in rows.iter().skip(at + 1).filter(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty())) {
        let mut row = Row { file: name, line: *number, heading, cells, faults: &mut faults };
        let Some(line) = row.person(codes) else { continue };
        match seen.insert((line.name.clone(), line.unit.clone()), *number) {
            Some(first) => row.fault("name", Bad::new(TWICE).with("first", i64::try_from(first).unwrap_or(0))),
            None => lines.push(line),
        }
    }
    Ok((lines, faults))
}

struct Row<'a> {
    file: &'a str,
    line: u64,
    heading: &'a [String],
    cells: &'a [String],
    faults: &'a mut Vec<RowFault>,
}

impl Row<'_> {
    fn at(&self, wanted: &str) -> Option<usize> {
        self.heading.iter().position(|heading| key(heading) == Some(wanted))
    }

    fn cell(&self, key: &str) -> &str {
        self.at(key).and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn fault(&mut self, key: &str, bad: Bad) {
        let column = self.at(key).and_then(|at| self.heading.get(at)).cloned();
        self.faults.push(RowFault {
            file: self.file.to_owned(),
            line: self.line,
            column: column.unwrap_or_else(|| key.to_owned()),
            letters: None,
            value: self.cell(key).chars().take(60).collect(),
            code: bad.code,
            severity: Severity::Error,
            data: bad.data,
        });
    }

    fn text(&mut self, key: &str) -> Option<String> {
        let text = fold::text(self.cell(key)).into_owned();
        if text.contains('\u{FFFD}') {
            self.fault(key, Bad::new(code::DAMAGED_TEXT));
        }
        Some(text).filter(|t| !t.is_empty())
    }

    fn needed(&mut self, key: &str) -> Option<String> {
        let text = self.text(key);
        if text.is_none() {
            self.fault(key, Bad::new(code::REQUIRED_MISSING));
        }
        text
    }

    fn read<T>(&mut self, key: &str, read: impl Fn(&str) -> Result<T, Bad>) -> Option<T> {
        let text = self.text(key)?;
        read(&text).map_err(|bad| self.fault(key, bad)).ok()
    }

    /// All cells are looked at before the line is given up.
    fn person(&mut self, codes: &Codes) -> Option<StaffLine> {
        let before = self.faults.len();
        let (name, unit) = (self.needed("name"), self.needed("unit"));
        let phone = self
            .read("phone", |t| phone::parse(t).map(std::borrow::Cow::into_owned).ok_or_else(|| Bad::new(code::PHONE)));
        let id_number = self.read("id_number", |t| Ok(IdentityNo::parse(t)?.as_str().to_owned()));
        let grade = self.read("grade", |t| word(t, &GRADES, AssessorGrade::code)).unwrap_or(AssessorGrade::None);
        let (card_no, kept_by) = (self.text("card_no"), self.text("kept_by"));
        let card_until = self.read("card_until", |t| day(t).ok_or_else(|| Bad::new(code::DATE)));
        let occupation = |t: &str| match codes.occupation(t) {
            Some(known) => Ok(known.code.clone()),
            None => Err(Bad::new(code::OCCUPATION_NOT_IN_CATALOGUE).with("occupation", t)),
        };
        let occupations = self.read("occupations", |t| parts(t).map(|part| occupation(&part)).collect());
        let _ = self.needed("duties");
        let duties = self.read("duties", |t| parts(t).map(|part| word(&part, &DUTIES, Duty::code)).collect());
        if self.faults.len() > before {
            return None;
        }
        let name = fold::name(&name?).into_owned();
        let (occupations, line) = (occupations.unwrap_or_default(), self.line);
        Some(StaffLine {
            line,
            name,
            unit: unit?,
            phone,
            id_number,
            grade,
            card_no,
            card_until,
            occupations,
            duties: duties?,
            kept_by,
        })
    }
}

fn parts(text: &str) -> impl Iterator<Item = String> {
    let parts = text.split(['、', ',', '，', ';', '；', '/']).map(|part| fold::word(part).into_owned());
    parts.filter(|part| !part.is_empty())
}

fn word<T: Copy>(text: &str, all: &[(T, &[&str])], code_of: fn(T) -> &'static str) -> Result<T, Bad> {
    let text = fold::word(text);
    let found = all.iter().find(|(value, names)| code_of(*value) == text || names.iter().any(|name| *name == text));
    let known = || all.iter().filter_map(|(_, names)| names.first().copied()).collect::<Vec<_>>().join("、");
    found.map(|(value, _)| *value).ok_or_else(|| Bad::new(code::NOT_IN_LIST).with("expected", known()))
}
