//! `certificates.reissue`: a new number for one person whose certificate was revoked.
use super::giving::give;
use crate::model::{ApplicationId, Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work};
use crate::store::{CertificateRow, rows};
use serde::Serialize;

pub const REASON: Code = Code("certificates.reissue_reason");
pub const NOT_REVOKED: Code = Code("certificates.not_revoked");

#[derive(Debug, Clone, Serialize)]
pub struct Reissue {
    pub application: ApplicationId,
    pub issued_on: Day,
    pub reason: String,
}

impl Operation for Reissue {
    const KIND: &'static str = "certificates.reissue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("certificates.revoke");
    /// The new number.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let batch = work.batch()?.id;
        let tail = "WHERE application = ?1 AND batch = ?2";
        if rows::first::<CertificateRow>(work.tx.db(), tail, (self.application, batch))?.is_none() {
            return Err(Refusal::new(NOT_REVOKED).into());
        }
        Ok(give(work, self.application, self.issued_on)?.number)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
