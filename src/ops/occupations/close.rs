//! `occupation.close`: a batch takes no more applications for an occupation at a level (S0-05, S1-04). Those that are
//! there stay; they are listed, for somebody to decide about each.
use super::{Adjusted, Offers, concerned, known};
use crate::model::{Code, Level, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{ClosureRow, rows};
use serde::Serialize;

pub const REASON: Code = Code("occupation.reason_needed");
pub const ALREADY_CLOSED: Code = Code("occupation.already_closed");
pub const NOT_ADJUSTABLE: Code = Code("occupation.not_adjustable");

#[derive(Debug, Serialize)]
pub struct Close {
    /// Name or code.
    pub occupation: String,
    pub level: Level,
    pub reason: String,
}

impl Operation for Close {
    const KIND: &'static str = "occupation.close";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Adjusted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Adjusted> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let batch = work.batch()?.id;
        if !work.policy()?.occupations.adjustable {
            return Err(Refusal::new(NOT_ADJUSTABLE).into());
        }
        let occupation = known(work.codes, &self.occupation)?;
        let key = (batch, &occupation.code, self.level);
        let tail = "WHERE batch = ?1 AND occupation = ?2 AND level = ?3 AND opened_at IS NULL";
        if rows::first::<ClosureRow>(work.tx.db(), tail, key)?.is_some() {
            let refusal = Refusal::new(ALREADY_CLOSED).with("occupation", occupation.name.as_str());
            return Err(refusal.word("level", self.level.key()).into());
        }
        Offers::of(work.tx.db(), batch, work.policy()?)?.check(occupation, self.level)?;
        work.tx.insert(&ClosureRow {
            id: work.tx.next_id::<ClosureRow>()?,
            batch,
            occupation: occupation.code.clone(),
            level: self.level,
            reason: self.reason.trim().to_owned(),
            closed_at: work.now,
            opened_at: None,
        })?;
        concerned(work.tx.db(), batch, occupation, self.level)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
