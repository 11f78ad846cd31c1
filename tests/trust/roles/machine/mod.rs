//! Random people try random operations in random states; whatever goes through is held against a small model of who may.
//!
//! The model is this folder and `kinds.rs`: the duties of every kind, and who may not be the same person as whom, read
//! from the tables by plain SQL. `KAOWU_STEPS=1000000` runs as many steps; its figures are printed.
mod facts;
mod reads;
mod steps;
mod world;

use std::collections::BTreeMap;
use world::World;

/// Steps of the short lane.
const STEPS: usize = 15_000;
/// A world's life: then a new one, with other luck.
const LIFE: usize = 2_500;

/// What came of all steps.
#[derive(Default)]
pub struct Figures {
    pub steps: usize,
    pub done: BTreeMap<&'static str, usize>,
    pub refused: BTreeMap<String, usize>,
    /// What went through and should not have.
    pub forbidden: Vec<String>,
}

impl Figures {
    fn told(&self) -> String {
        let (done, refused): (usize, usize) = (self.done.values().sum(), self.refused.values().sum());
        let duty: usize = self.refused.iter().filter(|(code, _)| code.starts_with("duty.")).map(|(_, n)| n).sum();
        format!(
            "role machine: {} steps, {done} went through ({} kinds), {refused} refused ({duty} for the role), {} forbidden",
            self.steps,
            self.done.len(),
            self.forbidden.len()
        )
    }
}

#[test]
fn nobody_does_what_is_not_theirs() {
    let steps = std::env::var("KAOWU_STEPS").ok().and_then(|n| n.parse().ok()).unwrap_or(STEPS);
    let mut figures = Figures::default();
    let mut seed = 1;
    while figures.steps < steps {
        let mut world = World::new(seed, figures);
        let end = (world.figures.steps + LIFE).min(steps);
        while world.figures.steps < end {
            world.step();
        }
        figures = world.figures;
        seed += 1;
    }
    println!("{}", figures.told());
    if std::env::var_os("KAOWU_STEPS").is_some() {
        println!("went through: {:?}\nrefused: {:?}", figures.done, figures.refused);
    }
    assert!(figures.forbidden.is_empty(), "{:#?}", figures.forbidden);
    // A machine that is refused everything shows nothing.
    for kind in
        ["entry.save", "entry.settle", "marks.lock", "marks.decide_change", "results.compute", "publicity.publish"]
    {
        assert!(figures.done.contains_key(kind), "{kind} never went through: {:?} {:?}", figures.done, figures.refused);
    }
}
