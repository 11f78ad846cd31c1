//! What is being typed on the screen, kept in the site's folder, so that a crash loses nothing. No part of the database:
//! a draft is nobody's mark and nobody's reason yet, and it is shown to nobody but the operator who typed it.
//!
//! Files `drafts/screen-<batch>-<operator>-<n>.json`, for their owner only. Whoever types holds the lock of its `n`; the
//! kernel frees it when the process dies, and the operator's next screen takes the draft up.
use crate::model::Stamp;
use crate::ops::{Error, Result, Site};
use serde::{Deserialize, Serialize};
use std::fs::{File, OpenOptions};
use std::io::Write;
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// Screens of one operator at once.
const MOST: usize = 9;
/// Minutes after which nobody wants a draft back: three days.
const STALE: i64 = 3 * 24 * 60;

/// What was typed in one place.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Typed {
    /// The pane that it was typed in.
    pub pane: String,
    /// Layer and what it was about.
    pub place: String,
    pub value: serde_json::Value,
    /// Milliseconds since 1970.
    pub at: i64,
}

impl Typed {
    pub fn since(&self) -> Stamp {
        Stamp(self.at)
    }
}

/// The file of one screen.
#[derive(Debug)]
pub struct Shelf {
    path: PathBuf,
    /// Held while the screen is open.
    _lock: File,
    left: Vec<Typed>,
    /// As it is in the file.
    written: Vec<Typed>,
}

impl Shelf {
    /// A free place, the one where something was left before all others. `None` where nothing can be kept: a site in
    /// memory, a reader, nobody signed on.
    pub fn open(site: &Site) -> Result<Option<Shelf>> {
        let (Some(operator), false) = (site.actor().id, site.is_read_only()) else { return Ok(None) };
        let Some(folder) = folder(site)? else { return Ok(None) };
        let batch = site.batch().map_or(0, |b| b.id.0);
        let mut free = None;
        for n in 1..=MOST {
            let path = folder.join(format!("screen-{batch}-{operator}-{n}.json"));
            if free.is_some() && !path.exists() {
                continue;
            }
            let Some(lock) = locked(&path)? else { continue };
            let mut left = read(&path);
            left.retain(|typed| site.now().minutes_since(typed.since()).abs() < STALE);
            let is_taken = !left.is_empty();
            if is_taken || free.is_none() {
                free = Some(Shelf { path, _lock: lock, written: left.clone(), left });
            }
            if is_taken {
                break;
            }
        }
        Ok(free)
    }

    /// What was being typed when the program ended; asking takes it.
    pub fn take_left(&mut self) -> Vec<Typed> {
        std::mem::take(&mut self.left)
    }

    /// Puts all that is typed now in the place of what was kept: a whole file or the old one, never a half. Where
    /// nothing changed, nothing is written.
    pub fn keep(&mut self, all: &[Typed]) -> Result<()> {
        let same = |a: &Typed, b: &Typed| (&a.pane, &a.place, &a.value) == (&b.pane, &b.place, &b.value);
        if all.len() == self.written.len() && all.iter().zip(&self.written).all(|(a, b)| same(a, b)) {
            return Ok(());
        }
        if all.is_empty() {
            std::fs::remove_file(&self.path).or_else(gone).map_err(Error::file(&self.path))?;
        } else {
            let text = serde_json::to_string(all).unwrap_or_default();
            write_private(&self.path, &text).map_err(Error::file(&self.path))?;
        }
        self.written = all.to_vec();
        Ok(())
    }
}

fn gone(error: std::io::Error) -> std::io::Result<()> {
    if error.kind() == std::io::ErrorKind::NotFound { Ok(()) } else { Err(error) }
}

/// The folder of drafts, made where it is not there yet; `None` for a site that lives in memory.
pub(in crate::ops) fn folder(site: &Site) -> Result<Option<PathBuf>> {
    let Some(file) = site.file() else { return Ok(None) };
    let folder = file.parent().unwrap_or(Path::new(".")).join("drafts");
    std::fs::DirBuilder::new().recursive(true).mode(0o700).create(&folder).map_err(Error::file(&folder))?;
    Ok(Some(folder))
}

/// A whole new file or the old one.
pub(in crate::ops) fn write_private(path: &Path, text: &str) -> std::io::Result<()> {
    let new = path.with_extension("new");
    let mut file = private(&new, OpenOptions::new().truncate(true))?;
    file.write_all(text.as_bytes())?;
    drop(file);
    std::fs::rename(&new, path)
}

fn private(path: &Path, options: &mut OpenOptions) -> std::io::Result<File> {
    options.write(true).create(true).mode(0o600).open(path)
}

/// The lock of a place, or `None` when somebody types there.
pub(in crate::ops) fn locked(path: &Path) -> Result<Option<File>> {
    let lock = path.with_extension("lock");
    let file = private(&lock, OpenOptions::new().truncate(false)).map_err(Error::file(&lock))?;
    Ok(file.try_lock().is_ok().then_some(file))
}

/// A draft that cannot be read is none: the next one takes its place.
fn read(path: &Path) -> Vec<Typed> {
    let text = std::fs::read_to_string(path).ok();
    text.and_then(|text| serde_json::from_str(&text).ok()).unwrap_or_default()
}
