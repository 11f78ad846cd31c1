//! `archive.seal`: an archive was made; the register has its seal, and with it the journal.
use crate::bundle::sealed::Contents;
use crate::model::{Day, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{ArchiveRow, rows};
use serde::Serialize;
use std::path::Path;

#[derive(Debug, Serialize)]
pub struct Seal {
    pub folder: String,
    pub seal: String,
    files: i64,
    bytes: i64,
    people: i64,
    certificates: i64,
    operations: i64,
    head: String,
    missing: String,
    accepted: Option<String>,
    keeper: String,
    place: String,
    paper_until: Option<Day>,
    electronic_until: Option<Day>,
}

impl Seal {
    pub(super) fn of(contents: &Contents, target: &Path, seal: String) -> Seal {
        let folder =
            target.file_name().map_or_else(|| target.display().to_string(), |n| n.to_string_lossy().into_owned());
        let bytes: u64 = contents.file.iter().map(|part| part.bytes).sum();
        Seal {
            folder,
            seal,
            files: i64::try_from(contents.file.len()).unwrap_or(i64::MAX),
            bytes: i64::try_from(bytes).unwrap_or(i64::MAX),
            people: contents.people,
            certificates: contents.certificates,
            operations: contents.operations,
            head: contents.journal_head.clone(),
            missing: contents.missing.join(","),
            accepted: contents.accepted.clone(),
            keeper: contents.keeper.clone(),
            place: contents.place.clone(),
            paper_until: contents.paper_until,
            electronic_until: contents.electronic_until,
        }
    }
}

impl Operation for Seal {
    const KIND: &'static str = "archive.seal";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let batch = work.closed_batch()?.id;
        let operator = work.actor.operator()?;
        let number = rows::count::<ArchiveRow>(work.tx.db(), "WHERE batch = ?1", [batch])? + 1;
        let id = work.tx.next_id::<ArchiveRow>()?;
        work.tx.insert(&ArchiveRow {
            id,
            batch,
            number,
            folder: self.folder.clone(),
            seal: self.seal.clone(),
            files: self.files,
            bytes: self.bytes,
            people: self.people,
            certificates: self.certificates,
            operations: self.operations,
            head: self.head.clone(),
            missing: self.missing.clone(),
            accepted: self.accepted.clone(),
            keeper: self.keeper.clone(),
            place: self.place.clone(),
            paper_until: self.paper_until,
            electronic_until: self.electronic_until,
            operator,
            at: work.now,
        })?;
        Ok(id)
    }

    fn reason(&self) -> Option<&str> {
        self.accepted.as_deref()
    }
}
