//! Rooms as they can be filled: one hall for each round, with the seats that are left in it.
use super::world::{World, room_seating, small};
use crate::model::{ApplicationId, BatchId, RoomId, RoomKind, VenueId};
use crate::policy::Policy;
use crate::policy::apart::{Room, Unit};
use crate::policy::filling::Space;
use crate::policy::seating::Seating;
use crate::store::RoomRow;
use std::collections::{BTreeMap, HashMap};

pub struct Hall {
    pub room: RoomId,
    /// Seat numbers of this round begin after it.
    pub offset: u16,
    seating: Seating,
    /// Seats that anybody may have, by their number in the grid.
    free: Vec<u16>,
    taken: Vec<(u16, ApplicationId)>,
    /// So many more people fill it, those with a named seat not counted.
    most: usize,
    /// Whether no more than `most` may sit here even to save a room.
    is_limited: bool,
    /// People to come to a named seat, by its number in the grid.
    pub named: Vec<(usize, u16)>,
}

/// What seats are to be looked up in.
pub struct Ask<'a, 'p> {
    pub world: &'a World<'p>,
    pub sitting: &'a HashMap<RoomId, BTreeMap<u16, ApplicationId>>,
    /// Seats that are named for somebody, whether or not they come.
    pub kept: &'a HashMap<RoomId, BTreeMap<u16, ApplicationId>>,
    /// Those of them who come.
    pub named: &'a HashMap<RoomId, Vec<(usize, u16)>>,
}

impl Hall {
    pub fn space(&self) -> Space {
        Space { most: self.most, seats: if self.is_limited { self.most } else { self.free.len() } }
    }

    /// Whether anybody comes to sit here: of `count` new people, to a named seat, or from another room to a spare seat.
    pub fn is_used(&self, count: usize) -> bool {
        count + self.named.len() > 0 || (!self.taken.is_empty() && self.most > 0)
    }

    /// As the search wants it, to be filled with `count` people and those with named seats.
    pub fn room(&self, count: usize, unit: impl Fn(ApplicationId) -> Option<Unit>) -> Room {
        let named = self.named.iter().map(|(_, seat)| *seat);
        let free = named.chain(self.free.iter().copied().take(self.most.max(count))).collect();
        let taken: Vec<_> = self.taken.iter().map(|(seat, who)| (*seat, unit(*who))).collect();
        Room { seating: self.seating, free, fill: count + self.named.len(), open: !taken.is_empty(), taken }
    }
}

/// The halls of some rooms: first the first round of every room, by number, then the second.
pub fn halls<'r>(ask: &Ask<'_, '_>, rooms: impl Iterator<Item = &'r RoomRow>) -> Vec<Hall> {
    let mut all: Vec<(u16, i64, Hall)> = Vec::new();
    for room in rooms {
        for round in 0..small(room.rounds) {
            all.extend(hall(ask, room, round).map(|hall| (round, room.number, hall)));
        }
    }
    all.sort_by_key(|(round, number, _)| (*round, *number));
    all.into_iter().map(|(_, _, hall)| hall).collect()
}

/// `None` where seat numbers would become too large to be written down.
fn hall(ask: &Ask<'_, '_>, room: &RoomRow, round: u16) -> Option<Hall> {
    let seating = room_seating(&ask.world.policy.seating, room);
    let size = u16::try_from(seating.grid()).ok()?;
    let offset = size.checked_mul(round)?;
    let beyond = offset.checked_add(size)?;
    let own = |seat: u16| (offset < seat && seat <= beyond).then(|| seat - offset);
    let none = BTreeMap::new();
    let sitting = ask.sitting.get(&room.id).unwrap_or(&none);
    let taken: Vec<_> = sitting.iter().filter_map(|(seat, who)| Some((own(*seat)?, *who))).collect();
    let named = ask.named.get(&room.id).into_iter().flatten();
    let named: Vec<_> = named.filter_map(|(person, seat)| Some((*person, own(*seat)?))).collect();
    let kept = ask.kept.get(&room.id);
    let broken = ask.world.broken.get(&room.id);
    // A station that is broken is so in every round; a number of a later round stands for that turn alone.
    let is_broken = |seat: u16| broken.is_some_and(|all| all.contains(&seat) || all.contains(&(offset + seat)));
    let is_free = |seat: &u16| {
        !is_broken(*seat)
            && !sitting.contains_key(&(offset + seat))
            && !kept.is_some_and(|kept| kept.contains_key(&(offset + seat)))
    };
    let free: Vec<u16> = (1..=size).filter(is_free).collect();
    let limit = room.places.map_or(ask.world.policy.seating.max_per_room, small);
    let most = usize::from(limit).saturating_sub(taken.len() + named.len()).min(free.len());
    Some(Hall { room: room.id, offset, seating, free, taken, most, is_limited: room.places.is_some(), named })
}

/// A room as large as the policy's standard room, not registered by anybody.
pub fn standard(policy: &Policy, kind: RoomKind) -> RoomRow {
    RoomRow {
        id: RoomId(0),
        batch: BatchId(0),
        venue: VenueId(0),
        number: 0,
        kind,
        rows: i64::from(policy.seating.rows),
        columns: i64::from(policy.seating.columns),
        rounds: 1,
        places: None,
        door: None,
        name: None,
        closed: None,
        made: true,
    }
}
