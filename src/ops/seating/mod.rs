//! Rooms, seats and tickets.
mod arrange;
mod chart;

pub use arrange::{Arrange, Arranged, NO_SESSION};
pub use chart::{Chart, NO_ROOM, RoomLine, chart, numbered, room_lines, unapproved, unseated};

pub use crate::store::views::candidates::Candidate;

use crate::ops::{Result, RoomRow, Site};
use crate::store::rows;

/// The rooms of the batch at hand, by number.
pub fn rooms(site: &Site) -> Result<Vec<RoomRow>> {
    Ok(rows::select::<RoomRow>(site.store().db(), "WHERE batch = ?1 ORDER BY number", [site.batch()?.id])?)
}
