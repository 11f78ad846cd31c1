//! The way of an application from its filing to its approval: stamps, reviews, the public list.
mod case;
mod chain;
mod decide;
mod eligibility;
mod listing;
mod objection;
mod read;
mod sift;
mod stamp;

pub use chain::{Chain, Link, LinkState, chain};
pub use decide::{COUNT, COUNT_NEEDED, DOUBTS, Decide, Decided, NOBODY, REASON};
pub use listing::{NO_LIST as NOT_LISTED_HERE, NOT_FOUND, PublishList, Published, listing};
pub use objection::{AnswerObjection, Object, objections};
pub use read::{Standing, counts, sent_back, standing, standing_of, steps};
pub use sift::{Left, Ready, ready};
pub use stamp::{PutStamp, TakeStampOff, waiting_for_stamp};

pub use crate::policy::reviews::{Doubt, Eligibility, NOT_WAITING, Progress};
pub use crate::policy::stamps::{NodeState, StampBy};
pub use crate::store::views::reviews::{Counts, SentBack};

use crate::model::ApplicationId;
use serde::Serialize;

/// Whom an operation is about.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Whom {
    These(Vec<ApplicationId>),
    /// Everybody of the batch who waits for it.
    Waiting,
}
