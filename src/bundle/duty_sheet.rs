//! Sheets of people on duty at the windows, and of their unemployment insurance: CSV or XLSX, a heading line, one person a
//! line.
use super::column::day;
use super::payment_sheet::table;
use super::row_fault::{Bad, RowFault, Severity, code};
use super::sheet::SheetFault;
use crate::model::{Code, Day, DocumentKind, Level, Refusal, fold};
use std::collections::HashMap;
use std::path::Path;

pub const NOT_RECOGNISED: Code = Code("duty_sheet.not_recognised");

/// Key and headings, the first of which our own sheets have.
type Columns = &'static [(&'static str, &'static [&'static str])];

const PEOPLE: Columns = &[
    ("name", &["姓名"]),
    ("document", &["证件类型"]),
    ("id_number", &["证件号码", "身份证号", "身份证号码"]),
    ("department", &["部门", "进驻部门", "所在部门", "单位"]),
    ("post", &["窗口", "岗位", "窗口岗位"]),
    ("since", &["到岗日期", "上岗日期"]),
    ("until", &["离岗日期"]),
    ("held_occupation", &["已持证职业", "持证职业"]),
    ("held_level", &["已持证等级", "持证等级"]),
    ("held_no", &["已持证书编号", "证书编号"]),
    ("held_on", &["已持证发证日期", "发证日期"]),
];
const PEOPLE_NEED: &[&str] = &["name", "id_number", "department"];

const INSURED: Columns = &[
    ("name", &["姓名"]),
    ("document", &["证件类型"]),
    ("id_number", &["证件号码", "身份证号", "身份证号码"]),
    ("months", &["失业保险累计缴费月数", "失业保险缴费月数", "缴费月数"]),
    ("as_of", &["截至日期", "统计日期"]),
];
const INSURED_NEED: &[&str] = &["id_number", "months"];

/// Somebody on duty.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DutyLine {
    pub name: String,
    pub document: DocumentKind,
    pub id_number: String,
    pub department: String,
    pub post: Option<String>,
    pub since: Option<Day>,
    pub until: Option<Day>,
    /// Occupation and level of a certificate from elsewhere.
    pub held: Option<(String, Level)>,
    pub held_no: Option<String>,
    pub held_on: Option<Day>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct InsuredLine {
    pub document: DocumentKind,
    pub id_number: String,
    pub months: i64,
    pub as_of: Option<Day>,
}

/// The headings of an empty sheet of people.
pub fn headings() -> Vec<&'static str> {
    first_names(PEOPLE)
}

/// The headings of an empty sheet of insurance.
pub fn insured_headings() -> Vec<&'static str> {
    first_names(INSURED)
}

fn first_names(columns: Columns) -> Vec<&'static str> {
    columns.iter().filter_map(|(_, names)| names.first().copied()).collect()
}

/// Lines that could be read, and what is wrong with the others.
pub type Read<T> = Result<(Vec<T>, Vec<RowFault>), SheetFault>;

pub fn people(path: &Path, name: &str) -> Read<DutyLine> {
    read(path, name, (PEOPLE, PEOPLE_NEED), |row| row.person())
}

pub fn insured(path: &Path, name: &str) -> Read<InsuredLine> {
    read(path, name, (INSURED, INSURED_NEED), |row| row.insured())
}

/// Title lines that may stand before the headings.
const HEADER_WITHIN: usize = 5;

fn key(columns: Columns, heading: &str) -> Option<&'static str> {
    let heading = fold::word(heading);
    let heading = heading.trim_matches('*');
    let fits = |(key, names): &&(&'static str, &'static [&'static str])| {
        *key == heading || names.iter().any(|n| fold::word(n) == heading)
    };
    columns.iter().find(fits).map(|(key, _)| *key)
}

fn read<T>(
    path: &Path,
    name: &str,
    (columns, needed): (Columns, &[&str]),
    one: impl Fn(&mut Row<'_>) -> Option<(T, String)>,
) -> Read<T> {
    let is_head = |row: &[String]| {
        let keys: Vec<_> = row.iter().filter_map(|cell| key(columns, cell)).collect();
        needed.iter().all(|needed| keys.contains(needed))
    };
    let rows = table::rows(path, name, &is_head, HEADER_WITHIN)?;
    let head = rows.iter().take(HEADER_WITHIN).position(|(_, row)| is_head(row));
    let Some((at, (_, heading))) = head.and_then(|at| Some((at, rows.get(at)?))) else {
        let known = first_names(columns).join("、");
        return Err(Refusal::new(NOT_RECOGNISED).with("file", name).with("known", known).into());
    };
    let (mut lines, mut faults, mut seen) = (Vec::new(), Vec::new(), HashMap::new());
    for (number, cells) in rows.iter().skip(at + 1).filter(|(_, cells)| cells.iter().any(|c| !c.trim().is_empty())) {
        let mut row = Row { file: name, line: *number, columns, heading, cells, faults: &mut faults };
        let before = row.faults.len();
        let Some((line, who)) = one(&mut row) else { continue };
        if row.faults.len() > before {
            continue;
        }
        match seen.insert(who, *number) {
            Some(first) => {
                let first = i64::try_from(first).unwrap_or(0);
                row.fault("id_number", Bad::new(code::DUPLICATE_IN_FILE).with("first", first));
            }
            None => lines.push(line),
        }
    }
    Ok((lines, faults))
}

struct Row<'a> {
    file: &'a str,
    line: u64,
    columns: Columns,
    heading: &'a [String],
    cells: &'a [String],
    faults: &'a mut Vec<RowFault>,
}

impl Row<'_> {
    fn at(&self, wanted: &str) -> Option<usize> {
        self.heading.iter().position(|heading| key(self.columns, heading) == Some(wanted))
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

    fn day(&mut self, key: &str) -> Option<Day> {
        self.read(key, |t| day(t).ok_or_else(|| Bad::new(code::DATE)))
    }

    /// Kind and number of the document; an identity card where no kind is named.
    fn identity(&mut self) -> Option<(DocumentKind, String)> {
        let kinds = || DocumentKind::ALL.map(DocumentKind::official).join("、");
        let kind =
            |t: &str| DocumentKind::parse(t).ok_or_else(|| Bad::new(code::NOT_IN_LIST).with("expected", kinds()));
        let kind = self.read("document", kind).unwrap_or(DocumentKind::ResidentId);
        let _ = self.needed("id_number")?;
        let number = self.read("id_number", |t| Ok(kind.number(t)?.into_owned()))?;
        Some((kind, number))
    }

    /// All cells are looked at before the line is given up.
    fn person(&mut self) -> Option<(DutyLine, String)> {
        let (name, department) = (self.needed("name"), self.needed("department"));
        let identity = self.identity();
        let (post, held_no) = (self.text("post"), self.text("held_no"));
        let (since, until, held_on) = (self.day("since"), self.day("until"), self.day("held_on"));
        if since.zip(until).is_some_and(|(since, until)| until < since) {
            self.fault("until", Bad::new(code::DATE));
        }
        let occupation = self.text("held_occupation");
        let level =
            self.read("held_level", |t| Level::parse(&fold::word(t)).ok_or_else(|| Bad::new(code::UNKNOWN_LEVEL)));
        // A certificate of which only a half is known says nothing.
        let told = held_no.is_some() || held_on.is_some() || occupation.is_some() || level.is_some();
        let missing = [("held_occupation", occupation.is_none()), ("held_level", self.cell("held_level").is_empty())];
        for (key, _) in missing.into_iter().filter(|(_, missing)| told && *missing) {
            self.fault(key, Bad::new(code::REQUIRED_MISSING));
        }
        let ((document, id_number), name) = (identity?, fold::name(&name?).into_owned());
        let held = occupation.zip(level);
        let (department, who) = (department?, format!("{}{id_number}", document.code()));
        let line = DutyLine { name, document, id_number, department, post, since, until, held, held_no, held_on };
        Some((line, who))
    }

    fn insured(&mut self) -> Option<(InsuredLine, String)> {
        let identity = self.identity();
        let _ = self.needed("months");
        let months = self.read("months", |t| {
            let months = fold::number_like(t).parse::<i64>().ok().filter(|m| (0..=1200).contains(m));
            months.ok_or_else(|| Bad::new(code::INTEGER))
        });
        let as_of = self.day("as_of");
        let ((document, id_number), months) = (identity?, months?);
        let who = format!("{}{id_number}", document.code());
        Some((InsuredLine { document, id_number, months, as_of }, who))
    }
}
