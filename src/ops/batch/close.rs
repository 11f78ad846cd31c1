//! `batch.close`: nothing more is changed in a closed batch.
use crate::model::{BatchId, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{BatchRow, BatchState};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Close {}

impl Operation for Close {
    const KIND: &'static str = "batch.close";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = BatchId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<BatchId> {
        let before: BatchRow = work.batch()?.clone();
        work.tx.update(&before, &BatchRow { state: BatchState::Closed, ..before.clone() })?;
        Ok(before.id)
    }
}
