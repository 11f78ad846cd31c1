//! `archive.ask_erasure`, `archive.erase`, `archive.withdraw_erasure`: the people of a batch are erased once its time is over,
//! asked for by one and done by another. There is no way back, and the journal's chain still verifies.
use super::{ALREADY_ASKED, ALREADY_ERASED, NO_TERM, NOT_ASKED, NOT_SEALED, NOT_YET, OWN_ERASURE, REASON};
use crate::model::{BatchId, Day, Refusal, Role};
use crate::ops::{Error, Operation, Result, Site, Undo, Work};
use crate::store::erase::{Erased, erase};
use crate::store::rows::Connection;
use crate::store::{ArchiveRow, ErasureRow, ErasureState, rows};
use serde::Serialize;
use std::path::{Path, PathBuf};

#[derive(Debug, Serialize)]
pub struct AskErasure {
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub struct Erase {}

#[derive(Debug, Serialize)]
pub struct WithdrawErasure {}

impl Operation for AskErasure {
    const KIND: &'static str = "archive.ask_erasure";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    const UNDO: Undo = Undo::Instead("archive.withdraw_erasure");
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let batch = work.closed_batch()?.id;
        let asked_by = work.actor.operator()?;
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let db = work.tx.db();
        may_be_erased(db, batch, work.now.day())?;
        if asked(db, batch)?.is_some() {
            return Err(Refusal::new(ALREADY_ASKED).into());
        }
        let id = work.tx.next_id::<ErasureRow>()?;
        work.tx.insert(&ErasureRow {
            id,
            batch,
            asked_by,
            asked_at: work.now,
            reason: self.reason.trim().to_owned(),
            state: ErasureState::Asked,
            decided_by: None,
            decided_at: None,
            people: None,
            operations: None,
            barred: None,
        })?;
        Ok(())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

impl Operation for Erase {
    const KIND: &'static str = "archive.erase";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    const UNDO: Undo = Undo::Never;
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Erased;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Erased> {
        let batch = work.closed_batch()?.id;
        let me = work.actor.operator()?;
        let (db, today) = (work.tx.db(), work.now.day());
        may_be_erased(db, batch, today)?;
        let before = asked(db, batch)?.ok_or_else(|| Refusal::new(NOT_ASKED))?;
        if before.asked_by == me {
            return Err(Refusal::new(OWN_ERASURE).into());
        }
        let erased = erase(work.tx, batch, today)?;
        let after = ErasureRow {
            state: ErasureState::Done,
            decided_by: Some(me),
            decided_at: Some(work.now),
            people: Some(erased.people),
            operations: Some(erased.operations),
            barred: Some(erased.barred),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(erased)
    }
}

impl Operation for WithdrawErasure {
    const KIND: &'static str = "archive.withdraw_erasure";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::ScoreManager];
    const UNDO: Undo = Undo::Never;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let batch = work.closed_batch()?.id;
        let before = asked(work.tx.db(), batch)?.ok_or_else(|| Refusal::new(NOT_ASKED))?;
        let (decided_by, decided_at) = (Some(work.actor.operator()?), Some(work.now));
        let after = ErasureRow { state: ErasureState::Withdrawn, decided_by, decided_at, ..before.clone() };
        Ok(work.tx.update(&before, &after)?)
    }
}

fn asked(db: &Connection, batch: BatchId) -> Result<Option<ErasureRow>> {
    Ok(rows::first::<ErasureRow>(db, "WHERE batch = ?1 AND state = 'asked'", [batch])?)
}

/// Only what is sealed, and only after the last day of every archive of the batch. A sanction that outlived an erasure may be
/// erased later, by another one.
fn may_be_erased(db: &Connection, batch: BatchId, today: Day) -> Result<()> {
    let archives = rows::select::<ArchiveRow>(db, "WHERE batch = ?1", [batch])?;
    if archives.is_empty() {
        return Err(Refusal::new(NOT_SEALED).into());
    }
    let mut latest = None;
    for archive in archives {
        latest = latest.max(Some(archive.electronic_until.ok_or_else(|| Refusal::new(NO_TERM))?));
    }
    if let Some(until) = latest.filter(|until| *until >= today) {
        return Err(Refusal::new(NOT_YET).with("until", until.to_string()).into());
    }
    let last = rows::first::<ErasureRow>(db, "WHERE batch = ?1 AND state = 'done' ORDER BY id DESC", [batch])?;
    match last {
        Some(row) if row.barred == Some(0) => Err(Refusal::new(ALREADY_ERASED).into()),
        _ => Ok(()),
    }
}

/// Writes the database file anew: what was erased is in no free page and in no log any more.
pub fn scrub(site: &Site) -> Result<()> {
    Ok(site.store().scrub()?)
}

/// Files of the home that may still have the people in them: backups and what was exported. Nobody but a person can say.
pub fn remains(home: &Path) -> Result<Vec<PathBuf>> {
    let mut found = Vec::new();
    for folder in ["backups", "exports"].map(|name| home.join(name)) {
        let entries = match std::fs::read_dir(&folder) {
            Ok(entries) => entries,
            Err(error) if error.kind() == std::io::ErrorKind::NotFound => continue,
            Err(error) => return Err(Error::file(folder)(error)),
        };
        for entry in entries {
            found.push(entry.map_err(Error::file(&folder))?.path());
        }
    }
    found.sort();
    Ok(found)
}
