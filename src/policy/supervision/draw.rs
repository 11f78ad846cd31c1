//! 双随机: who is inspected and who inspects, by lot, so that anybody can draw again from the same pools and get the same.
//!
//! The draw, which never changes, or recorded ones would not come out the same:
//! 1. Objects that are not left out, in the order of their pool, are put in the order of [`shuffle`] by `seed`; the first
//!    `objects` of them are drawn.
//! 2. Supervisors that are not left out, in the order of their pool, are put in the order of [`shuffle`] by `seed + 1`.
//! 3. Objects with the fewest supervisors that may inspect them choose first, otherwise in the order drawn. Each takes, one
//!    after the other, the supervisor that may inspect it and has the fewest objects so far; among equals the first in
//!    order.
//!
//! A supervisor may not inspect an object of their own unit.
use crate::model::{Code, Refusal, fold};
use crate::policy::dice::shuffle;

pub const TOO_FEW_OBJECTS: Code = Code("supervision.too_few_objects");
pub const TOO_FEW_SUPERVISORS: Code = Code("supervision.too_few_supervisors");

/// One of a pool, at its place in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Candidate<'a> {
    pub name: &'a str,
    /// Empty: not known, so that nobody is of the same.
    pub unit: &'a str,
    /// Why they were left out beforehand.
    pub excluded: Option<&'a str>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Lots {
    pub seed: u64,
    pub objects: usize,
    pub per_object: usize,
}

/// An object that was drawn, and who inspects it: places in the pools.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Drawn {
    pub object: usize,
    pub supervisors: Vec<usize>,
}

/// The objects in the order drawn. Refused when a pool is too small; then nothing is drawn.
pub fn draw(lots: Lots, objects: &[Candidate<'_>], supervisors: &[Candidate<'_>]) -> Result<Vec<Drawn>, Refusal> {
    let objects_in = in_order(lots.seed, objects);
    if lots.objects == 0 || objects_in.len() < lots.objects {
        let refusal = Refusal::new(TOO_FEW_OBJECTS).with("wanted", lots.objects);
        return Err(refusal.with("there", objects_in.len()));
    }
    let supervisors_in = in_order(lots.seed.wrapping_add(1), supervisors);
    let mut drawn: Vec<(Drawn, Vec<usize>)> = Vec::new();
    for (object, candidate) in objects_in.into_iter().take(lots.objects) {
        let may = supervisors_in.iter().filter(|(_, s)| !same_unit(s.unit, candidate.unit));
        let may: Vec<usize> = may.map(|(place, _)| *place).collect();
        if lots.per_object == 0 || may.len() < lots.per_object {
            let refusal = Refusal::new(TOO_FEW_SUPERVISORS).with("object", candidate.name);
            return Err(refusal.with("wanted", lots.per_object).with("there", may.len()));
        }
        drawn.push((Drawn { object, supervisors: Vec::new() }, may));
    }
    let mut turns: Vec<usize> = (0..drawn.len()).collect();
    turns.sort_by_key(|turn| drawn.get(*turn).map(|(_, may)| may.len()));
    let mut load = vec![0usize; supervisors.len()];
    for turn in turns {
        let Some((one, may)) = drawn.get_mut(turn) else { continue };
        for _ in 0..lots.per_object {
            let free = may.iter().copied().filter(|s| !one.supervisors.contains(s));
            // The first of the least: `min_by_key` keeps the earliest among equals.
            let Some(next) = free.min_by_key(|s| load.get(*s).copied()) else { break };
            one.supervisors.push(next);
            if let Some(load) = load.get_mut(next) {
                *load += 1;
            }
        }
    }
    Ok(drawn.into_iter().map(|(one, _)| one).collect())
}

/// Those who take part with their places in the pool, in the order of the lots.
fn in_order<'p, 'a>(seed: u64, pool: &'p [Candidate<'a>]) -> Vec<(usize, &'p Candidate<'a>)> {
    let inside: Vec<_> = pool.iter().enumerate().filter(|(_, c)| c.excluded.is_none()).collect();
    shuffle(seed, inside.len()).into_iter().filter_map(|place| inside.get(place).copied()).collect()
}

pub fn same_unit(one: &str, other: &str) -> bool {
    let (one, other) = (fold::text(one), fold::text(other));
    !one.is_empty() && one == other
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const fn of(unit: &str) -> Candidate<'_> {
        Candidate { name: "x", unit, excluded: None }
    }

    const OUT: Candidate<'static> = Candidate { name: "x", unit: "", excluded: Some("kin") };

    fn lots(seed: u64, objects: usize, per_object: usize) -> Lots {
        Lots { seed, objects, per_object }
    }

    /// Pinned: a recorded draw comes out the same in every version.
    #[test]
    fn the_draw_never_changes() {
        let objects = [of("a"), of("b"), of("c"), OUT, of("d"), of("")];
        let supervisors = [of("a"), of("b"), OUT, of("e"), of("e"), of("")];
        let drawn = draw(lots(20_231_015, 3, 2), &objects, &supervisors).unwrap();
        let shown: Vec<_> = drawn.iter().map(|d| (d.object, d.supervisors.as_slice())).collect();
        let pinned: [(usize, &[usize]); 3] = [(5, &[0, 4]), (2, &[3, 1]), (4, &[5, 0])];
        assert_eq!(shown, pinned);
    }

    #[test]
    fn too_small_pools_are_refused() {
        let refused = |l: Lots, o: &[Candidate<'_>], s: &[Candidate<'_>]| draw(l, o, s).unwrap_err().to_string();
        assert_eq!(refused(lots(1, 2, 1), &[of("a"), OUT], &[of("b")]), "supervision.too_few_objects wanted=2 there=1");
        let few = refused(lots(1, 1, 2), &[of("a")], &[of("b"), of(" a"), OUT]);
        assert_eq!(few, "supervision.too_few_supervisors object=x wanted=2 there=1");
        assert!(draw(lots(1, 0, 1), &[of("a")], &[of("b")]).is_err());
    }

    proptest! {
        #[test]
        fn nobody_inspects_their_own_and_the_load_is_fair(
            seed: u64, objects in prop::collection::vec(0u8..6, 1..20), supervisors in prop::collection::vec(6u8..9, 3..12),
            per_object in 1usize..4,
        ) {
            let units: Vec<String> = (0..9).map(|n| format!("unit{n}")).collect();
            let pool = |list: &[u8]| list.iter().map(|n| of(&units[usize::from(*n)])).collect::<Vec<_>>();
            let (objects, supervisors) = (pool(&objects), pool(&supervisors));
            let drawn = draw(lots(seed, objects.len(), per_object), &objects, &supervisors).unwrap();
            let load = |s: usize| drawn.iter().filter(|d| d.supervisors.contains(&s)).count();
            let loads: Vec<usize> = (0..supervisors.len()).map(load).collect();
            prop_assert!(loads.iter().max().unwrap() - loads.iter().min().unwrap() <= 1, "{loads:?}");
            prop_assert!(drawn.iter().all(|d| d.supervisors.len() == per_object));
            prop_assert_eq!(draw(lots(seed, objects.len(), per_object), &objects, &supervisors), Ok(drawn));
        }

        #[test]
        fn units_are_kept_apart(seed: u64, objects in prop::collection::vec(0u8..3, 1..9)) {
            let units = ["a", "b", "c"];
            let objects: Vec<_> = objects.iter().map(|n| of(units[usize::from(*n)])).collect();
            let supervisors = [of("a"), of("b"), of("c"), of("a"), OUT];
            for one in draw(lots(seed, objects.len(), 2), &objects, &supervisors).unwrap() {
                prop_assert!(one.supervisors.iter().all(|s| supervisors[*s].unit != objects[one.object].unit && *s != 4));
            }
        }
    }
}
