//! Incidents as people look at them.
use super::Listed;
use super::decide::UNKNOWN;
use crate::model::{IncidentId, Refusal};
use crate::ops::{Result, Site};
use crate::store::views::conduct;

/// Every incident of the batch at hand: those without a decision first, then the newest.
pub fn incidents(site: &Site) -> Result<Vec<Listed>> {
    Ok(conduct::list(site.store().db(), site.batch()?.id)?)
}

pub fn one(site: &Site, incident: IncidentId) -> Result<Listed> {
    let found = conduct::one(site.store().db(), site.batch()?.id, incident)?;
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", incident))?)
}
