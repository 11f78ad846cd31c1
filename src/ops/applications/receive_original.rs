//! `applications.receive_original`: the signed original of the form came in (S1-82).
use super::amend::found;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{ApplicationRow, ApplicationState, Operation, Result, Work};
use serde::Serialize;

pub const NOT_APPROVED: Code = Code("applications.original_before_approval");

#[derive(Debug, Serialize)]
pub struct ReceiveOriginal {
    pub application: ApplicationId,
}

impl Operation for ReceiveOriginal {
    const KIND: &'static str = "applications.receive_original";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let before = found(work, self.application)?;
        if before.state != ApplicationState::Approved {
            let state = format!("application_state.{}", before.state.code());
            return Err(Refusal::new(NOT_APPROVED).with("name", before.name).word("state", state).into());
        }
        if before.original_at.is_none() {
            work.tx.update(&before, &ApplicationRow { original_at: Some(work.now), ..before.clone() })?;
        }
        Ok(before.name)
    }
}
