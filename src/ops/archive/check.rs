//! Whether a sealed archive was touched; needs no site.
use super::chain;
use crate::bundle::sealed::{self, Finding, Looked, Touched};
use crate::ops::{Error, Result, Site};
use crate::store::{ArchiveRow, rows};
use serde::Serialize;
use std::path::Path;

/// Holds every file against the table of contents, and follows the journal's chain to its head.
pub fn look(folder: &Path) -> Result<Looked> {
    let mut looked = sealed::look(folder).map_err(Error::file(folder))??;
    let altered = |f: &&Finding| f.file == chain::FILE;
    if let (Some(contents), None) = (&looked.contents, looked.findings.iter().find(altered)) {
        let path = folder.join(chain::FILE);
        let text = std::fs::read_to_string(&path).map_err(Error::file(&path))?;
        let broken = |operation| Finding { file: chain::FILE.to_owned(), found: Touched::Chain, operation };
        match chain::follow(&text) {
            Err(line) => looked.findings.push(broken(Some(line))),
            Ok(found) if found.broken_at.is_some() => looked.findings.push(broken(found.broken_at.map(|no| no.0))),
            Ok(found) if found.head != contents.journal_head || found.operations != contents.operations => {
                looked.findings.push(broken(None));
            }
            Ok(_) => {}
        }
    }
    Ok(looked)
}

/// What the register says of an archive that was looked at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    /// Sealed here, with this seal.
    Ours,
    /// This site sealed no archive with this seal.
    Unknown,
}

/// Somebody who made everything anew has a whole archive with another seal: the register and the journal know the right one.
pub fn compare(site: &Site, looked: &Looked) -> Result<Answer> {
    let found = rows::count::<ArchiveRow>(site.store().db(), "WHERE seal = ?1", [&looked.seal])?;
    Ok(if found > 0 { Answer::Ours } else { Answer::Unknown })
}
