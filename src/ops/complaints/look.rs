//! `complaint.take_up` and `complaint.refuse`: the first look, by somebody whom it is not about.
use super::{NO_DAY, complaint};
use crate::model::{Code, Day, Refusal, Role, fold};
use crate::ops::{Operation, Result, Work, calendar};
use crate::policy::supervision::complaint::may_handle;
use crate::store::{ComplaintRow, ComplaintState};
use serde::Serialize;

pub const LOOKED_AT: Code = Code("complaint.looked_at");
pub const WHY_REFUSED: Code = Code("complaint.why_refused");

#[derive(Debug, Clone, Serialize)]
pub struct TakeUp {
    pub number: i64,
    /// Who handles it; `None`: whoever is signed on.
    pub handler: Option<String>,
}

impl Operation for TakeUp {
    const KIND: &'static str = "complaint.take_up";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The last day to decide it.
    type Out = Day;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Day> {
        let before = complaint(work, self.number)?;
        let handler = handler(work, &before, self.handler.as_deref())?;
        let today = work.now.day();
        let decide_by = work.policy()?.supervision.decide_by(today, &calendar::of(work.codes));
        let decide_by = decide_by.ok_or_else(|| Refusal::new(NO_DAY))?;
        let after = ComplaintRow {
            state: ComplaintState::Accepted,
            looked_on: Some(today),
            handler: Some(handler),
            decide_by: Some(decide_by),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(decide_by)
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Refuse {
    pub number: i64,
    pub handler: Option<String>,
    /// Why it is not taken up.
    pub reason: String,
}

impl Operation for Refuse {
    const KIND: &'static str = "complaint.refuse";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let before = complaint(work, self.number)?;
        let handler = handler(work, &before, self.handler.as_deref())?;
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(WHY_REFUSED).into());
        }
        let after = ComplaintRow {
            state: ComplaintState::Refused,
            looked_on: Some(work.now.day()),
            handler: Some(handler),
            outcome: Some(self.reason.trim().to_owned()),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(self.number)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Neither who handles it nor who is signed on may be whom it is about.
fn handler(work: &Work<'_, '_>, before: &ComplaintRow, named: Option<&str>) -> Result<String> {
    may_look(before)?;
    let handler = named.map(|n| fold::text(n).into_owned()).filter(|n| !n.is_empty());
    let handler = handler.unwrap_or_else(|| work.actor.name.clone());
    may_handle(&handler, before.against.as_deref())?;
    may_handle(&work.actor.name, before.against.as_deref())?;
    Ok(handler)
}

pub fn may_look(complaint: &ComplaintRow) -> Result<(), Refusal> {
    match complaint.state {
        ComplaintState::Received => Ok(()),
        state => {
            let state = format!("complaint_state.{}", state.code());
            Err(Refusal::new(LOOKED_AT).with("number", complaint.id).word("state", state))
        }
    }
}
