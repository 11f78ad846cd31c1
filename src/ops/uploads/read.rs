//! Uploads with their rows, and where the certificates of the batch stand with the register.
use super::choose::Standing;
use super::facts::{Base, Facts, outgoing};
use super::make::{digest, past, where_it_stands};
use crate::model::{BatchId, Code, Refusal};
use crate::ops::{Result, Site};
use crate::store::rows::{self, Connection};
use crate::store::{ApplicationRow, UploadAnswer, UploadLineRow, UploadRow};
use serde::Serialize;
use std::collections::BTreeMap;

pub const NOT_FOUND: Code = Code("uploads.not_found");

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Upload {
    #[serde(flatten)]
    pub row: UploadRow,
    pub people: usize,
    pub accepted: usize,
    pub refused: usize,
    /// Every cell is as it was when the digest was taken.
    pub whole: bool,
}

/// How many certificates stand where; those that the register has although they are void now are told apart.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize)]
pub struct Counts {
    pub never: usize,
    pub pending: usize,
    pub accepted: usize,
    pub differs: usize,
    pub refused: usize,
    /// Accepted once, revoked since: the register is to be told.
    pub revoked: usize,
}

pub(super) fn by_id(db: &Connection, batch: BatchId, id: i64) -> Result<UploadRow> {
    let found = rows::first::<UploadRow>(db, "WHERE id = ?1 AND batch = ?2", (id, batch))?;
    found.ok_or_else(|| Refusal::new(NOT_FOUND).with("upload", id).into())
}

pub(super) fn rows_of(db: &Connection, upload: i64) -> Result<Vec<UploadLineRow>> {
    Ok(rows::select(db, "WHERE upload = ?1 ORDER BY position", [upload])?)
}

/// All of the batch, the newest first.
pub fn uploads(site: &Site) -> Result<Vec<Upload>> {
    let all = rows::select::<UploadRow>(site.store().db(), "WHERE batch = ?1 ORDER BY id DESC", [site.batch()?.id])?;
    all.into_iter().map(|row| whole(site, row)).collect()
}

pub fn upload(site: &Site, id: i64) -> Result<Upload> {
    whole(site, by_id(site.store().db(), site.batch()?.id, id)?)
}

/// The rows of an upload with the answer to each.
pub fn lines(site: &Site, id: i64) -> Result<Vec<UploadLineRow>> {
    by_id(site.store().db(), site.batch()?.id, id)?;
    rows_of(site.store().db(), id)
}

fn whole(site: &Site, row: UploadRow) -> Result<Upload> {
    let lines = rows_of(site.store().db(), row.id)?;
    let count = |answer| lines.iter().filter(|line| line.answer == Some(answer)).count();
    let (accepted, refused) = (count(UploadAnswer::Accepted), count(UploadAnswer::Refused));
    let now = digest(&row.headings, row.plan.as_deref(), lines.iter().map(|line| line.cells.as_str()));
    Ok(Upload { people: lines.len(), accepted, refused, whole: now == row.digest, row })
}

pub fn counts(site: &Site, layout: &str) -> Result<Counts> {
    let (row, batch, policy) = (site.row()?, site.batch()?, site.policy()?);
    let from = Base { db: site.store().db(), site: &row, batch: &batch, policy: &policy };
    let (facts, sheet) = (Facts::of(from)?, outgoing(site.assets(), layout)?);
    let past = past(from.db, batch.id, layout)?;
    let mut counts = Counts::default();
    for c in &facts.certificates {
        let own = past.get(&c.number).map(Vec::as_slice).unwrap_or_default();
        // A person whose cells cannot be filled is told of when an upload is prepared.
        match where_it_stands(&facts, &sheet, own, c).unwrap_or(Standing::Differs) {
            Standing::Never => counts.never += 1,
            Standing::Pending => counts.pending += 1,
            Standing::Accepted => counts.accepted += 1,
            Standing::Differs => counts.differs += 1,
            Standing::Refused => counts.refused += 1,
        }
    }
    let valid = |number: &String| facts.certificates.iter().any(|c| c.number == *number);
    let there = past.iter().filter(|(_, own)| own.iter().any(|(_, p)| p.answer == Some(UploadAnswer::Accepted)));
    counts.revoked = there.filter(|(number, _)| !valid(number)).count();
    Ok(counts)
}

/// Layouts that an upload can have.
pub fn layouts(site: &Site) -> Vec<String> {
    let all = site.assets().names("sheets", ".toml");
    all.into_iter().filter(|name| outgoing(site.assets(), name).is_ok()).collect()
}

/// One line of the audit form (表5): how many of an occupation, direction and level.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct AuditLine {
    pub occupation: String,
    pub direction: String,
    pub level: &'static str,
    pub count: usize,
}

/// By occupation, direction and level from the lowest up.
pub fn audit_lines(site: &Site, id: i64) -> Result<Vec<AuditLine>> {
    let (policy, mut all) = (site.policy()?, BTreeMap::new());
    for line in lines(site, id)? {
        let found = rows::first::<ApplicationRow>(site.store().db(), "WHERE id = ?1", [line.application])?;
        if let Some(a) = found {
            let direction = a.direction.unwrap_or_else(|| policy.certificate.empty_direction.clone());
            *all.entry((a.occupation_name, direction, std::cmp::Reverse(a.level))).or_default() += 1;
        }
    }
    let line =
        |((occupation, direction, level), count): ((String, String, std::cmp::Reverse<crate::model::Level>), _)| {
            AuditLine { occupation, direction, level: level.0.official(), count }
        };
    Ok(all.into_iter().map(line).collect())
}
