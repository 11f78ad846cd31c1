//! The changes of the batch, and what one of them does before it is saved.
use super::ask::asked;
use super::decide::{self, UNKNOWN};
use super::picture::{Ground, Preview};
use crate::model::{ApplicationId, Mark, MarkChangeId, Refusal, Subject};
use crate::ops::{Result, Site};
use crate::store::views::locks::{self, Listed};
use crate::store::{MarkChangeRow, rows};

/// Those that wait first, then the newest.
pub fn changes(site: &Site) -> Result<Vec<Listed>> {
    Ok(locks::changes(site.store().db(), site.batch()?.id)?)
}

pub fn change(site: &Site, number: MarkChangeId) -> Result<Listed> {
    let found = changes(site)?.into_iter().find(|c| c.number == number);
    Ok(found.ok_or_else(|| Refusal::new(UNKNOWN).with("number", number))?)
}

/// What a change that waits would do if it were approved now.
pub fn preview(site: &Site, number: MarkChangeId) -> Result<Preview> {
    change(site, number)?;
    let row = rows::first::<MarkChangeRow>(site.store().db(), "WHERE id = ?1", [number])?
        .ok_or_else(|| Refusal::new(UNKNOWN).with("number", number))?;
    let policy = site.policy()?;
    decide::preview(&Ground { db: site.store().db(), policy: &policy, batch: site.batch()?.id }, &row)
}

/// What asking for this would come to; refused as the asking itself would be.
pub fn preview_ask(site: &Site, application: ApplicationId, subject: Subject, mark: Mark) -> Result<Preview> {
    let policy = site.policy()?;
    asked(&Ground { db: site.store().db(), policy: &policy, batch: site.batch()?.id }, (application, subject), mark)
}
