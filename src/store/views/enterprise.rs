//! Organisations with their filings, and what came of their people.
use crate::model::filing::FilingState;
use crate::model::{BatchId, Day, Level, Stamp};
use crate::store::fault::Result;
use crate::store::{FiledOccupationRow, FilingRow, OrganisationRow, rows};
use rusqlite::{Connection, params};
use serde::Serialize;
use std::collections::HashMap;

/// One filing as the list shows it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub credit_code: String,
    pub name: String,
    pub round: i64,
    pub state: FilingState,
    pub unit: Option<String>,
    pub valid_to: Option<Day>,
    pub occupations: i64,
    /// Of the seven.
    pub conditions_met: i64,
    pub open_cases: i64,
}

pub fn lines(db: &Connection) -> Result<Vec<Line>> {
    let sql = "SELECT o.credit_code, o.name, f.round, f.state, f.unit, f.valid_to, \
         (SELECT count(*) FROM filing_occupation WHERE filing = f.id), \
         (SELECT count(*) FROM filing_condition WHERE filing = f.id AND met = 1), \
         (SELECT count(*) FROM enterprise_case WHERE organisation = o.id AND outcome IS NULL) \
         FROM filing f JOIN organisation o ON o.id = f.organisation ORDER BY f.round, o.name, o.id";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map([], |r| {
        Ok(Line {
            credit_code: r.get(0)?,
            name: r.get(1)?,
            round: r.get(2)?,
            state: r.get(3)?,
            unit: r.get(4)?,
            valid_to: r.get(5)?,
            occupations: r.get(6)?,
            conditions_met: r.get(7)?,
            open_cases: r.get(8)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

pub type Entry = (OrganisationRow, FilingRow, Vec<FiledOccupationRow>);

/// Every filing with its organisation and occupations, in the order in which the filings were made.
pub fn directory(db: &Connection) -> Result<Vec<Entry>> {
    let organisations = rows::select::<OrganisationRow>(db, "ORDER BY id", [])?;
    let organisations: HashMap<i64, OrganisationRow> = organisations.into_iter().map(|o| (o.id, o)).collect();
    let mut occupations: HashMap<i64, Vec<FiledOccupationRow>> = HashMap::new();
    for row in rows::select::<FiledOccupationRow>(db, "ORDER BY filing, place", [])? {
        occupations.entry(row.filing).or_default().push(row);
    }
    let filings = rows::select::<FilingRow>(db, "ORDER BY round, id", [])?;
    let entry = |filing: FilingRow| {
        let organisation = organisations.get(&filing.organisation)?.clone();
        let occupations = occupations.remove(&filing.id).unwrap_or_default();
        Some((organisation, filing, occupations))
    };
    Ok(filings.into_iter().filter_map(entry).collect())
}

/// People of one employer at one occupation and level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Talent {
    pub employer: Option<String>,
    pub occupation: String,
    pub occupation_name: String,
    pub level: Level,
    pub applied: i64,
    /// With a valid certificate.
    pub certified: i64,
    /// Of these, issued no later than the day of the last list for the national register: they can be looked up there.
    pub uploaded: i64,
}

/// `upload` is what the export of that list is called in the journal.
pub fn talents(db: &Connection, batch: BatchId, upload: &str) -> Result<Vec<Talent>> {
    let last = "SELECT max(at) FROM operation WHERE batch = ?1 AND kind = 'exchange.export' \
                AND json_extract(params, '$.what') = ?2";
    let last: Option<Stamp> = db.prepare_cached(last)?.query_row(params![batch, upload], |r| r.get(0))?;
    let sql = "SELECT a.employer, a.occupation, a.occupation_name, a.level, count(DISTINCT a.id), count(c.id), \
         count(CASE WHEN c.issued_on <= ?2 THEN 1 END) FROM application a \
         LEFT JOIN certificate c ON c.application = a.id AND c.state = 'valid' \
         WHERE a.batch = ?1 AND a.state IN ('submitted', 'returned', 'approved') \
         GROUP BY a.employer, a.occupation, a.level ORDER BY a.employer, a.occupation, a.level DESC";
    let mut statement = db.prepare_cached(sql)?;
    let rows = statement.query_map(params![batch, last.map(|l| l.day())], |r| {
        Ok(Talent {
            employer: r.get(0)?,
            occupation: r.get(1)?,
            occupation_name: r.get(2)?,
            level: r.get(3)?,
            applied: r.get(4)?,
            certified: r.get(5)?,
            uploaded: r.get(6)?,
        })
    })?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
