//! The board of dates (S4-28): what is done, due, late or not yet, from the data where it can tell, and otherwise from an
//! explicit act; and the site's own tasks (S4-27).
mod act;
mod board;
mod follow;
mod item;
mod progress;
mod task;

pub use crate::policy::milestones::{SOON, Standing};
pub use crate::store::views::milestones::Share;
pub use act::{MarkDone, TakeBack, may_mark, may_take_back};
pub use board::{Board, Headline, board, headline};
pub use item::{Item, Kind, Told};
pub use progress::{Basis, Figure, Progress, progress};
pub use task::{AddTask, RemoveTask};
