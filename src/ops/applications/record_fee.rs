//! `applications.record_fee`: somebody has paid.
use super::withdraw::WITHDRAWN;
use crate::model::{ApplicationId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{ApplicationRow, ApplicationState, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("applications.unknown");
pub const NOBODY_OWES: Code = Code("applications.nobody_owes");

/// Whose fee came in.
#[derive(Debug, Clone, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum RecordFee {
    These(Vec<ApplicationId>),
    /// Everybody of the batch who has not paid.
    All,
}

impl Operation for RecordFee {
    const KIND: &'static str = "applications.record_fee";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// How many were unpaid before.
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        let batch = work.batch()?.id;
        let db = work.tx.db();
        let owing = match self {
            RecordFee::All => rows::select::<ApplicationRow>(
                db,
                "WHERE batch = ?1 AND paid_at IS NULL AND state IN ('submitted', 'returned', 'approved') ORDER BY id",
                [batch],
            )?,
            RecordFee::These(ids) => {
                let find = |id: &ApplicationId| {
                    let found = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (id, batch))?;
                    let found = found.ok_or_else(|| Refusal::new(UNKNOWN).with("id", *id))?;
                    if found.state == ApplicationState::Withdrawn {
                        return Err(Refusal::new(WITHDRAWN).with("name", found.name).into());
                    }
                    Ok(found)
                };
                let all = ids.iter().map(find).collect::<Result<Vec<_>>>()?;
                all.into_iter().filter(|a| a.paid_at.is_none()).collect()
            }
        };
        if owing.is_empty() {
            return Err(Refusal::new(NOBODY_OWES).into());
        }
        for before in &owing {
            work.tx.update(before, &ApplicationRow { paid_at: Some(work.now), ..before.clone() })?;
        }
        Ok(owing.len())
    }
}
