//! How many people go into each room, first room first.

/// A room with people to come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Space {
    /// So many more people fill it as the rules have it.
    pub most: usize,
    /// So many more seats there are; the rest of a merged remainder goes here.
    pub seats: usize,
}

/// How many of `people` each space gets; together fewer than `people` where there is not enough room. A last room of at most
/// `merge` people is not opened when the room before has a seat for all of them.
pub fn fill(spaces: &[Space], people: usize, merge: usize) -> Vec<usize> {
    let mut counts = vec![0; spaces.len()];
    let (mut left, mut before) = (people, None);
    for (n, space) in spaces.iter().enumerate() {
        if join(spaces, &mut counts, before, left, merge) {
            return counts;
        }
        let here = left.min(space.most);
        if let Some(count) = counts.get_mut(n).filter(|_| here > 0) {
            *count = here;
            left -= here;
            before = Some(n);
        }
    }
    join(spaces, &mut counts, before, left, merge);
    counts
}

fn join(spaces: &[Space], counts: &mut [usize], before: Option<usize>, left: usize, merge: usize) -> bool {
    let Some(n) = before.filter(|_| (1..=merge).contains(&left)) else { return false };
    let seats = spaces.get(n).map_or(0, |space| space.seats);
    match counts.get_mut(n) {
        Some(count) if *count + left <= seats => {
            *count += left;
            true
        }
        _ => false,
    }
}

/// How many people the spaces take at most, a merged remainder with them.
pub fn most(spaces: &[Space], merge: usize) -> usize {
    let all: usize = spaces.iter().map(|space| space.most).sum();
    let spare = spaces.iter().rev().find(|space| space.most > 0).map_or(0, |last| last.seats.saturating_sub(last.most));
    all + spare.min(merge)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn space(most: usize, seats: usize) -> Space {
        Space { most, seats }
    }

    #[test]
    fn a_small_rest_joins_the_room_before_where_it_has_seats() {
        let rooms = [space(25, 30), space(25, 27), space(25, 30)];
        assert_eq!(fill(&rooms, 28, 3), [28, 0, 0]);
        assert_eq!(fill(&rooms, 53, 3), [25, 25, 3]);
        assert_eq!(fill(&rooms, 52, 3), [25, 27, 0]);
        assert_eq!(fill(&rooms, 54, 3), [25, 25, 4]);
        assert_eq!(fill(&rooms, 78, 3), [25, 25, 28]);
        assert_eq!(fill(&rooms, 80, 3), [25, 25, 25]);
        assert_eq!(fill(&rooms, 2, 3), [2, 0, 0]);
        assert_eq!((most(&rooms, 3), most(&rooms, 0), most(&[], 3)), (78, 75, 0));
    }

    proptest! {
        #[test]
        fn nobody_is_lost_and_no_room_is_too_full(
            rooms in prop::collection::vec((0usize..40, 0usize..6), 0..8), people in 0usize..200, merge in 0usize..4,
        ) {
            let spaces: Vec<_> = rooms.iter().map(|(most, more)| space(*most, most + more)).collect();
            let counts = fill(&spaces, people, merge);
            let placed: usize = counts.iter().sum();
            prop_assert!(placed <= people);
            prop_assert!(counts.iter().zip(&spaces).all(|(count, s)| *count <= s.seats && *count <= s.most + merge));
            let most_by_rule: usize = spaces.iter().map(|s| s.most).sum();
            prop_assert!(placed >= people.min(most_by_rule));
            if people <= most(&spaces, merge) {
                prop_assert_eq!(placed, people);
            }
        }
    }
}
