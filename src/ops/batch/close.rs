//! `batch.close`: nothing more is changed in a closed batch.
use crate::model::{BatchId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{BatchRow, BatchState};
use serde::Serialize;

pub const REASON: Code = Code("batch.reason_needed");

#[derive(Debug, Serialize)]
pub struct Close {
    pub reason: String,
}

impl Operation for Close {
    const KIND: &'static str = "batch.close";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = BatchId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<BatchId> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let before: BatchRow = work.batch()?.clone();
        work.tx.update(&before, &BatchRow { state: BatchState::Closed, ..before.clone() })?;
        Ok(before.id)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
