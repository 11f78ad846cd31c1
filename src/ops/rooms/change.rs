//! `rooms.change`: another size, door or name. Whoever sits there keeps the seat, so a room never shrinks below its people.
use super::{BELOW_PEOPLE, PEOPLE_INSIDE, find, find_venue, grid, sound};
use crate::model::{DoorSide, Refusal, Role, RoomKind};
use crate::ops::{Operation, Result, Work};
use crate::store::views::seats::{Taken, in_room};
use crate::store::{BrokenSeatRow, RoomRow, SpecialNeedRow, rows};
use serde::Serialize;
use std::collections::BTreeMap;

/// A value that may also be taken away: then the policy's holds.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Set<T> {
    #[default]
    Keep,
    Clear,
    To(T),
}

impl<T: Clone> Set<T> {
    fn over(&self, old: Option<T>) -> Option<T> {
        match self {
            Set::Keep => old,
            Set::Clear => None,
            Set::To(new) => Some(new.clone()),
        }
    }
}

#[derive(Debug, Default, Serialize)]
pub struct Change {
    pub room: i64,
    /// Code of another venue.
    pub venue: Option<i64>,
    pub kind: Option<RoomKind>,
    pub rows: Option<i64>,
    pub columns: Option<i64>,
    pub rounds: Option<i64>,
    pub places: Set<i64>,
    pub door: Set<DoorSide>,
    pub name: Set<String>,
}

impl Operation for Change {
    const KIND: &'static str = "rooms.change";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = RoomRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<RoomRow> {
        let before = find(work, self.room)?;
        let venue = match self.venue {
            Some(code) => find_venue(work, code)?.id,
            None => before.venue,
        };
        let after = RoomRow {
            venue,
            kind: self.kind.unwrap_or(before.kind),
            rows: self.rows.unwrap_or(before.rows),
            columns: self.columns.unwrap_or(before.columns),
            rounds: self.rounds.unwrap_or(before.rounds),
            places: self.places.over(before.places),
            door: self.door.over(before.door),
            name: self.name.over(before.name.clone()),
            ..before.clone()
        };
        sound(&after)?;
        let people = in_room(work.tx.db(), after.batch, after.id)?;
        let moved = after.venue != before.venue || after.kind != before.kind;
        if moved && !people.is_empty() {
            return Err(Refusal::new(PEOPLE_INSIDE).with("room", after.number).with("count", people.len()).into());
        }
        fits(work, &after, &people)?;
        mend_outside(work, &after)?;
        if after != before {
            work.tx.update(&before, &after)?;
        }
        Ok(after)
    }
}

/// Whether everybody inside, and whoever a seat is named for, still has the seat.
fn fits(work: &Work<'_, '_>, room: &RoomRow, people: &[Taken]) -> Result<()> {
    let grid = grid(&work.policy()?.seating, room);
    let named = rows::select::<SpecialNeedRow>(work.tx.db(), "WHERE room = ?1", [room.id])?;
    let highest = people.iter().map(|p| p.seat).chain(named.iter().filter_map(|n| n.seat)).max().unwrap_or(0);
    let mut rounds: BTreeMap<_, u32> = BTreeMap::new();
    for person in people {
        *rounds.entry((person.session, grid.round(person.seat))).or_default() += 1;
    }
    let fullest = rounds.values().copied().max().unwrap_or(0);
    // Places that somebody set, not what the policy takes for usual.
    let most = room.places.and_then(|n| u32::try_from(n).ok()).unwrap_or_else(|| grid.round_size());
    if highest > i64::from(grid.seats()) || fullest > most {
        let refusal = Refusal::new(BELOW_PEOPLE).with("room", room.number).with("seat", highest);
        return Err(refusal.with("count", i64::from(fullest)).into());
    }
    Ok(())
}

/// A broken desk that is no longer part of the room is no longer broken.
fn mend_outside(work: &mut Work<'_, '_>, room: &RoomRow) -> Result<()> {
    let seats = room.rows * room.columns * room.rounds;
    for broken in rows::select::<BrokenSeatRow>(work.tx.db(), "WHERE room = ?1 AND seat > ?2", (room.id, seats))? {
        work.tx.delete(&broken)?;
    }
    Ok(())
}
