//! `together.ask`: who wants to do it shows with their PIN that it is them.
use super::proof::{self, Proof};
use super::{Wanted, lasts};
use crate::model::{BatchId, Role};
use crate::ops::{InDoubt, Operation, Result, Site, Undo, Work};
use crate::store::{CountersignatureRow, rows};
use serde::Serialize;

/// Made by [`ask`] only.
#[derive(Debug, Serialize)]
pub struct Ask {
    kind: &'static str,
    digest: String,
    said: String,
    roles: Vec<Role>,
    #[serde(skip)]
    batch: Option<BatchId>,
    #[serde(skip)]
    proof: Proof,
}

impl Operation for Ask {
    const KIND: &'static str = "together.ask";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    const IN_DOUBT: InDoubt = InDoubt::Allowed;
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let id = work.tx.next_id::<CountersignatureRow>()?;
        let roles: Vec<_> = self.roles.iter().map(|r| r.code()).collect();
        work.tx.insert(&CountersignatureRow {
            id,
            kind: self.kind.to_owned(),
            batch: self.batch,
            digest: self.digest.clone(),
            said: self.said.clone(),
            roles: roles.join(","),
            asked_by: self.proof.operator(),
            asked_at: work.now,
            given_by: None,
            given_at: None,
            used: None,
        })?;
        Ok(id)
    }
}

/// Asks for leave, with one's own PIN; gives its number. Where nobody else is wanted that is all.
pub fn ask(site: &mut Site, wanted: &Wanted, pin: &str) -> Result<i64> {
    let proof = proof::own(site, pin)?;
    let tail = "WHERE digest = ?1 AND asked_by = ?2 AND used IS NULL AND given_by IS NULL ORDER BY id DESC";
    let known = rows::first::<CountersignatureRow>(site.store().db(), tail, (&wanted.digest, proof.operator()))?;
    match known.filter(|row| lasts(row.asked_at, site.now())) {
        Some(row) => Ok(row.id),
        None => proved(site, wanted, proof),
    }
}

pub(super) fn proved(site: &mut Site, wanted: &Wanted, proof: Proof) -> Result<i64> {
    let (kind, batch) = (wanted.kind, wanted.batch);
    let (digest, said, roles) = (wanted.digest.clone(), wanted.said.clone(), wanted.roles.to_vec());
    Ok(site.perform(&Ask { kind, digest, said, roles, batch, proof })?.out)
}
