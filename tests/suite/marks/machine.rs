//! Random operators do random things to a small world; whatever they do, the rules of marks hold (S0-22 to S0-27, S1-23).
//!
//! The rules are asked of the rows themselves, beside the program: who typed what, what stands as the mark, what is locked.
//! Whoever wrote a rule of the program wrote none of these.
mod attack;
mod look;
mod step;
mod world;

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};
use step::steps;
use world::World;

proptest! {
    #![proptest_config(Config {
        cases: 24, max_shrink_iters: 200, failure_persistence: None::<Box<FileFailurePersistence>>.map(|b| b as _),
        ..Config::default()
    })]

    #[test]
    fn random_operators_never_break_the_rules_of_marks(steps in steps()) {
        let mut world = World::new();
        for step in &steps {
            world.take(step);
            world.holds(step);
        }
        world.ends();
    }
}
