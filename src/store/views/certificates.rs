//! Certificates with the people they belong to, and what decides who gets one.
use crate::model::{ApplicationId, BatchId, CertificateId, Day, DocumentKind, Level, Stamp};
use crate::store::fault::Result;
use crate::store::{CertificateState, NumberSource};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;
use std::collections::{BTreeSet, HashSet};

/// One line of the register.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Certified {
    pub id: CertificateId,
    pub number: String,
    pub state: CertificateState,
    pub issued_on: Day,
    pub application: ApplicationId,
    pub name: String,
    pub document: DocumentKind,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: String,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub ticket: Option<String>,
    pub employer: Option<String>,
    pub source: NumberSource,
    /// Which list of the issuer it came with.
    pub origin: Option<String>,
    /// 工种/职业方向
    pub direction: Option<String>,
}

const SQL: &str = "SELECT c.id, c.number, c.state, c.issued_on, a.id, a.name, a.document, a.id_number, a.occupation, \
     a.occupation_name, c.level, t.number, a.employer, c.source, c.origin, a.direction \
     FROM certificate c JOIN application a ON a.id = c.application LEFT JOIN ticket t ON t.application = a.id";

fn read(row: &Row<'_>) -> rusqlite::Result<Certified> {
    Ok(Certified {
        id: row.get(0)?,
        number: row.get(1)?,
        state: row.get(2)?,
        issued_on: row.get(3)?,
        application: row.get(4)?,
        name: row.get(5)?,
        document: row.get(6)?,
        id_number: row.get(7)?,
        occupation: row.get(8)?,
        occupation_name: row.get(9)?,
        level: row.get(10)?,
        ticket: row.get(11)?,
        employer: row.get(12)?,
        source: row.get(13)?,
        origin: row.get(14)?,
        direction: row.get(15)?,
    })
}

/// Which lines of the register; `None` is all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub state: Option<CertificateState>,
    pub level: Option<Level>,
    /// Code of the catalogue.
    pub occupation: Option<String>,
    /// Only these people.
    pub people: Option<Vec<ApplicationId>>,
    /// Numbers that begin so.
    pub number: Option<String>,
}

/// Lines in the order of their numbers, those after `after` only, at most `limit`.
pub fn page(db: &Connection, batch: BatchId, filter: &Filter, after: &str, limit: usize) -> Result<Vec<Certified>> {
    if filter.people.as_ref().is_some_and(Vec::is_empty) {
        return Ok(Vec::new());
    }
    let sql = format!(
        "{SQL} WHERE c.batch = ?1 AND c.number > ?2 AND (?3 IS NULL OR c.state = ?3) AND (?4 IS NULL OR c.level = ?4) \
         AND (?5 IS NULL OR a.occupation = ?5) AND (?6 IS NULL OR substr(c.number, 1, length(?6)) = ?6) \
         AND (?7 IS NULL OR c.application IN (SELECT value FROM json_each(?7))) ORDER BY c.number LIMIT ?8"
    );
    let people = filter.people.as_ref().map(|ids| super::id_list(ids.iter().map(|id| id.0)));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let with = params![batch, after, filter.state, filter.level, filter.occupation, filter.number, people, limit];
    let rows = statement.query_map(with, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub fn by_number(db: &Connection, number: &str) -> Result<Option<Certified>> {
    Ok(db.prepare_cached(&format!("{SQL} WHERE c.number = ?1"))?.query_row([number], read).optional()?)
}

pub fn by_id(db: &Connection, id: CertificateId) -> Result<Option<Certified>> {
    Ok(db.prepare_cached(&format!("{SQL} WHERE c.id = ?1"))?.query_row([id], read).optional()?)
}

/// Prefix, last two digits of the year, and the sign of the level.
pub type Series<'a> = (&'a str, i64, char);

/// The highest serial that was ever given here within a range, revoked or not; 0 before the first.
pub fn highest_own(db: &Connection, (prefix, year, sign): Series<'_>, (first, last): (i64, i64)) -> Result<i64> {
    let sql = "SELECT coalesce(max(serial), 0) FROM certificate WHERE prefix = ?1 AND year = ?2 AND sign = ?3 \
               AND source = 'own' AND serial BETWEEN ?4 AND ?5";
    Ok(db.prepare_cached(sql)?.query_row(params![prefix, year, sign.to_string(), first, last], |r| r.get(0))?)
}

/// The same at any level, in a year or in all.
pub fn highest_own_of_any(
    db: &Connection,
    (prefix, year): (&str, Option<i64>),
    (first, last): (i64, i64),
) -> Result<i64> {
    let sql = "SELECT coalesce(max(serial), 0) FROM certificate WHERE prefix = ?1 AND (?2 IS NULL OR year = ?2) \
               AND source = 'own' AND serial BETWEEN ?3 AND ?4";
    Ok(db.prepare_cached(sql)?.query_row(params![prefix, year, first, last], |r| r.get(0))?)
}

/// Serials above `after` that came with lists of the issuer.
pub fn imported_above(
    db: &Connection,
    (prefix, year, sign): Series<'_>,
    (after, last): (i64, i64),
) -> Result<BTreeSet<i64>> {
    let sql = "SELECT serial FROM certificate WHERE prefix = ?1 AND year = ?2 AND sign = ?3 AND source = 'imported' \
               AND serial > ?4 AND serial <= ?5";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![prefix, year, sign.to_string(), after, last], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// When the last session of the batch begins.
pub fn last_session(db: &Connection, batch: BatchId) -> Result<Option<Stamp>> {
    let sql = "SELECT max(starts_at) FROM session WHERE batch = ?1";
    Ok(db.prepare_cached(sql)?.query_row([batch], |r| r.get(0))?)
}

/// Everybody of the batch who has or had a certificate, revoked or not.
pub fn ever_holders(db: &Connection, batch: BatchId) -> Result<HashSet<ApplicationId>> {
    let mut statement = db.prepare_cached("SELECT DISTINCT application FROM certificate WHERE batch = ?1")?;
    let rows = statement.query_map([batch], |r| r.get(0))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many certificates of the batch are valid and revoked.
pub fn states(db: &Connection, batch: BatchId) -> Result<(i64, i64)> {
    let sql = "SELECT coalesce(sum(state = 'valid'), 0), coalesce(sum(state = 'revoked'), 0) FROM certificate WHERE batch = ?1";
    Ok(db.prepare_cached(sql)?.query_row([batch], |r| Ok((r.get(0)?, r.get(1)?)))?)
}
