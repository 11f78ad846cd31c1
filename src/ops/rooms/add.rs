//! `rooms.add`: one room or several alike.
use super::numbers::counted;
use super::venue::first_venue;
use super::{TAKEN, TOO_MANY, find_venue, some, sound};
use crate::model::{DoorSide, Refusal, Role, RoomId, RoomKind};
use crate::ops::{Operation, Result, Work};
use crate::store::{RoomRow, rows};
use serde::Serialize;

/// Rooms that one operation adds.
const MOST: usize = 2000;

#[derive(Debug, Serialize)]
pub struct Add {
    pub numbers: Vec<i64>,
    /// Code of the venue; `None`: the only or first one.
    pub venue: Option<i64>,
    pub kind: RoomKind,
    pub rows: i64,
    pub columns: i64,
    pub rounds: i64,
    pub places: Option<i64>,
    pub door: Option<DoorSide>,
    /// Of the first room; a number at its end counts up.
    pub name: Option<String>,
}

impl Add {
    /// Desks as the policy has them.
    pub fn desks(numbers: Vec<i64>, (rows, columns): (i64, i64)) -> Add {
        Add {
            numbers,
            venue: None,
            kind: RoomKind::Desks,
            rows,
            columns,
            rounds: 1,
            places: None,
            door: None,
            name: None,
        }
    }
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Added {
    pub numbers: Vec<i64>,
    /// Seats of all of them.
    pub seats: i64,
    pub venue: String,
}

impl Operation for Add {
    const KIND: &'static str = "rooms.add";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Added;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Added> {
        let batch = work.batch()?.id;
        if self.numbers.is_empty() || self.numbers.len() > MOST {
            return Err(Refusal::new(TOO_MANY).with("most", MOST).into());
        }
        let venue = match self.venue {
            Some(code) => find_venue(work, code)?,
            None => first_venue(work)?,
        };
        let name = some(self.name.as_deref());
        for (nth, number) in (0..).zip(&self.numbers) {
            if rows::count::<RoomRow>(work.tx.db(), "WHERE batch = ?1 AND number = ?2", (batch, number))? > 0 {
                return Err(Refusal::new(TAKEN).with("room", *number).into());
            }
            let row = RoomRow {
                id: RoomId(work.tx.next_id::<RoomRow>()?),
                batch,
                venue: venue.id,
                number: *number,
                kind: self.kind,
                rows: self.rows,
                columns: self.columns,
                rounds: self.rounds,
                places: self.places,
                door: self.door,
                name: name.as_deref().map(|name| counted(name, nth)),
                closed: None,
                made: false,
            };
            sound(&row)?;
            work.tx.insert(&row)?;
        }
        let many = i64::try_from(self.numbers.len()).unwrap_or(i64::MAX);
        let seats = self.rows * self.columns * self.rounds * many;
        Ok(Added { numbers: self.numbers.clone(), seats, venue: venue.name })
    }
}
