//! A batch as a bundle, written beside its place and put there by one rename.
use super::write_table;
use crate::bundle::site::manifest::{digest, sealed};
use crate::bundle::site::write::NewFolder;
use crate::bundle::site::{
    BatchPart, EXPORT, FORMAT, MANIFEST, Manifest, POLICY, PolicyPart, SitePart, TABLES, TablePart,
};
use crate::model::Stamp;
use crate::ops::{Error, Result, Site};
use crate::store::rows::{self, Connection};
use crate::store::{BatchRow, PolicyRow, SiteRow, StoreFault, journal};
use serde::Serialize;
use std::fs::File;
use std::path::Path;

/// `export.toml`: what differs from export to export.
#[derive(Serialize)]
struct Circumstances<'a> {
    at: Stamp,
    program: &'a str,
    station: &'a str,
    operator: &'a str,
    /// Operations in the journal, and the digest of the last one, by which a later rewriting shows.
    operations: i64,
    journal_head: String,
    manifest_sha256: String,
}

/// A whole bundle that is not in its place yet.
pub struct Prepared {
    folder: NewFolder,
    pub manifest: Manifest,
}

impl Prepared {
    pub fn rows(&self) -> u64 {
        self.manifest.table.iter().map(|t| t.rows).sum()
    }

    pub fn finish(self, target: &Path) -> Result<Manifest> {
        self.folder.finish().map_err(Error::file(target))?;
        Ok(self.manifest)
    }
}

/// Writes the batch at hand as of one moment; nothing is at `target` until [`Prepared::finish`].
pub fn prepare(site: &Site, target: &Path) -> Result<Prepared> {
    let (row, batch) = (site.row()?, site.batch()?);
    let folder = NewFolder::begin(target).map_err(Error::file(target))??;
    let snapshot = site.store().snapshot()?;
    let db = snapshot.db();
    let failed = |e| Error::file(target)(e);
    let mut tables = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let (part, file): (TablePart, File) =
            write_table(db, batch.id, table, folder.create(&table.file()).map_err(failed)?)?;
        file.sync_all().map_err(failed)?;
        tables.push(part);
    }
    let (manifest, policy) = manifest(db, &row, &batch, tables)?;
    let text = manifest.text();
    let (operations, journal_head) = journal::head(db)?;
    let circumstances = Circumstances {
        at: site.now(),
        program: env!("CARGO_PKG_VERSION"),
        station: site.station(),
        operator: &site.actor().name,
        operations,
        journal_head,
        manifest_sha256: digest(text.as_bytes()),
    };
    folder.text(POLICY, &policy).map_err(failed)?;
    folder.text(EXPORT, &sealed(&circumstances)).map_err(failed)?;
    folder.text(MANIFEST, &text).map_err(failed)?;
    Ok(Prepared { folder, manifest })
}

/// The manifest and the policy's text.
pub(super) fn manifest(
    db: &Connection,
    site: &SiteRow,
    batch: &BatchRow,
    table: Vec<TablePart>,
) -> Result<(Manifest, String)> {
    let policy = rows::first::<PolicyRow>(db, "WHERE digest = ?1", [&batch.policy])?
        .ok_or_else(|| StoreFault::Corrupt(format!("policy {}", batch.policy)))?;
    let site = SitePart {
        code: site.code.clone(),
        name: site.name.clone(),
        region: site.region.clone(),
        organisation: site.organisation.clone(),
    };
    let state = batch.state.code().to_owned();
    let batch = BatchPart { code: batch.code.clone(), name: batch.name.clone(), state };
    let bytes = policy.text.len() as u64;
    let pinned = PolicyPart { code: policy.code, title: policy.title, bytes, sha256: policy.digest };
    Ok((Manifest { format: FORMAT, site, batch, policy: pinned, table }, policy.text))
}
