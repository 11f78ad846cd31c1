//! Whether the screen that holds a claim is still there. The claim itself is a row; beside it lies a file that the
//! screen's process holds locked, and touches now and then. When the process dies the kernel frees the lock: its operator
//! comes back to the claim at once, others after [`LEASE`].
use super::claim::Bag;
use crate::model::entry::Slot;
use crate::ops::{Result, Site, drafts};
use std::fs::File;
use std::path::{Path, PathBuf};
use std::time::{Duration, SystemTime};

/// How long a claim waits for an operator whose screen died.
pub const LEASE: Duration = Duration::from_secs(120);
/// How often a living screen touches its file.
const BEAT: Duration = Duration::from_secs(10);

/// Held while a bag is open on a screen.
#[derive(Debug)]
pub struct Lease {
    path: PathBuf,
    lock: File,
    beat: SystemTime,
}

impl Lease {
    /// `None` where there is nothing to hold it in: a site in memory, or another screen of the same operator.
    pub fn take(site: &Site, bag: Bag, slot: Slot) -> Result<Option<Lease>> {
        let Some(folder) = drafts::folder(site)? else { return Ok(None) };
        let path = place(&folder, bag, slot);
        let lease = drafts::locked(&path)?.map(|lock| Lease {
            path: path.with_extension("lock"),
            lock,
            beat: SystemTime::UNIX_EPOCH,
        });
        Ok(lease.map(|mut lease| {
            lease.beat();
            lease
        }))
    }

    /// To be called often.
    pub fn beat(&mut self) {
        let now = SystemTime::now();
        if now.duration_since(self.beat).is_ok_and(|past| past < BEAT) {
            return;
        }
        // A file that cannot be touched is still locked.
        let _ = self.lock.set_modified(now);
        self.beat = now;
    }
}

impl Drop for Lease {
    fn drop(&mut self) {
        let _ = std::fs::remove_file(&self.path);
    }
}

fn place(folder: &Path, (session, room): Bag, slot: Slot) -> PathBuf {
    folder.join(format!("bag-{session}-{room}-{}", slot.number()))
}

/// Whether a screen held the claim, is gone, and has not come back in time. Claims made without a screen have no file.
pub(super) fn ran_out(database: Option<&str>, bag: Bag, slot: Slot) -> bool {
    let Some(folder) = database.and_then(|file| Path::new(file).parent()).map(|home| home.join("drafts")) else {
        return false;
    };
    let Ok(file) = File::open(place(&folder, bag, slot).with_extension("lock")) else { return false };
    let touched = file.metadata().and_then(|meta| meta.modified());
    let is_old = touched.is_ok_and(|at| SystemTime::now().duration_since(at).is_ok_and(|past| past >= LEASE));
    is_old && file.try_lock_shared().is_ok()
}
