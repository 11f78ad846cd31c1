//! Certificates with the people they belong to, and what decides who gets one.
use crate::model::Mark;
use crate::model::{ApplicationId, BatchId, CertificateId, Day, DocumentKind, Level, Points, Stamp, Subject};
use crate::store::fault::Result;
use crate::store::{CertificateState, MarkKind};
use rusqlite::{Connection, OptionalExtension, Row, params};
use serde::Serialize;

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
}

const SQL: &str = "SELECT c.id, c.number, c.state, c.issued_on, a.id, a.name, a.document, a.id_number, a.occupation, \
     a.occupation_name, c.level, t.number, a.employer \
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

/// The highest serial ever used for these places, revoked or not; 0 before the first.
pub fn highest_serial(db: &Connection, prefix: &str, year: i64, level: Level) -> Result<i64> {
    let sql = "SELECT coalesce(max(serial), 0) FROM certificate WHERE prefix = ?1 AND year = ?2 AND level = ?3";
    Ok(db.prepare_cached(sql)?.query_row((prefix, year, level), |r| r.get(0))?)
}

/// When the last session of the batch begins.
pub fn last_session(db: &Connection, batch: BatchId) -> Result<Option<Stamp>> {
    let sql = "SELECT max(starts_at) FROM session WHERE batch = ?1";
    Ok(db.prepare_cached(sql)?.query_row([batch], |r| r.get(0))?)
}

/// Settled marks of one person, and the number they have already.
#[derive(Debug, Clone, PartialEq)]
pub struct Standing {
    pub application: ApplicationId,
    pub level: Level,
    pub marks: Vec<(Subject, Mark)>,
    /// The valid certificate's number.
    pub number: Option<String>,
}

/// Everybody of the batch, by occupation, level and ticket.
pub fn standings(db: &Connection, batch: BatchId) -> Result<Vec<Standing>> {
    let sql = "SELECT a.id, a.level, m.subject, m.mark, m.points, c.number FROM application a \
         LEFT JOIN mark m ON m.application = a.id \
         LEFT JOIN ticket t ON t.application = a.id \
         LEFT JOIN certificate c ON c.application = a.id AND c.state = 'valid' \
         WHERE a.batch = ?1 AND a.state = 'submitted' ORDER BY a.occupation, a.level, t.number, a.id";
    let mut statement = db.prepare_cached(sql)?;
    let mut rows = statement.query([batch])?;
    let mut all: Vec<Standing> = Vec::new();
    while let Some(row) = rows.next()? {
        let application: ApplicationId = row.get(0)?;
        if all.last().is_none_or(|s| s.application != application) {
            all.push(Standing { application, level: row.get(1)?, marks: Vec::new(), number: row.get(5)? });
        }
        let mark = match row.get::<_, Option<MarkKind>>(3)? {
            Some(kind) => kind.with(row.get::<_, Option<Points>>(4)?),
            None => None,
        };
        if let (Some(mark), Some(person)) = (mark, all.last_mut()) {
            person.marks.push((row.get(2)?, mark));
        }
    }
    Ok(all)
}

/// How many certificates of the batch are valid and revoked.
pub fn states(db: &Connection, batch: BatchId) -> Result<(i64, i64)> {
    let sql = "SELECT coalesce(sum(state = 'valid'), 0), coalesce(sum(state = 'revoked'), 0) FROM certificate WHERE batch = ?1";
    Ok(db.prepare_cached(sql)?.query_row([batch], |r| Ok((r.get(0)?, r.get(1)?)))?)
}
