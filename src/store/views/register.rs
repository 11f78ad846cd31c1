//! Certificates with how far each has come on its way to its holder.
use crate::model::{ApplicationId, BatchId, CertificateId, Day, DeliveryWay, DocumentKind, Level, Stage};
use crate::store::fault::Result;
use rusqlite::{Connection, Row, params};
use serde::Serialize;

/// One line: the certificate, its last copy, who has it or was told of it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Line {
    pub id: CertificateId,
    pub number: String,
    pub stage: Stage,
    pub issued_on: Day,
    pub application: ApplicationId,
    pub name: String,
    pub document: DocumentKind,
    /// In full; mask it before it is shown.
    #[serde(skip)]
    pub id_number: String,
    pub occupation_name: String,
    pub direction: Option<String>,
    pub level: Level,
    pub employer: Option<String>,
    /// How often it was made.
    pub copies: i64,
    pub made_on: Option<Day>,
    pub blank: Option<String>,
    pub notified_on: Option<Day>,
    pub told: Option<String>,
    pub way: Option<DeliveryWay>,
    pub taker: Option<String>,
    pub delivered_on: Option<Day>,
    #[serde(skip)]
    pub phone: Option<String>,
    #[serde(skip)]
    pub address: Option<String>,
    pub tracking: Option<String>,
    pub note: Option<String>,
    /// Why the last one that was handed over came back.
    pub returned: Option<String>,
}

const STAGE: &str = "CASE WHEN c.state = 'revoked' THEN 'void' WHEN k.copy IS NULL THEN 'to_make' \
     WHEN d.way = 'post' THEN 'posted' WHEN d.id IS NOT NULL THEN 'collected' WHEN n.id IS NOT NULL THEN 'notified' ELSE 'made' END";

const FROM: &str = "FROM certificate c JOIN application a ON a.id = c.application \
     LEFT JOIN certificate_copy k ON k.certificate = c.id \
       AND k.copy = (SELECT max(copy) FROM certificate_copy x WHERE x.certificate = c.id) \
     LEFT JOIN certificate_delivery d ON d.certificate = c.id AND d.copy = k.copy AND d.returned_on IS NULL \
     LEFT JOIN certificate_notice n ON n.id = (SELECT max(id) FROM certificate_notice x \
       WHERE x.certificate = c.id AND x.copy = k.copy)";

const COLUMNS: &str = "c.id, c.number, c.issued_on, a.id, a.name, a.document, a.id_number, a.occupation_name, a.direction, \
     c.level, a.employer, coalesce(k.copy, 0), k.made_on, k.blank, n.notified_on, n.told, d.way, d.taker, d.delivered_on, \
     coalesce(d.phone, a.phone), coalesce(d.address, a.mailing_address), d.tracking, d.note, \
     (SELECT x.returned FROM certificate_delivery x WHERE x.certificate = c.id AND x.copy = k.copy \
        AND x.returned_on IS NOT NULL ORDER BY x.id DESC LIMIT 1)";

fn read(row: &Row<'_>) -> rusqlite::Result<Line> {
    Ok(Line {
        id: row.get(0)?,
        number: row.get(1)?,
        issued_on: row.get(2)?,
        application: row.get(3)?,
        name: row.get(4)?,
        document: row.get(5)?,
        id_number: row.get(6)?,
        occupation_name: row.get(7)?,
        direction: row.get(8)?,
        level: row.get(9)?,
        employer: row.get(10)?,
        copies: row.get(11)?,
        made_on: row.get(12)?,
        blank: row.get(13)?,
        notified_on: row.get(14)?,
        told: row.get(15)?,
        way: row.get(16)?,
        taker: row.get(17)?,
        delivered_on: row.get(18)?,
        phone: row.get(19)?,
        address: row.get(20)?,
        tracking: row.get(21)?,
        note: row.get(22)?,
        returned: row.get(23)?,
        stage: row.get(24)?,
    })
}

/// Which lines; `None` is all.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Filter {
    pub stage: Option<Stage>,
    /// Only these people.
    pub people: Option<Vec<ApplicationId>>,
    /// Numbers that begin so.
    pub number: Option<String>,
    /// Name of the employer or of the unit that registered.
    pub unit: Option<String>,
}

/// Lines in the order of their numbers, those after `after` only, at most `limit`.
pub fn page(db: &Connection, batch: BatchId, filter: &Filter, after: &str, limit: usize) -> Result<Vec<Line>> {
    let sql = format!(
        "SELECT {COLUMNS}, {STAGE} AS stage {FROM} WHERE c.batch = ?1 AND c.number > ?2 AND (?3 IS NULL OR {STAGE} = ?3) \
         AND (?4 IS NULL OR substr(c.number, 1, length(?4)) = ?4) \
         AND (?5 IS NULL OR c.application IN (SELECT value FROM json_each(?5))) \
         AND (?6 IS NULL OR a.employer = ?6 OR a.registered_by = ?6 OR a.unit = ?6) ORDER BY c.number LIMIT ?7"
    );
    let people = filter.people.as_ref().map(|ids| super::id_list(ids.iter().map(|id| id.0)));
    let limit = i64::try_from(limit).unwrap_or(i64::MAX);
    let mut statement = db.prepare_cached(&sql)?;
    let with = params![batch, after, filter.stage, filter.number, people, filter.unit, limit];
    let rows = statement.query_map(with, read)?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// How many are at each stage.
pub fn stages(db: &Connection, batch: BatchId) -> Result<Vec<(Stage, i64)>> {
    let sql = format!("SELECT {STAGE} AS stage, count(*) {FROM} WHERE c.batch = ?1 GROUP BY 1");
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([batch], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}

/// Employers with how many of their people have a certificate that can be told of or handed over.
pub fn units(db: &Connection, batch: BatchId) -> Result<Vec<(String, i64)>> {
    let sql = format!(
        "SELECT a.employer, count(*) {FROM} WHERE c.batch = ?1 AND {STAGE} IN ('made', 'notified') \
         AND a.employer IS NOT NULL GROUP BY a.employer ORDER BY a.employer"
    );
    let mut statement = db.prepare_cached(&sql)?;
    let rows = statement.query_map([batch], |r| Ok((r.get(0)?, r.get(1)?)))?;
    Ok(rows.collect::<rusqlite::Result<_>>()?)
}
