//! What keeps a site from being written, and how it is found out that it can be written again.
use super::Site;
use crate::model::Stamp;
use crate::ops::fault::Error;

/// What keeps the site from being written. Reading goes on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Obstacle {
    /// No room, or a quota.
    Full,
    /// The system refuses to write, for a limit or a failing disk.
    Failing,
    /// The file system has become one for reading only.
    ReadOnly,
}

impl Obstacle {
    fn of(error: &Error) -> Option<Obstacle> {
        let (Error::Store(fault) | Error::Unknown { fault, .. }) = error else { return None };
        match fault {
            crate::store::StoreFault::Full => Some(Obstacle::Full),
            crate::store::StoreFault::Io(_) | crate::store::StoreFault::Unwritten(_) => Some(Obstacle::Failing),
            crate::store::StoreFault::ReadOnly => Some(Obstacle::ReadOnly),
            _ => None,
        }
    }

    /// For the words.
    pub fn code(self) -> &'static str {
        match self {
            Obstacle::Full => "full",
            Obstacle::Failing => "failing",
            Obstacle::ReadOnly => "read_only",
        }
    }
}

/// An obstacle and when it was first met.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Trouble {
    pub what: Obstacle,
    pub since: Stamp,
}

impl Site {
    /// What keeps the site from being written now; the next thing that is written ends it.
    pub fn trouble(&self) -> Option<Trouble> {
        self.trouble.get()
    }

    pub(super) fn meet(&self, error: &Error) {
        if let Some(what) = Obstacle::of(error) {
            let since = self.trouble.get().map_or_else(|| self.clock.now(), |trouble| trouble.since);
            self.trouble.set(Some(Trouble { what, since }));
        }
    }

    /// After trouble: writes what changes nothing, to see whether the site can be written again.
    pub fn probe(&self) -> bool {
        match self.store.overwrite_log().map_err(Error::from) {
            Ok(()) => self.trouble.set(None),
            Err(error) => self.meet(&error),
        }
        self.trouble.get().is_none()
    }
}
