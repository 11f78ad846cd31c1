//! Who passed, and who of them has a number.
use crate::model::{ApplicationId, Level};
use crate::ops::{Result, Site, Work, results};
use crate::store::views::certificates::ever_holders;

/// Somebody who passed every required part and never had a certificate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Waiting {
    pub application: ApplicationId,
    pub name: String,
    pub level: Level,
}

/// By occupation, level and ticket; and how many passed in all. Whoever had a certificate revoked is left out: a new one
/// is somebody's decision.
pub(super) fn waiting(work: &Work<'_, '_>) -> Result<(Vec<Waiting>, usize)> {
    let mut passed = results::passed(work)?;
    passed.sort_by(|a, b| {
        (&a.occupation, a.level, &a.ticket, a.application).cmp(&(&b.occupation, b.level, &b.ticket, b.application))
    });
    let holders = ever_holders(work.tx.db(), work.batch()?.id)?;
    let all = passed.len();
    let waiting = passed.into_iter().filter(|p| !holders.contains(&p.application));
    let waiting = waiting.map(|p| Waiting { application: p.application, name: p.name, level: p.level });
    Ok((waiting.collect(), all))
}

/// How many passed, and how many of them have or had a certificate.
pub(super) fn passed_and_numbered(site: &Site) -> Result<(usize, usize)> {
    let holders = ever_holders(site.store().db(), site.batch()?.id)?;
    let (mut passed, mut numbered) = (0, 0);
    results::each_passed(site, |application| {
        passed += 1;
        numbered += usize::from(holders.contains(&application));
    })?;
    Ok((passed, numbered))
}
