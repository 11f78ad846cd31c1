//! `uploads.receipt`: what the register answered, row by row: refused rows are named, all others were accepted.
use super::read::{by_id, rows_of};
use crate::model::{Code, Day, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work};
use crate::policy::signatures::FUTURE;
use crate::store::{UploadAnswer, UploadLineRow, UploadRow, UploadState};
use serde::Serialize;

pub const NOT_SUBMITTED: Code = Code("uploads.not_submitted");
pub const RECEIPT_NO: Code = Code("uploads.receipt_no_needed");
pub const NO_SUCH_ROW: Code = Code("uploads.no_such_row");
pub const FAULT: Code = Code("uploads.fault_needed");
pub const BEFORE_SUBMITTED: Code = Code("uploads.answered_before_submitted");

#[derive(Debug, Clone, Serialize)]
pub struct Receipt {
    pub upload: i64,
    /// 回执号
    pub receipt_no: String,
    /// `None`: today.
    pub on: Option<Day>,
    pub refused: Vec<RefusedRow>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct RefusedRow {
    /// Of the certificate.
    pub number: String,
    pub fault: String,
}

impl Operation for Receipt {
    const KIND: &'static str = "uploads.receipt";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = (usize, usize);

    /// How many rows were accepted and refused.
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<(usize, usize)> {
        let before = by_id(work.tx.db(), work.batch()?.id, self.upload)?;
        let (UploadState::Submitted, Some(submitted)) = (before.state, before.submitted_on) else {
            let state = format!("upload_state.{}", before.state.code());
            return Err(Refusal::new(NOT_SUBMITTED).with("upload", self.upload).word("state", state).into());
        };
        let receipt = Some(self.receipt_no.trim()).filter(|r| !r.is_empty());
        let receipt = receipt.ok_or_else(|| Refusal::new(RECEIPT_NO))?.to_owned();
        let on = self.on.unwrap_or_else(|| work.now.day());
        if on > work.now.day() {
            return Err(Refusal::new(FUTURE).with("day", on.to_string()).into());
        }
        if on < submitted {
            let refusal = Refusal::new(BEFORE_SUBMITTED).with("day", on.to_string());
            return Err(refusal.with("submitted", submitted.to_string()).into());
        }
        let lines = rows_of(work.tx.db(), self.upload)?;
        let faults = self.faults(&lines)?;
        for line in &lines {
            let fault = faults.iter().find(|(number, _)| *number == line.number).map(|(_, fault)| fault.clone());
            let answer = if fault.is_some() { UploadAnswer::Refused } else { UploadAnswer::Accepted };
            work.tx.update(line, &UploadLineRow { answer: Some(answer), fault, ..line.clone() })?;
        }
        let after = UploadRow {
            state: UploadState::Answered,
            receipt_no: Some(receipt),
            answered_on: Some(on),
            answered_by: Some(work.actor.operator()?),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok((lines.len() - faults.len(), faults.len()))
    }
}

impl Receipt {
    /// Each refused number once, with why; refused where one of them was not sent.
    fn faults(&self, lines: &[UploadLineRow]) -> Result<Vec<(String, String)>, Refusal> {
        let mut found: Vec<(String, String)> = Vec::new();
        for row in &self.refused {
            let number = fold::number_like(&row.number).to_ascii_uppercase();
            if !lines.iter().any(|line| line.number == number) {
                return Err(Refusal::new(NO_SUCH_ROW).with("number", row.number.as_str()).with("upload", self.upload));
            }
            let fault = Some(row.fault.trim()).filter(|fault| !fault.is_empty());
            let fault = fault.ok_or_else(|| Refusal::new(FAULT).with("number", number.as_str()))?.to_owned();
            if !found.iter().any(|(known, _)| *known == number) {
                found.push((number, fault));
            }
        }
        Ok(found)
    }
}
