//! What was done: reading the journal and taking operations back.
mod undo;

pub use undo::{Description, Target, Undo, describe, next_redo, next_undo, undone_by};
