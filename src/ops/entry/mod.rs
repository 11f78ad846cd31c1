//! Score entry (登分): two blind entries of every mark, settled when they agree or by a coordinator.
mod blind;
mod paper;
mod queue;
mod save;
mod settle;
mod standing;
mod take_back;

pub use blind::{may_show, may_show_op};
pub(super) use paper::Reader;
pub use paper::{CheckedMark, NOT_A_MARK, NOT_REQUIRED, Rule, by_ticket, may_type, read_mark, rule, turn, warnings};
pub use queue::{Pile, Stage, differences, pile, piles, progress};
pub use save::{Outcome, Save, Saved, WARNINGS};
pub use settle::{Action, Settle};
pub use standing::{EntrySeen, Standing, standing};
pub(super) use take_back::may_take_back;
pub use take_back::{BOTH_IN, own_save};

pub use crate::model::entry::{Slot, Turn};
pub use crate::store::views::entry_queue::{Counts, Difference, Entered, Paper};
