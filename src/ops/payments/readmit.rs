//! `applications.readmit`: somebody who was excluded is in the batch again, in the state that went before.
use super::ledger;
use super::refund::REASON;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work, sanctions};
use crate::store::views::exclusion;
use crate::store::{ApplicationRow, ApplicationState};
use serde::Serialize;

pub const NOT_EXCLUDED: Code = Code("applications.not_excluded");
pub const SANCTIONED: Code = Code("applications.sanctioned");

#[derive(Debug, Clone, Serialize)]
pub struct Readmit {
    pub application: ApplicationId,
    pub reason: String,
}

impl Operation for Readmit {
    const KIND: &'static str = "applications.readmit";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let before = ledger::one(work, self.application)?;
        if before.state != ApplicationState::Excluded {
            return Err(Refusal::new(NOT_EXCLUDED).with("name", before.name).into());
        }
        if let Some(standing) = sanctions::standing(work.tx.db(), before.id)? {
            return Err(Refusal::new(SANCTIONED).with("name", before.name).with("number", standing.id).into());
        }
        let day = work.now.day();
        sanctions::refuse_barred(work.tx.db(), (before.document, &before.id_number), day)?;
        let state = exclusion::before(work.tx.db(), before.id)?.unwrap_or(ApplicationState::Submitted);
        work.tx.update(&before, &ApplicationRow { state, ..before.clone() })?;
        Ok(before.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
