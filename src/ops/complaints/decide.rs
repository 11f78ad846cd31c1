//! `complaint.decide`: what was found out and what follows.
use super::complaint;
use crate::model::{Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::supervision::complaint::may_handle;
use crate::store::{ComplaintRow, ComplaintState};
use serde::Serialize;

pub const NOT_TAKEN_UP: Code = Code("complaint.not_taken_up");
pub const NO_OUTCOME: Code = Code("complaint.no_outcome");

#[derive(Debug, Clone, Serialize)]
pub struct Decide {
    pub number: i64,
    pub outcome: String,
}

impl Operation for Decide {
    const KIND: &'static str = "complaint.decide";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let before = complaint(work, self.number)?;
        may_decide(&before)?;
        may_handle(&work.actor.name, before.against.as_deref())?;
        if self.outcome.trim().is_empty() {
            return Err(Refusal::new(NO_OUTCOME).into());
        }
        let after = ComplaintRow {
            state: ComplaintState::Decided,
            decided_on: Some(work.now.day()),
            outcome: Some(self.outcome.trim().to_owned()),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(self.number)
    }
}

pub fn may_decide(complaint: &ComplaintRow) -> Result<(), Refusal> {
    match complaint.state {
        ComplaintState::Accepted => Ok(()),
        state => {
            let state = format!("complaint_state.{}", state.code());
            Err(Refusal::new(NOT_TAKEN_UP).with("number", complaint.id).word("state", state))
        }
    }
}
