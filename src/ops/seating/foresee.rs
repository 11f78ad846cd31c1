//! Seeds by what they lead to, for made-up sites that need somebody in a certain room.
use super::plan::{Basis, Plan};
use super::world::World;
use crate::model::{ApplicationId, VenueId};
use crate::ops::{Result, Site};
use crate::store::VenueRow;

/// The first of the seeds by which this person sits in the room of this number. Only for a site without venues.
pub fn seed_for(
    site: &Site,
    person: ApplicationId,
    room: i64,
    mut seeds: impl Iterator<Item = u64>,
) -> Result<Option<u64>> {
    let (batch, policy) = (site.batch()?.id, site.policy()?);
    let world = World::read(site.store().db(), batch, &policy)?;
    let name = String::new();
    let home = VenueRow { id: VenueId(1), batch, code: 0, name, unit: None, address: None, phone: None };
    let basis = Basis { units: Vec::new(), home, last_room: 0 };
    let index = world.index.get(&person).copied();
    let sits_there = |seed: &u64| {
        let plan = Plan::of(&world, &basis, *seed);
        let given = plan.given.iter().find(|given| Some(given.person) == index);
        given.is_some_and(|given| plan.rooms.iter().any(|r| r.id == given.room && r.number == room))
    };
    Ok(seeds.find(sits_there))
}
