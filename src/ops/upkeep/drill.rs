//! A restore drill: a backup is put into a place of its own, opened and looked over like a site. Only a backup that was
//! restored once is known to be one.
use super::backup::{Copied, Present, restore};
use super::check::{Check, Depth, Verdict, check};
use super::copies::newest;
use crate::config::Assets;
use crate::model::{Clock, Code, Refusal, Stamp};
use crate::ops::{Access, Error, Result, Site};
use crate::store::health;
use serde::Serialize;
use std::os::unix::fs::DirBuilderExt;
use std::path::{Path, PathBuf};
use std::time::Instant;

pub const NO_BACKUP: Code = Code("keeping.no_backup");

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Drill {
    /// The backup that was tried.
    pub from: PathBuf,
    #[serde(flatten)]
    pub copied: Copied,
    /// Minutes from the last operation in it to now: what a loss would cost.
    pub age: Option<i64>,
    /// Milliseconds for all of it.
    pub took: u128,
    /// Rows of every table together.
    pub rows: i64,
    pub checks: Vec<Check>,
    pub verdict: Verdict,
}

/// Restores `file`, or the newest copy in `folder`, beside the others, and throws it away afterwards.
pub fn drill((folder, file): (&Path, Option<PathBuf>), (assets, clock): (Assets, Box<dyn Clock>)) -> Result<Drill> {
    let begin = Instant::now();
    let now = clock.now();
    let from = match file {
        Some(file) => file,
        None => newest(folder, now)?.map(|copy| copy.path).ok_or_else(|| Refusal::new(NO_BACKUP))?,
    };
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Error::file(folder))?;
    let place = tempfile::Builder::new().prefix(".drill-").tempdir_in(folder).map_err(Error::file(folder))?;
    let database = place.path().join("site.db");
    let copied = restore(&from, &database, Present::Refuse, now)?.copied;
    let site = Site::open(&database, Access::ReadWrite, assets, clock)?;
    let checks: Vec<Check> =
        check(&site, Depth::Deep)?.into_iter().filter(|c| !ABOUT_THE_PLACE.contains(&c.check)).collect();
    let rows = health::rows(site.store().db())?;
    let last = crate::store::journal::operation(site.store().db(), crate::model::OpNo(copied.operations))?;
    let verdict = checks.iter().map(|c| c.verdict).max().unwrap_or(Verdict::Ok);
    let age = last.map(|op| now.minutes_since(op.at));
    Ok(Drill { from, copied, age, took: begin.elapsed().as_millis(), rows, checks, verdict })
}

/// What says nothing about the backup, only about where it was tried.
const ABOUT_THE_PLACE: &[&str] = &["free_space", "file_system", "last_copy", "modes", "mark", "heads"];

/// Minutes since the newest copy, and whether the site has changed since; `None` without any.
pub fn last_copy(site: &Site) -> Result<Option<(i64, bool)>> {
    let Some(database) = site.file() else { return Ok(None) };
    let now: Stamp = site.now();
    let newest = newest(&super::keeping::folder_of(database), now)?;
    let head = crate::store::journal::head(site.store().db())?;
    Ok(newest.map(|copy| (now.minutes_since(copy.at), !copy.is_of((head.0, &head.1)))))
}
