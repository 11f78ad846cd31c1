//! Copies of the whole database, and putting one back.
use crate::model::{Code, OpNo, Refusal, Role, Stamp};
use crate::ops::{Access, Error, Result, Site};
use crate::policy::duties::allowed;
use crate::store::views::entry_queue::unsettled;
use crate::store::{Store, backup, health, journal};
use serde::Serialize;
use std::path::{Path, PathBuf};

pub const FILE_EXISTS: Code = Code("upkeep.file_exists");
pub const SITE_EXISTS: Code = Code("upkeep.site_exists");
pub const DAMAGED: Code = Code("upkeep.backup_damaged");
/// A copy holds what others typed.
pub const TYPING: Code = Code("upkeep.backup_while_typing");

/// A copy and the journal's head in it.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Copied {
    pub path: PathBuf,
    pub bytes: u64,
    pub operations: i64,
    pub head: String,
}

/// `site-20231015-081000.db`
pub fn backup_name(now: Stamp) -> String {
    format!("site-{}.db", now.local().format("%Y%m%d-%H%M%S"))
}

/// A consistent, checked copy while others go on working. `to` must not exist. A copy can be read by any program: no
/// typist makes one while a second entry is still to be typed blind (S0-24).
pub fn back_up(site: &Site, to: &Path) -> Result<Copied> {
    allowed(&site.actor().roles, &[Role::Coordinator, Role::Admin])?;
    if site.actor().has(Role::Typist) && unsettled(site.store().db())? {
        return Err(Refusal::new(TYPING).into());
    }
    refuse_existing(to)?;
    if let Some(folder) = to.parent().filter(|f| !f.as_os_str().is_empty()) {
        std::fs::create_dir_all(folder).map_err(Error::file(folder))?;
    }
    backup::copy(site.store().db(), to)?;
    copied(to)
}

fn refuse_existing(path: &Path) -> Result<()> {
    if path.exists() {
        return Err(Refusal::new(FILE_EXISTS).with("path", path.display().to_string()).into());
    }
    Ok(())
}

/// Reads the copy itself, not what it was made from.
pub(super) fn copied(path: &Path) -> Result<Copied> {
    let store = Store::open(path, Access::ReadOnly)?;
    let (operations, head) = journal::head(store.db())?;
    let bytes = std::fs::metadata(path).map_err(Error::file(path))?.len();
    Ok(Copied { path: path.to_owned(), bytes, operations, head })
}

/// What to do with a site that is there.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Present {
    Refuse,
    KeepAside,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Restored {
    #[serde(flatten)]
    pub copied: Copied,
    /// Where the former database is now.
    pub aside: Option<PathBuf>,
    /// Operations of the former database that the backup does not have; `None`: there was none, or it cannot be read.
    pub lost: Option<i64>,
}

/// Puts the backup `from` in the place of `database`. The backup is read through and its journal walked first; it
/// stays as it is. Nobody may be working on the site meanwhile.
pub fn restore(from: &Path, database: &Path, present: Present, now: Stamp) -> Result<Restored> {
    if database.exists() && present == Present::Refuse {
        return Err(Refusal::new(SITE_EXISTS).with("path", database.display().to_string()).into());
    }
    let backup = Store::open(from, Access::ReadOnly)?;
    let damaged = |what: String| Refusal::new(DAMAGED).with("path", from.display().to_string()).with("what", what);
    let structure = health::structure(backup.db())?;
    if structure != "ok" {
        return Err(damaged(structure).into());
    }
    if let Some(no) = journal::verify(backup.db())?.broken_at {
        return Err(damaged(format!("#{no}")).into());
    }
    let fresh = database.with_extension("restored.db");
    refuse_existing(&fresh)?;
    backup::copy(backup.db(), &fresh)?;
    let lost = lost(backup.db(), database);
    let aside = if database.exists() { Some(put_aside(database, now)?) } else { None };
    std::fs::rename(&fresh, database).map_err(Error::file(database))?;
    Ok(Restored { copied: copied(database)?, aside, lost })
}

/// How many operations of a database a backup does not have: those after the last one that both know.
fn lost(backup: &crate::store::rows::Connection, database: &Path) -> Option<i64> {
    let present = Store::open(database, Access::ReadOnly).ok()?;
    let (last, _) = journal::head(present.db()).ok()?;
    let (mut at, _) = journal::head(backup).ok()?;
    at = at.min(last);
    while at > 0 {
        let of = |db| journal::operation(db, OpNo(at)).ok().flatten().map(|op| op.digest);
        if of(backup).is_some_and(|digest| of(present.db()) == Some(digest)) {
            break;
        }
        at -= 1;
    }
    Some(last - at)
}

/// Moves a database with what SQLite keeps beside it, so that nothing in its log is lost.
fn put_aside(database: &Path, now: Stamp) -> Result<PathBuf> {
    let folder = database.parent().unwrap_or(Path::new(".")).join("backups");
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let aside = folder.join(format!("replaced-{}.db", now.local().format("%Y%m%d-%H%M%S")));
    refuse_existing(&aside)?;
    for ending in ["-wal", "-shm", ""] {
        let with = |path: &Path| PathBuf::from(format!("{}{ending}", path.display()));
        let (old, new) = (with(database), with(&aside));
        if old.exists() {
            std::fs::rename(&old, &new).map_err(Error::file(&old))?;
        }
    }
    Ok(aside)
}
