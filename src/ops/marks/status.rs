//! The sessions with marks: how far they are, whether they are locked, what stands in the way.
use super::obstacles::{Obstacle, standing};
use crate::model::{ApplicationId, BatchId, Refusal, SessionId, Stamp, Subject};
use crate::ops::checkin::UNKNOWN_SESSION;
use crate::ops::{Result, Site, batch};
use crate::store::SessionRow;
use crate::store::rows::{self, Connection};
use crate::store::views::locks::{self, Locked, Resting};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SessionStatus {
    #[serde(skip)]
    pub id: SessionId,
    pub session: String,
    pub subject: Subject,
    pub starts_at: Stamp,
    pub expected: usize,
    pub settled: usize,
    pub locked: Option<Locked>,
    /// Empty: it can be locked, or is.
    pub obstacles: Vec<Obstacle>,
    /// Told, and stop nothing.
    pub open_incidents: i64,
    /// What keeps a locked session from being opened again.
    pub resting: Resting,
}

/// A session of the batch.
pub(super) fn find(db: &Connection, batch: BatchId, session: SessionId) -> Result<SessionRow> {
    let found = rows::first::<SessionRow>(db, "WHERE id = ?1 AND batch = ?2", (session, batch))?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", session))?)
}

/// Every session of the batch in time order.
pub fn sessions(site: &Site) -> Result<Vec<SessionStatus>> {
    batch::sessions(site)?.into_iter().map(|row| status(site, row)).collect()
}

/// One session by its code.
pub fn session(site: &Site, code: &str) -> Result<SessionStatus> {
    let found = batch::sessions(site)?.into_iter().find(|row| row.code == code);
    status(site, found.ok_or_else(|| Refusal::new(UNKNOWN_SESSION).with("session", code))?)
}

fn status(site: &Site, row: SessionRow) -> Result<SessionStatus> {
    let (db, policy) = (site.store().db(), site.policy()?);
    let now = standing(db, &policy, (row.id, row.subject))?;
    let locked = locks::locked(db, row.id)?;
    let obstacles = if locked.is_some() { Vec::new() } else { now.obstacles };
    Ok(SessionStatus {
        expected: now.expected,
        settled: now.settled,
        open_incidents: locks::open_incidents(db, row.id)?,
        resting: locks::resting(db, row.id)?,
        locked,
        obstacles,
        id: row.id,
        session: row.code,
        subject: row.subject,
        starts_at: row.starts_at,
    })
}

/// Whether this mark changes by two persons only.
pub fn is_locked(site: &Site, application: ApplicationId, subject: Subject) -> Result<bool> {
    Ok(locks::sitting(site.store().db(), application, subject)?.is_some_and(|s| s.locked))
}
