//! `evidence.add`: one more piece of evidence.
use crate::model::{ApplicationId, Evidence, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::eligibility::evidence::sensible;
use crate::store::EvidenceRow;
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct AddEvidence {
    pub application: ApplicationId,
    pub evidence: Evidence,
}

impl Operation for AddEvidence {
    const KIND: &'static str = "evidence.add";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Typist];
    /// Its number.
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        super::open(work, self.application)?;
        sensible(&self.evidence, work.now.day())?;
        let id = work.tx.next_id::<EvidenceRow>()?;
        work.tx.insert(&EvidenceRow::of(id, self.application, &self.evidence))?;
        Ok(id)
    }
}
