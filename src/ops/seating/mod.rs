//! Rooms, seats and tickets.
mod arrange;
mod chart;
mod check;
mod check_rooms;
mod foresee;
mod halls;
mod plan;
pub mod ticket_number;
mod world;

pub use arrange::{Arrange, Arranged, NO_SESSION};
pub use chart::{Chart, RoomLine, chart, numbered, room_lines, unapproved, unseated};
pub use check::{
    BadSeat, CheckReport, ClosedRoom, Colleagues, Crowded, NeedUnmet, Reason, SamePapers, Sits, TwoPlaces, Unseated,
    WhyUnseated, check,
};
pub use foresee::seed_for;
pub use world::{employer_key, room_seating};

pub use crate::policy::stations::{Turn, turn};
pub use crate::store::views::candidates::Candidate;

use crate::ops::{Result, RoomRow, Site};
use crate::store::rows;

/// The rooms of the batch at hand, by number.
pub fn rooms(site: &Site) -> Result<Vec<RoomRow>> {
    Ok(rows::select::<RoomRow>(site.store().db(), "WHERE batch = ?1 ORDER BY number", [site.batch()?.id])?)
}
