//! `certificates.reissue`: a new number for one person whose certificate was revoked.
use super::number::{Counters, segment};
use crate::model::{ApplicationId, CertificateId, Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work, results};
use crate::policy::certificate::{self, NumberFacts};
use crate::store::{ApplicationRow, CertificateRow, CertificateState, NumberSource, rows};
use chrono::Datelike;
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
        let db = work.tx.db();
        let had = rows::select::<CertificateRow>(db, "WHERE application = ?1 ORDER BY id", [self.application])?;
        let valid = had.iter().find(|c| c.state == CertificateState::Valid).map(|c| c.number.as_str());
        let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (self.application, batch))?
            .filter(|_| !had.is_empty())
            .ok_or_else(|| Refusal::new(NOT_REVOKED))?;
        let prefix = segment(work, self.issued_on)?;
        let outcome = results::outcome_of(work, self.application)?;
        let facts = NumberFacts { outcome, number: valid, organisation: &prefix };
        certificate::may_number(&work.policy()?.certificate, &facts)?;
        let year = self.issued_on.year().rem_euclid(100);
        let (serial, number) = Counters { prefix: &prefix, year, runs: Vec::new() }.next(work, person.level)?;
        work.tx.insert(&CertificateRow {
            id: CertificateId(work.tx.next_id::<CertificateRow>()?),
            batch,
            application: self.application,
            source: NumberSource::Own,
            origin: None,
            prefix: prefix.clone(),
            year: i64::from(year),
            level: person.level,
            sign: person.level.digit().to_string(),
            serial,
            number: number.clone(),
            issued_on: self.issued_on,
            state: CertificateState::Valid,
        })?;
        Ok(number)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
