//! `site.restore`: that somebody put a copy in the place of the site. Where the copy is older nothing can be written before a
//! lineage is begun, and that operation says it.
use crate::model::Role;
use crate::ops::{Journal, Operation, Result, Undo, Work};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct NoteRestore {
    /// Name of the copy's file.
    pub file: String,
    /// Last operation in it.
    pub operations: i64,
    /// Name of the file where the former database is.
    pub aside: String,
}

impl Operation for NoteRestore {
    const KIND: &'static str = "site.restore";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Admin];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        work.actor.operator().map(drop)
    }
}
