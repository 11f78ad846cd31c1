//! The seats of one room: how many there are, where they stand, which are beside one another. Stations are used in rounds,
//! and seat numbers go on over the rounds; people of different rounds never meet.
use super::apart;
use super::seating::{Position, Seating};
use crate::model::PaperForm;

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Grid {
    /// With the room's own rows, columns and door.
    pub seating: Seating,
    pub rounds: u16,
    /// At most so many people a round.
    pub most: u32,
}

impl Grid {
    /// Seats of one round.
    pub fn round_size(&self) -> u32 {
        self.seating.grid()
    }

    pub fn seats(&self) -> u32 {
        self.round_size() * u32::from(self.rounds)
    }

    /// From 1; `None` for a seat that is not there.
    pub fn round(&self, seat: i64) -> Option<u16> {
        let from_zero = u32::try_from(seat.checked_sub(1)?).ok()?;
        let round = u16::try_from(from_zero.checked_div(self.round_size())?).ok()?;
        (round < self.rounds).then_some(round + 1)
    }

    /// The first seat number of a round, less one.
    fn before(&self, round: u16) -> i64 {
        i64::from(round.saturating_sub(1)) * i64::from(self.round_size())
    }

    /// The seat of the first round at the same place: its station.
    pub fn station(&self, seat: i64) -> i64 {
        seat - self.round(seat).map_or(0, |round| self.before(round))
    }

    pub fn position(&self, seat: i64) -> Option<Position> {
        let round = self.round(seat)?;
        self.seating.position(u16::try_from(seat - self.before(round)).ok()?)
    }

    /// The seat of a round at a position.
    pub fn seat(&self, round: u16, position: Position) -> Option<i64> {
        Some(self.before(round) + i64::from(self.seating.seat(position)?))
    }

    /// The seats around a seat in its round, at most eight.
    pub fn neighbours(&self, seat: i64) -> Vec<i64> {
        let Some(round) = self.round(seat) else { return Vec::new() };
        let before = self.before(round);
        let Ok(inside) = u16::try_from(seat - before) else { return Vec::new() };
        let room = apart::Room::empty(self.seating, 0);
        room.neighbours(inside).map(|n| before + i64::from(n)).collect()
    }

    /// Which paper lies on the seat, where there are two.
    pub fn form(&self, seat: i64) -> Option<PaperForm> {
        self.round(seat)?;
        self.seating.paper_form(seat)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::policy::seating::{SeatOrder, Side};

    fn grid(rounds: u16, paper_forms: u8) -> Grid {
        let seating = Seating {
            rows: 2,
            columns: 3,
            order: SeatOrder::Serpentine,
            door: Side::Left,
            max_per_room: 30,
            merge_remainder: 0,
            separate_colleagues: true,
            paper_forms,
            same_seat: true,
        };
        Grid { seating, rounds, most: 6 }
    }

    /// S0-36: the order at a station goes on over its rounds.
    #[test]
    fn stations_are_numbered_on_over_the_rounds() {
        let two = grid(2, 1);
        assert_eq!(
            (two.seats(), two.round(6), two.round(7), two.round(13), two.round(0)),
            (12, Some(1), Some(2), None, None)
        );
        assert_eq!(two.position(7), two.position(1));
        assert_eq!((two.station(12), two.station(6)), (6, 6));
        assert_eq!(two.seat(2, Position { row: 0, column: 0 }), Some(7));
        let mut around = two.neighbours(7);
        around.sort_unstable();
        assert_eq!(around, [8, 9, 10]);
        assert!(grid(1, 1).neighbours(7).is_empty());
    }

    #[test]
    fn two_forms_alternate() {
        assert_eq!(grid(1, 1).form(1), None);
        let two = grid(2, 2);
        let at = |round, row, column| two.form(two.seat(round, Position { row, column })?).map(PaperForm::code);
        for round in [1, 2] {
            let rows = [0, 1].map(|row| [0, 1, 2].map(|column| at(round, row, column)));
            assert_eq!(rows, [[Some("A"), Some("B"), Some("A")], [Some("B"), Some("A"), Some("B")]]);
        }
        assert_eq!((two.form(0), two.form(13)), (None, None));
    }
}
