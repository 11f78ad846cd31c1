//! Making an archive: everything is written beside its place, and put there only when the register knows of it.
use super::chain::{self, Words};
use super::lacking::{Lack, of_data};
use super::volumes::VOLUMES;
use super::{NAME_MISSING, seal::Seal};
use crate::bundle::form::fill;
use crate::bundle::sealed::{Contents, FORMAT, NewArchive};
use crate::bundle::site::TABLES;
use crate::model::{OpNo, Refusal};
use crate::ops::exchange::site::write_table;
use crate::ops::operation::BATCH_OPEN;
use crate::ops::{Error, Result, Site, prints};
use crate::policy::archive::Identities;
use crate::store::rows::{self, Connection};
use crate::store::{ApplicationRow, ArchiveRow, BatchRow, BatchState, CertificateRow, PolicyRow, StoreFault};
use serde::Serialize;
use std::path::Path;

const DATA: &str = "data";
const GUIDE: &str = "guide.html";

/// What the person at the keyboard says of it.
#[derive(Debug, Clone, Default)]
pub struct Wishes {
    pub keeper: String,
    pub place: String,
    /// Why it is sealed although something is missing.
    pub accepted: Option<String>,
}

/// A whole archive that is not in its place yet.
pub struct Prepared {
    folder: NewArchive,
    pub contents: Contents,
    pub lacks: Vec<Lack>,
    seal: Seal,
}

impl Prepared {
    /// Enters it in the register and puts it in its place.
    pub fn finish(self, site: &mut Site) -> Result<(Option<OpNo>, String)> {
        let done = site.perform(&self.seal)?;
        self.folder.finish().map_err(Error::file(&self.seal.folder))?;
        Ok((done.op, self.seal.seal))
    }
}

/// Writes the closed batch at hand. Refused while something is missing that nobody accepts.
pub fn prepare(site: &Site, target: &Path, wishes: &Wishes, words: &dyn Fn(&str) -> String) -> Result<Prepared> {
    let batch = site.batch()?;
    if batch.state == BatchState::Open {
        return Err(Refusal::new(BATCH_OPEN).with("batch", batch.code).into());
    }
    let said = |who: &str, text: &str| match text.trim() {
        "" => Err(Refusal::new(NAME_MISSING).word("who", format!("archive_name.{who}"))),
        text => Ok(text.to_owned()),
    };
    let (keeper, place) = (said("keeper", &wishes.keeper)?, said("place", &wishes.place)?);
    let mut folder = NewArchive::begin(target).map_err(Error::file(target))??;
    let mut lacks = of_data(site)?;
    for volume in VOLUMES {
        lacks.extend(volume.write(site, words, &mut folder)?.into_iter().map(|blank| Lack::print(blank.form)));
    }
    let accepted = wishes.accepted.as_deref().map(str::trim).filter(|text| !text.is_empty() && !lacks.is_empty());
    if let (Some(first), None) = (lacks.first(), accepted) {
        let count = i64::try_from(lacks.len()).unwrap_or(i64::MAX);
        return Err(Refusal::new(super::LACKING).with("count", count).word("what", first.key()).into());
    }
    let snapshot = site.store().snapshot()?;
    let (operations, journal_head) = data(site, snapshot.db(), &batch, &mut folder)?;
    drop(snapshot);
    let mut contents = contents(site, &batch, (keeper, place))?;
    contents.operations = operations;
    contents.journal_head = journal_head;
    contents.accepted = accepted.map(str::to_owned);
    contents.missing = lacks.iter().map(|lack| lack.code.clone()).collect();
    guide(site, (&contents, &lacks), words, &mut folder)?;
    let (contents, digest) = folder.seal(contents).map_err(Error::file(target))?;
    let seal = Seal::of(&contents, target, digest);
    Ok(Prepared { folder, contents, lacks, seal })
}

/// The policy's text, the tables and the journal, as far as the policy lets them leave.
fn data(site: &Site, db: &Connection, batch: &BatchRow, to: &mut NewArchive) -> Result<(i64, String)> {
    let whole = site.policy()?.archive.identities == Identities::Whole;
    let mut put = |path: &str, bytes: &[u8]| to.put(DATA, path, bytes).map_err(|e| Error::file(path)(e));
    let policy = rows::first::<PolicyRow>(db, "WHERE digest = ?1", [&batch.policy])?
        .ok_or_else(|| StoreFault::Corrupt(format!("policy {}", batch.policy)))?;
    put("6-data/policy.toml", policy.text.as_bytes())?;
    if whole {
        for table in TABLES {
            let (part, bytes) = write_table(db, batch.id, table, Vec::new())?;
            if part.rows > 0 {
                put(&format!("6-data/tables/{}", table.file()), &bytes)?;
            }
        }
    }
    let words = if whole { Words::OfBatch(batch.id.0) } else { Words::Nobody };
    let (lines, operations, head) = chain::write(db, words)?;
    put(chain::FILE, &lines)?;
    Ok((operations, head))
}

fn contents(site: &Site, batch: &BatchRow, (keeper, place): (String, String)) -> Result<Contents> {
    let (row, policy, db) = (site.row()?, site.policy()?, site.store().db());
    let (now, rule) = (site.now(), policy.archive);
    Ok(Contents {
        format: FORMAT,
        site: row.code,
        site_name: row.name,
        batch: batch.code.clone(),
        batch_name: batch.name.clone(),
        policy: policy.notice.code.clone(),
        policy_sha256: batch.policy.clone(),
        number: rows::count::<ArchiveRow>(db, "WHERE batch = ?1", [batch.id])? + 1,
        sealed_at: now.minute(),
        sealed_by: site.actor().name.clone(),
        keeper,
        place,
        paper_until: rule.paper_until(now.day()),
        electronic_until: rule.electronic_until(now.day()),
        people: rows::count::<ApplicationRow>(db, "WHERE batch = ?1", [batch.id])?,
        certificates: rows::count::<CertificateRow>(db, "WHERE batch = ?1", [batch.id])?,
        operations: 0,
        journal_head: String::new(),
        accepted: None,
        missing: Vec::new(),
        file: Vec::new(),
    })
}

#[derive(Serialize)]
struct Guide<'a> {
    contents: &'a Contents,
    title: &'a str,
    issuer: &'a str,
    volumes: Vec<GuideVolume>,
    missing: Vec<GuideLack>,
}

#[derive(Serialize)]
struct GuideLack {
    title: String,
    count: Option<i64>,
}

#[derive(Serialize)]
struct GuideVolume {
    title: String,
    files: Vec<GuideFile>,
}

#[derive(Serialize)]
struct GuideFile {
    path: String,
    title: String,
    bytes: u64,
    sha256: String,
}

/// The reader's guide: what this is, what lies where, how long it is kept, how to see that nobody touched it.
fn guide(
    site: &Site,
    (contents, lacks): (&Contents, &[Lack]),
    words: &dyn Fn(&str) -> String,
    to: &mut NewArchive,
) -> Result<()> {
    let policy = site.policy()?;
    let codes = VOLUMES.iter().map(|v| v.code).chain([DATA]);
    let volume = |code: &str| GuideVolume {
        title: words(&format!("volume.{code}")),
        files: to.parts().iter().filter(|part| part.volume == code).map(|part| file(part, words)).collect(),
    };
    let volumes = codes.map(volume).filter(|v| !v.files.is_empty()).collect();
    let missing = lacks.iter().map(|lack| GuideLack { title: words(&lack.key()), count: lack.count });
    let guide = Guide {
        contents,
        title: &policy.notice.title,
        issuer: &policy.notice.issuer,
        volumes,
        missing: missing.collect(),
    };
    let html = fill(&prints::templates(site), "archive-guide.html", &guide).map_err(prints::broken)?;
    to.put("guide", GUIDE, html.as_bytes()).map_err(Error::file(GUIDE))
}

fn file(part: &crate::bundle::sealed::Part, words: &dyn Fn(&str) -> String) -> GuideFile {
    let name = part.path.rsplit('/').next().unwrap_or(&part.path);
    let (stem, ending) = name.rsplit_once('.').unwrap_or((name, ""));
    let title = match ending {
        "html" => words(&format!("form.{stem}")),
        _ if part.volume == DATA => {
            words(&format!("archive_data.{}", if part.path.contains("tables/") { "table" } else { stem }))
        }
        _ => words(&format!("list.{stem}")),
    };
    GuideFile { path: part.path.clone(), title, bytes: part.bytes, sha256: part.sha256.clone() }
}
