//! The issuer's list of certificate numbers: who got which number, dated when. CSV or XLSX; the columns are data.
use super::column::day;
use super::layout::MALFORMED;
use super::payment_sheet::table;
use super::read::MOST_IN_CELL;
use super::row_fault::{Bad, RowFault, Severity, code};
use super::sheet::SheetFault;
use crate::model::{CertificateNo, Code, Day, Refusal, fold, identity};
use serde::Deserialize;
use std::path::Path;

pub const NOT_RECOGNISED: Code = Code("number_sheet.not_recognised");
/// The number has not the form of one.
pub const NUMBER: Code = Code("certificate_number");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum NumberField {
    Name,
    IdNumber,
    Number,
    IssuedOn,
    Occupation,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberColumn {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub field: NumberField,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct NumberLayout {
    pub id: String,
    /// The headings stand in one of this many first rows.
    pub header_within: usize,
    #[serde(rename = "column")]
    pub columns: Vec<NumberColumn>,
}

/// One certificate as the issuer has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NumberLine {
    /// Physical line, or row of the workbook.
    pub line: u64,
    pub name: String,
    pub id_number: String,
    pub number: CertificateNo,
    pub issued_on: Day,
    pub occupation: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct NumberSheet {
    pub lines: Vec<NumberLine>,
    pub faults: Vec<RowFault>,
}

impl NumberLayout {
    pub fn parse(text: &str) -> Result<NumberLayout, Refusal> {
        toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            Refusal::new(MALFORMED).with("line", line).with("detail", e.message())
        })
    }

    /// For each heading the field it stands for.
    fn place(&self, row: &[String]) -> Vec<Option<NumberField>> {
        let plain = |text: &str| fold::word(text).trim_matches('*').to_lowercase();
        let means = |heading: &String| {
            let heading = plain(heading);
            let fits = |c: &&NumberColumn| std::iter::once(&c.name).chain(&c.aliases).any(|n| plain(n) == heading);
            self.columns.iter().find(fits).map(|c| c.field)
        };
        row.iter().map(means).collect()
    }

    /// The headings of an empty list.
    pub fn headings(&self) -> impl Iterator<Item = &str> {
        self.columns.iter().map(|c| c.name.as_str())
    }
}

fn suffices(placed: &[Option<NumberField>]) -> bool {
    use NumberField::{IdNumber, IssuedOn, Name, Number};
    [Name, IdNumber, Number, IssuedOn].iter().all(|field| placed.contains(&Some(*field)))
}

/// Reads the file at `path`; rows that cannot be read are faults beside the others.
pub fn read(path: &Path, name: &str, layout: &NumberLayout) -> Result<NumberSheet, SheetFault> {
    let rows = table::rows(path, name, &|row| suffices(&layout.place(row)), layout.header_within)?;
    let head = rows.iter().take(layout.header_within).position(|(_, row)| suffices(&layout.place(row)));
    let Some((at, (_, heading))) = head.and_then(|at| Some((at, rows.get(at)?))) else {
        return Err(Refusal::new(NOT_RECOGNISED).with("file", name).into());
    };
    let placed = layout.place(heading);
    let mut sheet = NumberSheet::default();
    for (line, cells) in rows.iter().skip(at + 1) {
        if cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        let row = Row { line: *line, cells, placed: &placed, heading, file: name };
        match row.read() {
            Ok(line) => sheet.lines.push(line),
            Err(fault) => sheet.faults.push(*fault),
        }
    }
    Ok(sheet)
}

struct Row<'a> {
    line: u64,
    cells: &'a [String],
    placed: &'a [Option<NumberField>],
    heading: &'a [String],
    file: &'a str,
}

impl Row<'_> {
    fn cell(&self, field: NumberField) -> &str {
        let at = self.placed.iter().position(|p| *p == Some(field));
        at.and_then(|at| self.cells.get(at)).map_or("", |c| c.trim())
    }

    fn fault(&self, field: NumberField, bad: Bad) -> Box<RowFault> {
        let at = self.placed.iter().position(|p| *p == Some(field));
        Box::new(RowFault {
            file: self.file.to_owned(),
            line: self.line,
            column: at.and_then(|at| self.heading.get(at)).cloned().unwrap_or_default(),
            letters: None,
            value: self.cell(field).to_owned(),
            code: bad.code,
            severity: Severity::Error,
            data: bad.data,
        })
    }

    fn read(&self) -> Result<NumberLine, Box<RowFault>> {
        use NumberField::{IdNumber, IssuedOn, Name, Number, Occupation};
        for field in [Name, IdNumber, Number, IssuedOn, Occupation] {
            if self.cell(field).len() > MOST_IN_CELL {
                return Err(self.fault(field, Bad::new(code::TOO_LONG).with("expected", MOST_IN_CELL)));
            }
        }
        if identity::refuse_scientific(self.cell(IdNumber)).is_err() {
            return Err(self.fault(IdNumber, Bad::new(code::SCIENTIFIC_NOTATION)));
        }
        if let Some(field) = [Name, IdNumber].into_iter().find(|field| self.cell(*field).is_empty()) {
            return Err(self.fault(field, Bad::new(code::REQUIRED_MISSING)));
        }
        let number = CertificateNo::parse(self.cell(Number)).map_err(|_| self.fault(Number, Bad::new(NUMBER)))?;
        let issued_on = day(self.cell(IssuedOn)).ok_or_else(|| self.fault(IssuedOn, Bad::new(code::DATE)))?;
        Ok(NumberLine {
            line: self.line,
            name: fold::name(self.cell(Name)).into_owned(),
            id_number: fold::number_like(self.cell(IdNumber)).to_ascii_uppercase(),
            number,
            issued_on,
            occupation: Some(fold::text(self.cell(Occupation)).into_owned()).filter(|o| !o.is_empty()),
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LAYOUT: &str = include_str!("../../data/sheets/certificate-numbers.toml");

    fn sheet(text: &str) -> NumberSheet {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("list.csv");
        std::fs::write(&path, text).unwrap();
        read(&path, "list.csv", &NumberLayout::parse(LAYOUT).unwrap()).unwrap()
    }

    #[test]
    fn a_list_is_read_whatever_its_headings_are_called() {
        let text = "证书核发名单,,,\n姓名,身份证号,证书编号,发证日期\n\
                    张三,15069919900101001７,s000015000001235000001,2023年11月6日\n";
        let read = sheet(text);
        assert_eq!(read.faults, Vec::new());
        let line = &read.lines[0];
        assert_eq!((line.line, line.id_number.as_str()), (3, "150699199001010017"));
        assert_eq!(line.number.as_str(), "S000015000001235000001");
        assert_eq!(line.issued_on.to_string(), "2023-11-06");
        assert_eq!(line.occupation, None);
    }

    #[test]
    fn each_fault_names_its_column_and_the_others_are_read() {
        let text = "姓名,证件号码,证书编号,证书版面发证日期\n\
                    张三,1.50699E+17,S000015000001235000001,2023-11-06\n\
                    张三,150699199001010017,S00001500000123500001,2023-11-06\n\
                    张三,150699199001010017,S000015000001235000001,昨天\n\
                    ,150699199001010017,S000015000001235000001,2023-11-06\n\
                    张三,150699199001010017,S000015000001235000001,2023-11-06\n";
        let read = sheet(text);
        let codes: Vec<_> = read.faults.iter().map(|f| (f.line, f.code, f.column.as_str())).collect();
        let expected = [
            (2, code::SCIENTIFIC_NOTATION, "证件号码"),
            (3, NUMBER, "证书编号"),
            (4, code::DATE, "证书版面发证日期"),
            (5, code::REQUIRED_MISSING, "姓名"),
        ];
        assert_eq!(codes, expected);
        assert_eq!(read.lines.len(), 1);
    }
}
