//! The rules a site works by: its code lists and the policy pinned to a batch.
use super::Site;
use crate::bundle::codes::{CATALOGUE, Codes};
use crate::ops::fault::{Error, Result};
use crate::policy::{self, Policy};
use crate::store::{BatchRow, rows};
use std::rc::Rc;

impl Site {
    /// The code lists, with the occupations of the catalogue that the policy of the batch at hand names.
    pub fn codes(&self) -> Result<Rc<Codes>> {
        let chosen = self.batch.borrow().as_ref().map(|b| b.policy.clone());
        match chosen {
            Some(digest) => self.codes_of(&*self.pinned(&digest)?),
            None => self.catalogue(CATALOGUE),
        }
    }

    /// The same for another policy.
    pub(in crate::ops) fn codes_of(&self, policy: &Policy) -> Result<Rc<Codes>> {
        self.catalogue(policy.occupations.catalogue.as_deref().unwrap_or(CATALOGUE))
    }

    fn catalogue(&self, catalogue: &str) -> Result<Rc<Codes>> {
        if let Some((_, codes)) = self.codes.borrow().iter().find(|(name, _)| name == catalogue) {
            return Ok(codes.clone());
        }
        let codes = Rc::new(Codes::with(catalogue, &|name| self.assets.read(&format!("codes/{name}")))?);
        self.codes.borrow_mut().push((catalogue.to_owned(), codes.clone()));
        Ok(codes)
    }

    pub fn policy(&self) -> Result<Rc<Policy>> {
        let digest = self.batch()?.policy;
        self.pinned(&digest)
    }

    /// The policy pinned to any batch of the site.
    pub(in crate::ops) fn policy_of(&self, batch: &BatchRow) -> Result<Rc<Policy>> {
        self.pinned(&batch.policy)
    }

    pub(super) fn pinned(&self, digest: &str) -> Result<Rc<Policy>> {
        if let Some((_, policy)) = self.policies.borrow().iter().find(|(d, _)| d == digest) {
            return Ok(policy.clone());
        }
        let row = rows::first::<crate::store::PolicyRow>(self.store.db(), "WHERE digest = ?1", [digest])?
            .ok_or_else(|| crate::store::StoreFault::Corrupt(format!("policy {digest}")))?;
        let lookup = |name: &str| self.assets.embedded(&format!("policies/{name}.toml")).map(str::to_owned);
        let policy = policy::from_pinned(&row.code, &row.text, &lookup).map_err(|f| Error::Policy(vec![f]))?;
        let policy = Rc::new(policy);
        self.policies.borrow_mut().push((digest.to_owned(), policy.clone()));
        Ok(policy)
    }
}
