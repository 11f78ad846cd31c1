//! `site.continue`: goes on after a restore or a loss. A lineage of its own begins, and the journal says where it parts.
use super::{CHAIN, refusal};
use crate::model::{Code, Refusal, Role};
use crate::ops::together::{self, KEEP};
use crate::ops::{Done, Error, InDoubt, LineageRow, Operation, People, Result, Site, Undo, Work};
use crate::store::doubt::Doubt;
use crate::store::journal;
use serde::Serialize;

pub const FITS: Code = Code("anchor.fits");
pub const NO_REASON: Code = Code("anchor.no_reason");

#[derive(Debug, Clone, Serialize)]
pub struct Continue {
    /// What the mark said: number, digest and lineage, or `missing`, `damaged`.
    pub found: String,
    pub public_key: Option<String>,
    pub reason: String,
}

impl Operation for Continue {
    const KIND: &'static str = "site.continue";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Admin];
    const UNDO: Undo = Undo::Never;
    const IN_DOUBT: InDoubt = InDoubt::Allowed;
    const PEOPLE: People = People::Two(KEEP);
    type Out = LineageRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<LineageRow> {
        let by = work.actor.operator()?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Refusal::new(NO_REASON).into());
        }
        let said = (self.found.clone(), reason.to_owned());
        let row = LineageRow { public_key: self.public_key.clone(), ..LineageRow::next(work.tx, said, work.now, by)? };
        work.tx.insert(&row)?;
        Ok(row)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Begins a new lineage on a site in doubt; refused where there is none, and where the chain itself does not hold: then a
/// backup is put back first. It is the only operation that is written in doubt, with the hands of both, so what was found stays
/// as it was until then and the lineage goes on from the last operation that was kept.
pub fn go_on(site: &mut Site, reason: &str) -> Result<Done<LineageRow>> {
    match site.doubt() {
        None => return Err(Refusal::new(FITS).into()),
        Some(doubt @ (Doubt::Foreign { .. } | Doubt::Content(_))) => return Err(refusal(&doubt).into()),
        Some(_) => {}
    }
    if let Some(no) = journal::verify(site.store().db())?.broken_at {
        return Err(Refusal::new(CHAIN).with("op", no.0).into());
    }
    let found = site.held().found().map(|f| f.words()).unwrap_or_default();
    let op = Continue { found, public_key: site.public_key(), reason: reason.to_owned() };
    let done = match site.perform(&op) {
        Err(Error::Refused(r)) if r.is(together::NEEDED) => return Err(both_here(site)?.unwrap_or(r).into()),
        done => done?,
    };
    site.after_lineage();
    Ok(done)
}

/// Nobody is asked at another terminal: nothing else is written before the new lineage.
fn both_here(site: &mut Site) -> Result<Option<Refusal>> {
    let wanted = site.take_wanted();
    wanted.map(|wanted| together::here(site, &wanted)).transpose()
}
