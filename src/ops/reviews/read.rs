//! Where an application stands, for the operations and faces that ask.
use super::case::{application, past, placed};
use crate::model::{ApplicationId, ReviewStep, Stamp};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::reviews::progress;
use crate::policy::stamps::StampBy;
use crate::store::rows::{self, Connection};
use crate::store::views::reviews as view;
use crate::store::{ApplicationRow, ApplicationState, ReviewRow, StampRow};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Standing {
    /// From 1; every return ends one.
    pub round: i64,
    /// Steps passed in this round.
    pub passed: Vec<ReviewStep>,
    /// The step it waits for, while it is not approved.
    pub next: Option<ReviewStep>,
    /// Every step of the notice is passed, or the notice has none.
    pub reviewed: bool,
    /// Of the chain, in order; a void stamp is missing too.
    pub missing_stamps: Vec<StampBy>,
    /// When the signed original of the form came in (S1-82).
    pub original_at: Option<Stamp>,
}

pub fn standing(site: &Site, id: ApplicationId) -> Result<Standing> {
    let row = application(site.store().db(), site.batch()?.id, id)?;
    standing_of(site.store().db(), &*site.policy()?, &row)
}

/// The same inside an operation.
pub fn standing_of(db: &Connection, policy: &Policy, row: &ApplicationRow) -> Result<Standing> {
    let reviews = rows::select::<ReviewRow>(db, "WHERE application = ?1 ORDER BY id", [row.id])?;
    let stamps = rows::select::<StampRow>(db, "WHERE application = ?1 ORDER BY id", [row.id])?;
    let now = progress(&reviews.iter().map(past).collect::<Vec<_>>());
    let next = policy.reviews.next(&now).map(|by| by.step);
    let reviewed = next.is_none();
    let waits = row.state == ApplicationState::Submitted;
    let placed: Vec<_> = stamps.iter().filter_map(placed).collect();
    let missing_stamps = policy.stamps.missing(&placed).into_iter().map(|(by, _)| by).collect();
    let next = next.filter(|_| waits);
    Ok(Standing { round: now.round, passed: now.passed, next, reviewed, missing_stamps, original_at: row.original_at })
}

/// The steps of the notice of the batch at hand, in order.
pub fn steps(site: &Site) -> Result<Vec<ReviewStep>> {
    Ok(site.policy()?.reviews.steps.iter().map(|by| by.step).collect())
}

/// How many stand where.
pub fn counts(site: &Site) -> Result<view::Counts> {
    Ok(view::counts(site.store().db(), site.batch()?.id)?)
}

/// Everybody who was sent back or rejected, with the reason, by unit (S1-83).
pub fn sent_back(site: &Site) -> Result<Vec<view::SentBack>> {
    Ok(view::sent_back(site.store().db(), site.batch()?.id)?)
}
