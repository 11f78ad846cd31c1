//! The mark of an open site: looked at when it is opened and before every write, moved on after.
use super::{heads, refusal};
use crate::model::Stamp;
use crate::model::site_key::SecretKey;
use crate::ops::Result;
use crate::store::doubt::{self, Doubt};
use crate::store::inspect::Flaw;
use crate::store::mark::{Anchor, Found, Mark};
use crate::store::rows::Connection;
use crate::store::{Access, Store, journal};
use std::cell::RefCell;
use std::path::Path;

/// How far back the chain is walked when a site is opened: operations, and changes of all of them together.
const TAIL: (i64, i64) = (200, 5000);

pub struct Held {
    /// `None`: a site that lives in memory.
    anchor: Option<Anchor>,
    doubt: RefCell<Option<Doubt>>,
    /// Why the mark could not be moved on after the last operation.
    late: RefCell<Option<String>>,
}

impl Held {
    pub fn nothing() -> Held {
        Held { anchor: None, doubt: RefCell::new(None), late: RefCell::new(None) }
    }

    /// Looks at the mark in `folder`, and along the end of the chain.
    pub fn look(store: &Store, folder: &Path) -> Result<Held> {
        let anchor = Anchor::at(folder);
        let found = anchor.read();
        let doubt = match &found {
            Err(e) => Some(Doubt::Unreadable(e.to_string())),
            Ok(Found::Nothing) if store.is_older_than_marks() && store.access() == Access::ReadWrite => {
                plant(&anchor, store.db()).err().map(|e| Doubt::Unwritable(e.to_string()))
            }
            Ok(found) => doubt::doubt(store.db(), found)?,
        };
        let doubt = match doubt {
            None => journal::verify_tail(store.db(), TAIL.0, TAIL.1)?.map(|no| Doubt::Chain { no }),
            some => some,
        };
        Ok(Held { anchor: Some(anchor), doubt: RefCell::new(doubt), late: RefCell::new(None) })
    }

    pub fn doubt(&self) -> Option<Doubt> {
        self.doubt.borrow().clone()
    }

    /// What was found in the content. A damaged file, a broken chain and other tables take no more writes; rows that the journal
    /// does not know do, for work at the door has to go on: see [`super::content`].
    pub fn learn(&self, flaw: &Flaw) {
        let doubt = match flaw {
            Flaw::Chain { no } => Doubt::Chain { no: *no },
            Flaw::Structure(_) | Flaw::Schema => Doubt::Content(flaw.clone()),
            Flaw::Row(_) => return,
        };
        self.doubt.borrow_mut().get_or_insert(doubt);
    }

    pub fn folder(&self) -> Option<&Path> {
        self.anchor.as_ref().map(Anchor::folder)
    }

    /// What lies in the place of the mark now, for the journal.
    pub fn found(&self) -> Option<Found> {
        self.anchor.as_ref().map(|a| a.read().unwrap_or(Found::Damaged))
    }

    /// Why the mark is behind the last operation; `None` when it is not.
    pub fn late(&self) -> Option<String> {
        self.late.borrow().clone()
    }

    /// Refuses to write where the database is not the one that the mark tells of, or where the mark could not be moved on.
    pub fn before(&self, db: &Connection) -> Result<()> {
        let Some(anchor) = &self.anchor else { return Ok(()) };
        let known = self.doubt();
        let doubt = match known {
            Some(doubt) => Some(doubt),
            None => match anchor.read() {
                Err(e) => Some(Doubt::Unreadable(e.to_string())),
                Ok(found) => match doubt::doubt(db, &found)? {
                    None => self.caught_up(anchor, db, &found)?,
                    some => some,
                },
            },
        };
        match doubt {
            None => Ok(()),
            Some(doubt) => {
                let refused = refusal(&doubt);
                if !matches!(doubt, Doubt::Unwritable(_) | Doubt::Unreadable(_)) {
                    self.doubt.replace(Some(doubt));
                }
                Err(refused.into())
            }
        }
    }

    /// Moves on a mark that was left behind: by a failing disk, or by the end of a process that had begun a lineage.
    fn caught_up(&self, anchor: &Anchor, db: &Connection, found: &Found) -> Result<Option<Doubt>> {
        let Some(own) = doubt::mark(db)? else { return Ok(None) };
        let left = !matches!(found, Found::Is(mark) if mark.lineage == own.lineage);
        if !left && self.late.borrow().is_none() {
            return Ok(None);
        }
        let done = if left { anchor.renew(&own) } else { anchor.advance(&own) };
        Ok(match done {
            Ok(()) => {
                self.late.replace(None);
                None
            }
            Err(e) => Some(Doubt::Unwritable(e.to_string())),
        })
    }

    /// Moves the mark on to what was just committed. It cannot fail the operation: that is saved.
    pub fn after(&self, db: &Connection, key: Option<&SecretKey>, now: Stamp) {
        let Some(anchor) = &self.anchor else { return };
        if self.doubt.borrow().is_some() {
            return;
        }
        let moved = doubt::mark(db).map_err(|e| e.to_string()).and_then(|mark| match mark {
            Some(mark) => {
                let moved = forward(anchor, &mark).and_then(|()| match key {
                    Some(key) => heads::sign_when_due(anchor.folder(), &mark, key, now),
                    None => Ok(()),
                });
                moved.map_err(|e| e.to_string())
            }
            None => Ok(()),
        });
        self.late.replace(moved.err());
    }

    /// After a lineage was begun: the mark is that of the new one, whatever was there.
    pub fn renew(&self, db: &Connection) {
        let Some(anchor) = &self.anchor else { return };
        match plant(anchor, db) {
            Ok(()) => {
                self.doubt.replace(None);
                self.late.replace(None);
            }
            Err(e) => drop(self.late.replace(Some(e.to_string()))),
        }
    }
}

/// The first operation of a site makes the mark; later ones only move it.
fn forward(anchor: &Anchor, mark: &Mark) -> std::io::Result<()> {
    match anchor.advance(mark) {
        Err(e) if e.kind() == std::io::ErrorKind::NotFound && mark.number == 1 => anchor.renew(mark),
        other => other,
    }
}

fn plant(anchor: &Anchor, db: &Connection) -> std::io::Result<()> {
    match doubt::mark(db).map_err(std::io::Error::other)? {
        Some(mark) => anchor.renew(&mark),
        None => Ok(()),
    }
}
