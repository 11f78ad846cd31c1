//! `operator.reset_pin`: others help somebody who is locked out or forgot their PIN.
use super::operators::active;
use super::pin::{forget_failures, set_pin};
use crate::model::{BatchId, Role};
use crate::ops::operation::Journal;
use crate::ops::together::{self, Again};
use crate::ops::{Operation, People, Result, Undo, Work};
use crate::store::rows::Connection;
use serde::Serialize;

/// Ends a lock-out, or gives another PIN to somebody who forgot theirs. Made by [`ResetPin::of`].
#[derive(Debug, Clone, Serialize)]
pub struct ResetPin {
    name: String,
    /// A new PIN, and not only the end of a lock: whoever gives leave sees which it is.
    new_pin: bool,
    #[serde(skip)]
    pin_hash: Option<String>,
}

impl ResetPin {
    /// With the hash from [`super::hash_pin`]; `None`: the PIN stays, only the lock goes.
    pub fn of(name: &str, pin_hash: Option<String>) -> ResetPin {
        ResetPin { name: name.to_owned(), new_pin: pin_hash.is_some(), pin_hash }
    }
}

impl Operation for ResetPin {
    const KIND: &'static str = "operator.reset_pin";
    const ROLES: &'static [Role] = &[Role::Admin];
    const PEOPLE: People = People::Two(together::KEEP);
    const UNDO: Undo = Undo::Never;
    const JOURNAL: Journal = Journal::Always;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let row = active(work.tx.db(), &self.name)?;
        forget_failures(work, row.id)?;
        match &self.pin_hash {
            Some(hash) => set_pin(work, row.id, hash),
            None => Ok(()),
        }
    }

    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        together::once_two(db)
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}
