//! Read models that join tables; one file each.
pub mod applications;
pub mod candidates;
pub mod history;
pub mod intake;
pub mod rooms;
pub mod search;
