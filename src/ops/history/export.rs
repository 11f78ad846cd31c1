//! The journal as a file that a program of others can verify: `docs/journal.md` has its form. Without words: what operations say
//! of people is there as digests.
use crate::bundle::place;
use crate::model::{Refusal, Role};
use crate::ops::anchor::lineages;
use crate::ops::archive::chain::{self, Words};
use crate::ops::upkeep::FILE_EXISTS;
use crate::ops::{Error, LineageRow, Result, Site};
use crate::policy::duties::allowed;
use crate::store::{StoreFault, heads};
use serde::Serialize;
use std::io::Write;
use std::os::unix::fs::OpenOptionsExt;
use std::path::Path;

pub const FORMAT: &str = "kaowu-journal-1";

#[derive(Serialize)]
struct Header<'a> {
    format: &'static str,
    site: &'a str,
    operations: i64,
    head: &'a str,
    lineages: Vec<Lineage<'a>>,
}

#[derive(Serialize)]
struct Lineage<'a> {
    code: &'a str,
    parent_no: i64,
    parent_digest: &'a str,
    found: Option<&'a str>,
    public_key: Option<&'a str>,
}

impl<'a> Lineage<'a> {
    fn of(row: &'a LineageRow) -> Lineage<'a> {
        Lineage {
            code: &row.code,
            parent_no: row.parent_no,
            parent_digest: &row.parent_digest,
            found: row.found.as_deref(),
            public_key: row.public_key.as_deref(),
        }
    }
}

/// What stands in the file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Exported {
    pub operations: i64,
    pub head: String,
}

/// Writes the new file `to`.
pub fn export(site: &Site, to: &Path) -> Result<Exported> {
    allowed(&site.actor().roles, &[Role::Coordinator, Role::Admin, Role::Auditor])?;
    let snapshot = site.store().snapshot()?;
    let (lines, operations, head) = chain::write(snapshot.db(), Words::Nobody)?;
    let rows = lineages(site)?;
    let code = site.row()?.code;
    let lineages = rows.iter().map(Lineage::of).collect();
    let header = Header { format: FORMAT, site: &code, operations, head: &head, lineages };
    let mut text = line(&header)?;
    text.extend(lines);
    let signed = site.held().folder().map(heads::text).transpose().map_err(Error::file(to))?.unwrap_or_default();
    for head in signed.lines() {
        text.extend(line(&serde_json::json!({ "head": head }))?);
    }
    place::is_free(to).map_err(Error::file(to))?;
    let made = std::fs::OpenOptions::new().write(true).create_new(true).mode(0o600).open(to);
    let mut file = match made {
        Err(e) if e.kind() == std::io::ErrorKind::AlreadyExists => {
            return Err(Refusal::new(FILE_EXISTS).with("path", to.display().to_string()).into());
        }
        made => made.map_err(Error::file(to))?,
    };
    file.write_all(&text).and_then(|()| file.sync_all()).map_err(Error::file(to))?;
    Ok(Exported { operations, head })
}

fn line<T: Serialize>(value: &T) -> Result<Vec<u8>> {
    let mut line = serde_json::to_vec(value).map_err(|e| StoreFault::Other(e.to_string()))?;
    line.push(b'\n');
    Ok(line)
}
