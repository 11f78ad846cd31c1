//! `exchange.give`: that a bundle left the house, for whom and what for, and where the journal stood.
use crate::model::{BatchId, Code, Refusal, Role};
use crate::ops::{Journal, Operation, People, Result, Undo, Work, together};
use crate::store::BundleGivenRow;
use crate::store::rows::Connection;
use serde::Serialize;

pub const PURPOSE: Code = Code("export.purpose_needed");

#[derive(Debug, Clone, Serialize)]
pub struct Give {
    pub rows: u64,
    /// How many people's identity numbers stand in it whole.
    pub whole: u64,
    /// Name of the file or folder.
    pub file: String,
    pub digest: String,
    pub operation: i64,
    pub head: String,
    /// The key that it is locked to.
    pub recipient: Option<String>,
    pub purpose: Option<String>,
}

impl Operation for Give {
    const KIND: &'static str = "exchange.give";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Auditor];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    const PEOPLE: People = People::Two(together::COSIGN);
    /// Made anew for each attempt; those who sign are asked about the batch, for whom and what for.
    const UNSIGNED: &'static [&'static str] = &["file", "digest", "operation", "head", "rows"];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        if self.purpose.as_deref().is_some_and(|p| p.trim().is_empty()) {
            return Err(Refusal::new(PURPOSE).into());
        }
        let (batch, given_by) = (work.known_batch()?.code.clone(), work.actor.operator()?);
        let id = work.tx.next_id::<BundleGivenRow>()?;
        work.tx.insert(&BundleGivenRow {
            id,
            batch,
            digest: self.digest.clone(),
            operation: self.operation,
            head: self.head.clone(),
            recipient: self.recipient.clone(),
            purpose: self.purpose.clone(),
            given_at: work.now,
            given_by,
        })?;
        Ok(())
    }

    /// Whole numbers of many people are no business of one.
    fn people(&self, _db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        Ok(if self.whole > 1 { Self::PEOPLE } else { People::One })
    }

    fn reason(&self) -> Option<&str> {
        self.purpose.as_deref()
    }
}
