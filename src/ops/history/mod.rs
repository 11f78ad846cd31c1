//! What was done: reading the journal and taking operations back.
mod detail;
mod export;
mod log;
mod undo;

pub use crate::store::journal::Verification;
pub use crate::store::views::history::Filter;
pub use detail::{Changed, Detail, FieldChange, detail};
pub use export::{Exported, FORMAT, export};
pub use log::{Logged, PAGE, areas, filter_for, is_kind, kinds, left_behind, operators, page, verify};
pub(in crate::ops) use log::{whole, word};
pub use undo::{
    Description, NOT_YOURS, NOTHING, REASON, Target, Undo, WayBack, describe, may_undo, next_redo, next_undo,
    undone_by, way_back,
};
