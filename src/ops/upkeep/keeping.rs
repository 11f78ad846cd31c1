//! Copies that the program makes by itself: every quarter of an hour when something changed, and before what cannot be
//! taken back. One process makes one at a time.
use super::backup::{Copied, copied};
use super::copies::{Copy, EVERY, Why, copies, name, surplus};
use crate::model::{Code, OpNo, Refusal, Stamp};
use crate::ops::{Access, Error, Result};
use crate::store::{Store, backup, disk, journal};
use std::fs::{File, TryLockError};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Without the copy nothing is changed that cannot be taken back.
pub const NO_COPY: Code = Code("keeping.no_copy");
/// What is left beside a copy: 64 MiB, the least that an import needs.
const LEFT: u64 = 64 << 20;

/// Where a database's copies are.
pub fn folder_of(database: &Path) -> PathBuf {
    database.parent().unwrap_or(Path::new(".")).join("backups")
}

/// Makes the regular copy of the database when it is due: `None` when it is not, or somebody else is making one.
pub fn keep(database: &Path, now: Stamp) -> Result<Option<Copied>> {
    let folder = folder_of(database);
    // By names alone, without opening anything: most calls end here.
    let newest = newest(&folder, now)?;
    if newest.as_ref().is_some_and(|copy| now.minutes_since(copy.at) < EVERY) {
        return Ok(None);
    }
    let store = Store::open(database, Access::ReadOnly)?;
    let head = journal::head(store.db())?;
    let (changed, since) = match &newest {
        Some(copy) => (!copy.is_of((head.0, &head.1)), copy.at),
        None => match journal::operation(store.db(), OpNo(1))? {
            Some(first) => (true, first.at),
            None => return Ok(None),
        },
    };
    if !changed || now.minutes_since(since) < EVERY {
        return Ok(None);
    }
    let Some(_lock) = Lock::now(&folder)? else { return Ok(None) };
    make(&store, &folder, (&Why::Regular, now)).map(Some)
}

/// The copy before an operation; none is made where the newest one is of this very state.
pub(in crate::ops) fn keep_before(store: &Store, kind: &str, now: Stamp) -> Result<()> {
    let Some(database) = store.path() else { return Ok(()) };
    let folder = folder_of(database);
    let made = || -> Result<()> {
        let _lock = Lock::in_turn(&folder)?;
        let head = journal::head(store.db())?;
        if newest(&folder, now)?.is_some_and(|copy| copy.is_of((head.0, &head.1))) {
            return Ok(());
        }
        make(store, &folder, (&Why::Before(kind.to_owned()), now)).map(drop)
    };
    made().map_err(|error| match error {
        Error::Refused(refusal) => refusal.into(),
        other => Refusal::new(NO_COPY).with("what", other.to_string()).into(),
    })
}

/// The newest automatic copy. One dated in the future, from a clock that was wrong, is none.
fn newest(folder: &Path, now: Stamp) -> Result<Option<Copy>> {
    let all = copies(folder)?;
    Ok(all.into_iter().find(|copy| copy.is_automatic() && now.minutes_since(copy.at) >= 0))
}

fn make(store: &Store, folder: &Path, (why, now): (&Why, Stamp)) -> Result<Copied> {
    has_room(store, folder)?;
    let head = journal::head(store.db())?;
    let to = folder.join(name(why, now, (head.0, &head.1)));
    if !to.exists() {
        backup::copy(store.db(), &to)?;
    }
    for path in surplus(&copies(folder)?, now) {
        // One that cannot be taken away now is next time.
        let _ = std::fs::remove_file(path);
    }
    copied(&to)
}

fn has_room(store: &Store, folder: &Path) -> Result<()> {
    let size = store.path().and_then(|path| std::fs::metadata(path).ok()).map_or(0, |meta| meta.len());
    let Some(disk) = disk::disk(folder) else { return Ok(()) };
    // A small disk may be nearly full and still hold a small site twice.
    if disk.free < size.saturating_add(LEFT.min(size)) {
        return Err(crate::store::StoreFault::Full.into());
    }
    Ok(())
}

/// Held while a copy is made. The kernel frees it when the process dies.
struct Lock {
    _file: File,
}

impl Lock {
    /// `None` while somebody else holds it.
    fn now(folder: &Path) -> Result<Option<Lock>> {
        let file = Lock::file(folder)?;
        match file.try_lock() {
            Ok(()) => Ok(Some(Lock { _file: file })),
            Err(TryLockError::WouldBlock) => Ok(None),
            Err(TryLockError::Error(error)) => Err(Error::file(folder)(error)),
        }
    }

    /// Waits until whoever makes a copy has made it.
    fn in_turn(folder: &Path) -> Result<Lock> {
        let file = Lock::file(folder)?;
        file.lock().map_err(Error::file(folder))?;
        Ok(Lock { _file: file })
    }

    fn file(folder: &Path) -> Result<File> {
        std::fs::DirBuilder::new().recursive(true).mode(0o700).create(folder).map_err(Error::file(folder))?;
        let path = folder.join(".lock");
        let mut options = std::fs::OpenOptions::new();
        options.write(true).create(true).truncate(false).mode(0o600).open(&path).map_err(Error::file(path))
    }
}
