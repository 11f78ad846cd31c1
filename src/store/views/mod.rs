//! Read models that join tables; one file each.
pub mod candidates;
pub mod checkin;
pub mod history;
pub mod intake;
pub mod search;
