//! A room as the check sees it: round by round, with those who sit there.
use super::world::{World, room_seating};
use crate::model::{ApplicationId, PaperForm};
use crate::policy::apart::Room;
use crate::policy::seating::{Position, Seating};
use crate::store::RoomRow;
use std::collections::BTreeMap;

/// One round of a room; a room with desks has one.
pub struct Turn {
    /// From 1.
    pub round: u16,
    /// Seat numbers of this round begin after it.
    pub offset: u16,
    /// Those who sit there, by the number in the grid.
    pub people: BTreeMap<u16, ApplicationId>,
    /// Seats of these that are broken or not there.
    pub bad: Vec<u16>,
    /// At most so many may sit there.
    pub most: usize,
    /// With all seats that may be used, those in use in front.
    pub room: Room,
}

/// The rounds in which anybody sits.
pub fn rooms_of(world: &World<'_>, row: &RoomRow, seats: &BTreeMap<u16, ApplicationId>) -> Vec<Turn> {
    let seating = room_seating(&world.policy.seating, row);
    let size = u16::try_from(seating.grid()).unwrap_or(u16::MAX).max(1);
    let mut rounds: BTreeMap<u16, BTreeMap<u16, ApplicationId>> = BTreeMap::new();
    for (seat, who) in seats {
        // What lies beyond the last round counts to it: those seats are not there.
        let last = u16::try_from(row.rounds).unwrap_or(1).max(1) - 1;
        let round = (seat.saturating_sub(1) / size).min(last);
        rounds.entry(round).or_default().insert(seat.saturating_sub(round * size), *who);
    }
    let none = Default::default();
    let broken = world.broken.get(&row.id).unwrap_or(&none);
    let turn = |(round, people): (u16, BTreeMap<u16, ApplicationId>)| {
        let offset = round * size;
        // A broken station is broken in every round.
        let is_broken = |seat: &u16| broken.contains(seat) || broken.contains(&(offset + seat));
        let is_good = |seat: &u16| (1..=size).contains(seat) && !is_broken(seat);
        let bad = people.keys().copied().filter(|seat| !is_good(seat)).collect();
        let good = (1..=size).filter(is_good).count();
        let most = most(world, row).min(good);
        let others = (1..=size).filter(|seat| is_good(seat) && !people.contains_key(seat));
        let free: Vec<u16> = people.keys().copied().chain(others).take(most.max(people.len())).collect();
        let room = Room { seating, free, fill: people.len(), open: false, taken: Vec::new() };
        Turn { round: round + 1, offset, people, bad, most, room }
    };
    rounds.into_iter().map(turn).collect()
}

/// At most so many people a round, as somebody has set for the room, or the policy with a merged remainder.
fn most(world: &World<'_>, row: &RoomRow) -> usize {
    let policy = &world.policy.seating;
    match row.places {
        Some(places) => usize::try_from(places).unwrap_or(0),
        None => usize::from(policy.max_per_room) + usize::from(policy.merge_remainder),
    }
}

/// Neighbours in a row or column with the same form of the paper, where there are two.
pub fn same_papers(seating: &Seating, people: &BTreeMap<u16, ApplicationId>) -> Vec<(u16, u16, PaperForm)> {
    let beside = |seat: u16| {
        let at = seating.position(seat);
        let next = [(1, 0), (0, 1)].into_iter().filter_map(move |(down, right)| {
            let Position { row, column } = at?;
            seating.seat(Position { row: row + down, column: column + right })
        });
        next.filter(|other| people.contains_key(other)).collect::<Vec<_>>()
    };
    let pairs = people.keys().flat_map(|seat| beside(*seat).into_iter().map(move |other| (*seat, other)));
    let same = |(one, other): (u16, u16)| {
        let form = seating.paper_form(one)?;
        (seating.paper_form(other) == Some(form)).then_some((one, other, form))
    };
    pairs.filter_map(same).collect()
}
