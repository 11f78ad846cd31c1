//! `enterprise.change`: the directory follows what happens: suspended, resumed, removed, extended (S3-04).
use super::in_force;
use crate::model::{Day, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::enterprise::{Move, moved};
use crate::store::FilingRow;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Change {
    /// Credit code or name.
    pub organisation: String,
    pub to: Move,
    pub reason: String,
}

impl Operation for Change {
    const KIND: &'static str = "enterprise.change";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// Name of the organisation.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let (organisation, before) = in_force(work.tx.db(), &self.organisation)?;
        let state = moved(before.state, before.valid_to, self.to, &self.reason)?;
        let extended = |to| match to {
            Move::Extend(day) => Some(day),
            Move::Suspend | Move::Resume | Move::Remove => None,
        };
        let valid_to: Option<Day> = extended(self.to).or(before.valid_to);
        let reason = Some(self.reason.trim().to_owned());
        work.tx.update(&before, &FilingRow { state, valid_to, reason, ..before.clone() })?;
        Ok(organisation.name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
