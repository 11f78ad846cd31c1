//! A small site in memory, people with every set of duties that one person may hold, and the one way to try something.
use super::Figures;
use super::facts::{self, Facts};
use crate::harness::Desk;
use crate::harness::PlantMarks;
use crate::harness::second::witness;
use crate::roles::kinds;
use kaowu::model::{ApplicationId, Mark, Points, Role, Stamp, Subject};
use kaowu::ops::upkeep::AddOperator;
use kaowu::ops::{Actor, Operation, Result, Site, Work};
use rusqlite::Connection;
use serde::Serialize;
use std::cell::Cell;
use std::rc::Rc;

pub const PEOPLE: i64 = 3;

/// Sets of duties beside those whom a desk has anyway.
const MORE: &[(&str, &[Role])] = &[
    ("chief", &[Role::Coordinator]),
    ("chief-at-the-door", &[Role::Coordinator, Role::Proctor, Role::Reviewer]),
    ("scores", &[Role::ScoreManager]),
    ("scores-b", &[Role::ScoreManager]),
    ("hands", &[Role::Proctor, Role::Typist, Role::Reviewer]),
    ("admin-b", &[Role::Admin]),
];

pub struct World {
    pub site: Site,
    pub clock: Rc<Cell<Stamp>>,
    pub actors: Vec<Actor>,
    pub figures: Figures,
    luck: u64,
    /// Marks of locked sessions, as they stand.
    locked: String,
}

impl World {
    pub fn new(seed: u64, figures: Figures) -> World {
        let mut desk = Desk::seated(usize::try_from(PEOPLE).unwrap());
        let review = |n| (ApplicationId(n), Subject::Review, Mark::Points(Points::whole(70)));
        desk.does(&PlantMarks((1..=PEOPLE).map(review).collect()));
        for (name, roles) in MORE {
            let (name, roles) = ((*name).to_owned(), roles.to_vec());
            desk.does(&AddOperator { name, roles, os_user: None, unit: None, pin_hash: None });
        }
        let clock = desk.clock();
        let mut world =
            World { site: desk.site, clock, actors: Vec::new(), figures, luck: seed, locked: String::new() };
        world.muster();
        world
    }

    /// Everybody there is, by name.
    pub fn muster(&mut self) {
        let all = kaowu::ops::upkeep::operators(&self.site).unwrap();
        let there = all.into_iter().filter(|o| !o.disabled);
        self.actors = there.map(|o| Actor { id: Some(o.id), name: o.name.clone(), roles: o.role_list() }).collect();
    }

    /// A number below `n`, the same for the same seed.
    pub fn below(&mut self, n: usize) -> usize {
        self.luck = self.luck.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.luck;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        usize::try_from((z ^ (z >> 31)) % u64::try_from(n.max(1)).unwrap()).unwrap()
    }

    /// Somebody; mostly one whose duty it is, or nothing would ever come about.
    pub fn somebody(&mut self, kind: &str) -> usize {
        let fit: Vec<_> = (0..self.actors.len()).filter(|who| kinds::may(&self.actors[*who].roles, kind)).collect();
        if !fit.is_empty() && self.below(100) < 60 {
            return fit[self.below(fit.len())];
        }
        self.below(self.actors.len())
    }

    /// Reads the tables as they are, past every operation.
    pub fn look<T>(&mut self, look: impl Fn(&Connection) -> T) -> T {
        // By nobody: whoever acted last may have disabled themselves.
        let me = self.site.actor().clone();
        self.site.set_actor(Actor { id: None, name: "model".into(), roles: Vec::new() });
        let seen = self.site.preview(&Look(look)).unwrap().out;
        self.site.set_actor(me);
        seen
    }

    /// Somebody tries something. `rule` says, from the facts before it, why this very person may not.
    pub fn tries<O: Operation>(&mut self, op: &O, rule: facts::Rule) -> Option<O::Out> {
        let who = self.somebody(O::KIND);
        self.does(who, op, rule)
    }

    pub fn does<O: Operation>(&mut self, who: usize, op: &O, rule: facts::Rule) -> Option<O::Out> {
        self.figures.steps += 1;
        let actor = self.actors[who].clone();
        let me = actor.id.unwrap().0;
        // Now and then nobody is there to sign, and nobody's PIN is known.
        let alone = self.below(6) == 0;
        let forbidden = self.look(|db| rule(&Facts { db, me, roles: &actor.roles, alone }));
        let may = kinds::may(&actor.roles, O::KIND);
        self.site.set_actor(actor.clone());
        self.site.set_witness((!alone).then(witness));
        match self.site.perform(op) {
            Ok(done) => {
                let params = serde_json::to_string(op).unwrap();
                let mut wrong = |why: &str| {
                    self.figures.forbidden.push(format!(
                        "{} {:?} {} {params}: {why}",
                        actor.name,
                        actor.roles,
                        O::KIND
                    ));
                };
                if !may {
                    wrong("not their duty");
                }
                if alone && kinds::is_signed(O::KIND) {
                    wrong("signed by nobody");
                }
                if let Some(why) = forbidden {
                    wrong(why);
                }
                *self.figures.done.entry(O::KIND).or_default() += 1;
                self.holds(O::KIND, &format!("{} {params}", actor.name));
                if O::KIND.starts_with("operator.") || O::KIND == "history.undo" {
                    self.muster();
                }
                Some(done.out)
            }
            Err(error) => {
                let code = error.refusal().unwrap_or_else(|| panic!("{} by {}: {error:?}", O::KIND, actor.name)).code.0;
                // Whoever has not the duty is told so, and nothing else.
                if !may && !code.starts_with("duty.") {
                    self.figures.forbidden.push(format!("{} {}: answered {code}", actor.name, O::KIND));
                }
                *self.figures.refused.entry(code.to_owned()).or_default() += 1;
                None
            }
        }
    }

    /// What is true after every operation, whoever did it.
    fn holds(&mut self, kind: &str, what: &str) {
        let (wrong, locked) = self.look(|db| (facts::broken(db), facts::locked_marks(db)));
        let changes = ["marks.lock", "marks.decide_unlock", "marks.decide_change"].contains(&kind);
        if locked != self.locked && !changes && !self.locked.is_empty() {
            self.figures.forbidden.push(format!("{what} {kind}: a locked mark changed"));
        }
        self.locked = locked;
        if let Some(rule) = wrong {
            self.figures.forbidden.push(format!("{what} {kind}: {rule}"));
        }
    }
}

/// A read over the tables themselves; previewed, so that nothing of it stays.
struct Look<F>(F);

impl<F> Serialize for Look<F> {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> std::result::Result<S::Ok, S::Error> {
        serializer.serialize_unit()
    }
}

impl<T, F: Fn(&Connection) -> T> Operation for Look<F> {
    const KIND: &'static str = "test.look";
    const ROLES: &'static [Role] = &[];
    type Out = T;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<T> {
        Ok((self.0)(work.tx.db()))
    }
}
