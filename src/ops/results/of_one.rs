//! One application's outcome, for reads and operations alike.
use super::{Judge, marks};
use crate::model::{ApplicationId, BatchId};
use crate::ops::Result;
use crate::policy::Policy;
use crate::policy::passing::Outcome;
use crate::store::rows::Connection;

/// `None`: the application is no longer in the batch.
pub(in crate::ops) fn of_one(
    db: &Connection,
    policy: &Policy,
    batch: BatchId,
    application: ApplicationId,
) -> Result<Option<Outcome>> {
    let person = marks::person(db, policy, batch, application)?;
    Ok(person.map(|p| Judge::of(policy).outcome(p.level, &p.boxes)))
}
