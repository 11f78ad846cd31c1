//! Occupations that a batch takes: those of its catalogue and policy, less those that were closed (动态调整).
mod close;
mod offers;
mod open;

pub use close::{ALREADY_CLOSED, Close, NOT_ADJUSTABLE};
pub use offers::{CLOSED, EXCLUDED, LEVEL_NOT_ASSESSED, LEVEL_NOT_HELD, Offers, UNKNOWN};
pub use open::{NOT_CLOSED, Open};

use super::{Result, Site};
use crate::bundle::codes::{Codes, Occupation};
use crate::model::{ApplicationId, BatchId, Level, Refusal, Stamp};
use crate::store::rows::{self, Connection};
use crate::store::{ApplicationRow, ClosureRow};
use serde::Serialize;

/// Somebody whom opening or closing concerns.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Concerned {
    pub application: ApplicationId,
    pub name: String,
    pub paid: bool,
}

/// What opening or closing came to.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Adjusted {
    pub occupation: String,
    pub name: String,
    pub level: Level,
    /// Applications in the batch for exactly this; they stay as they are.
    pub concerned: Vec<Concerned>,
}

/// One occupation of the catalogue as the batch takes it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Listed {
    pub code: String,
    pub name: String,
    /// Of the catalogue; 5 is the lowest.
    pub levels: Vec<Level>,
    /// Levels that are not taken although the catalogue has them.
    pub not_taken: Vec<Level>,
    pub closed: Vec<ClosedLevel>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ClosedLevel {
    pub level: Level,
    pub reason: String,
    pub since: Stamp,
}

/// Whether the batch at hand takes an application for this now; refused with the reason if not.
pub fn offered(site: &Site, occupation: &str, level: Level) -> Result<()> {
    let codes = site.codes()?;
    let occupation = known(&codes, occupation)?;
    Ok(offers(site)?.check(occupation, level)?)
}

/// What the batch at hand takes, for asking about many.
pub fn offers(site: &Site) -> Result<Offers> {
    Offers::of(site.store().db(), site.batch()?.id, &*site.policy()?)
}

/// The catalogue; with a batch at hand, what of it is not taken.
pub fn list(site: &Site) -> Result<Vec<Listed>> {
    let codes = site.codes()?;
    let (offers, closures) = match site.batch() {
        Ok(batch) => (Some(offers(site)?), standing(site.store().db(), batch.id)?),
        Err(_) => (None, Vec::new()),
    };
    let listed = codes.occupations().iter().map(|o| {
        let refused = |level: &Level| offers.as_ref().is_some_and(|offers| offers.check(o, *level).is_err());
        let own = closures.iter().filter(|c| c.occupation == o.code);
        Listed {
            code: o.code.clone(),
            name: o.name.clone(),
            levels: o.levels().collect(),
            not_taken: o.levels().filter(refused).collect(),
            closed: own.map(|c| ClosedLevel { level: c.level, reason: c.reason.clone(), since: c.closed_at }).collect(),
        }
    });
    Ok(listed.collect())
}

/// By name or code, in the catalogue of the batch.
fn known<'c>(codes: &'c Codes, occupation: &str) -> Result<&'c Occupation> {
    Ok(codes.occupation(occupation.trim()).ok_or_else(|| Refusal::new(UNKNOWN).with("occupation", occupation))?)
}

fn standing(db: &Connection, batch: BatchId) -> Result<Vec<ClosureRow>> {
    Ok(rows::select(db, "WHERE batch = ?1 AND opened_at IS NULL ORDER BY occupation, level DESC", [batch])?)
}

fn concerned(db: &Connection, batch: BatchId, occupation: &Occupation, level: Level) -> Result<Adjusted> {
    let tail = "WHERE batch = ?1 AND occupation = ?2 AND level = ?3 AND state IN ('submitted', 'returned', 'approved') \
                ORDER BY id";
    let found = rows::select::<ApplicationRow>(db, tail, (batch, &occupation.code, level))?;
    let concerned = found.into_iter().map(|a| Concerned { application: a.id, name: a.name, paid: a.paid_at.is_some() });
    Ok(Adjusted {
        occupation: occupation.code.clone(),
        name: occupation.name.clone(),
        level,
        concerned: concerned.collect(),
    })
}
