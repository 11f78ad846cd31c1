//! Seats in a room, people over rooms, and the order they are dealt in. Who may not sit together is not here.
use super::apart::is_second_form;
use crate::model::PaperForm;
use serde::{Deserialize, Serialize};

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Seating {
    pub rows: u16,
    pub columns: u16,
    pub order: SeatOrder,
    /// Seat 1 is in the front row at this side.
    pub door: Side,
    pub max_per_room: u16,
    /// A last room of at most this many people joins the room before it; 0 never merges.
    pub merge_remainder: u16,
    /// Whether colleagues are kept apart where the room allows it.
    pub separate_colleagues: bool,
    /// 1, or 2 where A and B papers exist: then no two neighbours in a row or column have the same.
    pub paper_forms: u8,
    /// Whether the written parts are sat in the same seat.
    pub same_seat: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SeatOrder {
    /// 蛇形: down one column, up the next.
    Serpentine,
    /// Down every column.
    Straight,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Side {
    Left,
    Right,
}

/// Row 0 is the front, column 0 the left as seen from behind the candidates.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
pub struct Position {
    pub row: u16,
    pub column: u16,
}

/// Position of the `k`-th seat, from 0; `None` outside the grid.
pub fn serpentine(rows: u16, columns: u16, k: u16) -> Option<Position> {
    let straight = straight(rows, columns, k)?;
    let turned = Position { row: rows - 1 - straight.row, ..straight };
    Some(if straight.column % 2 == 0 { straight } else { turned })
}

pub fn straight(rows: u16, columns: u16, k: u16) -> Option<Position> {
    let position = Position { row: k.checked_rem(rows)?, column: k.checked_div(rows)? };
    (position.column < columns).then_some(position)
}

impl Seating {
    pub fn grid(&self) -> u32 {
        u32::from(self.rows) * u32::from(self.columns)
    }

    /// How many people fill a standard room.
    pub fn standard_room(&self) -> u16 {
        u16::try_from(self.grid()).map_or(self.max_per_room, |seats| seats.min(self.max_per_room))
    }

    /// Where seat number `seat` stands, from 1.
    pub fn position(&self, seat: u16) -> Option<Position> {
        let k = seat.checked_sub(1)?;
        let position = match self.order {
            SeatOrder::Serpentine => serpentine(self.rows, self.columns, k),
            SeatOrder::Straight => straight(self.rows, self.columns, k),
        }?;
        Some(self.mirrored(position))
    }

    /// The seat number at a position; the inverse of [`Seating::position`].
    pub fn seat(&self, position: Position) -> Option<u16> {
        if position.row >= self.rows || position.column >= self.columns {
            return None;
        }
        let Position { row, column } = self.mirrored(position);
        let up = self.order == SeatOrder::Serpentine && column % 2 == 1;
        let row = if up { self.rows - 1 - row } else { row };
        column.checked_mul(self.rows)?.checked_add(row)?.checked_add(1)
    }

    /// Mirrors the columns when the door is on the right; its own inverse.
    fn mirrored(&self, position: Position) -> Position {
        match self.door {
            Side::Left => position,
            Side::Right => Position { column: self.columns - 1 - position.column, ..position },
        }
    }

    /// Which of two forms of the paper (A/B卷) lies on a seat: those in front, behind and at the sides have the other. Later
    /// rounds of a station use its places again. `None` where all have the same.
    pub fn paper_form(&self, seat: impl Into<i64>) -> Option<PaperForm> {
        let in_round =
            seat.into().checked_sub(1).filter(|from_zero| *from_zero >= 0)?.checked_rem(i64::from(self.grid()))? + 1;
        let at = self.position(u16::try_from(in_round).ok()?).filter(|_| self.paper_forms > 1)?;
        Some(if is_second_form(at) { PaperForm::B } else { PaperForm::A })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const ROOM: Seating = Seating {
        rows: 6,
        columns: 5,
        order: SeatOrder::Serpentine,
        door: Side::Left,
        max_per_room: 30,
        merge_remainder: 0,
        separate_colleagues: true,
        paper_forms: 1,
        same_seat: true,
    };

    fn front_row(seating: Seating) -> Vec<u16> {
        (0..5).map(|column| seating.seat(Position { row: 0, column }).unwrap()).collect()
    }

    #[test]
    fn a_room_of_thirty_is_numbered_like_a_snake() {
        assert_eq!(front_row(ROOM), [1, 12, 13, 24, 25]);
        assert_eq!(front_row(Seating { door: Side::Right, ..ROOM }), [25, 24, 13, 12, 1]);
        assert_eq!(front_row(Seating { order: SeatOrder::Straight, ..ROOM }), [1, 7, 13, 19, 25]);
        assert_eq!(ROOM.position(30), Some(Position { row: 5, column: 4 }));
        assert_eq!((ROOM.position(0), ROOM.position(31)), (None, None));
        assert_eq!(serpentine(0, 5, 0), None);
    }

    #[test]
    fn a_and_b_papers_alternate_along_rows_and_columns() {
        let two = Seating { paper_forms: 2, ..ROOM };
        assert_eq!(
            [1, 2, 12].map(|seat| two.paper_form(seat)),
            [Some(PaperForm::A), Some(PaperForm::B), Some(PaperForm::B)]
        );
        assert_eq!((two.paper_form(0), two.paper_form(-1i64), ROOM.paper_form(1)), (None, None, None));
        // A second round has the places of the first.
        assert_eq!([31, 32].map(|seat| two.paper_form(seat)), [1, 2].map(|seat| two.paper_form(seat)));
    }

    proptest! {
        #[test]
        fn seat_and_position_are_one_to_one(
            rows in 1u16..9, columns in 1u16..9, straight: bool, right: bool,
        ) {
            let order = if straight { SeatOrder::Straight } else { SeatOrder::Serpentine };
            let door = if right { Side::Right } else { Side::Left };
            let seating = Seating { rows, columns, order, door, ..ROOM };
            for seat in 1..=rows * columns {
                let position = seating.position(seat).unwrap();
                prop_assert_eq!(seating.seat(position), Some(seat));
            }
            prop_assert_eq!(seating.position(rows * columns + 1), None);
        }

        #[test]
        fn neighbours_in_number_are_neighbours_in_the_room(rows in 1u16..9, columns in 1u16..9) {
            let seating = Seating { rows, columns, ..ROOM };
            for seat in 1..rows * columns {
                let (a, b) = (seating.position(seat).unwrap(), seating.position(seat + 1).unwrap());
                prop_assert_eq!(a.row.abs_diff(b.row) + a.column.abs_diff(b.column), 1);
            }
        }
    }
}
