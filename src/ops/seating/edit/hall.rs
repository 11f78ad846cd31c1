//! The rooms of the batch as they stand: seats, who sits there in which session, what is broken or kept for somebody.
use super::{BROKEN, DESKS, FULL, NAMED, NO_ROOM, NO_SEAT, OTHER_UNIT, ROOM_CLOSED, STATIONS, Spot, TAKEN};
use crate::model::{ApplicationId, Refusal, RoomId, RoomKind, SessionId};
use crate::ops::rooms::grid;
use crate::ops::seating::employer_key;
use crate::ops::seating::world::kind;
use crate::ops::{Result, Work};
use crate::policy::rooms::Grid;
use crate::store::views::seats::{Taken, in_batch};
use crate::store::{ApplicationRow, BrokenSeatRow, RoomRow, SessionRow, SpecialNeedRow, VenueRow, rows};
use std::collections::{BTreeMap, HashMap, HashSet};

/// Who counts as a colleague. `None`: nobody's.
pub(in crate::ops) fn colleagues_key(employer: Option<&str>) -> Option<String> {
    employer.map(employer_key).filter(|key| !key.is_empty())
}

pub(super) struct Standing {
    pub row: RoomRow,
    pub grid: Grid,
    /// Unit of the policy whose people sit here.
    unit: Option<String>,
    venue: String,
}

pub(super) struct Sits {
    pub who: ApplicationId,
    pub name: String,
    pub key: Option<String>,
}

pub(super) struct Hall {
    rooms: BTreeMap<RoomId, Standing>,
    /// Rooms by number.
    order: Vec<RoomId>,
    taken: HashMap<(SessionId, Spot), Sits>,
    /// People by session, room and round.
    crowd: HashMap<(SessionId, RoomId, u16), u32>,
    broken: HashSet<Spot>,
    named: HashMap<Spot, ApplicationId>,
}

impl Hall {
    pub fn of(work: &Work<'_, '_>) -> Result<Hall> {
        let (db, batch) = (work.tx.db(), work.batch()?.id);
        let venues = rows::select::<VenueRow>(db, "WHERE batch = ?1", [batch])?;
        let rows = rows::select::<RoomRow>(db, "WHERE batch = ?1 ORDER BY number", [batch])?;
        let order = rows.iter().map(|row| row.id).collect();
        let seating = work.policy()?.seating;
        let standing = |row: RoomRow| {
            let venue = venues.iter().find(|v| v.id == row.venue);
            let (unit, venue) = venue.map_or((None, String::new()), |v| (v.unit.clone(), v.name.clone()));
            (row.id, Standing { grid: grid(&seating, &row), row, unit, venue })
        };
        let of_batch = "WHERE room IN (SELECT id FROM room WHERE batch = ?1)";
        let broken = rows::select::<BrokenSeatRow>(db, of_batch, [batch])?;
        let needs = rows::select::<SpecialNeedRow>(db, of_batch, [batch])?;
        let named = |need: SpecialNeedRow| Some((Spot { room: need.room?, seat: need.seat? }, need.application));
        let mut hall = Hall {
            rooms: rows.into_iter().map(standing).collect(),
            order,
            taken: HashMap::new(),
            crowd: HashMap::new(),
            broken: broken.into_iter().map(|b| Spot { room: b.room, seat: b.seat }).collect(),
            named: needs.into_iter().filter_map(named).collect(),
        };
        in_batch(db, batch)?.into_iter().for_each(|taken| hall.sit(taken));
        Ok(hall)
    }

    pub fn sit(&mut self, taken: Taken) {
        let spot = Spot { room: taken.room, seat: taken.seat };
        if let Some(round) = self.round(spot) {
            *self.crowd.entry((taken.session, taken.room, round)).or_default() += 1;
        }
        let key = colleagues_key(taken.employer.as_deref());
        self.taken.insert((taken.session, spot), Sits { who: taken.application, name: taken.name, key });
    }

    fn round(&self, spot: Spot) -> Option<u16> {
        self.rooms.get(&spot.room)?.grid.round(spot.seat)
    }

    pub fn number(&self, room: RoomId) -> i64 {
        self.rooms.get(&room).map_or(0, |standing| standing.row.number)
    }

    pub fn sits(&self, session: SessionId, spot: Spot) -> Option<&Sits> {
        self.taken.get(&(session, spot))
    }

    /// The room of a seat that can be sat on, and the round it is of.
    pub fn is_there(&self, spot: Spot) -> Result<(&Standing, u16), Refusal> {
        let standing = self.rooms.get(&spot.room).ok_or_else(|| Refusal::new(NO_ROOM).with("room", spot.room))?;
        let refusal = |code| Refusal::new(code).with("room", standing.row.number).with("seat", spot.seat);
        if let Some(why) = &standing.row.closed {
            return Err(refusal(ROOM_CLOSED).with("why", why.as_str()));
        }
        let Some(round) = standing.grid.round(spot.seat) else {
            return Err(refusal(NO_SEAT).with("seats", i64::from(standing.grid.seats())));
        };
        if self.broken.contains(&spot) || self.broken.contains(&Spot { seat: standing.grid.station(spot.seat), ..spot })
        {
            return Err(refusal(BROKEN));
        }
        Ok((standing, round))
    }

    /// Why somebody cannot have this seat in this session.
    pub fn may_have(&self, who: &ApplicationRow, session: &SessionRow, spot: Spot) -> Result<(), Refusal> {
        let (standing, round) = self.is_there(spot)?;
        let (row, number) = (&standing.row, standing.row.number);
        let refusal = |code| Refusal::new(code).with("room", number).with("seat", spot.seat);
        if row.kind != kind(session) {
            let code = if row.kind == RoomKind::Stations { STATIONS } else { DESKS };
            return Err(refusal(code).with("session", session.code.as_str()));
        }
        if self.named.get(&spot).is_some_and(|other| *other != who.id) {
            return Err(refusal(NAMED));
        }
        if let (Some(unit), Some(own)) = (&standing.unit, &who.unit)
            && unit != own
        {
            return Err(refusal(OTHER_UNIT).with("venue", standing.venue.as_str()).with("name", who.name.as_str()));
        }
        if let Some(other) = self.sits(session.id, spot).filter(|other| other.who != who.id) {
            let taken = refusal(TAKEN).with("name", other.name.as_str());
            return Err(taken.with("session", session.code.as_str()));
        }
        let inside = self.crowd.get(&(session.id, spot.room, round)).copied().unwrap_or(0);
        if inside >= standing.grid.most {
            return Err(refusal(FULL).with("most", i64::from(standing.grid.most)));
        }
        Ok(())
    }

    /// Colleagues who would be neighbours, with their seats.
    pub fn colleagues(&self, who: &ApplicationRow, session: SessionId, spot: Spot) -> Vec<(i64, &Sits)> {
        let Some(key) = colleagues_key(who.employer.as_deref()) else { return Vec::new() };
        let Some(standing) = self.rooms.get(&spot.room) else { return Vec::new() };
        let around = standing.grid.neighbours(spot.seat).into_iter();
        let sits = around.filter_map(|seat| Some((seat, self.sits(session, Spot { seat, ..spot })?)));
        sits.filter(|(_, sits)| sits.key.as_ref() == Some(&key) && sits.who != who.id).collect()
    }

    /// The first seat that somebody may have in all of these sessions, by room and number; if `apart`, with no colleague
    /// beside it.
    pub fn first_free(&self, who: &ApplicationRow, sessions: &[&SessionRow], apart: Apart) -> Option<Spot> {
        let wanted = sessions.first().map(|session| kind(session));
        let rooms = self.order.iter().filter_map(|id| self.rooms.get(id)).filter(|s| Some(s.row.kind) == wanted);
        for standing in rooms.filter(|s| s.row.closed.is_none()) {
            let fits = |spot: &Spot| {
                sessions.iter().all(|session| {
                    self.may_have(who, session, *spot).is_ok()
                        && (apart == Apart::NotNeeded || self.colleagues(who, session.id, *spot).is_empty())
                })
            };
            let spots = (1..=i64::from(standing.grid.seats())).map(|seat| Spot { room: standing.row.id, seat });
            if let Some(spot) = spots.into_iter().find(fits) {
                return Some(spot);
            }
        }
        None
    }

    /// Seats that somebody may have in all of these sessions.
    pub fn count_free(&self, who: &ApplicationRow, sessions: &[&SessionRow]) -> usize {
        let spots = self.rooms.values().flat_map(|standing| {
            (1..=i64::from(standing.grid.seats())).map(|seat| Spot { room: standing.row.id, seat })
        });
        spots.filter(|spot| sessions.iter().all(|s| self.may_have(who, s, *spot).is_ok())).count()
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Apart {
    Needed,
    NotNeeded,
}
