//! `applications.withdraw`: an applicant steps back; nothing is deleted.
use super::record_fee::UNKNOWN;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{ApplicationRow, ApplicationState, rows};
use serde::Serialize;

pub const REASON: Code = Code("applications.reason_needed");
pub const WITHDRAWN: Code = Code("applications.withdrawn");

#[derive(Debug, Serialize)]
pub struct Withdraw {
    pub application: ApplicationId,
    pub reason: String,
}

impl Operation for Withdraw {
    const KIND: &'static str = "applications.withdraw";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let batch = work.batch()?.id;
        let before =
            rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (self.application, batch))?
                .ok_or_else(|| Refusal::new(UNKNOWN).with("id", self.application))?;
        if before.state == ApplicationState::Withdrawn {
            return Err(Refusal::new(WITHDRAWN).with("name", before.name.as_str()).into());
        }
        work.tx.update(&before, &ApplicationRow { state: ApplicationState::Withdrawn, ..before.clone() })?;
        Ok(before.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
