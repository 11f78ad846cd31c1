//! After a failed COMMIT: whether the operation was saved. Nobody is told before that is known, or known to be unknown.
use crate::model::OpNo;
use crate::store::{Store, StoreFault, journal};
use std::time::{Duration, Instant};

/// How long it is tried again to find out: a disk may answer in a moment.
const PATIENCE: Duration = Duration::from_secs(5);
const PAUSE: Duration = Duration::from_millis(200);

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Settled {
    Saved,
    NotSaved,
    Unknown,
}

/// What became of the operation that was to get number `no`.
pub fn settle(store: &Store, no: OpNo, op_id: &str, fault: &StoreFault) -> Settled {
    let begun = Instant::now();
    loop {
        match asked(store, no, op_id, fault) {
            Some(settled) => return settled,
            None if begun.elapsed() >= PATIENCE => return Settled::Unknown,
            None => std::thread::sleep(PAUSE),
        }
    }
}

/// One attempt; `None`: the database does not answer.
fn asked(store: &Store, no: OpNo, op_id: &str, fault: &StoreFault) -> Option<Settled> {
    let own = journal::is_saved(store.db(), no, op_id);
    let saved = match own {
        Ok(saved) => saved,
        // This connection may be the only one that does not work any more.
        Err(_) => store.again().ok().and_then(|db| journal::is_saved(&db, no, op_id).ok())?,
    };
    if saved {
        return Some(Settled::Saved);
    }
    // Without room, or where a write was refused, the last page of the transaction never reached the log. After another
    // fault it may stand there, and come back when the log is read anew: a write over it makes an end of that.
    let lost = matches!(
        fault,
        StoreFault::Full
            | StoreFault::Unwritten(_)
            | StoreFault::Busy
            | StoreFault::Constraint(_)
            | StoreFault::ReadOnly
    );
    (lost || store.overwrite_log().is_ok()).then_some(Settled::NotSaved)
}
