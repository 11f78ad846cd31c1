//! What waits for another's hand, and whose hand it may be.
use super::facts::{About, Fact, facts};
use super::wanted::{Wanted, mark};
use super::{LASTS, lasts};
use crate::model::{BatchId, Role, Stamp};
use crate::ops::{BatchRow, OperatorRow, Result, Site, history};
use crate::store::CountersignatureRow;
use crate::store::rows::{self, Connection};
use serde::Serialize;

/// Leave that somebody asks for and nobody has given yet.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Waiting {
    pub number: i64,
    pub kind: String,
    /// Code of the batch.
    pub batch: Option<String>,
    /// Values of the operation, JSON.
    pub said: String,
    /// Whom and what it is for; for those who may give it and whoever asked.
    pub facts: Vec<Fact>,
    /// To compare by eye with the other terminal.
    pub mark: String,
    pub asked_by: String,
    pub asked_at: Stamp,
    pub until: Stamp,
    pub roles: Vec<Role>,
}

impl Waiting {
    /// Key of the words for what is wanted.
    pub fn word(&self) -> String {
        history::word(&self.kind, history::whole(&self.kind, &self.said))
    }
}

/// Everything that waits now, oldest first.
pub fn waiting(site: &Site) -> Result<Vec<Waiting>> {
    let (db, now) = (site.store().db(), site.now());
    let open = rows::select::<CountersignatureRow>(
        db,
        "WHERE given_by IS NULL AND used IS NULL AND roles <> '' AND asked_at >= ?1 ORDER BY id",
        [now.0.saturating_sub(LASTS)],
    )?;
    open.into_iter().filter(|row| lasts(row.asked_at, now)).map(|row| one(site, row)).collect()
}

fn one(site: &Site, row: CountersignatureRow) -> Result<Waiting> {
    let (db, me) = (site.store().db(), site.actor());
    let roles: Vec<_> = row.roles.split(',').filter_map(Role::parse).collect();
    let concerned = me.id == Some(row.asked_by) || roles.iter().any(|role| me.has(*role));
    let about = About { kind: &row.kind, batch: row.batch, said: &row.said };
    let facts = if concerned { facts(db, &about)? } else { Vec::new() };
    let asker = rows::first::<OperatorRow>(db, "WHERE id = ?1", [row.asked_by])?;
    let batch = match row.batch {
        Some(id) => code(db, id)?,
        None => None,
    };
    Ok(Waiting {
        facts,
        number: row.id,
        kind: row.kind,
        batch,
        said: row.said,
        mark: mark(&row.digest),
        asked_by: asker.map(|o| o.name).unwrap_or_default(),
        asked_at: row.asked_at,
        until: Stamp(row.asked_at.0.saturating_add(LASTS)),
        roles,
    })
}

/// What would wait if it were asked for now, under no number yet. Nothing is written.
pub fn unasked(site: &Site, wanted: &Wanted) -> Result<Waiting> {
    let (db, now) = (site.store().db(), site.now());
    let batch = match wanted.batch {
        Some(id) => code(db, id)?,
        None => None,
    };
    Ok(Waiting {
        number: 0,
        kind: wanted.kind.to_owned(),
        batch,
        said: wanted.said.clone(),
        facts: facts(db, &About { kind: wanted.kind, batch: wanted.batch, said: &wanted.said })?,
        mark: wanted.mark(),
        asked_by: site.actor().name.clone(),
        asked_at: now,
        until: Stamp(now.0.saturating_add(LASTS)),
        roles: wanted.roles.to_vec(),
    })
}

fn code(db: &Connection, batch: BatchId) -> Result<Option<String>> {
    Ok(rows::first::<BatchRow>(db, "WHERE id = ?1", [batch])?.map(|b| b.code))
}

/// Names of those who could give leave to whoever is signed on: with one of the roles, and with a PIN.
pub fn seconds(site: &Site, roles: &[Role]) -> Result<Vec<String>> {
    let all = who_can(site.store().db(), roles)?;
    Ok(all.into_iter().filter(|o| Some(o.id) != site.actor().id).map(|o| o.name).collect())
}

/// Everybody with a PIN and one of the roles who is not disabled.
pub fn who_can(db: &Connection, roles: &[Role]) -> Result<Vec<OperatorRow>> {
    Ok(ever_could(db, roles)?.into_iter().filter(|o| !o.disabled).collect())
}

/// Everybody with a PIN and one of the roles, disabled or not, by name.
pub(super) fn ever_could(db: &Connection, roles: &[Role]) -> Result<Vec<OperatorRow>> {
    let all = rows::select::<OperatorRow>(db, "WHERE pin IS NOT NULL ORDER BY name", [])?;
    Ok(all.into_iter().filter(|o| o.role_list().iter().any(|r| roles.contains(r))).collect())
}

/// Whether somebody signed this and it was not used yet.
pub fn stands(site: &Site, digest: &str) -> Result<bool> {
    let tail = "WHERE digest = ?1 AND used IS NULL AND (given_by IS NOT NULL OR roles = '')";
    let all = rows::select::<CountersignatureRow>(site.store().db(), tail, [digest])?;
    Ok(all.iter().any(|row| Some(row.asked_by) == site.actor().id && lasts(row.asked_at, site.now())))
}
