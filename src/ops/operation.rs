//! What an operation is, what it may touch while it runs, and what comes back.
use super::fault::{Error, Result};
use super::site::Actor;
use super::together::Again;
use crate::bundle::codes::Codes;
use crate::config::Assets;
use crate::model::{BatchId, Code, OpNo, Refusal, Role, Stamp};
use crate::policy::Policy;
use crate::store::rows::Connection;
use crate::store::{BatchRow, BatchState, Changes, LineageRow, SiteRow, Tx};
use serde::Serialize;

/// Every change to a site is one of these, given to [`super::Site::perform`]. The struct itself is the audit record.
pub trait Operation: Serialize {
    /// Also the action's id in keymaps, the key of its words, and the path of its command.
    const KIND: &'static str;
    /// The operator needs one of these; empty: anybody signed on.
    const ROLES: &'static [Role];
    const UNDO: Undo = Undo::Allowed;
    /// Whether it stands in the journal although no row changed: somebody was told something.
    const JOURNAL: Journal = Journal::Changes;
    /// What is made before it runs on an open site.
    const BEFORE: Before = Before::Nothing;
    /// Whether it may be written while the database does not fit the mark outside.
    const IN_DOUBT: InDoubt = InDoubt::Refused;
    const PART: Part = Part::Itself;
    /// How many people it takes, at most.
    const PEOPLE: People = People::One;
    type Out;
    /// Decides and writes. Either everything is stored or nothing.
    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Self::Out>;
    /// How many people it takes with these values, now, in the batch at hand.
    fn people(&self, _db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        Ok(Self::PEOPLE)
    }
    /// What those who sign it have before their eyes beside its values: signed too.
    fn seen(&self, _db: &Connection, _batch: Option<BatchId>) -> Result<String> {
        Ok(String::new())
    }
    /// Names of values that a signature does not hold to, such as a file's name with the time in it.
    const UNSIGNED: &'static [&'static str] = &[];
    /// A copy to perform once it is signed, for a face that has moved on by then.
    fn again(&self) -> Option<Again> {
        None
    }
    /// Why, in the operator's words, for the journal.
    fn reason(&self) -> Option<&str> {
        None
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Journal {
    /// Only when it changed something.
    Changes,
    Always,
}

/// Only going on is allowed in doubt: whatever else were written would change what was found.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum InDoubt {
    Refused,
    Allowed,
}

/// Whether it is what somebody came for, and told after a fault as saved.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    Itself,
    /// PINs and leave, written beside it.
    Beside,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum People {
    One,
    /// Whoever does it shows with their PIN that it is them, within ten minutes.
    Proven,
    /// And so does another person, who has one of these roles.
    Two(&'static [Role]),
}

impl People {
    /// Who may be the second person; empty: there is none.
    pub fn second(self) -> &'static [Role] {
        match self {
            People::Two(roles) => roles,
            People::One | People::Proven => &[],
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Before {
    Nothing,
    /// The content is held against the journal: what is settled now is not looked at again.
    Inspection,
    /// The same, and a checked copy of the site: there is no other way back to where it was.
    Copy,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Undo {
    Allowed,
    /// What left the building is not undone; this operation is the way back.
    Instead(&'static str),
    /// There is no way back.
    Never,
}

/// An operation's name, whether it can be undone and who may do it, for the list of all operations.
#[derive(Debug, Clone, Copy)]
pub struct Kind {
    pub name: &'static str,
    pub undo: Undo,
    pub roles: &'static [Role],
    pub people: People,
    pub before: Before,
}

pub const fn kind<O: Operation>() -> Kind {
    Kind { name: O::KIND, undo: O::UNDO, roles: O::ROLES, people: O::PEOPLE, before: O::BEFORE }
}

pub const NO_BATCH: Code = Code("batch.none_open");
pub const BATCH_CLOSED: Code = Code("batch.closed");
pub const BATCH_OPEN: Code = Code("batch.still_open");

/// What [`Operation::apply`] may use. It cannot begin or commit.
pub struct Work<'a, 'db> {
    pub tx: &'a mut Tx<'db>,
    /// Rules and tables of the site; nothing else is read from it.
    pub assets: &'a Assets,
    pub codes: &'a Codes,
    pub site: &'a SiteRow,
    pub actor: &'a Actor,
    pub now: Stamp,
    /// Of the key that this site signs with, as minisign writes it.
    pub public_key: Option<&'a str>,
    pub(super) batch: Option<&'a BatchRow>,
    pub(super) policy: Option<&'a Policy>,
}

impl Work<'_, '_> {
    /// The batch at hand, refused when none is chosen or it is closed.
    pub fn batch(&self) -> Result<&BatchRow> {
        let batch = self.batch.ok_or_else(|| Refusal::new(NO_BATCH))?;
        match batch.state {
            BatchState::Open => Ok(batch),
            BatchState::Closed => Err(Refusal::new(BATCH_CLOSED).with("batch", batch.code.as_str()).into()),
        }
    }

    /// The batch at hand, open or closed.
    pub fn known_batch(&self) -> Result<&BatchRow> {
        Ok(self.batch.ok_or_else(|| Refusal::new(NO_BATCH))?)
    }

    /// The batch at hand when it is closed, for what comes after.
    pub fn closed_batch(&self) -> Result<&BatchRow> {
        let batch = self.batch.ok_or_else(|| Refusal::new(NO_BATCH))?;
        match batch.state {
            BatchState::Closed => Ok(batch),
            BatchState::Open => Err(Refusal::new(BATCH_OPEN).with("batch", batch.code.as_str()).into()),
        }
    }

    /// The lineage of a site that is new.
    pub(in crate::ops) fn begin_lineage(&mut self) -> Result<()> {
        let row = LineageRow::first(self.tx.db(), self.public_key.map(str::to_owned), self.now)?;
        Ok(self.tx.insert(&row)?)
    }

    /// The policy pinned to the batch at hand.
    pub fn policy(&self) -> Result<&Policy> {
        self.policy.ok_or_else(|| Error::Refused(Refusal::new(NO_BATCH)))
    }
}

/// An operation that went through.
#[derive(Debug, Clone, PartialEq)]
pub struct Done<T> {
    pub out: T,
    /// Its number in the journal; `None` when nothing had to change.
    pub op: Option<OpNo>,
    pub changes: Changes,
}
