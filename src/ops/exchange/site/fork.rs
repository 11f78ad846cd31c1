//! A bundle that does not follow from what its site gave before. It does not come in, and stays on record until a person
//! has asked that site and says which history counts.
use super::load::name_only;
use super::merge::{Merge, Merged};
use super::{Folder, taking};
use crate::model::{Code, Refusal, Role};
use crate::ops::{Done, Operation, People, Result, Site, Undo, Work, together};
use crate::store::{BundleForkRow, BundleTakenRow, ForkState, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("fork.unknown");
pub const DECIDED: Code = Code("fork.already_decided");
pub const REASON: Code = Code("fork.reason_missing");

/// Merges a bundle. One that does not follow is refused, and what was found is kept.
pub fn take(site: &mut Site, folder: &Folder) -> Result<Done<Merged>> {
    let done = site.perform_bulk(&Merge { folder });
    if done.as_ref().is_err_and(|e| e.refusal().is_some_and(|r| r.is(taking::FORK))) {
        site.perform(&NoteFork { folder })?;
    }
    done
}

#[derive(Serialize)]
pub struct NoteFork<'a> {
    #[serde(serialize_with = "name_only")]
    pub folder: &'a Folder,
}

impl Operation for NoteFork<'_> {
    const KIND: &'static str = "exchange.note_fork";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let (db, folder) = (work.tx.db(), self.folder);
        let (Some(known), Some((key, signed))) = (taking::broken(db, folder)?, &folder.origin.signer) else {
            return Ok(());
        };
        let (known_operation, known_head) = (known.operation.unwrap_or_default(), known.head.unwrap_or_default());
        let filter = "WHERE digest = ?1 AND known_operation = ?2 AND known_head = ?3";
        if rows::count::<BundleForkRow>(db, filter, (folder.digest(), known_operation, &known_head))? > 0 {
            return Ok(());
        }
        let id = work.tx.next_id::<BundleForkRow>()?;
        work.tx.insert(&BundleForkRow {
            id,
            site: signed.site.clone(),
            sign_key: key.text(),
            digest: folder.digest().to_owned(),
            lineage: signed.lineage.clone(),
            operation: signed.operation,
            head: signed.head.clone(),
            known_lineage: known.lineage.unwrap_or_default(),
            known_operation,
            known_head,
            at: work.now,
            state: ForkState::Open,
            decided_by: None,
            decided_at: None,
            reason: None,
        })?;
        Ok(())
    }
}

/// The site was asked: its history as of the refused bundle is the one that counts. What was taken in before stays, but
/// later bundles are not held against it any more.
#[derive(Debug, Clone, Serialize)]
pub struct AcceptFork {
    pub fork: i64,
    pub reason: String,
}

impl Operation for AcceptFork {
    const KIND: &'static str = "exchange.accept_fork";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const PEOPLE: People = People::Two(together::COSIGN);
    type Out = u64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<u64> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let row = rows::first::<BundleForkRow>(work.tx.db(), "WHERE id = ?1", [self.fork])?
            .ok_or_else(|| Refusal::new(UNKNOWN).with("fork", self.fork))?;
        if row.state != ForkState::Open {
            return Err(Refusal::new(DECIDED).with("fork", self.fork).into());
        }
        let (state, by) = (ForkState::Accepted, work.actor.operator()?);
        let (decided_by, decided_at, reason) = (Some(by), Some(work.now), Some(self.reason.trim().to_owned()));
        work.tx.update(&row, &BundleForkRow { state, decided_by, decided_at, reason, ..row.clone() })?;
        let filter = "WHERE sign_key = ?1 AND set_aside IS NULL ORDER BY id";
        let taken = rows::select::<BundleTakenRow>(work.tx.db(), filter, [&row.sign_key])?;
        for one in &taken {
            work.tx.update(one, &BundleTakenRow { set_aside: Some(row.id), ..one.clone() })?;
        }
        Ok(taken.len() as u64)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Those that wait first.
pub fn forks(site: &Site) -> Result<Vec<BundleForkRow>> {
    Ok(rows::select(site.store().db(), "ORDER BY state <> 'open', id", [])?)
}
