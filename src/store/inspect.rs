//! Everything in the database held against what the program itself would have left there, at one moment of it.
use super::fault::{Result, StoreFault};
use super::replay::{self, Wrong};
use super::{Store, health, journal};
use crate::model::OpNo;
use rusqlite::Connection;

/// The first thing that no operation of the program left so.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Flaw {
    /// The file is damaged: SQLite's words.
    Structure(String),
    /// The journal's chain does not hold at this operation.
    Chain { no: OpNo },
    /// Tables, indexes or triggers are not those that the program makes.
    Schema,
    /// A row is not what the journal says.
    Row(Wrong),
}

/// Reads all of it, which takes as long as the database is large; others may go on writing. `None`: all is as it was left.
///
/// Of an older schema only structure and chain: its tables are not those that the program makes now, and are brought up when it
/// is opened for writing.
pub fn inspect(store: &Store) -> Result<Option<Flaw>> {
    let found = store.snapshot().and_then(|moment| look(moment.db(), store.is_current()));
    match found {
        // What cannot be read as what it should be was not left so. The rest is no fault of the content.
        Err(StoreFault::Corrupt(what) | StoreFault::Other(what)) => Ok(Some(Flaw::Structure(what))),
        found => found,
    }
}

fn look(db: &Connection, is_current: bool) -> Result<Option<Flaw>> {
    let structure = health::whole_structure(db)?;
    if structure != "ok" {
        return Ok(Some(Flaw::Structure(structure)));
    }
    if let Some(no) = journal::verify(db)?.broken_at {
        return Ok(Some(Flaw::Chain { no }));
    }
    if !is_current {
        return Ok(None);
    }
    if !health::own_schema(db)? {
        return Ok(Some(Flaw::Schema));
    }
    Ok(replay::replay(db)?.first.map(Flaw::Row))
}
