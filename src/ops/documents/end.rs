//! `documents.end`: a draft is dropped, an issued document is void; `documents.strike`: one person is taken off.
use super::read::by_id;
use super::stops;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{QualificationRow, QualificationState, QualifiedRow, QualifiedState};
use serde::Serialize;

pub const REASON: Code = Code("documents.reason_needed");
pub const ENDED: Code = Code("documents.ended_already");
pub const NOT_LISTED: Code = Code("documents.not_on_it");

/// The number of a document that was issued stays used.
#[derive(Debug, Clone, Serialize)]
pub struct End {
    pub document: i64,
    pub reason: String,
}

impl Operation for End {
    const KIND: &'static str = "documents.end";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = QualificationRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<QualificationRow> {
        let reason = said(&self.reason)?;
        let before = by_id(work.tx.db(), work.batch()?.id, self.document)?;
        let state = match before.state {
            QualificationState::Draft => QualificationState::Dropped,
            QualificationState::Issued => QualificationState::Void,
            QualificationState::Dropped | QualificationState::Void => {
                return Err(Refusal::new(ENDED).with("document", self.document).into());
            }
        };
        for line in stops::listed(work.tx.db(), self.document)? {
            let after = struck(work, &line, reason)?;
            work.tx.update(&line, &after)?;
        }
        let after = QualificationRow {
            state,
            ended_at: Some(work.now),
            ended_by: Some(work.actor.operator()?),
            ended_reason: Some(reason.to_owned()),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(after)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// One person loses what the document says of them; the others keep it.
#[derive(Debug, Clone, Serialize)]
pub struct Strike {
    pub document: i64,
    pub application: ApplicationId,
    pub reason: String,
}

impl Operation for Strike {
    const KIND: &'static str = "documents.strike";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = QualifiedRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<QualifiedRow> {
        let reason = said(&self.reason)?;
        by_id(work.tx.db(), work.batch()?.id, self.document)?;
        let all = stops::listed(work.tx.db(), self.document)?;
        let line = all.into_iter().find(|line| line.application == self.application);
        let missing = || Refusal::new(NOT_LISTED).with("document", self.document);
        let line = line.ok_or_else(missing)?;
        let after = struck(work, &line, reason)?;
        work.tx.update(&line, &after)?;
        Ok(after)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

fn said(reason: &str) -> Result<&str, Refusal> {
    Some(reason.trim()).filter(|text| !text.is_empty()).ok_or_else(|| Refusal::new(REASON))
}

fn struck(work: &Work<'_, '_>, line: &QualifiedRow, reason: &str) -> Result<QualifiedRow> {
    Ok(QualifiedRow {
        state: QualifiedState::Struck,
        struck_at: Some(work.now),
        struck_by: Some(work.actor.operator()?),
        reason: Some(reason.to_owned()),
        ..line.clone()
    })
}
