//! Groups of assessors at stations, and the criteria of their sheets.
mod command;
mod criteria;
mod forming;
mod sheets;
pub mod world;
