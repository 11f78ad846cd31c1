//! `publicity.withdraw`: a release is taken back, with a reason. Nothing public tells of it any more; the record stays.
use super::hindrance::Hindrances;
use super::standing;
use crate::model::{BatchId, Code, Refusal, Role, fold};
use crate::ops::{Operation, Result, Site, Undo, Work};
use crate::store::rows::Connection;
use crate::store::views::publicity as view;
use crate::store::{PublicationRow, PublicationState};
use serde::Serialize;

pub const REASON: Code = Code("publicity.reason_needed");
pub const NOTHING: Code = Code("publicity.nothing_stands");
/// Certificates rest on it.
pub const CERTIFIED: Code = Code("publicity.certified");

#[derive(Debug, Clone, Serialize)]
pub struct Withdraw {
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Withdrawn {
    pub number: i64,
}

impl Operation for Withdraw {
    const KIND: &'static str = "publicity.withdraw";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("publicity.publish");
    type Out = Withdrawn;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Withdrawn> {
        let reason = fold::text(&self.reason).trim().to_owned();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let batch = work.batch()?.id;
        look(work.tx.db(), batch)?.settle(&[])?;
        let before = standing(work.tx.db(), batch)?.ok_or_else(|| Refusal::new(NOTHING))?;
        let after = PublicationRow {
            state: PublicationState::Withdrawn,
            withdrawn_at: Some(work.now),
            withdrawn_by: Some(work.actor.operator()?),
            withdrawn_reason: Some(reason),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(Withdrawn { number: before.number })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// What stands in the way of taking back what is shown.
pub fn withdraw_check(site: &Site) -> Result<Hindrances> {
    look(site.store().db(), site.batch()?.id)
}

fn look(db: &Connection, batch: BatchId) -> Result<Hindrances> {
    let mut found = Hindrances::default();
    if standing(db, batch)?.is_none() {
        found.stops.push(Refusal::new(NOTHING));
    }
    let certificates = view::valid_certificates(db, batch)?;
    if certificates > 0 {
        found.stops.push(Refusal::new(CERTIFIED).with("count", certificates));
    }
    Ok(found)
}
