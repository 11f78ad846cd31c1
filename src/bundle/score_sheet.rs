//! A filled score sheet: who, by ticket or script number, has which mark in one subject. CSV or XLSX; the columns are data.
use super::payment_sheet::table;
use super::row_fault::{Bad, Form, RowFault, Severity, code};
use super::sheet::SheetFault;
use crate::model::{Code, Mark, Refusal, Subject, fold};
use serde::Deserialize;
use std::collections::HashMap;
use std::path::Path;

pub const MALFORMED: Code = Code("score_sheet.malformed_layout");
pub const NOT_RECOGNISED: Code = Code("score_sheet.not_recognised");
pub const NO_ROWS: Code = Code("score_sheet.no_rows");
pub const MARK: Code = Code("score_mark");
pub const NOBODY: Code = Code("score_nobody");
pub const TWICE: Code = Code("score_twice");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum ScoreField {
    Ticket,
    Script,
    Name,
    Theory,
    Practical,
    Remark,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
struct ScoreColumn {
    name: String,
    #[serde(default)]
    aliases: Vec<String>,
    field: ScoreField,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct ScoreLayout {
    pub id: String,
    /// The (lower) headings stand in one of this many first rows.
    header_within: usize,
    /// A row whose first filled cell begins with one of these ends the rows.
    ends_at: Vec<String>,
    #[serde(rename = "column")]
    columns: Vec<ScoreColumn>,
}

/// One line that could be read.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreLine {
    pub line: u64,
    pub ticket: Option<String>,
    /// Script number, where the sheet was filled under these.
    pub script: Option<String>,
    pub name: Option<String>,
    pub mark: Mark,
    pub remark: Option<String>,
    /// Headings of the columns, for faults that are found later.
    pub key_column: String,
    pub mark_column: String,
    pub mark_text: String,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ScoreSheet {
    pub lines: Vec<ScoreLine>,
    pub faults: Vec<RowFault>,
    pub form: Form,
    pub raw: Raw,
}

/// The rows as they stood, by line: what is refused goes back to whoever filled the sheet.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Raw {
    pub heading: Vec<String>,
    pub rows: Vec<(u64, Vec<String>)>,
}

impl ScoreLayout {
    pub fn parse(text: &str) -> Result<ScoreLayout, Refusal> {
        toml::from_str(text).map_err(|e| Refusal::new(MALFORMED).with("what", e.message()))
    }

    fn field(&self, heading: &str) -> Option<ScoreField> {
        let heading = fold::word(heading);
        let heading = heading.trim_matches('*');
        let names = |c: &ScoreColumn| std::iter::once(&c.name).chain(&c.aliases).any(|n| fold::word(n) == heading);
        self.columns.iter().find(|c| names(c)).map(|c| c.field)
    }

    fn name_of(&self, field: ScoreField) -> &str {
        self.columns.iter().find(|c| c.field == field).map_or("", |c| c.name.as_str())
    }

    fn ends(&self, cells: &[String]) -> bool {
        let first = cells.iter().map(|c| fold::word(c)).find(|c| !c.is_empty());
        first.is_some_and(|cell| self.ends_at.iter().any(|end| cell.starts_with(fold::word(end).as_ref())))
    }

    fn has(&self, row: &[String], wanted: &[ScoreField]) -> bool {
        row.iter().any(|cell| self.field(cell).is_some_and(|f| wanted.contains(&f)))
    }

    /// Whether by this row the delimiter and the sheet can be chosen: it names tickets or script numbers.
    fn is_head(&self, row: &[String]) -> bool {
        row.len() > 1 && self.has(row, &[ScoreField::Ticket, ScoreField::Script])
    }

    /// The headings, and how many rows to pass over.
    fn headings(&self, rows: &[table::Line], mark: ScoreField) -> Option<(Vec<String>, usize)> {
        let (at, (_, upper)) =
            rows.iter().enumerate().take(self.header_within).find(|(_, (_, row))| self.is_head(row))?;
        if self.has(upper, &[mark]) {
            return Some((upper.clone(), at + 1));
        }
        let (_, lower) = rows.get(at + 1)?;
        let cell = |row: &[String], n: usize| row.get(n).map(|c| c.trim().to_owned()).unwrap_or_default();
        let both = (0..upper.len().max(lower.len())).map(|n| match cell(lower, n) {
            below if below.is_empty() => cell(upper, n),
            below => below,
        });
        let both: Vec<String> = both.collect();
        self.has(&both, &[mark]).then_some((both, at + 2))
    }
}

/// Reads the marks of one subject; lines that cannot be read are faults.
pub fn read(path: &Path, name: &str, layout: &ScoreLayout, subject: Subject) -> Result<ScoreSheet, SheetFault> {
    let mark = match subject {
        Subject::Theory => ScoreField::Theory,
        Subject::Practical | Subject::Review => ScoreField::Practical,
    };
    let (rows, form) = table::formed(path, name, &|row| layout.is_head(row), layout.header_within)?;
    let Some((heading, from)) = layout.headings(&rows, mark) else {
        let known = [ScoreField::Ticket, ScoreField::Script, mark].map(|f| layout.name_of(f)).join("、");
        return Err(Refusal::new(NOT_RECOGNISED).with("file", name).with("known", known).into());
    };
    let raw = Raw { heading: heading.clone(), rows: Vec::new() };
    let mut sheet = ScoreSheet { lines: Vec::new(), faults: Vec::new(), form, raw };
    let mut seen = HashMap::new();
    for (line, cells) in rows.iter().skip(from) {
        if layout.ends(cells) {
            break;
        }
        if cells.iter().all(|cell| cell.trim().is_empty()) {
            continue;
        }
        sheet.raw.rows.push((*line, cells.clone()));
        let row = Row { file: name, line: *line, heading: &heading, cells, layout };
        match row.score(mark) {
            Err(fault) => sheet.faults.push(*fault),
            Ok(found) => {
                let key = found.script.clone().or_else(|| found.ticket.clone()).unwrap_or_default();
                match seen.insert(key, *line) {
                    Some(first) => {
                        let bad = Bad::new(TWICE).with("first", i64::try_from(first).unwrap_or(0));
                        sheet.faults.push(found.fault(name, Place::Key, bad));
                    }
                    None => sheet.lines.push(found),
                }
            }
        }
    }
    if sheet.lines.is_empty() && sheet.faults.is_empty() {
        return Err(Refusal::new(NO_ROWS).with("file", name).into());
    }
    Ok(sheet)
}

/// Which cell of a line is meant.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    Key,
    Name,
    Mark,
}

impl ScoreLine {
    pub fn fault(&self, file: &str, place: Place, bad: Bad) -> RowFault {
        let key = || self.script.clone().or_else(|| self.ticket.clone()).unwrap_or_default();
        let (column, value) = match place {
            Place::Key => (self.key_column.clone(), key()),
            Place::Name => (String::new(), self.name.clone().unwrap_or_default()),
            Place::Mark => (self.mark_column.clone(), self.mark_text.clone()),
        };
        fault((file, self.line), column, &value, bad)
    }
}

fn fault((file, line): (&str, u64), column: String, value: &str, bad: Bad) -> RowFault {
    RowFault {
        file: file.to_owned(),
        line,
        column,
        letters: None,
        value: value.chars().take(60).collect(),
        code: bad.code,
        severity: Severity::Error,
        data: bad.data,
    }
}

struct Row<'a> {
    file: &'a str,
    line: u64,
    heading: &'a [String],
    cells: &'a [String],
    layout: &'a ScoreLayout,
}

impl Row<'_> {
    fn at(&self, wanted: ScoreField) -> Option<usize> {
        self.heading.iter().position(|heading| self.layout.field(heading) == Some(wanted))
    }

    fn column(&self, field: ScoreField) -> String {
        self.at(field).and_then(|at| self.heading.get(at)).cloned().unwrap_or_default()
    }

    fn cell(&self, field: ScoreField) -> &str {
        self.at(field).and_then(|at| self.cells.get(at)).map_or("", |cell| cell.trim())
    }

    fn number(&self, field: ScoreField) -> Option<String> {
        Some(fold::number_like(self.cell(field)).into_owned()).filter(|text| !text.is_empty())
    }

    fn bad(&self, field: ScoreField, code: Code) -> Box<RowFault> {
        Box::new(fault((self.file, self.line), self.column(field), self.cell(field), Bad::new(code)))
    }

    fn score(&self, field: ScoreField) -> Result<ScoreLine, Box<RowFault>> {
        let (ticket, script) = (self.number(ScoreField::Ticket), self.number(ScoreField::Script));
        let key = if script.is_some() { ScoreField::Script } else { ScoreField::Ticket };
        let Some(text) = script.as_ref().or(ticket.as_ref()) else { return Err(self.bad(key, NOBODY)) };
        if text.contains(['.', 'e', 'E', '+']) && text.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(self.bad(key, code::SCIENTIFIC_NOTATION));
        }
        let mark_text = fold::number_like(self.cell(field)).into_owned();
        if mark_text.is_empty() {
            return Err(self.bad(field, code::REQUIRED_MISSING));
        }
        let mark = Mark::parse(&mark_text).ok_or_else(|| self.bad(field, MARK))?;
        let text = |field| Some(fold::text(self.cell(field)).into_owned()).filter(|t: &String| !t.is_empty());
        Ok(ScoreLine {
            line: self.line,
            ticket,
            script,
            name: text(ScoreField::Name).map(|n| fold::name(&n).into_owned()),
            mark,
            remark: text(ScoreField::Remark),
            key_column: self.column(key),
            mark_column: self.column(field),
            mark_text,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Points;
    use std::io::Write;

    fn layout() -> ScoreLayout {
        ScoreLayout::parse(include_str!("../../data/sheets/scores-roster.toml")).unwrap()
    }

    fn read_bytes(bytes: &[u8], subject: Subject) -> Result<ScoreSheet, SheetFault> {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(bytes).unwrap();
        read(file.path(), "a.csv", &layout(), subject)
    }

    const ROSTER: &str = "职业技能等级认定成绩花名册,,,,,,,,,,,\n\
        序号,准考证号,姓名,性别,证件号,单位,职业工种,等级,成绩,,,\n\
        ,,,,,,,,理论,技能,综合评审,工作业绩\n\
        1,2310150101001,张三,男,,,,三级,８６．５,77,,\n\
        2,2310150101002,李四,女,,,,三级,缺考,60,,\n\
        3,2310150101003,王五,女,,,,三级,8o,61,,\n\
        4,,赵六,女,,,,三级,80,,,\n\
        5,2310150101002,李四,女,,,,三级,80,62,,\n\
        ,,,,,,,,,,,\n\
        填报人：,某某,,,,,,,,,,\n\
        6,2310150101009,无,,,,,,50,50,,\n";

    /// 2 lines of headings, an end at 填报人, and every fault with its place.
    #[test]
    fn a_filled_roster_is_read_by_its_two_line_heading_s1_36() {
        let sheet = read_bytes(ROSTER.as_bytes(), Subject::Theory).unwrap();
        let marks: Vec<_> = sheet.lines.iter().map(|l| (l.line, l.mark)).collect();
        assert_eq!(marks, [(4, Mark::Points(Points::new(8650))), (5, Mark::Absent)]);
        let faults: Vec<_> = sheet.faults.iter().map(|f| (f.line, f.column.as_str(), f.code.0)).collect();
        assert_eq!(
            faults,
            [(6, "理论", "score_mark"), (7, "准考证号", "score_nobody"), (8, "准考证号", "score_twice")]
        );
        assert_eq!(sheet.faults[0].value, "8o");
        let practical = read_bytes(ROSTER.as_bytes(), Subject::Practical).unwrap();
        assert_eq!(practical.lines[0].mark, Mark::Points(Points::whole(77)));
    }

    #[test]
    fn gbk_is_read_too() {
        let (bytes, _, _) = encoding_rs::GB18030.encode(ROSTER);
        assert_eq!(read_bytes(&bytes, Subject::Theory).unwrap().lines.len(), 2);
    }

    #[test]
    fn a_sheet_of_script_numbers_needs_no_names() {
        let sheet = read_bytes("密号\t理论成绩\nA-0007\t90\n".as_bytes(), Subject::Theory).unwrap();
        assert_eq!((sheet.lines[0].script.as_deref(), sheet.lines[0].name.as_deref()), (Some("A-0007"), None));
    }

    #[test]
    fn what_is_no_score_sheet_is_said() {
        let refused = |text: &str| match read_bytes(text.as_bytes(), Subject::Theory) {
            Err(SheetFault::Refused(refusal)) => refusal.code.0,
            other => panic!("{other:?}"),
        };
        assert_eq!(refused("姓名,理论\n张三,80\n"), NOT_RECOGNISED.0);
        assert_eq!(refused("准考证号,姓名\n1,张三\n"), NOT_RECOGNISED.0);
        assert_eq!(refused("准考证号,理论\n填报人,\n"), NO_ROWS.0);
        let spoilt = read_bytes("准考证号,理论\n2.31015E+12,80\n".as_bytes(), Subject::Theory).unwrap();
        assert_eq!(spoilt.faults[0].code, code::SCIENTIFIC_NOTATION);
    }
}
