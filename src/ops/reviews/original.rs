//! `reviews.original_received`: the signed original of the form is in the office (S1-82).
use super::case::application;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{ApplicationRow, ApplicationState};
use serde::Serialize;

pub const ALREADY: Code = Code("review.original_already_in");
pub const NOT_APPROVED: Code = Code("review.original_before_approval");

#[derive(Debug, Serialize)]
pub struct OriginalReceived {
    pub applications: Vec<ApplicationId>,
}

impl Operation for OriginalReceived {
    const KIND: &'static str = "reviews.original_received";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        let batch = work.batch()?.id;
        for id in &self.applications {
            let before = application(work.tx.db(), batch, *id)?;
            if before.state != ApplicationState::Approved {
                return Err(Refusal::new(NOT_APPROVED).with("name", before.name).into());
            }
            if let Some(at) = before.original_at {
                return Err(Refusal::new(ALREADY).with("name", before.name).with("at", at).into());
            }
            work.tx.update(&before, &ApplicationRow { original_at: Some(work.now), ..before.clone() })?;
        }
        Ok(self.applications.len())
    }
}
