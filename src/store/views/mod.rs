//! Read models that join tables; one file each.
pub mod candidates;
pub mod history;
pub mod intake;
pub mod roster;
pub mod search;
