//! What is being typed, kept in the site's folder with every change, so that a crash loses nothing. No part of the
//! database: a draft is nobody's application yet (S1-81).
//!
//! Files `drafts/form-<batch>-<operator>-<n>.json`, for their owner only. Whoever types holds the lock of its `n`; the
//! kernel frees it when the process dies, and the next form of the same operator offers the draft.
use super::Typed;
use crate::model::{ApplicationId, Stamp};
use crate::ops::{Error, Result, Site, drafts};
use serde::{Deserialize, Serialize};
use std::fs::File;
use std::path::{Path, PathBuf};

/// Forms that one operator may type in at once.
const MOST: usize = 9;

/// A form half typed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Milliseconds since 1970.
    pub at: i64,
    /// The application that is edited; `None` for a new one.
    pub about: Option<i64>,
    /// As it was stored when somebody began to edit it.
    pub seen: Option<Typed>,
    pub typed: Typed,
}

impl Kept {
    pub fn new(site: &Site, about: Option<ApplicationId>, seen: Option<Typed>, typed: Typed) -> Kept {
        Kept { at: site.now().0, about: about.map(|id| id.0), seen, typed }
    }

    pub fn since(&self) -> Stamp {
        Stamp(self.at)
    }

    pub fn about(&self) -> Option<ApplicationId> {
        self.about.map(ApplicationId)
    }
}

/// The place of this form's draft, and what a crash left in it.
#[derive(Debug)]
pub struct Draft {
    path: PathBuf,
    /// Held while the form is open.
    _lock: File,
    left: Option<Kept>,
}

impl Draft {
    /// A free place for a draft. While `about` is edited only its own draft counts as left; a new form takes up any.
    /// `None` where nothing can be kept: a site in memory, a reader, nobody signed on.
    pub fn open(site: &Site, about: Option<ApplicationId>) -> Result<Option<Draft>> {
        let (Some(operator), false) = (site.actor().id, site.is_read_only()) else { return Ok(None) };
        let Some(folder) = drafts::folder(site)? else { return Ok(None) };
        let batch = site.batch()?.id;
        let mut free = None;
        for n in 1..=MOST {
            let path = folder.join(format!("form-{batch}-{operator}-{n}.json"));
            if free.is_some() && !path.exists() {
                continue;
            }
            let Some(lock) = drafts::locked(&path)? else { continue };
            let left = read(&path);
            match &left {
                Some(kept) if about.is_none() || kept.about() == about => {
                    return Ok(Some(Draft { path, _lock: lock, left }));
                }
                // Somebody else's work of yesterday stays where it is.
                Some(_) => {}
                None if free.is_none() => free = Some(Draft { path, _lock: lock, left }),
                None => {}
            }
        }
        Ok(free)
    }

    /// What was being typed when the program ended; asking takes it.
    pub fn take_left(&mut self) -> Option<Kept> {
        self.left.take()
    }

    /// Puts the form as it is now in the place of what was kept: a whole file or the old one, never a half.
    pub fn keep(&self, kept: &Kept) -> Result<()> {
        let text = serde_json::to_string(kept).unwrap_or_default();
        drafts::write_private(&self.path, &text).map_err(Error::file(&self.path))
    }

    /// Nothing is being typed any more.
    pub fn forget(&self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

/// A draft that cannot be read is none: the next one takes its place.
fn read(path: &Path) -> Option<Kept> {
    let kept: Kept = serde_json::from_str(&std::fs::read_to_string(path).ok()?).ok()?;
    (!kept.typed.is_empty()).then_some(kept)
}
