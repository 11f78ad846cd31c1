//! A room with the seats that are to be filled.
use super::Unit;
use crate::policy::seating::{Position, Seating};

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Room {
    /// Grid, order of the seats and side of the door.
    pub seating: Seating,
    /// Numbers of the seats that may be used, those to be filled first in front. Never more than the room may hold.
    pub free: Vec<u16>,
    /// So many of the free seats are filled; the others are used only where that parts colleagues.
    pub fill: usize,
    /// Whether people may also go from here to a spare seat of another such room.
    pub open: bool,
    /// Who sits there already.
    pub taken: Vec<(u16, Option<Unit>)>,
}

impl Room {
    /// Its first `count` seats, nobody in it.
    pub fn empty(seating: Seating, count: u16) -> Room {
        Room { seating, free: (1..=count).collect(), fill: usize::from(count), open: false, taken: Vec::new() }
    }

    /// How many people can be here in the end.
    pub fn holds(&self) -> usize {
        self.taken.len() + if self.open { self.free.len() } else { self.fill.min(self.free.len()) }
    }

    /// The seats around a seat, at most eight.
    pub fn neighbours(&self, seat: u16) -> impl Iterator<Item = u16> + '_ {
        let at = self.seating.position(seat);
        let around = [(0, 0), (0, 1), (0, 2), (1, 0), (1, 2), (2, 0), (2, 1), (2, 2)];
        around.into_iter().filter_map(move |(down, right)| {
            let Position { row, column } = at?;
            let position = Position { row: (row + down).checked_sub(1)?, column: (column + right).checked_sub(1)? };
            self.seating.seat(position)
        })
    }
}
