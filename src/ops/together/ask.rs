//! `together.ask`: who wants to do it shows with their PIN that it is them.
use super::proof::{self, Proof};
use super::{HERE, NOBODY, Wanted, lasts, seconds};
use crate::model::{BatchId, Refusal, Role, Stamp};
use crate::ops::{Operation, Part, Result, Site, Undo, Work};
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
    const PART: Part = Part::Beside;
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let id = work.tx.next_id::<CountersignatureRow>()?;
        work.tx.insert(&self.row(id, work.now))?;
        Ok(id)
    }
}

impl Ask {
    pub(super) fn of(wanted: &Wanted, proof: Proof) -> Ask {
        let (kind, batch) = (wanted.kind, wanted.batch);
        let (digest, said, roles) = (wanted.digest.clone(), wanted.said.clone(), wanted.roles.to_vec());
        Ask { kind, digest, said, roles, batch, proof }
    }

    pub(super) fn is_for(&self, wanted: &Wanted) -> bool {
        self.digest == wanted.digest
    }

    pub(super) fn row(&self, id: i64, now: Stamp) -> CountersignatureRow {
        let roles: Vec<_> = self.roles.iter().map(|r| r.code()).collect();
        CountersignatureRow {
            id,
            kind: self.kind.to_owned(),
            batch: self.batch,
            digest: self.digest.clone(),
            said: self.said.clone(),
            roles: roles.join(","),
            asked_by: self.proof.operator(),
            asked_at: now,
            given_by: None,
            given_at: None,
            used: None,
        }
    }
}

/// Asks for leave, with one's own PIN; gives its number. Where nobody else is wanted that is all. Refused in doubt: there
/// both are at one terminal.
pub fn ask(site: &mut Site, wanted: &Wanted, pin: &str) -> Result<i64> {
    if site.doubt().is_some() {
        return Err(here(site, wanted)?.into());
    }
    if !wanted.roles.is_empty() && seconds(site, wanted.roles)?.is_empty() {
        return Err(Refusal::new(NOBODY).into());
    }
    let proof = proof::own(site, pin)?;
    let tail = "WHERE digest = ?1 AND asked_by = ?2 AND used IS NULL AND given_by IS NULL ORDER BY id DESC";
    let known = rows::first::<CountersignatureRow>(site.store().db(), tail, (&wanted.digest, proof.operator()))?;
    match known.filter(|row| lasts(row.asked_at, site.now())) {
        Some(row) => Ok(row.id),
        None => proved(site, wanted, proof),
    }
}

/// That both sign at this terminal, and who the other may be.
pub(in crate::ops) fn here(site: &Site, wanted: &Wanted) -> Result<Refusal> {
    let names = seconds(site, wanted.roles)?;
    if names.is_empty() {
        return Ok(Refusal::new(NOBODY));
    }
    Ok(Refusal::new(HERE).word("kind", format!("kind.{}", wanted.kind)).with("names", names.join(" ")))
}

pub(super) fn proved(site: &mut Site, wanted: &Wanted, proof: Proof) -> Result<i64> {
    Ok(site.perform(&Ask::of(wanted, proof))?.out)
}
