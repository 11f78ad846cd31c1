//! `publicity.withdraw`: a release is taken back, with a reason. Nothing public tells of it any more; the record stays.
//! What two people made final, two take back.
use super::hindrance::Hindrances;
use super::standing;
use crate::model::{BatchId, Code, Refusal, Role, fold};
use crate::ops::{Operation, People, Result, Site, Undo, Work, together};
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
    const PEOPLE: People = People::Two(together::COSIGN);
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

    fn people(&self, db: &Connection, batch: Option<BatchId>) -> Result<People> {
        let standing = batch.map(|batch| standing(db, batch)).transpose()?.flatten();
        let is_final = standing.is_some_and(|shown| shown.state == PublicationState::Final);
        Ok(if is_final { Self::PEOPLE } else { People::One })
    }

    /// The release that is up.
    fn seen(&self, db: &Connection, batch: Option<BatchId>) -> Result<String> {
        let standing = batch.map(|batch| standing(db, batch)).transpose()?.flatten();
        Ok(standing.map(|shown| format!("{} {}", shown.number, shown.digest)).unwrap_or_default())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
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
