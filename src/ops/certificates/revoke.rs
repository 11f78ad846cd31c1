//! `certificates.revoke`: a certificate is void (撤销), with the reason and the decision behind it; its number stays used
//! (S1-43).
use super::void::{Why, void};
use crate::model::{CertificateId, Code, Refusal, Role, VoidKind};
use crate::ops::{Operation, People, Result, Work, together};
use crate::store::{ApplicationRow, CertificateRow, CertificateState, SanctionRow, rows};
use serde::Serialize;

pub const UNKNOWN: Code = Code("certificates.unknown");
pub const ALREADY: Code = Code("certificates.already_revoked");
pub const REASON: Code = Code("certificates.reason_needed");
/// No sanction in force with this number, or one of somebody else.
pub const SANCTION: Code = Code("certificates.no_such_sanction");

#[derive(Debug, Clone, Serialize)]
pub struct Revoke {
    pub certificate: CertificateId,
    pub reason: String,
    /// Number of the decision in the register of sanctions, where one lies behind it.
    pub sanction: Option<i64>,
}

impl Operation for Revoke {
    const KIND: &'static str = "certificates.revoke";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const PEOPLE: People = People::Two(together::COSIGN);
    /// The number that is void now.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let before = valid(work, self.certificate)?;
        if let Some(number) = self.sanction {
            sanctioned(work, &before, number)?;
        }
        let why = Why { kind: VoidKind::Revoked, reason: &self.reason, sanction: self.sanction };
        void(work, &before, &why)?;
        Ok(before.number)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

/// A sanction in force of the certificate's holder, whatever the batch.
fn sanctioned(work: &Work<'_, '_>, certificate: &CertificateRow, number: i64) -> Result<()> {
    let db = work.tx.db();
    let sanction = rows::first::<SanctionRow>(db, "WHERE id = ?1 AND lifted = 0", [number])?;
    let holder = rows::first::<ApplicationRow>(db, "WHERE id = ?1", [certificate.application])?;
    let same = sanction.zip(holder).is_some_and(|(s, h)| (s.document, s.id_number) == (h.document, h.id_number));
    if same { Ok(()) } else { Err(Refusal::new(SANCTION).with("number", number).into()) }
}

pub(super) fn unknown(number: impl Into<String>) -> Refusal {
    Refusal::new(UNKNOWN).with("number", number.into())
}

/// A certificate of the batch at hand, valid or not.
pub fn of_batch(work: &Work<'_, '_>, id: CertificateId) -> Result<CertificateRow> {
    let batch = work.batch()?.id;
    let found = rows::first::<CertificateRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (id, batch))?;
    Ok(found.ok_or_else(|| unknown(id.to_string()))?)
}

/// The same, refused once it is void.
pub(super) fn valid(work: &Work<'_, '_>, id: CertificateId) -> Result<CertificateRow> {
    let row = of_batch(work, id)?;
    match row.state {
        CertificateState::Valid => Ok(row),
        CertificateState::Revoked => Err(Refusal::new(ALREADY).with("number", row.number.as_str()).into()),
    }
}
