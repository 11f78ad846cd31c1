//! Copies of the whole database, and putting one back.
use crate::model::{Code, OpNo, Refusal, Role, Stamp};
use crate::ops::anchor::{self, Flaw};
use crate::ops::{Access, Error, Result, Site};
use crate::policy::duties::allowed;
use crate::store::replay::Wrong;
use crate::store::rows::Connection;
use crate::store::views::entry_queue::unsettled;
use crate::store::{Store, backup, health, in_use, journal};
use serde::Serialize;
use std::fs::File;
use std::path::{Path, PathBuf};

pub const FILE_EXISTS: Code = Code("upkeep.file_exists");
/// Another process has the database open that a backup would take the place of.
pub const IN_USE: Code = Code("upkeep.in_use");
pub const SITE_EXISTS: Code = Code("upkeep.site_exists");
pub const DAMAGED: Code = Code("upkeep.backup_damaged");
/// A copy holds what others typed.
pub const TYPING: Code = Code("upkeep.backup_while_typing");

/// Who makes copies and puts them back.
const KEEPERS: &[Role] = &[Role::Coordinator, Role::Admin];

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
    allowed(&site.actor().roles, KEEPERS)?;
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
#[derive(Debug)]
pub enum Present {
    Refuse,
    KeepAside(Replacer),
}

/// That somebody who may do it puts a copy in the place of a site. One person is enough: the former database is kept, and
/// where the copy is older nothing is written before two go on (`site.continue`).
#[derive(Debug)]
pub struct Replacer(());

impl Replacer {
    /// Whoever is signed on: to the database that goes, or to the copy where that one cannot be read.
    pub fn of(site: &Site) -> Result<Replacer> {
        site.actor().operator()?;
        allowed(&site.actor().roles, KEEPERS)?;
        Ok(Replacer(()))
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Restored {
    #[serde(flatten)]
    pub copied: Copied,
    /// Where the former database is now.
    pub aside: Option<PathBuf>,
    /// Operations of the former database that the backup does not have; `None`: there was none, or it cannot be read.
    pub lost: Option<i64>,
    /// The first row of the backup that is not what its journal says. It is put back all the same: there may be no other.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wrong: Option<Wrong>,
}

/// Puts the backup `from` in the place of `database`. The backup is read through and its journal walked first; it
/// stays as it is. Nobody may be working on the site meanwhile.
pub fn restore(from: &Path, database: &Path, present: Present, now: Stamp) -> Result<Restored> {
    if database.exists() && matches!(present, Present::Refuse) {
        return Err(Refusal::new(SITE_EXISTS).with("path", database.display().to_string()).into());
    }
    unused(database)?;
    let backup = Store::open(from, Access::ReadOnly)?;
    let damaged = |what: String| Refusal::new(DAMAGED).with("path", from.display().to_string()).with("what", what);
    let structure = health::structure(backup.db())?;
    if structure != "ok" {
        return Err(damaged(structure).into());
    }
    // Beside it, and gone when anything goes wrong on the way.
    let folder = database.parent().unwrap_or(Path::new("."));
    let place = tempfile::Builder::new().prefix(".restore-").tempdir_in(folder).map_err(Error::file(folder))?;
    let fresh = place.path().join("site.db");
    backup::copy(backup.db(), &fresh)?;
    let wrong = match anchor::inspect(&fresh)? {
        None => None,
        Some(Flaw::Row(wrong)) => Some(wrong),
        Some(Flaw::Chain { no }) => return Err(damaged(format!("#{no}")).into()),
        Some(Flaw::Structure(what)) => return Err(damaged(what).into()),
        Some(Flaw::Schema) => return Err(damaged("sqlite_schema".to_owned()).into()),
    };
    let lost = lost(backup.db(), database);
    // Looking at the copy took a while: somebody may have begun to work meanwhile.
    unused(database)?;
    let aside = put_aside(database, now)?;
    std::fs::rename(&fresh, database).map_err(Error::file(database))?;
    File::open(folder).and_then(|folder| folder.sync_all()).map_err(Error::file(folder))?;
    Ok(Restored { copied: copied(database)?, aside, lost, wrong })
}

/// Refused where another process has it open: it would go on writing into what is set aside.
fn unused(database: &Path) -> Result<()> {
    match in_use::user(database) {
        Some(process) => Err(Refusal::new(IN_USE).with("process", i64::from(process)).into()),
        None => Ok(()),
    }
}

/// How many operations of a database a backup does not have: those after the last one that both know.
fn lost(backup: &Connection, database: &Path) -> Option<i64> {
    let present = Store::open(database, Access::ReadOnly).ok()?;
    let (last, _) = journal::head(present.db()).ok()?;
    Some(last - common(backup, present.db()).ok()?.0)
}

/// The last operation that two databases of one site both have; 0 where they have none in common.
pub(in crate::ops) fn common(one: &Connection, other: &Connection) -> Result<OpNo> {
    let mut at = journal::head(one)?.0.min(journal::head(other)?.0);
    while at > 0 {
        let of = |db| Ok::<_, Error>(journal::operation(db, OpNo(at))?.map(|op| op.digest));
        if of(one)?.is_some_and(|digest| of(other).is_ok_and(|d| d == Some(digest))) {
            break;
        }
        at -= 1;
    }
    Ok(OpNo(at))
}

/// Moves a database with what SQLite keeps beside it, so that nothing in its log is lost, and so that no log is left for the
/// database that comes in its place: SQLite would play it over that one. Gives where the database is; `None`: there was none.
fn put_aside(database: &Path, now: Stamp) -> Result<Option<PathBuf>> {
    let with = |path: &Path, ending: &str| PathBuf::from(format!("{}{ending}", path.display()));
    let there: Vec<_> = BESIDE.iter().filter(|ending| with(database, ending).exists()).collect();
    if there.is_empty() {
        return Ok(None);
    }
    let folder = database.parent().unwrap_or(Path::new(".")).join("backups");
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let free = |path: &PathBuf| BESIDE.iter().all(|ending| !with(path, ending).exists());
    let mut names = (1..1000).map(|n| folder.join(super::copies::aside_name(now, n)));
    let aside = names.find(free).unwrap_or_else(|| folder.join(super::copies::aside_name(now, 0)));
    refuse_existing(&aside)?;
    for ending in &there {
        let old = with(database, ending);
        std::fs::rename(&old, with(&aside, ending)).map_err(Error::file(&old))?;
    }
    File::open(&folder).and_then(|folder| folder.sync_all()).map_err(Error::file(&folder))?;
    Ok(aside.exists().then_some(aside))
}

/// Endings of the files of a database, itself last.
const BESIDE: [&str; 4] = ["-journal", "-wal", "-shm", ""];
