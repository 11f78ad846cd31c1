//! The state machine of blind entries against a shadow that keeps nothing but a list of who typed what.
use kaowu::model::entry::{Entries, Pair, Rule, Slot, Typed};
use kaowu::model::{Mark, OperatorId, Points, Refusal};

/// Points settle where equal. With `third`, unequal points want a third person, whose mark settles where one of the
/// two is the same.
struct House {
    third: bool,
}

impl Rule for House {
    fn two(&self, a: &Typed, b: &Typed) -> Pair {
        match (a.mark, b.mark) {
            (a, b) if a == b => Pair::Settles(a),
            (Mark::Points(_), Mark::Points(_)) if self.third => Pair::Third,
            _ => Pair::Differs,
        }
    }

    fn three(&self, a: &Typed, b: &Typed, c: &Typed) -> Option<Mark> {
        [a, b].into_iter().find(|t| t.mark == c.mark).map(|t| t.mark)
    }
}

/// Who typed what, in the order of the slots; which one went back; what it all came to.
#[derive(Default)]
struct Shadow {
    all: Vec<(i64, Mark)>,
    back: Option<usize>,
    came_to: Option<Mark>,
    third: bool,
}

impl Shadow {
    fn typed(&self, who: i64) -> bool {
        self.all.iter().any(|(typist, _)| *typist == who)
    }

    /// Two or three stand that came to nothing: somebody above may decide who typed none of them.
    fn decides(&self, who: i64) -> bool {
        self.all.len() > 1 && self.came_to.is_none() && !self.typed(who)
    }

    fn wants_third(&self) -> bool {
        let points = |at: usize| self.all.get(at).is_some_and(|(_, mark)| mark.points().is_some());
        self.third && self.all.len() == 2 && self.back.is_none() && self.came_to.is_none() && points(0) && points(1)
    }

    fn compared(&mut self) {
        self.back = None;
        self.came_to = (self.all[0].1 == self.all[1].1).then_some(self.all[0].1);
    }

    fn first(&mut self, who: i64, mark: Mark) -> bool {
        let may = self.all.is_empty();
        if may {
            self.all.push((who, mark));
        }
        may
    }

    fn second(&mut self, who: i64, mark: Mark) -> bool {
        let may = self.all.len() == 1 && !self.typed(who);
        if may {
            self.all.push((who, mark));
            self.compared();
        }
        may
    }

    fn another(&mut self, who: i64, mark: Mark) -> bool {
        let may = self.wants_third() && !self.typed(who);
        if may {
            self.came_to = self.all.iter().find(|(_, m)| *m == mark).map(|(_, m)| *m);
            self.all.push((who, mark));
        }
        may
    }

    fn correct(&mut self, who: i64, mark: Mark) -> bool {
        let Some(at) = self.back.filter(|at| self.all[*at].0 == who) else { return false };
        self.all[at].1 = mark;
        self.compared();
        true
    }

    fn keep(&mut self, who: i64, at: usize) -> bool {
        let may = self.decides(who) && self.all.len() == 2 && at < 2 && self.back != Some(at);
        if may {
            self.all = vec![self.all[at]];
            self.back = None;
        }
        may
    }

    fn discard(&mut self, who: i64) -> bool {
        let may = self.decides(who);
        if may {
            self.all.clear();
            self.back = None;
        }
        may
    }

    fn send_back(&mut self, who: i64, at: usize) -> bool {
        let may = self.decides(who) && self.all.len() == 2 && at < 2 && self.back.is_none();
        if may {
            self.back = Some(at);
        }
        may
    }

    fn arbitrate(&mut self, who: i64, mark: Mark) -> bool {
        let points = || self.all.iter().filter_map(|(_, m)| m.points());
        let between = match mark.points() {
            Some(own) => points().any(|p| p <= own) && points().any(|p| p >= own),
            None => self.all.iter().any(|(_, m)| *m == mark),
        };
        let may = self.decides(who) && self.all.len() == 3 && between;
        if may {
            self.came_to = Some(mark);
        }
        may
    }

    fn enter(&mut self, who: i64, mark: Mark) -> bool {
        match self.all.len() {
            0 => self.first(who, mark),
            1 => self.second(who, mark),
            _ if self.back.is_some() => self.correct(who, mark),
            _ => self.another(who, mark),
        }
    }
}

fn mark(byte: u8) -> Mark {
    match byte % 6 {
        0 => Mark::Absent,
        1 => Mark::Void,
        n => Mark::Points(Points::whole(i32::from(n) * 10)),
    }
}

/// The first byte chooses the house; then each step is a verb with its person, its slot and its mark.
pub fn run(mut data: &[u8]) {
    let house = House { third: super::byte(&mut data) % 2 == 1 };
    let mut shadow = Shadow { third: house.third, ..Shadow::default() };
    let mut state = Entries::None;
    while !data.is_empty() {
        let (verb, rest) = (super::byte(&mut data), super::byte(&mut data));
        let (who, at, mark) = (i64::from(verb >> 4) % 6, usize::from(rest >> 4) % 3, mark(rest & 15));
        let typed = Typed { operator: OperatorId(who), mark, items: None };
        let (before, boss, slot) = (state.clone(), OperatorId(who), Slot::ALL[at]);
        let turn = before.turn(boss, &house).is_ok();
        let (next, may): (Result<Entries, Refusal>, bool) = match verb & 15 {
            0..=5 => {
                let may = shadow.enter(who, mark);
                assert_eq!(turn, may, "a turn that is none: {before:?}, {typed:?}");
                (state.enter(typed, &house), may)
            }
            6 => (state.first(typed), shadow.first(who, mark)),
            7 => (state.second(typed, &house), shadow.second(who, mark)),
            8 => (state.third(typed, &house), shadow.another(who, mark)),
            9 => (state.correct(typed, &house), shadow.correct(who, mark)),
            10 | 11 => (state.keep(boss, slot), shadow.keep(who, at)),
            12 => (state.discard(boss), shadow.discard(who)),
            13 | 14 => (state.send_back(boss, slot), shadow.send_back(who, at)),
            _ => (state.arbitrate(boss, mark), shadow.arbitrate(who, mark)),
        };
        assert_eq!(next.is_ok(), may, "after {before:?}: {verb:#x} {rest:#x}");
        state = next.unwrap_or(before);
        holds(&state, &shadow);
    }
}

fn holds(state: &Entries, shadow: &Shadow) {
    let live: Vec<_> = state.live().iter().map(|t| (t.operator.0, t.mark)).collect();
    assert_eq!((&live, state.settled()), (&shadow.all, shadow.came_to));
    let mut people: Vec<_> = live.iter().map(|(who, _)| who).collect();
    people.sort_unstable();
    people.dedup();
    assert_eq!(people.len(), live.len(), "one person typed two of {live:?}");
    assert!(shadow.came_to.is_none() || live.len() > 1, "settled by one person");
}
