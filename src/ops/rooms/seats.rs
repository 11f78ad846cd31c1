//! `rooms.break_seat`, `rooms.mend_seat`: a desk or station that cannot be used.
use super::{ALREADY_BROKEN, NO_SEAT, NOT_BROKEN, SEAT_NAMED, SEAT_TAKEN, find, reason};
use crate::model::{Refusal, Role, RoomId};
use crate::ops::{Operation, Result, Work};
use crate::store::views::seats::in_room;
use crate::store::{ApplicationRow, BrokenSeatRow, SpecialNeedRow, rows};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct BreakSeat {
    pub room: i64,
    pub seat: i64,
    pub reason: String,
}

#[derive(Debug, Serialize)]
pub struct MendSeat {
    pub room: i64,
    pub seat: i64,
}

impl Operation for BreakSeat {
    const KIND: &'static str = "rooms.break_seat";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        reason(&self.reason)?;
        let (room, seat) = (find(work, self.room)?, self.seat);
        let refusal = |code| Refusal::new(code).with("room", self.room).with("seat", seat);
        let seats = room.rows * room.columns * room.rounds;
        if !(1..=seats).contains(&seat) {
            return Err(refusal(NO_SEAT).with("seats", seats).into());
        }
        if broken(work, room.id, seat)?.is_some() {
            return Err(refusal(ALREADY_BROKEN).into());
        }
        if let Some(person) = in_room(work.tx.db(), room.batch, room.id)?.into_iter().find(|p| p.seat == seat) {
            return Err(refusal(SEAT_TAKEN).with("name", person.name).into());
        }
        let named = rows::first::<SpecialNeedRow>(work.tx.db(), "WHERE room = ?1 AND seat = ?2", (room.id, seat))?;
        if let Some(need) = named {
            let person = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [need.application])?;
            return Err(refusal(SEAT_NAMED).with("name", person.map(|p| p.name).unwrap_or_default()).into());
        }
        work.tx.insert(&BrokenSeatRow { room: room.id, seat, reason: self.reason.trim().to_owned() })?;
        Ok(())
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

impl Operation for MendSeat {
    const KIND: &'static str = "rooms.mend_seat";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let room = find(work, self.room)?;
        let row = broken(work, room.id, self.seat)?;
        let row = row.ok_or_else(|| Refusal::new(NOT_BROKEN).with("room", self.room).with("seat", self.seat))?;
        Ok(work.tx.delete(&row)?)
    }
}

fn broken(work: &Work<'_, '_>, room: RoomId, seat: i64) -> Result<Option<BrokenSeatRow>> {
    Ok(rows::first::<BrokenSeatRow>(work.tx.db(), "WHERE room = ?1 AND seat = ?2", (room, seat))?)
}
