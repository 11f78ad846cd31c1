//! `evidence.judge`: somebody decides how an occupation, field or major stands to the occupation applied for.
use crate::model::{Code, Refusal, Relation, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::eligibility::evidence::{Part, parts};
use crate::store::EvidenceRow;
use serde::Serialize;

pub const NOTHING_TO_JUDGE: Code = Code("evidence.nothing_to_judge");

#[derive(Debug, Clone, Serialize)]
pub struct JudgeEvidence {
    pub id: i64,
    /// `None` takes a judgement back.
    pub relation: Option<Relation>,
}

impl Operation for JudgeEvidence {
    const KIND: &'static str = "evidence.judge";
    /// Typists record; to weigh is another duty.
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let before = super::piece(work, self.id)?;
        if !parts(before.kind).contains(&Part::Relation) {
            return Err(Refusal::new(NOTHING_TO_JUDGE).word("kind", before.kind.key()).into());
        }
        let after = EvidenceRow { relation: self.relation, ..before.clone() };
        if after != before {
            work.tx.update(&before, &after)?;
        }
        Ok(())
    }
}
