//! Whose hand counts beside another's is given to nobody by one person.
use crate::harness::second::cheap_hash;
use crate::harness::{Desk, PlantPins};
use kaowu::model::Role;
use kaowu::ops::upkeep::{AddOperator, Bind, Binding};

const KEY: &str = "SHA256:n5jwb9CL+jNiPHmZOz+USEJ2cQ6rbVSOBOXw075y8CA";

fn add(name: &str, role: Role) -> AddOperator {
    let pin_hash = Some(cheap_hash().to_owned());
    AddOperator { name: name.into(), roles: vec![role], os_user: None, unit: None, pin_hash }
}

fn bind(name: &str, to: Binding) -> Bind {
    Bind { name: name.into(), to }
}

/// The coordinator and `second` have PINs: two keepers are there, and nobody signs by themselves.
fn guarded() -> Desk {
    let mut desk = Desk::with_batch();
    desk.does(&PlantPins(vec!["coordinator".into()]));
    desk.alone();
    desk
}

/// Whoever could add two typists with PINs of their own choice would be both of them.
#[test]
fn typists_and_reviewers_are_added_by_two() {
    let mut desk = guarded();
    for (name, role) in [("t", Role::Typist), ("r", Role::Reviewer)] {
        assert_eq!(desk.refused(&add(name, role)), "together.needed", "{name}");
    }
    let both = AddOperator { roles: vec![Role::Proctor, Role::Typist], ..add("b", Role::Proctor) };
    assert_eq!(desk.refused(&both), "together.needed");
    desk.does(&add("p", Role::Proctor));
    // Before two are there the first ones are added by one.
    Desk::with_batch().alone().does(&add("t", Role::Typist));
}

/// A key that one person binds to a typist would be that typist's hand in theirs.
#[test]
fn typists_and_reviewers_are_bound_by_two() {
    let mut desk = guarded();
    for name in ["typist-a", "reviewer", "auditor"] {
        for to in [Binding::SshKey(KEY.into()), Binding::OsUser("somebody".into())] {
            assert_eq!(desk.refused(&bind(name, to)), "together.needed", "{name}");
        }
    }
    desk.does(&bind("proctor", Binding::SshKey(KEY.into())));
}
