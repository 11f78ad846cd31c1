//! A certificate becomes void: its row says so, and a row beside it says why and what came in its place.
use crate::model::{CertificateId, VoidKind};
use crate::ops::{Result, Work};
use crate::store::{CertificateRow, CertificateState, CertificateVoidRow, rows};

pub struct Why<'a> {
    pub kind: VoidKind,
    pub reason: &'a str,
    /// The decision that took it.
    pub sanction: Option<i64>,
}

/// Voids a valid certificate.
pub fn void(work: &mut Work<'_, '_>, before: &CertificateRow, why: &Why<'_>) -> Result<()> {
    work.tx.update(before, &CertificateRow { state: CertificateState::Revoked, ..before.clone() })?;
    let row = CertificateVoidRow {
        certificate: before.id,
        kind: why.kind,
        reason: why.reason.trim().to_owned(),
        sanction: why.sanction,
        successor: None,
        voided_on: work.now.day(),
        operator: work.actor.operator()?,
        at: work.now,
    };
    Ok(work.tx.insert(&row)?)
}

/// Writes down what came in the place of a void certificate.
pub(super) fn succeeded(work: &mut Work<'_, '_>, old: CertificateId, new: CertificateId) -> Result<()> {
    let found = rows::first::<CertificateVoidRow>(work.tx.db(), "WHERE certificate = ?1 AND successor IS NULL", [old])?;
    if let Some(before) = found {
        work.tx.update(&before, &CertificateVoidRow { successor: Some(new), ..before.clone() })?;
    }
    Ok(())
}
