//! What this site knows of people on duty, and of holders who may claim a subsidy; who applied for what, by unit.
use crate::model::{ApplicationId, BatchId, Day, DocumentKind, Level};
use crate::store::CertificateState;
use crate::store::fault::Result;
use rusqlite::Connection;
use serde::Serialize;

/// A valid certificate of somebody on the list of those on duty, of any batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Certificate {
    pub person: i64,
    pub batch: BatchId,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub number: String,
    pub issued_on: Day,
}

pub fn certificates(db: &Connection, batch: BatchId) -> Result<Vec<Certificate>> {
    let sql = "SELECT d.id, c.batch, a.occupation, a.occupation_name, c.level, c.number, c.issued_on FROM duty_person d \
         JOIN application a ON a.batch IN (SELECT id FROM batch) AND a.id_number = d.id_number AND a.document = d.document \
         JOIN certificate c ON c.application = a.id AND c.state = 'valid' WHERE d.batch = ?1 ORDER BY c.issued_on, c.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| {
        Ok(Certificate {
            person: r.get(0)?,
            batch: r.get(1)?,
            occupation: r.get(2)?,
            occupation_name: r.get(3)?,
            level: r.get(4)?,
            number: r.get(5)?,
            issued_on: r.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Applications in the batch of people on the list, of those that are still in it.
pub fn applied(db: &Connection, batch: BatchId) -> Result<Vec<(i64, ApplicationId)>> {
    let sql = "SELECT d.id, a.id FROM duty_person d \
         JOIN application a ON a.batch = d.batch AND a.id_number = d.id_number AND a.document = d.document \
         WHERE d.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved') ORDER BY a.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many applied who are not on duty.
pub fn strangers(db: &Connection, batch: BatchId) -> Result<i64> {
    let sql = "SELECT count(DISTINCT a.document || a.id_number) FROM application a WHERE a.batch = ?1 \
         AND a.state IN ('submitted', 'returned', 'approved') AND NOT EXISTS (SELECT 1 FROM duty_person d \
         WHERE d.batch = a.batch AND d.id_number = a.id_number AND d.document = a.document)";
    Ok(db.prepare_cached(sql)?.query_row([batch], |r| r.get(0))?)
}

/// A holder of a certificate of the batch.
#[derive(Debug, Clone, PartialEq)]
pub struct Holder {
    pub document: DocumentKind,
    pub id_number: String,
    pub name: String,
    pub employer: Option<String>,
    pub occupation_name: String,
    pub level: Level,
    pub certificate: String,
    pub issued_on: Day,
    pub state: CertificateState,
    pub insured_months: Option<i64>,
}

/// By number; `number` narrows to one.
pub fn holders(db: &Connection, batch: BatchId, number: Option<&str>) -> Result<Vec<Holder>> {
    let sql = "SELECT a.document, a.id_number, a.name, a.employer, a.occupation_name, c.level, c.number, c.issued_on, \
         c.state, i.months FROM certificate c JOIN application a ON a.id = c.application \
         LEFT JOIN insurance i ON i.batch = c.batch AND i.document = a.document AND i.id_number = a.id_number \
         WHERE c.batch = ?1 AND (?2 IS NULL OR c.number = ?2) ORDER BY c.number";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map((batch, number), |r| {
        Ok(Holder {
            document: r.get(0)?,
            id_number: r.get(1)?,
            name: r.get(2)?,
            employer: r.get(3)?,
            occupation_name: r.get(4)?,
            level: r.get(5)?,
            certificate: r.get(6)?,
            issued_on: r.get(7)?,
            state: r.get(8)?,
            insured_months: r.get(9)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many of one unit applied for one occupation and level, and how far they are.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Planned {
    /// The unit of the notice, or the employer where the notice has no units.
    pub unit: Option<String>,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub applied: i64,
    pub approved: i64,
    /// On a list of applicants that was put up.
    pub listed: i64,
    /// Listed, and nothing is open or upheld against them.
    pub unopposed: i64,
    pub seated: i64,
}

pub fn plan(db: &Connection, batch: BatchId) -> Result<Vec<Planned>> {
    let sql = "SELECT coalesce(a.unit, a.registered_by, a.employer), a.occupation, a.occupation_name, a.level, count(*), \
         sum(a.state = 'approved'), sum(l.found), \
         sum(l.found AND NOT EXISTS (SELECT 1 FROM list_objection o WHERE o.application = a.id AND o.state <> 'dismissed')), \
         sum(EXISTS (SELECT 1 FROM placement p WHERE p.application = a.id)) FROM application a \
         JOIN (SELECT id, EXISTS (SELECT 1 FROM listed WHERE application = b.id) AS found FROM application b \
         WHERE batch = ?1) l ON l.id = a.id \
         WHERE a.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved') \
         GROUP BY 1, a.occupation, a.level ORDER BY 1, a.occupation, a.level DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([batch], |r| {
        Ok(Planned {
            unit: r.get(0)?,
            occupation: r.get(1)?,
            occupation_name: r.get(2)?,
            level: r.get(3)?,
            applied: r.get(4)?,
            approved: r.get(5)?,
            listed: r.get(6)?,
            unopposed: r.get(7)?,
            seated: r.get(8)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
