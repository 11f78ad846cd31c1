//! Score entry (登分): two blind entries of every mark, settled when they agree or by a coordinator.
mod blind;
mod claim;
mod control;
mod digits;
mod import;
mod lease;
mod paper;
mod progress;
mod queue;
mod refused;
mod save;
mod settle;
mod standing;
mod take_back;

pub use blind::{may_show, may_show_op};
pub use claim::{Claim, Claimed, IDLE_MINUTES, NO_BAG, Release, claimable, claims};
pub use control::{
    AcceptControl, Control, ControlCheck, ControlSeen, ControlState, Figures, NO_CONTROL, NO_DIFFERENCE, NOT_SETTLED,
    control, may_accept_control, may_control,
};
pub use digits::Digits;
pub use import::{Accept, ImportScores, ScoresRead, read_scores};
pub use lease::{LEASE, Lease};
pub(super) use paper::Reader;
pub use paper::{
    CheckedMark, NOT_A_MARK, NOT_REQUIRED, Rule, by_ticket, check_items, groups, may_type, read_items, read_mark, rule,
    turn, warnings,
};
pub use progress::{BagProgress, TypistProgress, bag_progress, typist_progress};
pub use queue::{Pile, Stage, differences, pile, piles, progress};
pub use refused::{may_write_refused, write_refused};
pub use save::{Outcome, Save, Saved, WARNINGS};
pub use settle::{Action, Settle};
pub use standing::{EntrySeen, Standing, script_standing, standing};
pub(super) use take_back::may_take_back;
pub use take_back::{BOTH_IN, own_save};

pub use crate::model::entry::{Items, Slot, Turn};
pub use crate::policy::criteria::Criterion;
pub use crate::policy::markers::Part;
pub use crate::policy::marking::Typing;
pub use crate::policy::pace::{Pace, Report, Sign};
pub use crate::store::views::entry_queue::{Counts, Difference, Entered, Paper, Whose};
