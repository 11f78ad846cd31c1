//! `evidence.remove`: a piece of evidence was recorded by mistake.
use crate::model::{Refusal, Role};
use crate::ops::{Operation, Result, Work};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct RemoveEvidence {
    pub id: i64,
    pub reason: String,
}

impl Operation for RemoveEvidence {
    const KIND: &'static str = "evidence.remove";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Typist];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(super::REASON).into());
        }
        let row = super::piece(work, self.id)?;
        work.tx.delete(&row)?;
        Ok(())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
