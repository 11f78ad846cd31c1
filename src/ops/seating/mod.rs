//! Rooms, seats and tickets.
mod arrange;
mod chart;
mod check;
mod check_rooms;
pub mod edit;
mod foresee;
mod halls;
mod plan;
pub mod ticket_number;
pub(in crate::ops) mod world;

pub use arrange::{Arrange, Arranged, NO_SESSION, SITE_CODE, TEMPLATE};
pub use chart::{
    Chart, Held, NO_ROOM, Need, RoomLine, chart, chart_in, need_of, needs, numbered, room_lines, room_lines_in,
    seats_of, unapproved, unseated,
};
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

/// Whether the signed-on operator may edit seats, before anything is picked up.
pub fn may_edit(site: &Site) -> Result<()> {
    use crate::ops::Operation;
    Ok(crate::policy::duties::allowed(&site.actor().roles, edit::Move::ROLES)?)
}
