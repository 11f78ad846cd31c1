//! A payment platform's sheet: who paid how much, when, under which reference. CSV or XLSX; the columns are data.
pub(super) mod table;

use super::read::MOST_IN_CELL;
use super::row_fault::{Bad, RowFault, Severity, code};
use super::sheet::SheetFault;
use crate::model::{Code, Refusal, Stamp, fen, fold, identity};
use serde::Deserialize;
use std::path::Path;

pub const MALFORMED: Code = Code("payment_sheet.malformed_layout");
pub const NOT_RECOGNISED: Code = Code("payment_sheet.not_recognised");
pub const TOO_LARGE: Code = Code("payment_sheet.too_large");
pub const NOT_A_WORKBOOK: Code = Code("payment_sheet.not_a_workbook");
pub const MONEY: Code = Code("payment_amount");
pub const TIME: Code = Code("payment_time");
pub const NOBODY: Code = Code("payment_nobody");

#[derive(Debug, Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum PaymentField {
    RegistrationNo,
    IdNumber,
    Name,
    Amount,
    PaidOn,
    Reference,
    Channel,
    /// Rows whose state is none of the layout's `paid` words are passed over.
    State,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentColumn {
    pub name: String,
    #[serde(default)]
    pub aliases: Vec<String>,
    pub field: PaymentField,
}

#[derive(Debug, Clone, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct PaymentLayout {
    pub id: String,
    /// The headings stand in one of this many first rows.
    pub header_within: usize,
    /// Words of the state column that mean paid.
    #[serde(default)]
    pub paid: Vec<String>,
    #[serde(rename = "column")]
    pub columns: Vec<PaymentColumn>,
}

/// One payment as the platform has it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PaymentLine {
    /// Physical line, or row of the workbook.
    pub line: u64,
    pub registration_no: Option<String>,
    pub id_number: Option<String>,
    pub name: Option<String>,
    /// Fen.
    pub amount: i64,
    pub paid_on: Stamp,
    pub reference: Option<String>,
    pub channel: Option<String>,
}

#[derive(Debug, Clone, Default, PartialEq)]
pub struct PaymentSheet {
    pub lines: Vec<PaymentLine>,
    pub faults: Vec<RowFault>,
    /// Rows that are no payments: in another state.
    pub passed_over: u64,
}

impl PaymentLayout {
    pub fn parse(text: &str) -> Result<PaymentLayout, Refusal> {
        toml::from_str(text).map_err(|e| {
            let before = e.span().and_then(|span| text.get(..span.start)).unwrap_or_default();
            let line = before.matches('\n').count() + 1;
            Refusal::new(MALFORMED).with("line", line).with("detail", e.message())
        })
    }

    /// For each heading the field it stands for.
    fn place(&self, row: &[String]) -> Vec<Option<PaymentField>> {
        let plain = |text: &str| fold::word(text).trim_matches('*').to_lowercase();
        let means = |heading: &String| {
            let heading = plain(heading);
            let fits = |c: &&PaymentColumn| std::iter::once(&c.name).chain(&c.aliases).any(|n| plain(n) == heading);
            self.columns.iter().find(fits).map(|c| c.field)
        };
        row.iter().map(means).collect()
    }
}

/// Whether so much is known that rows mean something: amount, time, and a number of the person.
fn suffices(placed: &[Option<PaymentField>]) -> bool {
    let has = |field| placed.contains(&Some(field));
    has(PaymentField::Amount)
        && has(PaymentField::PaidOn)
        && (has(PaymentField::RegistrationNo) || has(PaymentField::IdNumber))
}

/// Reads the file at `path`; rows that cannot be read are faults beside the others.
pub fn read(path: &Path, name: &str, layout: &PaymentLayout) -> Result<PaymentSheet, SheetFault> {
    let rows = table::rows(path, name, &|row| suffices(&layout.place(row)), layout.header_within)?;
    let head = rows.iter().take(layout.header_within).position(|(_, row)| suffices(&layout.place(row)));
    let Some((at, (_, heading))) = head.and_then(|at| Some((at, rows.get(at)?))) else {
        return Err(Refusal::new(NOT_RECOGNISED).with("file", name).into());
    };
    let placed = layout.place(heading);
    let mut sheet = PaymentSheet::default();
    for (line, cells) in rows.iter().skip(at + 1) {
        if cells.iter().all(|c| c.trim().is_empty()) {
            continue;
        }
        let row = Row { line: *line, cells, placed: &placed, heading, file: name };
        if row.is_no_payment(layout) {
            sheet.passed_over += 1;
            continue;
        }
        match row.payment() {
            Ok(payment) => sheet.lines.push(payment),
            Err(fault) => sheet.faults.push(*fault),
        }
    }
    Ok(sheet)
}

struct Row<'a> {
    line: u64,
    cells: &'a [String],
    placed: &'a [Option<PaymentField>],
    heading: &'a [String],
    file: &'a str,
}

impl Row<'_> {
    fn cell(&self, field: PaymentField) -> &str {
        let at = self.placed.iter().position(|p| *p == Some(field));
        at.and_then(|at| self.cells.get(at)).map_or("", |c| c.trim())
    }

    fn is_no_payment(&self, layout: &PaymentLayout) -> bool {
        let state = fold::word(self.cell(PaymentField::State));
        !state.is_empty() && !layout.paid.is_empty() && !layout.paid.iter().any(|p| *p == *state)
    }

    fn fault(&self, field: PaymentField, bad: Bad) -> Box<RowFault> {
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

    fn payment(&self) -> Result<PaymentLine, Box<RowFault>> {
        use PaymentField::{Amount, Channel, IdNumber, Name, PaidOn, Reference, RegistrationNo};
        if let Some(field) = [Name, Reference, Channel].into_iter().find(|f| self.cell(*f).len() > MOST_IN_CELL) {
            return Err(self.fault(field, Bad::new(code::TOO_LONG).with("expected", MOST_IN_CELL)));
        }
        let number = |field| Some(fold::number_like(self.cell(field)).into_owned()).filter(|n| !n.is_empty());
        let (registration_no, id_number) = (number(RegistrationNo), number(IdNumber));
        if let Some(field) = [RegistrationNo, IdNumber, Reference]
            .into_iter()
            .find(|f| identity::refuse_scientific(self.cell(*f)).is_err())
        {
            return Err(self.fault(field, Bad::new(code::SCIENTIFIC_NOTATION)));
        }
        if registration_no.is_none() && id_number.is_none() {
            return Err(self.fault(IdNumber, Bad::new(NOBODY)));
        }
        let amount = fen::parse_yuan(self.cell(Amount)).filter(|a| *a > 0);
        let amount = amount.ok_or_else(|| self.fault(Amount, Bad::new(MONEY)))?;
        let paid_on = Stamp::read(self.cell(PaidOn)).ok_or_else(|| self.fault(PaidOn, Bad::new(TIME)))?;
        let text = |field| Some(fold::text(self.cell(field)).into_owned()).filter(|t| !t.is_empty());
        Ok(PaymentLine {
            line: self.line,
            registration_no,
            id_number,
            name: Some(fold::name(self.cell(Name)).into_owned()).filter(|n| !n.is_empty()),
            amount,
            paid_on,
            reference: number(Reference),
            channel: text(Channel),
        })
    }
}

#[cfg(test)]
mod tests;
