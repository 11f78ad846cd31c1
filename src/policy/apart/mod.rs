//! Colleagues apart: who sits where, so that nobody of one work unit is among the eight neighbours of another, and what
//! remains where that is not possible, with the reason.
//!
//! Everything follows from the seed: the same people, rooms and seed give the same seats. Never change the stream of
//! random numbers or the order in which it is used: recorded arrangements would no longer come out the same.
mod bound;
mod room;
mod search;

pub use bound::{Crowd, most_apart};
pub use room::Room;

use crate::policy::dice::Dice;
use crate::policy::seating::Position;
use search::Search;
use serde::Serialize;
use std::collections::BTreeMap;

/// A work unit, numbered by the caller.
pub type Unit = u32;

/// Somebody to seat.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Sitter {
    /// `None`: nobody's colleague.
    pub unit: Option<Unit>,
    /// A seat that was named for this person; nobody is moved from it.
    pub fixed: Option<Place>,
}

/// A seat: which of the given rooms, and its number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Place {
    pub room: usize,
    pub seat: u16,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Seated {
    /// For each sitter, in the order given.
    pub places: Vec<Place>,
    pub together: Vec<Together>,
}

/// Two of one unit who are neighbours.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
pub struct Together {
    pub unit: Unit,
    pub one: Place,
    pub other: Place,
    pub why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case", tag = "why")]
pub enum Why {
    /// By counting: this unit and the largest others, `units` in all, have `people` together, and at most `most` of them can
    /// sit in these rooms with no colleagues beside one another.
    TooMany { units: usize, people: usize, most: usize },
    /// Both seats were named or taken before.
    Fixed,
    /// No way was found; another seed may find one.
    NotFound,
}

/// Why nobody can be seated at all.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cannot {
    TooFewSeats {
        people: usize,
        seats: usize,
    },
    /// The named seat is not free, or not there.
    NoSuchSeat(Place),
}

/// Seats everybody, as many in each room as it is to be filled with. Rooms say which of their seats may be used and who
/// sits there already.
pub fn seat(people: &[Sitter], rooms: &[Room], seed: u64) -> Result<Seated, Cannot> {
    let open = |room: &Room| if room.open { room.free.len() } else { room.fill.min(room.free.len()) };
    let seats = rooms.iter().map(open).sum();
    if people.len() > seats {
        return Err(Cannot::TooFewSeats { people: people.len(), seats });
    }
    let mut dice = Dice::new(seed);
    let mut search = Search::begin(people, rooms, &mut dice)?;
    let crowded = bound::crowds(people, rooms).into_keys().collect();
    search.improve(&crowded, &mut dice);
    let places = search.places();
    let together = together(people, rooms, &places);
    Ok(Seated { places, together })
}

/// Every pair of colleagues who are neighbours, each with the reason; sorted by place.
pub fn together(people: &[Sitter], rooms: &[Room], places: &[Place]) -> Vec<Together> {
    let mut sitting: BTreeMap<Place, (Unit, bool)> = BTreeMap::new();
    for (number, room) in rooms.iter().enumerate() {
        for (seat, unit) in &room.taken {
            let Some(unit) = unit else { continue };
            sitting.insert(Place { room: number, seat: *seat }, (*unit, true));
        }
    }
    for (sitter, place) in people.iter().zip(places) {
        let Some(unit) = sitter.unit else { continue };
        sitting.insert(*place, (unit, sitter.fixed.is_some()));
    }
    let crowds = bound::crowds(people, rooms);
    let mut found = Vec::new();
    for (one, (unit, fixed)) in &sitting {
        let Some(room) = rooms.get(one.room) else { continue };
        for seat in room.neighbours(one.seat) {
            let other = Place { room: one.room, seat };
            let Some((same, other_fixed)) = sitting.get(&other).filter(|(same, _)| same == unit && other > *one) else {
                continue;
            };
            let why = match (crowds.get(same), *fixed && *other_fixed) {
                (_, true) => Why::Fixed,
                (Some(crowd), _) => Why::TooMany { units: crowd.units, people: crowd.people, most: crowd.most },
                (None, _) => Why::NotFound,
            };
            found.push(Together { unit: *same, one: *one, other, why });
        }
    }
    found
}

/// Which of two forms of a paper (A/B卷) lies on a seat: those in front, behind and at the sides have the other.
pub fn is_second_form(at: Position) -> bool {
    (at.row + at.column) % 2 == 1
}

#[cfg(test)]
mod tests;
