//! Read models that join tables; one file each.
pub mod candidates;
pub mod entry_queue;
pub mod history;
pub mod intake;
pub mod search;
