//! `batch.close`: nothing more is changed in a closed batch. `batch.close_anyway`: although something was not done.
use super::stops::{self, Stop, Weight};
use crate::model::{BatchId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{BatchRow, BatchState};
use serde::Serialize;

pub const REASON: Code = Code("batch.reason_needed");
/// Somebody waits for a decision.
pub const STILL_OPEN: Code = Code("batch.matters_open");
/// Something was not done.
pub const UNDONE: Code = Code("batch.not_done");

#[derive(Debug, Serialize)]
pub struct Close {
    pub reason: String,
}

/// The reason says why what was not done stays so.
#[derive(Debug, Serialize)]
pub struct CloseAnyway {
    pub reason: String,
}

impl Operation for Close {
    const KIND: &'static str = "batch.close";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = BatchId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<BatchId> {
        close(work, &self.reason, |_| false)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

impl Operation for CloseAnyway {
    const KIND: &'static str = "batch.close_anyway";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = BatchId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<BatchId> {
        close(work, &self.reason, |stop| stop.weight == Weight::Undone)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

fn close(work: &mut Work<'_, '_>, reason: &str, may_stay: impl Fn(&Stop) -> bool) -> Result<BatchId> {
    if reason.trim().is_empty() {
        return Err(Refusal::new(REASON).into());
    }
    let before: BatchRow = work.batch()?.clone();
    let stops = stops::of(work.tx.db(), work.policy()?, before.id)?;
    let left: Vec<_> = stops.iter().filter(|stop| !may_stay(stop)).collect();
    if let Some(first) = left.first() {
        let code = if left.iter().any(|stop| stop.weight == Weight::Open) { STILL_OPEN } else { UNDONE };
        let first = left.iter().find(|stop| stop.weight == Weight::Open).unwrap_or(first);
        let refusal = Refusal::new(code).with("kinds", i64::try_from(left.len()).unwrap_or(i64::MAX));
        return Err(refusal.with("count", first.count).word("what", format!("closing.{}", first.code)).into());
    }
    work.tx.update(&before, &BatchRow { state: BatchState::Closed, ..before.clone() })?;
    Ok(before.id)
}
