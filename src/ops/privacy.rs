//! `privacy.reveal`: somebody looked at one person's whole number and telephone. Everywhere else both are masked, so the
//! journal says who has seen whose; it does not say the number.
use crate::model::{ApplicationId, Code, DocumentKind, Refusal, Role};
use crate::ops::{Journal, Operation, Result, Undo, Work};
use crate::store::{ApplicationRow, rows};
use serde::Serialize;

pub const NOBODY: Code = Code("privacy.nobody");

#[derive(Debug, Clone, Serialize)]
pub struct Reveal {
    pub application: ApplicationId,
}

/// Shown and forgotten.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Revealed {
    pub name: String,
    pub document: DocumentKind,
    pub id_number: String,
    pub phone: Option<String>,
}

impl Operation for Reveal {
    const KIND: &'static str = "privacy.reveal";
    /// Who has to compare papers with a person.
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer, Role::Proctor];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    type Out = Revealed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Revealed> {
        let batch = work.known_batch()?.id;
        let found =
            rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (self.application, batch))?;
        let row = found.ok_or_else(|| Refusal::new(NOBODY))?;
        Ok(Revealed { name: row.name, document: row.document, id_number: row.id_number, phone: row.phone })
    }
}
