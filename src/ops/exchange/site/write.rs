//! A batch as a bundle, signed, written beside its place and put there by one rename.
use super::give::Give;
use super::taking::MOST_EARLIER;
use super::write_table;
use crate::bundle::site::circumstances::{Circumstances, Given, Signed};
use crate::bundle::site::manifest::digest;
use crate::bundle::site::packing::{New, NewFile};
use crate::bundle::site::write::NewFolder;
use crate::bundle::site::{
    BatchPart, EXPORT, FORMAT, MANIFEST, Manifest, POLICY, PolicyPart, SIGNATURE, SitePart, TABLES, TablePart,
};
use crate::model::site_key::signature_file;
use crate::ops::site_key::{self, Keys};
use crate::ops::{Error, Result, Site, anchor};
use crate::store::rows::{self, Connection};
use crate::store::{BatchRow, BundleGivenRow, PolicyRow, SiteRow, StoreFault, journal};
use std::path::Path;

/// How a bundle is wanted.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    pub packing: Packing,
    /// The key that it is locked to; only in one file.
    pub recipient: Option<String>,
    pub purpose: Option<String>,
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Packing {
    #[default]
    Folder,
    File,
}

/// A whole bundle that is not in its place yet.
pub struct Prepared {
    new: New,
    pub manifest: Manifest,
    /// For the journal.
    pub give: Give,
}

impl Prepared {
    pub fn rows(&self) -> u64 {
        self.manifest.rows()
    }

    pub fn finish(self, target: &Path) -> Result<Manifest> {
        self.new.finish().map_err(Error::file(target))?;
        Ok(self.manifest)
    }
}

/// As a folder, for whoever is to have it.
pub fn prepare(site: &Site, target: &Path) -> Result<Prepared> {
    prepare_as(site, target, &Wishes::default())
}

/// Writes the batch at hand as of one moment; nothing is at `target` until [`Prepared::finish`].
pub fn prepare_as(site: &Site, target: &Path, wishes: &Wishes) -> Result<Prepared> {
    let (row, batch, keys) = (site.row()?, site.batch()?, site_key::of(site)?);
    let failed = |e| Error::file(target)(e);
    let mut new = match wishes.packing {
        Packing::Folder => New::Folder(NewFolder::begin(target).map_err(failed)??),
        Packing::File => New::File(Box::new(NewFile::begin(target, wishes.recipient.as_deref()).map_err(failed)??)),
    };
    let snapshot = site.store().snapshot()?;
    let db = snapshot.db();
    let mut tables = Vec::with_capacity(TABLES.len());
    for table in TABLES {
        let written = new.part(&table.file(), |to| write_table(db, batch.id, table, to).map(|(part, _)| part));
        tables.push(written.map_err(failed)???);
    }
    let (manifest, policy) = manifest(db, &row, &batch, tables)?;
    let text = manifest.text();
    let (operation, head) = journal::head(db)?;
    let told = Circumstances {
        at: site.now().to_string(),
        program: env!("CARGO_PKG_VERSION").to_owned(),
        station: site.station().to_owned(),
        operator: site.actor().name.clone(),
        operations: operation,
        journal_head: head.clone(),
        manifest_sha256: digest(text.as_bytes()),
        signed: keys.as_ref().map(|keys| signed(site, db, (keys, wishes))).transpose()?,
    };
    let told = told.text();
    let mut put = |name: &str, text: &str| -> Result<()> { Ok(new.text(name, text).map_err(failed)??) };
    put(POLICY, &policy)?;
    put(EXPORT, &told)?;
    if let Some(keys) = &keys {
        let comment = format!("site {} operation {operation}", row.code);
        put(SIGNATURE, &signature_file(&keys.sign, told.as_bytes(), &comment))?;
    }
    put(MANIFEST, &text)?;
    let file = target.file_name().map_or_else(|| target.display().to_string(), |n| n.to_string_lossy().into_owned());
    let rows = manifest.rows();
    let whole = manifest.table.iter().find(|t| t.name == "applications").map_or(0, |t| t.rows);
    let (recipient, purpose) = (wishes.recipient.clone(), wishes.purpose.clone());
    let give = Give { rows, whole, file, digest: digest(told.as_bytes()), operation, head, recipient, purpose };
    Ok(Prepared { new, manifest, give })
}

fn signed(site: &Site, db: &Connection, (keys, wishes): (&Keys, &Wishes)) -> Result<Signed> {
    let (operation, head) = journal::head(db)?;
    let given = rows::select::<BundleGivenRow>(db, "ORDER BY id DESC LIMIT ?1", [MOST_EARLIER])?;
    let earlier =
        given.iter().map(|g| Given { operation: g.operation, head: g.head.clone(), bundle: g.digest.clone() });
    Ok(Signed {
        format: FORMAT,
        site: site.row()?.code,
        sign_key: keys.public().text(),
        lock_key: keys.open.recipient(),
        lineage: anchor::lineages(site)?.pop().map(|l| l.code).unwrap_or_default(),
        operation,
        head,
        purpose: wishes.purpose.clone(),
        recipient: wishes.recipient.clone(),
        previous: given.first().map(|g| g.digest.clone()),
        earlier: earlier.collect(),
    })
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
