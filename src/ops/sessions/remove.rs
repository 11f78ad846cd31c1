//! `sessions.remove`: takes a session of the site's own out again while nobody is seated.
use super::{IN_USE, OF_THE_NOTICE, find, free};
use crate::model::{Refusal, Role};
use crate::ops::{Error, Operation, Result, Work};
use crate::store::StoreFault;
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct Remove {
    pub session: String,
}

impl Operation for Remove {
    const KIND: &'static str = "sessions.remove";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let row = find(work, &self.session)?;
        if work.policy()?.sessions.iter().any(|s| s.code == row.code) {
            return Err(Refusal::new(OF_THE_NOTICE).with("session", row.code.as_str()).into());
        }
        free(work, &row)?;
        match work.tx.delete(&row) {
            // Staff or papers are planned for it.
            Err(StoreFault::Constraint(_)) => Err(Refusal::new(IN_USE).with("session", row.code.as_str()).into()),
            other => other.map(|()| row.code).map_err(Error::from),
        }
    }
}
