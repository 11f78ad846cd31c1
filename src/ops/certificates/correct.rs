//! `certificates.correct`: the old certificate is void, its holder gets a new one with a number of its own (更正). What
//! was wrong is put right in the application first.
use super::giving::give;
use super::revoke::of_batch;
use super::void::{Why, succeeded, void};
use crate::model::{CertificateId, Code, Day, Refusal, Role, VoidKind};
use crate::ops::{Operation, People, Result, Undo, Work, together};
use crate::store::{CertificateRow, CertificateState, rows};
use serde::Serialize;

pub const REASON: Code = Code("certificates.correct_reason");

/// Also for somebody whose certificate was revoked by mistake: the number that is void stays so.
#[derive(Debug, Clone, Serialize)]
pub struct Correct {
    pub certificate: CertificateId,
    pub issued_on: Day,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Corrected {
    /// The number that is void.
    pub old: String,
    pub number: String,
}

impl Operation for Correct {
    const KIND: &'static str = "certificates.correct";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("certificates.revoke");
    const PEOPLE: People = People::Two(together::COSIGN);
    type Out = Corrected;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Corrected> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let old = of_batch(work, self.certificate)?;
        let why = Why { kind: VoidKind::Corrected, reason: &self.reason, sanction: None };
        let new = renumber(work, &old, self.issued_on, &why)?;
        Ok(Corrected { old: old.number, number: new.number })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

/// Voids `old` unless it is void already, and gives its holder a new number.
pub(super) fn renumber(
    work: &mut Work<'_, '_>,
    old: &CertificateRow,
    issued_on: Day,
    why: &Why<'_>,
) -> Result<CertificateRow> {
    if old.state == CertificateState::Valid {
        void(work, old, why)?;
    }
    let new = give(work, old.application, issued_on)?;
    succeeded(work, old.id, new.id)?;
    Ok(new)
}

/// The certificate that a person had last.
pub fn last_of(site: &crate::ops::Site, application: crate::model::ApplicationId) -> Result<CertificateId> {
    let tail = "WHERE application = ?1 ORDER BY state = 'valid' DESC, id DESC";
    let found = rows::first::<CertificateRow>(site.store().db(), tail, [application])?;
    Ok(found.map(|c| c.id).ok_or_else(|| Refusal::new(super::reissue::NEVER))?)
}
