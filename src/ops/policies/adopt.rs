//! `policy.adopt`: puts a checked policy into the site, its text and digest pinned. Batches under an earlier text of the
//! same code stay as they are.
use crate::model::{Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::Adopted;
use crate::store::{AdoptionRow, PolicyRow, rows};
use serde::{Serialize, Serializer};

pub const ALREADY_ADOPTED: Code = Code("policy.already_adopted");

#[derive(Debug, Serialize)]
pub struct Adopt {
    /// Name of the file, for the record.
    pub file: String,
    #[serde(serialize_with = "digest_only")]
    pub policy: Adopted,
}

/// The journal keeps the policy's text once, in its own row.
fn digest_only<S: Serializer>(adopted: &Adopted, s: S) -> Result<S::Ok, S::Error> {
    s.serialize_str(&adopted.digest)
}

impl Operation for Adopt {
    const KIND: &'static str = "policy.adopt";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    /// The digest.
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let code = self.policy.policy.notice.code.as_str();
        let newest = rows::first::<AdoptionRow>(work.tx.db(), "WHERE code = ?1 ORDER BY id DESC", [code])?;
        if newest.is_some_and(|a| a.digest == self.policy.digest) {
            return Err(Refusal::new(ALREADY_ADOPTED).with("policy", code).into());
        }
        pin(work, &self.policy)?;
        work.tx.insert(&AdoptionRow {
            id: work.tx.next_id::<AdoptionRow>()?,
            code: code.to_owned(),
            digest: self.policy.digest.clone(),
            file: self.file.clone(),
            operator: work.actor.operator()?,
            at: work.now,
        })?;
        Ok(self.policy.digest.clone())
    }
}

/// Stores the text under its digest, unless it is there.
pub(in crate::ops) fn pin(work: &mut Work<'_, '_>, adopted: &Adopted) -> Result<()> {
    if rows::count::<PolicyRow>(work.tx.db(), "WHERE digest = ?1", [&adopted.digest])? == 0 {
        work.tx.insert(&PolicyRow {
            digest: adopted.digest.clone(),
            code: adopted.policy.notice.code.clone(),
            title: adopted.policy.notice.title.clone(),
            text: adopted.text.clone(),
        })?;
    }
    Ok(())
}
