//! `evidence.amend`: a piece of evidence says something else than was recorded.
use crate::model::{Evidence, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::eligibility::evidence::sensible;
use crate::store::EvidenceRow;
use serde::Serialize;

/// The kind stays; every other field becomes what stands here.
#[derive(Debug, Clone, Serialize)]
pub struct AmendEvidence {
    pub id: i64,
    pub evidence: Evidence,
    pub reason: String,
}

impl Operation for AmendEvidence {
    const KIND: &'static str = "evidence.amend";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Typist];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(super::REASON).into());
        }
        let before = super::piece(work, self.id)?;
        let evidence = Evidence { kind: before.kind, ..self.evidence.clone() };
        sensible(&evidence, work.now.day())?;
        let after = EvidenceRow::of(before.id, before.application, &evidence);
        if after != before {
            work.tx.update(&before, &after)?;
        }
        Ok(())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
