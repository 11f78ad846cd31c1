//! The search: units are dealt over the rooms, then people change seats while that parts colleagues; rooms that stay
//! stuck are laid out anew by the four classes of seats of which no two are neighbours.
use super::{Cannot, Place, Room, Sitter, Unit};
use crate::policy::dice::Dice;
use std::collections::{BTreeMap, BTreeSet};

/// Attempts for each person who is beside a colleague, in one round.
const TRIES: usize = 120;
/// While somebody is beside a colleague who need not be.
const ROUNDS: usize = 24;
/// The same before spare seats are used.
const TIGHT_ROUNDS: usize = 6;
/// Where only those are left of whom there are too many by counting.
const HOPELESS_ROUNDS: usize = 2;

/// Index of a seat over all rooms.
type Spot = usize;

pub struct Search {
    /// Place of every seat, free and taken.
    spots: Vec<Place>,
    around: Vec<Vec<Spot>>,
    /// Which class of mutually distant seats: row and column, each even or odd.
    class: Vec<usize>,
    /// First spot of each room, and one past the last.
    bounds: Vec<(Spot, Spot)>,
    unit: Vec<Option<Unit>>,
    /// The sitter on a spot; `None` where it is empty or taken before.
    sitter: Vec<Option<usize>>,
    movable: Vec<bool>,
    /// Free seats beyond those that are filled first.
    spare: Vec<bool>,
    /// Whether people may leave the room for a spare seat in another.
    open: Vec<bool>,
    /// Whether spare seats are used by now.
    spreads: bool,
    /// Spot of each sitter.
    at: Vec<Spot>,
}

impl Search {
    /// Everybody seated: named seats first, then the units dealt over the rooms.
    pub fn begin(people: &[Sitter], rooms: &[Room], dice: &mut Dice) -> Result<Search, Cannot> {
        let mut search = Search::empty(people.len(), rooms);
        let index: BTreeMap<Place, Spot> =
            search.spots.iter().enumerate().map(|(spot, place)| (*place, spot)).collect();
        for (number, sitter) in people.iter().enumerate() {
            let Some(place) = sitter.fixed else { continue };
            let spot = index.get(&place).copied().filter(|s| search.movable.get(*s) == Some(&true));
            let spot = spot.ok_or(Cannot::NoSuchSeat(place))?;
            search.put(spot, number, sitter.unit);
            set(&mut search.movable, spot, false);
        }
        let spots = search.deal(dice);
        let order = by_unit(people, dice);
        for (number, spot) in order.into_iter().zip(spots) {
            search.put(spot, number, people.get(number).and_then(|s| s.unit));
        }
        Ok(search)
    }

    fn empty(people: usize, rooms: &[Room]) -> Search {
        let mut search = Search {
            spots: Vec::new(),
            around: Vec::new(),
            class: Vec::new(),
            bounds: Vec::new(),
            unit: Vec::new(),
            sitter: Vec::new(),
            movable: Vec::new(),
            spare: Vec::new(),
            open: rooms.iter().map(|room| room.open).collect(),
            spreads: false,
            at: vec![0; people],
        };
        for (number, room) in rooms.iter().enumerate() {
            let first = search.spots.len();
            let free = room.free.iter().map(|seat| (*seat, None, true));
            for (seat, unit, movable) in free.chain(room.taken.iter().map(|(seat, unit)| (*seat, *unit, false))) {
                search.spots.push(Place { room: number, seat });
                search.unit.push(unit);
                search.sitter.push(None);
                search.movable.push(movable);
                let at = room.seating.position(seat).unwrap_or(crate::policy::seating::Position { row: 0, column: 0 });
                search.class.push(usize::from(at.row % 2) * 2 + usize::from(at.column % 2));
            }
            let last = search.spots.len();
            search.bounds.push((first, last));
            search.spare.extend((0..last - first).map(|n| (room.fill..room.free.len()).contains(&n)));
            let own: BTreeMap<u16, Spot> =
                search.spots.iter().enumerate().skip(first).map(|(spot, place)| (place.seat, spot)).collect();
            let around = |place: &Place| room.neighbours(place.seat).filter_map(|s| own.get(&s).copied()).collect();
            let added: Vec<_> = search.spots.iter().skip(first).map(around).collect();
            search.around.extend(added);
        }
        search
    }

    fn put(&mut self, spot: Spot, sitter: usize, unit: Option<Unit>) {
        set(&mut self.unit, spot, unit);
        set(&mut self.sitter, spot, Some(sitter));
        set(&mut self.at, sitter, spot);
    }

    /// The free spots, rooms taking turns by their size, so that a unit that is dealt in a row is spread evenly.
    fn deal(&self, dice: &mut Dice) -> Vec<Spot> {
        let mut keyed = Vec::with_capacity(self.spots.len());
        for (first, last) in &self.bounds {
            let free = |s: &Spot| get(&self.movable, *s) && !get(&self.spare, *s) && get(&self.sitter, *s).is_none();
            let mut own: Vec<Spot> = (*first..*last).filter(free).collect();
            dice.shuffle(&mut own);
            let (many, salt) = (own.len().max(1), dice.roll());
            let key = |n: usize| (n * 1_000_000 + 500_000) / many;
            keyed.extend(own.into_iter().enumerate().map(|(n, spot)| (key(n), salt, spot)));
        }
        keyed.sort_unstable();
        keyed.into_iter().map(|(_, _, spot)| spot).collect()
    }

    pub fn places(&self) -> Vec<Place> {
        self.at.iter().filter_map(|spot| self.spots.get(*spot).copied()).collect()
    }

    /// Rounds of changing seats, then of laying out stuck rooms anew, until nobody is beside a colleague who is not one of
    /// `crowded` units; first without the spare seats, then with them.
    pub fn improve(&mut self, crowded: &BTreeSet<Unit>, dice: &mut Dice) {
        let has_spare = self.spare.contains(&true);
        let best = self.rounds(if has_spare { TIGHT_ROUNDS } else { ROUNDS }, crowded, dice);
        if best != (0, 0) && has_spare {
            self.spreads = true;
            self.rounds(ROUNDS, crowded, dice);
        }
    }

    /// The best that was found, which is how people sit then: neighbours who need not be, and all of them.
    fn rounds(&mut self, most: usize, crowded: &BTreeSet<Unit>, dice: &mut Dice) -> (usize, usize) {
        let mut best = (self.left(crowded), self.snapshot());
        for round in 0..most {
            if best.0 == (0, 0) || (best.0.0 == 0 && round >= HOPELESS_ROUNDS) {
                break;
            }
            self.change_seats(dice);
            self.lay_out_stuck(dice);
            self.change_seats(dice);
            let left = self.left(crowded);
            if left < best.0 {
                best = (left, self.snapshot());
            }
        }
        self.restore(best.1);
        best.0
    }

    fn left(&self, crowded: &BTreeSet<Unit>) -> (usize, usize) {
        let mut left = (0, 0);
        for spot in (0..self.spots.len()).filter(|s| get(&self.movable, *s)) {
            let (unit, beside) = (get(&self.unit, spot), self.conflicts(spot));
            left.0 += if unit.is_some_and(|unit| crowded.contains(&unit)) { 0 } else { beside };
            left.1 += beside;
        }
        left
    }

    fn snapshot(&self) -> Vec<Option<usize>> {
        self.sitter.clone()
    }

    fn restore(&mut self, sitters: Vec<Option<usize>>) {
        let units: BTreeMap<usize, Option<Unit>> =
            (0..self.spots.len()).filter_map(|spot| Some((get(&self.sitter, spot)?, get(&self.unit, spot)))).collect();
        for (spot, sitter) in sitters.into_iter().enumerate() {
            match sitter {
                Some(sitter) => self.put(spot, sitter, units.get(&sitter).copied().flatten()),
                None if get(&self.sitter, spot).is_some() => {
                    set(&mut self.sitter, spot, None);
                    set(&mut self.unit, spot, None);
                }
                None => {}
            }
        }
    }

    /// Colleagues around a spot if `unit` sat there; `without` is not counted, because it is about to change too.
    fn beside(&self, spot: Spot, unit: Option<Unit>, without: Spot) -> usize {
        let Some(unit) = unit else { return 0 };
        let around = self.around.get(spot).map(Vec::as_slice).unwrap_or_default();
        around.iter().filter(|near| **near != without && get(&self.unit, **near) == Some(unit)).count()
    }

    fn conflicts(&self, spot: Spot) -> usize {
        self.beside(spot, get(&self.unit, spot), usize::MAX)
    }

    /// What a change of two spots gains; more is better, and a pair that stays neighbours counts for nothing.
    fn gain(&self, one: Spot, other: Spot) -> isize {
        let (a, b) = (get(&self.unit, one), get(&self.unit, other));
        let now = self.beside(one, a, other) + self.beside(other, b, one);
        let then = self.beside(one, b, other) + self.beside(other, a, one);
        isize::try_from(now).unwrap_or(0) - isize::try_from(then).unwrap_or(0)
    }

    fn swap(&mut self, one: Spot, other: Spot) {
        self.unit.swap(one, other);
        self.sitter.swap(one, other);
        for spot in [one, other] {
            if let Some(sitter) = get(&self.sitter, spot) {
                set(&mut self.at, sitter, spot);
            }
        }
    }

    /// Everybody beside a colleague looks for a better seat, in the own room and in others; equal ones are taken too, now
    /// and then, which leads out of dead ends.
    fn change_seats(&mut self, dice: &mut Dice) {
        let mut waiting: Vec<Spot> = (0..self.spots.len()).filter(|s| self.conflicts(*s) > 0).collect();
        let mut is_waiting: Vec<bool> = vec![false; self.spots.len()];
        waiting.iter().for_each(|spot| set(&mut is_waiting, *spot, true));
        let mut left = waiting.len().saturating_mul(TRIES);
        while left > 0 && !waiting.is_empty() {
            left -= 1;
            let place = dice.below(waiting.len());
            let one = get(&waiting, place);
            if self.conflicts(one) == 0 || !get(&self.movable, one) {
                waiting.swap_remove(place);
                set(&mut is_waiting, one, false);
                continue;
            }
            let Some(other) = self.partner(one, dice) else { continue };
            let gain = self.gain(one, other);
            if gain > 0 || (gain == 0 && dice.below(4) == 0) {
                self.swap(one, other);
                let near = |s: Spot| self.around.get(s).map(Vec::as_slice).unwrap_or_default().iter().copied();
                for touched in [one, other].into_iter().chain(near(one)).chain(near(other)) {
                    if !get(&is_waiting, touched) && self.conflicts(touched) > 0 {
                        waiting.push(touched);
                        set(&mut is_waiting, touched, true);
                    }
                }
            }
        }
    }

    /// A spot to change with: three times of four in the own room.
    fn partner(&self, one: Spot, dice: &mut Dice) -> Option<Spot> {
        let room = self.spots.get(one)?.room;
        let (first, last) = if dice.below(4) == 0 { (0, self.spots.len()) } else { get(&self.bounds, room) };
        let other = first + dice.below(last - first);
        (other != one && get(&self.movable, other) && self.may_change(one, other)).then_some(other)
    }

    /// Spare seats only once they are used; and no room gets fuller by a change.
    fn may_change(&self, one: Spot, other: Spot) -> bool {
        let is_empty = |spot| get(&self.sitter, spot).is_none();
        if get(&self.spare, other) && !self.spreads && is_empty(other) {
            return false;
        }
        let room = |spot: Spot| self.spots.get(spot).map(|place| place.room);
        let open = |spot: Spot| room(spot).is_some_and(|room| get(&self.open, room));
        (!is_empty(one) && !is_empty(other)) || room(one) == room(other) || (open(one) && open(other))
    }

    /// Rooms that still have neighbours of one unit: units by size, each into the class with just enough room.
    fn lay_out_stuck(&mut self, dice: &mut Dice) {
        for number in 0..self.bounds.len() {
            let (first, last) = get(&self.bounds, number);
            if (first..last).any(|spot| self.conflicts(spot) > 0) {
                self.lay_out((first, last), dice);
            }
        }
    }

    fn lay_out(&mut self, (first, last): (Spot, Spot), dice: &mut Dice) {
        let used = |s: &Spot| get(&self.movable, *s) && (self.spreads || !get(&self.spare, *s));
        let spots: Vec<Spot> = (first..last).filter(used).collect();
        let mut units: BTreeMap<Option<Unit>, Vec<Option<usize>>> = BTreeMap::new();
        for spot in &spots {
            units.entry(get(&self.unit, *spot)).or_default().push(get(&self.sitter, *spot));
        }
        let mut groups: Vec<_> = units.into_iter().map(|(unit, all)| (unit, all, dice.roll())).collect();
        groups.sort_by_key(|(unit, all, salt)| (unit.is_none(), usize::MAX - all.len(), *salt));
        let mut classes: Vec<Vec<Spot>> = vec![Vec::new(); 4];
        for spot in spots {
            if let Some(class) = classes.get_mut(get(&self.class, spot)) {
                class.push(spot);
            }
        }
        dice.shuffle(&mut classes);
        let reversed = dice.below(2) == 0;
        for class in &mut classes {
            if reversed {
                class.reverse();
            }
        }
        for (unit, all, _) in groups {
            for sitter in all {
                let Some(spot) = next_spot(&mut classes, unit, self) else { continue };
                set(&mut self.unit, spot, unit);
                set(&mut self.sitter, spot, sitter);
                if let Some(sitter) = sitter {
                    set(&mut self.at, sitter, spot);
                }
            }
        }
    }
}

/// The free spot where this unit has the fewest colleagues around; of equal ones in the class that the unit is in
/// already, then in the fullest.
fn next_spot(classes: &mut [Vec<Spot>], unit: Option<Unit>, search: &Search) -> Option<Spot> {
    let free: Vec<Spot> = classes.iter().flatten().copied().collect();
    let beside = |spot: Spot| {
        let around = search.around.get(spot).map(Vec::as_slice).unwrap_or_default();
        let counted = around.iter().filter(|near| !free.contains(near) && get(&search.unit, **near) == unit);
        if unit.is_some() { counted.count() } else { 0 }
    };
    let ranked = classes.iter().enumerate().filter_map(|(class, spots)| {
        let (place, least) = spots.iter().enumerate().map(|(place, s)| (place, beside(*s))).min_by_key(|(_, n)| *n)?;
        Some((least, class, place))
    });
    let (_, class, place) = ranked.min_by_key(|(least, class, _)| (*least, *class))?;
    let spots = classes.get_mut(class)?;
    (place < spots.len()).then(|| spots.remove(place))
}

/// Those without a named seat, unit by unit, units and people in random order.
fn by_unit(people: &[Sitter], dice: &mut Dice) -> Vec<usize> {
    let mut salts: BTreeMap<Unit, u64> = BTreeMap::new();
    for unit in people.iter().filter_map(|s| s.unit) {
        salts.entry(unit).or_insert(0);
    }
    salts.values_mut().for_each(|salt| *salt = dice.roll());
    let mut order: Vec<usize> = (0..people.len()).collect();
    order.retain(|n| people.get(*n).is_some_and(|s| s.fixed.is_none()));
    dice.shuffle(&mut order);
    let key = |n: &usize| {
        let unit = people.get(*n).and_then(|s| s.unit);
        (unit.is_none(), unit.and_then(|u| salts.get(&u).copied()), unit)
    };
    order.sort_by_key(key);
    order
}

fn get<T: Copy + Default>(all: &[T], at: usize) -> T {
    all.get(at).copied().unwrap_or_default()
}

fn set<T>(all: &mut [T], at: usize, value: T) {
    if let Some(slot) = all.get_mut(at) {
        *slot = value;
    }
}
