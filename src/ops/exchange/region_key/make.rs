//! `region_key.make`: one site of the region makes the key.
use super::{keep, may, no_other};
use crate::model::id_token::RegionKey;
use crate::model::{OpNo, Role};
use crate::ops::site_key::random;
use crate::ops::{Journal, Operation, Result, Site, Undo, Work};
use serde::Serialize;

/// Made by [`make`] only.
#[derive(Debug, Clone, Serialize)]
pub struct Make {
    /// The name that two sites compare; never the key.
    region_key: String,
}

impl Operation for Make {
    const KIND: &'static str = "region_key.make";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Admin];
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    type Out = ();

    /// The key lies in a file, not in the database.
    fn apply(&self, _: &mut Work<'_, '_>) -> Result<()> {
        Ok(())
    }
}

/// A new key, where there is none.
pub fn make(site: &mut Site) -> Result<(RegionKey, Option<OpNo>)> {
    may::<Make>(site)?;
    no_other(site, None)?;
    let key = RegionKey::from_bytes(random()?);
    let op = site.perform(&Make { region_key: key.name() })?.op;
    keep(site, &key)?;
    Ok((key, op))
}
