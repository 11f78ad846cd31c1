//! Marks that are final (锁定): the lock of a session, and the change of a locked mark, each by two persons.
mod ask;
mod changes;
mod decide;
mod difference;
mod guard;
mod lock;
mod obstacles;
mod picture;
mod status;
mod unlock;

pub use crate::store::views::locks::{Asked, Listed, Locked, PaperName, Resting, Sent, Sum};
pub use ask::{AskChange, BY_PANEL, CERTIFIED, NO_CHANGE, NOT_LOCKED, WAITS};
pub use changes::{LockedPart, change, changeable, changes, may_act, preview, preview_ask};
pub use decide::{DecideChange, Decided, NOT_YOURS, NOTHING_ASKED, OWN, STALE, Verdict, WithdrawChange};
pub use difference::{Control, Difference, Picture, Turned, difference};
pub use guard::LOCKED;
pub(in crate::ops) use guard::{may_take_back, refuse_locked, refuse_locked_session};
pub use lock::{ALREADY, IN_THE_WAY, Lock, LockedNow, NOBODY};
pub use obstacles::{Obstacle, Place};
pub use picture::Preview;
pub use status::{SessionStatus, is_locked, session, sessions};
pub use unlock::{AskUnlock, DecideUnlock, NOT_ASKED, OPEN, Opened, RESTING, UNLOCK_WAITS, WithdrawUnlock};
