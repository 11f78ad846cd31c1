//! Stations for hands-on work (工位): people follow one another on a station, round by round, and seat numbers run on over
//! the rounds.
use serde::Serialize;

/// Where and in which turn somebody works.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Turn {
    /// From 1.
    pub station: u16,
    /// From 1: who has a lower round works before.
    pub round: u16,
}

/// `None` for seat 0 and a room without stations.
pub fn turn(seat: u16, stations: u16) -> Option<Turn> {
    let n = seat.checked_sub(1)?;
    Some(Turn { station: n.checked_rem(stations)? + 1, round: n.checked_div(stations)? + 1 })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seat_numbers_run_on_over_the_rounds() {
        // S0-36
        assert_eq!(turn(1, 8), Some(Turn { station: 1, round: 1 }));
        assert_eq!(turn(8, 8), Some(Turn { station: 8, round: 1 }));
        assert_eq!(turn(9, 8), Some(Turn { station: 1, round: 2 }));
        assert_eq!((turn(0, 8), turn(1, 0)), (None, None));
    }
}
