//! Random operators do random things to a small world; whatever they do, the rules of marks hold (S0-22 to S0-27, S1-23).
//!
//! The rules are asked of the rows themselves, beside the program: who typed what, what stands as the mark, what is locked.
//! Whoever wrote a rule of the program wrote none of these.
mod attack;
mod bags;
mod look;
mod settled;
mod step;
mod world;

use proptest::prelude::*;
use proptest::test_runner::{Config, FileFailurePersistence};
use step::{Step, steps};
use world::{Kind, World};

proptest! {
    #![proptest_config(Config {
        cases: 3, max_shrink_iters: 200, failure_persistence: None::<Box<FileFailurePersistence>>.map(|b| b as _),
        ..Config::default()
    })]

    #[test]
    fn random_operators_never_break_the_rules_of_marks(steps in steps()) {
        run(Kind::Plain, &steps);
    }

    #[test]
    fn random_markers_and_a_third_never_break_the_rules_of_marks(steps in steps()) {
        run(Kind::Markers, &steps);
    }

    #[test]
    fn random_operators_never_see_through_script_numbers_s0_23(steps in steps()) {
        run(Kind::Sealed, &steps);
    }
}

fn run(kind: Kind, steps: &[Step]) {
    let mut world = World::new(kind);
    for step in steps {
        world.take(step);
        world.holds(step);
    }
    world.ends();
}
