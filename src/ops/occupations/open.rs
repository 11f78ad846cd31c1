//! `occupation.open`: takes a closed occupation and level again.
use super::close::REASON;
use super::{Adjusted, concerned, known};
use crate::model::{Code, Level, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{ClosureRow, rows};
use serde::Serialize;

pub const NOT_CLOSED: Code = Code("occupation.not_closed");

#[derive(Debug, Serialize)]
pub struct Open {
    /// Name or code.
    pub occupation: String,
    pub level: Level,
    pub reason: String,
}

impl Operation for Open {
    const KIND: &'static str = "occupation.open";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Adjusted;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Adjusted> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let batch = work.batch()?.id;
        let occupation = known(work.codes, &self.occupation)?;
        let key = (batch, &occupation.code, self.level);
        let tail = "WHERE batch = ?1 AND occupation = ?2 AND level = ?3 AND opened_at IS NULL";
        let before: ClosureRow = rows::first(work.tx.db(), tail, key)?.ok_or_else(|| {
            Refusal::new(NOT_CLOSED).with("occupation", occupation.name.as_str()).word("level", self.level.key())
        })?;
        work.tx.update(&before, &ClosureRow { opened_at: Some(work.now), ..before.clone() })?;
        concerned(work.tx.db(), batch, occupation, self.level)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
