//! Which sessions are seated together: one seat holds for all sessions of a block, and in it sits nobody else.
use crate::model::{RoomKind, Stamp};
use std::collections::BTreeSet;

/// A session as far as seats go.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Held {
    pub kind: RoomKind,
    pub starts: Stamp,
    /// Of an open-ended session the end of its day.
    pub ends: Stamp,
}

impl Held {
    pub fn overlaps(&self, other: &Held) -> bool {
        self.starts < other.ends && other.starts < self.ends
    }
}

/// Numbers of the sessions of each block, blocks by their first session. `dues` has a bit for each session, for each way
/// to be due. Sessions at one time share a block, because nobody may sit on another's seat; written sessions that
/// somebody sits one after another do where the seat is to stay the same (S1-31). Hands-on work never shares with them:
/// its stations are other rooms.
pub fn blocks(held: &[Held], dues: &BTreeSet<u64>, same_seat: bool) -> Vec<Vec<usize>> {
    let shared = |a: usize, b: usize| dues.iter().any(|due| has(*due, a) && has(*due, b));
    let mut root: Vec<usize> = (0..held.len()).collect();
    for (b, later) in held.iter().enumerate() {
        for (a, earlier) in held.iter().enumerate().take(b) {
            let one_seat = same_seat && later.kind == RoomKind::Desks && shared(a, b);
            if later.kind == earlier.kind && (later.overlaps(earlier) || one_seat) {
                let (of_a, of_b) = (of(&root, a), of(&root, b));
                let (low, high) = (of_a.min(of_b), of_a.max(of_b));
                root.iter_mut().filter(|r| **r == high).for_each(|r| *r = low);
            }
        }
    }
    let firsts: BTreeSet<usize> = root.iter().copied().collect();
    let members = |first| root.iter().enumerate().filter(move |(_, r)| **r == first).map(|(n, _)| n).collect();
    firsts.into_iter().map(members).collect()
}

fn of(root: &[usize], n: usize) -> usize {
    root.get(n).copied().unwrap_or(n)
}

/// Whether the bit of session `n` is set; from the 64th on everybody is due.
pub fn has(due: u64, n: usize) -> bool {
    n >= 64 || due & (1 << n) != 0
}

#[cfg(test)]
mod tests {
    use super::*;

    fn held(kind: RoomKind, starts: i64, ends: i64) -> Held {
        Held { kind, starts: Stamp(starts), ends: Stamp(ends) }
    }

    #[test]
    fn the_written_parts_share_a_seat_and_hands_on_work_does_not() {
        // S0-34, S0-35, S0-36
        use RoomKind::{Desks, Stations};
        let all = [held(Desks, 0, 90), held(Desks, 120, 240), held(Stations, 330, 900)];
        let dues = BTreeSet::from([0b011, 0b101]);
        assert_eq!(blocks(&all, &dues, true), [vec![0, 1], vec![2]]);
        assert_eq!(blocks(&all, &dues, false), [vec![0], vec![1], vec![2]]);
    }

    #[test]
    fn sessions_at_one_time_never_give_a_seat_twice() {
        use RoomKind::Desks;
        let all = [held(Desks, 0, 90), held(Desks, 60, 150), held(Desks, 200, 300), held(Desks, 310, 400)];
        let dues = BTreeSet::from([0b0101, 0b0010, 0b1000]);
        assert_eq!(blocks(&all, &dues, true), [vec![0, 1, 2], vec![3]]);
        assert_eq!(blocks(&all, &dues, false), [vec![0, 1], vec![2], vec![3]]);
    }
}
