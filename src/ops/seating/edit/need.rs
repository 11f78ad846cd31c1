//! `seating.set_need`, `seating.clear_need`: who needs a certain seat, and why. The seat is kept for them.
use super::hall::Hall;
use super::{At, NAMED, NO_NEED, REASON, Spot, TAKEN, person, room, seats_of, sessions};
use crate::model::{ApplicationId, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{SpecialNeedRow, rows};
use serde::Serialize;

#[derive(Debug, Clone, Serialize)]
pub struct SetNeed {
    pub application: ApplicationId,
    pub need: String,
    /// Numbers of a room and a seat; `None`: any seat.
    pub seat: Option<(i64, i64)>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct NeedSet {
    pub name: String,
    pub seat: Option<At>,
    /// They sit elsewhere, or nowhere yet.
    pub sits_elsewhere: bool,
}

#[derive(Debug, Clone, Serialize)]
pub struct ClearNeed {
    pub application: ApplicationId,
}

impl Operation for SetNeed {
    const KIND: &'static str = "seating.set_need";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = NeedSet;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<NeedSet> {
        let need = self.need.trim();
        if need.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let who = person(work, self.application)?;
        let spot = match self.seat {
            Some((number, seat)) => Some(Spot { room: room(work, number)?.id, seat }),
            None => None,
        };
        if let Some(spot) = spot {
            keepable(work, who.id, spot)?;
        }
        let (room, seat) = (spot.map(|s| s.room), spot.map(|s| s.seat));
        let row = SpecialNeedRow { application: who.id, need: need.to_owned(), room, seat };
        match rows::first::<SpecialNeedRow>(work.tx.db(), "WHERE application = ?1", [who.id])? {
            Some(before) if before == row => {}
            Some(before) => work.tx.update(&before, &row)?,
            None => work.tx.insert(&row)?,
        }
        let seats = seats_of(work, who.id)?;
        let here = |spot: Spot| seats.iter().any(|s| s.room == spot.room && s.seat == spot.seat);
        let seat = self.seat.map(|(room, seat)| At { room, seat });
        Ok(NeedSet { name: who.name, seat, sits_elsewhere: spot.is_some_and(|spot| !here(spot)) })
    }
}

/// Whether nobody else sits there or has the seat named, and it is there and whole.
fn keepable(work: &Work<'_, '_>, who: ApplicationId, spot: Spot) -> Result<()> {
    let hall = Hall::of(work)?;
    hall.is_there(spot)?;
    let refusal = |code| Refusal::new(code).with("room", hall.number(spot.room)).with("seat", spot.seat);
    let named = "WHERE room = ?1 AND seat = ?2 AND application <> ?3";
    if rows::count::<SpecialNeedRow>(work.tx.db(), named, (spot.room, spot.seat, who))? > 0 {
        return Err(refusal(NAMED).into());
    }
    for session in sessions(work)? {
        if let Some(other) = hall.sits(session.id, spot).filter(|other| other.who != who) {
            return Err(refusal(TAKEN).with("name", other.name.as_str()).with("session", session.code).into());
        }
    }
    Ok(())
}

impl Operation for ClearNeed {
    const KIND: &'static str = "seating.clear_need";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let who = person(work, self.application)?;
        let row = rows::first::<SpecialNeedRow>(work.tx.db(), "WHERE application = ?1", [who.id])?;
        let row = row.ok_or_else(|| Refusal::new(NO_NEED).with("name", who.name.as_str()))?;
        work.tx.delete(&row)?;
        Ok(who.name)
    }
}
