//! What stands in the way of closing a batch.
use crate::model::BatchId;
use crate::ops::publicity::Gate;
use crate::ops::results::outstanding;
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::store::rows::{self, Connection};
use crate::store::views::closing;
use crate::store::{ApplicationRow, BatchState};
use serde::Serialize;

/// One kind of open matter. Words: `closing.<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stop {
    pub code: &'static str,
    pub count: i64,
    pub weight: Weight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Weight {
    /// Somebody waits for a decision: no closing before it.
    Open,
    /// Not done; may stay so, with a reason.
    Undone,
}

/// What stands in the way of the batch at hand; nothing once it is closed.
pub fn stops(site: &Site) -> Result<Vec<Stop>> {
    let batch = site.batch()?;
    if batch.state == BatchState::Closed {
        return Ok(Vec::new());
    }
    of(site.store().db(), &*site.policy()?, batch.id)
}

pub(super) fn of(db: &Connection, policy: &Policy, batch: BatchId) -> Result<Vec<Stop>> {
    let stop = |weight| move |(code, count)| Stop { code, count, weight };
    let mut found: Vec<_> = closing::open_matters(db, batch)?.into_iter().map(stop(Weight::Open)).collect();
    if rows::count::<ApplicationRow>(db, "WHERE batch = ?1", [batch])? == 0 {
        return Ok(found);
    }
    let marks = outstanding(db, policy, batch)?;
    let steps = i64::try_from(Gate::of(db, policy, batch)?.stops().len()).unwrap_or(i64::MAX);
    let undone = [("marks", marks.missing), ("release", steps), ("certificates", marks.without_number)];
    found.extend(undone.into_iter().filter(|(_, count)| *count > 0).map(stop(Weight::Undone)));
    let kept = i64::from(policy.archive.papers);
    found.extend(closing::undone(db, batch, kept)?.into_iter().map(stop(Weight::Undone)));
    Ok(found)
}
