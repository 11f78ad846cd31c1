//! `applications.resubmit`: an application that was returned comes in again, corrected.
use super::amend::found;
use super::file::{in_time, refuse_barred};
use crate::model::{ApplicationId, Code, Refusal, ReviewDecision, Role};
use crate::ops::{ApplicationRow, ApplicationState, Operation, Result, ReviewRow, Work};
use crate::store::rows;
use serde::Serialize;

pub const NOT_RETURNED: Code = Code("applications.not_returned");

#[derive(Debug, Serialize)]
pub struct Resubmit {
    pub application: ApplicationId,
    /// Why it is taken outside the registration period.
    pub late: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Resubmitted {
    pub name: String,
    /// The round of review that begins: one more than it was returned (S1-83).
    pub round: i64,
}

impl Operation for Resubmit {
    const KIND: &'static str = "applications.resubmit";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Resubmitted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Resubmitted> {
        let before = found(work, self.application)?;
        if before.state != ApplicationState::Returned {
            let state = format!("application_state.{}", before.state.code());
            return Err(Refusal::new(NOT_RETURNED).with("name", before.name).word("state", state).into());
        }
        in_time(work, self.late.as_deref())?;
        refuse_barred(work, &before)?;
        work.tx.update(&before, &ApplicationRow { state: ApplicationState::Submitted, ..before.clone() })?;
        let tail = "WHERE application = ?1 AND decision = ?2";
        let returned = rows::count::<ReviewRow>(work.tx.db(), tail, (before.id, ReviewDecision::Return))?;
        Ok(Resubmitted { name: before.name, round: returned + 1 })
    }

    fn reason(&self) -> Option<&str> {
        self.late.as_deref()
    }
}
