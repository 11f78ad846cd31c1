//! How far a certificate has come, and what every step asks.
use crate::model::{CertificateId, Code, Day, DeliveryWay, Refusal, Stage, fold};
use crate::ops::certificates::of_batch;
use crate::ops::{Result, Work};
use crate::policy::register::{Step, may};
use crate::store::record::Record;
use crate::store::{
    CertificateCopyRow, CertificateDeliveryRow, CertificateNoticeRow, CertificateRow, CertificateState, rows,
};

pub const NOBODY: Code = Code("register.nobody");
pub const IN_FUTURE: Code = Code("register.in_future");

pub struct Standing {
    pub certificate: CertificateRow,
    pub stage: Stage,
    /// How often it was made; the last one is on its way.
    pub copies: i64,
    /// The last copy in somebody's hands.
    pub delivery: Option<CertificateDeliveryRow>,
}

pub fn standing(work: &Work<'_, '_>, id: CertificateId) -> Result<Standing> {
    let certificate = of_batch(work, id)?;
    let db = work.tx.db();
    let copies = rows::count::<CertificateCopyRow>(db, "WHERE certificate = ?1", [id])?;
    let here = "WHERE certificate = ?1 AND copy = ?2";
    let delivery = format!("{here} AND returned_on IS NULL");
    let delivery = rows::first::<CertificateDeliveryRow>(db, &delivery, (id, copies))?;
    let told = rows::first::<CertificateNoticeRow>(db, here, (id, copies))?.is_some();
    let stage = match (certificate.state, copies, &delivery) {
        (CertificateState::Revoked, ..) => Stage::Void,
        (_, 0, _) => Stage::ToMake,
        (_, _, Some(d)) if d.way == DeliveryWay::Post => Stage::Posted,
        (_, _, Some(_)) => Stage::Collected,
        (_, _, None) if told => Stage::Notified,
        _ => Stage::Made,
    };
    Ok(Standing { certificate, stage, copies, delivery })
}

/// The certificates with these ids, each once, all of which can take the step.
pub fn all_that(work: &Work<'_, '_>, ids: &[CertificateId], step: Step) -> Result<Vec<Standing>> {
    let mut all: Vec<Standing> = Vec::with_capacity(ids.len());
    let mut seen = std::collections::HashSet::new();
    for id in ids.iter().filter(|id| seen.insert(**id)) {
        let one = standing(work, *id)?;
        may(step, one.stage).map_err(|r| r.with("number", one.certificate.number.as_str()))?;
        all.push(one);
    }
    if all.is_empty() { Err(Refusal::new(NOBODY).into()) } else { Ok(all) }
}

/// The day that was named, or today; nothing is written down before it happens.
pub fn day(work: &Work<'_, '_>, named: Option<Day>) -> Result<Day> {
    let (day, today) = (named.unwrap_or_else(|| work.now.day()), work.now.day());
    if day > today {
        return Err(Refusal::new(IN_FUTURE).with("day", day.to_string()).with("today", today.to_string()).into());
    }
    Ok(day)
}

/// What was said, folded; `None` for nothing.
pub fn said(text: Option<&String>) -> Option<String> {
    text.map(|t| fold::text(t).into_owned()).filter(|t| !t.is_empty())
}

/// The same of numbers: documents, phones, letters.
pub fn number(text: Option<&String>) -> Option<String> {
    text.map(|t| fold::number_like(t).to_ascii_uppercase()).filter(|t| !t.is_empty())
}

/// The same, refused where nothing was said.
pub fn needed(text: Option<String>, code: Code) -> Result<String, Refusal> {
    text.ok_or_else(|| Refusal::new(code))
}

/// How often something was done with a copy, this time included.
pub fn turn<R: Record>(work: &Work<'_, '_>, one: &Standing) -> Result<i64> {
    let tail = "WHERE certificate = ?1 AND copy = ?2";
    Ok(1 + rows::count::<R>(work.tx.db(), tail, (one.certificate.id, one.copies))?)
}
