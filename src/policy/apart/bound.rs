//! What cannot be done, by counting: two seats of one two-by-two block are always neighbours, so a block holds at most one
//! of each unit, and at most `k` of `k` units.
use super::{Room, Sitter, Unit};
use crate::policy::seating::Position;
use std::collections::BTreeMap;

/// How many people of one unit a room can hold with none beside another, at most.
pub fn most_apart(room: &Room) -> usize {
    most(std::slice::from_ref(room), 1)
}

/// How many people of `k` units the rooms can hold with no colleagues beside one another, at most. Of the four ways to
/// lay the blocks over a room the one that holds the fewest counts.
pub fn most(rooms: &[Room], k: usize) -> usize {
    let in_room = |room: &Room| {
        let taken = room.taken.iter().map(|(seat, _)| *seat);
        let used: Vec<Position> =
            room.free.iter().copied().chain(taken).filter_map(|s| room.seating.position(s)).collect();
        let blocks = |down: u16, right: u16| {
            let mut sizes: BTreeMap<(u16, u16), usize> = BTreeMap::new();
            for p in &used {
                *sizes.entry(((p.row + down) / 2, (p.column + right) / 2)).or_default() += 1;
            }
            sizes.values().map(|size| (*size).min(k)).sum::<usize>()
        };
        let least = [(0, 0), (0, 1), (1, 0), (1, 1)].into_iter().map(|(down, right)| blocks(down, right)).min();
        least.unwrap_or(0).min(room.holds())
    };
    rooms.iter().map(in_room).sum()
}

/// Units that are too many to be kept apart: one unit and the `units - 1` largest others have `people`, and at most `most`
/// of them can sit apart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Crowd {
    pub units: usize,
    pub people: usize,
    pub most: usize,
}

/// For each unit the smallest crowd that it is part of; units that are in none are left out.
pub fn crowds(people: &[Sitter], rooms: &[Room]) -> BTreeMap<Unit, Crowd> {
    let mut sizes: BTreeMap<Unit, usize> = BTreeMap::new();
    let taken = rooms.iter().flat_map(|room| room.taken.iter().filter_map(|(_, unit)| *unit));
    for unit in people.iter().filter_map(|s| s.unit).chain(taken) {
        *sizes.entry(unit).or_default() += 1;
    }
    let mut ranked: Vec<(usize, Unit)> = sizes.iter().map(|(unit, size)| (*size, *unit)).collect();
    ranked.sort_unstable_by(|a, b| b.cmp(a));
    // With more units than a block has seats no block is short of them.
    let limits: Vec<usize> = (1..=SEATS_OF_A_BLOCK).map(|k| most(rooms, k)).collect();
    let crowd = |unit: Unit, size: usize| {
        let others = ranked.iter().filter(move |(_, other)| *other != unit).map(|(size, _)| *size);
        let sums = std::iter::once(size).chain(others).scan(0, |sum, size| {
            *sum += size;
            Some(*sum)
        });
        let mut all = (1..).zip(sums).zip(&limits);
        all.find(|((_, people), most)| people > *most).map(|((units, people), most)| Crowd {
            units,
            people,
            most: *most,
        })
    };
    sizes.iter().filter_map(|(unit, size)| Some((*unit, crowd(*unit, *size)?))).collect()
}

const SEATS_OF_A_BLOCK: usize = 4;
