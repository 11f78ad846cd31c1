//! Sessions, venues, rooms, and edits of single seats.
mod commands;
mod edits;
pub mod fixtures;
mod pane;
mod places;
mod sessions;
mod spread;
