//! A number for one person: the same rules and the same counter as for everybody.
use super::number::{Counters, segment};
use crate::model::{ApplicationId, CertificateId, Day};
use crate::ops::{Result, Work, results};
use crate::policy::certificate::{self, NumberFacts};
use crate::store::{ApplicationRow, CertificateRow, CertificateState, NumberSource, rows};
use chrono::Datelike;

/// Gives `application` the next number of its level; refused for whoever has a valid one.
pub(super) fn give(work: &mut Work<'_, '_>, application: ApplicationId, issued_on: Day) -> Result<CertificateRow> {
    let batch = work.batch()?.id;
    let db = work.tx.db();
    let valid = rows::first::<CertificateRow>(db, "WHERE application = ?1 AND state = 'valid'", [application])?;
    let person = rows::first::<ApplicationRow>(db, "WHERE id = ?1 AND batch = ?2", (application, batch))?
        .ok_or_else(|| super::revoke::unknown(application.to_string()))?;
    let prefix = segment(work, issued_on)?;
    let outcome = results::outcome_of(work, application)?;
    let facts = NumberFacts { outcome, number: valid.as_ref().map(|c| c.number.as_str()), organisation: &prefix };
    certificate::may_number(&work.policy()?.certificate, &facts)?;
    let year = issued_on.year().rem_euclid(100);
    let (serial, number) = Counters { prefix: &prefix, year, runs: Vec::new() }.next(work, person.level)?;
    let row = CertificateRow {
        id: CertificateId(work.tx.next_id::<CertificateRow>()?),
        batch,
        application,
        source: NumberSource::Own,
        origin: None,
        prefix: prefix.clone(),
        year: i64::from(year),
        level: person.level,
        sign: person.level.digit().to_string(),
        serial,
        number,
        issued_on,
        state: CertificateState::Valid,
    };
    work.tx.insert(&row)?;
    Ok(row)
}
