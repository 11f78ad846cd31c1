//! `certificates.revoke`: a certificate is void; its number stays used.
use crate::model::{CertificateId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{CertificateRow, CertificateState, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("certificates.unknown");
pub const ALREADY: Code = Code("certificates.already_revoked");
pub const REASON: Code = Code("certificates.reason_needed");

/// The person may be numbered anew afterwards.
#[derive(Debug, Clone, Serialize)]
pub struct Revoke {
    pub certificate: CertificateId,
    pub reason: String,
}

impl Operation for Revoke {
    const KIND: &'static str = "certificates.revoke";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The number that is void now.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let batch = work.batch()?.id;
        let before =
            rows::first::<CertificateRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (self.certificate, batch))?
                .ok_or_else(|| Refusal::new(UNKNOWN).with("number", self.certificate.to_string()))?;
        if before.state == CertificateState::Revoked {
            return Err(Refusal::new(ALREADY).with("number", before.number.as_str()).into());
        }
        work.tx.update(&before, &CertificateRow { state: CertificateState::Revoked, ..before.clone() })?;
        Ok(before.number)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
