//! `applications.receive_original`: the signed original of the form has come in (S1-82).
use super::ledger;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::payment::needs_approval;
use crate::store::{ApplicationRow, ApplicationState};
use serde::Serialize;

pub const NOT_APPROVED: Code = Code("applications.original_before_approval");
pub const HAVE_ALL: Code = Code("applications.originals_are_in");

#[derive(Debug, Clone, Serialize)]
pub struct ReceiveOriginal {
    pub applications: Vec<ApplicationId>,
}

impl Operation for ReceiveOriginal {
    const KIND: &'static str = "applications.receive_original";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// How many were missing before.
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        let mut count = 0;
        for id in &self.applications {
            let before = ledger::live(work, *id)?;
            if needs_approval(work.policy()?) && before.state != ApplicationState::Approved {
                let state = format!("application_state.{}", before.state.code());
                return Err(Refusal::new(NOT_APPROVED).with("name", before.name).word("state", state).into());
            }
            if before.original_at.is_none() {
                work.tx.update(&before, &ApplicationRow { original_at: Some(work.now), ..before.clone() })?;
                count += 1;
            }
        }
        if count == 0 { Err(Refusal::new(HAVE_ALL).into()) } else { Ok(count) }
    }
}
