//! `documents.issue`: the document has its number, two signatures that can be read, and a stamp; now it exists.
use super::read::{by_id, digest};
use super::stops::{self, Ground};
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::signatures::Signed;
use crate::policy::stamps::document_number;
use crate::store::views::certificates::last_session;
use crate::store::{QualificationRow, QualificationState, rows};
use serde::Serialize;

pub const NOT_A_DRAFT: Code = Code("documents.not_a_draft");
pub const NUMBER_USED: Code = Code("documents.number_used");
pub const BEFORE_EXAM: Code = Code("documents.dated_before_exam");
pub const BEFORE_PREPARED: Code = Code("documents.dated_before_prepared");
pub const NOBODY_LEFT: Code = Code("documents.nobody_left");

#[derive(Debug, Clone, Serialize)]
pub struct Issue {
    pub document: i64,
    /// 文号
    pub document_no: String,
    /// `None`: the issuer of the notice's documents.
    pub issuer: Option<String>,
    pub signed: Signed,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Issued {
    pub document_no: String,
    pub people: usize,
    pub dated: Day,
}

impl Operation for Issue {
    const KIND: &'static str = "documents.issue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("documents.end");
    type Out = Issued;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Issued> {
        let (batch, policy) = (work.batch()?.id, work.policy()?.clone());
        let before = by_id(work.tx.db(), batch, self.document)?;
        if before.state != QualificationState::Draft {
            let state = format!("document_state.{}", before.state.code());
            return Err(Refusal::new(NOT_A_DRAFT).with("document", self.document).word("state", state).into());
        }
        let document_no = document_number(&self.document_no)?;
        let signed = self.signed.tidy();
        if let Some(void) = signed.void(policy.documents.signers) {
            return Err(void.refusal().into());
        }
        let dated = self.day(work, &before)?;
        if let Some(other) = rows::first::<QualificationRow>(work.tx.db(), "WHERE document_no = ?1", [&document_no])? {
            let refusal = Refusal::new(NUMBER_USED).with("number", document_no);
            return Err(refusal.with("document", other.id).with("title", other.title).into());
        }
        let lines = stops::listed(work.tx.db(), self.document)?;
        let ground = Ground::of(work.tx.db(), &policy, batch)?;
        if let Some(first) = stops::of_list(&ground, &lines)?.into_iter().next() {
            return Err(first.into());
        }
        if lines.is_empty() {
            return Err(Refusal::new(NOBODY_LEFT).with("document", self.document).into());
        }
        let own = self.issuer.as_deref().map(str::trim).filter(|text| !text.is_empty());
        let after = QualificationRow {
            state: QualificationState::Issued,
            document_no: Some(document_no.clone()),
            issuer: Some(own.unwrap_or(&policy.certificate.issuer).to_owned()),
            handled_by: signed.handled_by,
            responsible: signed.responsible,
            dated: Some(dated),
            digest: Some(digest(&document_no, &lines)),
            issued_at: Some(work.now),
            issued_by: Some(work.actor.operator()?),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(Issued { document_no, people: lines.len(), dated })
    }
}

impl Issue {
    /// Not ahead, and neither before the exam nor before the list was there to be signed.
    fn day(&self, work: &Work<'_, '_>, draft: &QualificationRow) -> Result<Day> {
        let dated = self.signed.day(work.now.day())?;
        let exam = last_session(work.tx.db(), draft.batch)?.map(|at| at.day());
        if let Some(exam) = exam.filter(|exam| dated < *exam) {
            return Err(Refusal::new(BEFORE_EXAM).with("day", dated.to_string()).with("exam", exam.to_string()).into());
        }
        let prepared = draft.prepared_at.day();
        if dated < prepared {
            let refusal = Refusal::new(BEFORE_PREPARED).with("day", dated.to_string());
            return Err(refusal.with("prepared", prepared.to_string()).into());
        }
        Ok(dated)
    }
}
