//! The content held against the journal: by every screen in its first pause, and before what cannot be taken back.
use crate::model::{Code, Refusal};
use crate::ops::{Access, Result, Site};
use crate::store::Store;
use crate::store::inspect::{self, Flaw};
use std::path::Path;

pub const STRUCTURE: Code = Code("content.structure");
pub const SCHEMA: Code = Code("content.schema");
pub const ROWS: Code = Code("content.rows");

/// Reads the whole database at `path` through a connection of its own; nobody waits meanwhile. `None`: all is as it was left.
pub fn inspect(path: &Path) -> Result<Option<Flaw>> {
    Ok(inspect::inspect(&Store::open(path, Access::ReadOnly)?)?)
}

/// Refuses where anything in the site's database is not what its journal says.
pub(in crate::ops) fn sound(site: &Site) -> Result<()> {
    match inspect::inspect(site.store())? {
        None => Ok(()),
        Some(flaw) => {
            site.learn(&flaw);
            Err(refusal(&flaw).into())
        }
    }
}

/// What was found, as the refusal of what may not be done over it.
pub fn refusal(flaw: &Flaw) -> Refusal {
    match flaw {
        Flaw::Structure(what) => Refusal::new(STRUCTURE).with("what", what.as_str()),
        Flaw::Chain { no } => Refusal::new(super::CHAIN).with("op", no.0),
        Flaw::Schema => Refusal::new(SCHEMA),
        Flaw::Row(wrong) => {
            Refusal::new(ROWS).word("record", format!("record.{}", wrong.table)).with("key", wrong.key.as_str())
        }
    }
}
