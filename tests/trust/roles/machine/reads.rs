//! What somebody may look at: nothing of a batch for an administrator, two values that differ for a coordinator only.
use super::world::World;
use kaowu::model::Role;
use kaowu::ops::{Result, applications, certificates, entry, marks, publicity, results, scripts, search};

/// A read, whom it is for (nothing: everybody but administrators), and it.
type Read = (&'static str, &'static [Role], fn(&World) -> Result<()>);

const READS: &[Read] = &[
    ("results", &[], |world| results::outcomes(&world.site, &Default::default()).map(drop)),
    ("board", &[], |world| results::board(&world.site).map(drop)),
    ("certificates", &[], |world| certificates::register(&world.site, &Default::default()).map(drop)),
    ("applications", &[], |world| applications::lines(&world.site, None).map(drop)),
    ("search", &[], |world| search::find(&world.site, "王").map(drop)),
    ("changes", &[], |world| marks::changes(&world.site).map(drop)),
    ("sessions", &[], |world| marks::sessions(&world.site).map(drop)),
    ("objections", &[], |world| publicity::objections(&world.site).map(drop)),
    ("piles", &[], |world| entry::piles(&world.site).map(drop)),
    ("differences", &[Role::Coordinator], |world| entry::differences(&world.site).map(drop)),
    ("bags", &[], |world| scripts::bags(&world.site).map(drop)),
];

pub fn read(world: &mut World) {
    let (what, whose, read) = READS[world.below(READS.len())];
    let who = world.below(world.actors.len());
    let actor = world.actors[who].clone();
    world.site.set_actor(actor.clone());
    world.figures.steps += 1;
    let may =
        !actor.roles.contains(&Role::Admin) && (whose.is_empty() || whose.iter().any(|r| actor.roles.contains(r)));
    match read(world) {
        Ok(()) if !may => world.figures.forbidden.push(format!("{} {:?} read {what}", actor.name, actor.roles)),
        Ok(()) => *world.figures.done.entry("read").or_default() += 1,
        Err(error) => {
            let code = error.refusal().unwrap_or_else(|| panic!("{what}: {error:?}")).code.0;
            *world.figures.refused.entry(code.to_owned()).or_default() += 1;
        }
    }
}
