//! `operator.bind` and `operator.unbind`: the OS account or the SSH keys that are an operator.
use super::operators::{OS_USER_TAKEN, active};
use crate::model::{BatchId, Code, OperatorId, Refusal, Role, ssh_key};
use crate::ops::together::{self, Again};
use crate::ops::{Operation, People, Result, Site, Undo, Work};
use crate::store::rows::Connection;
use crate::store::{OperatorKeyRow, OperatorRow, rows};
use serde::Serialize;

pub const NO_KEY: Code = Code("operator.no_key");
pub const KEY_TAKEN: Code = Code("operator.key_taken");
pub const NOT_BOUND: Code = Code("operator.not_bound");

/// What names an operator without a word of theirs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Binding {
    OsUser(String),
    /// A fingerprint, `SHA256:…`.
    SshKey(String),
}

impl Binding {
    /// From the text of a public key, or a fingerprint.
    pub fn key(text: &str) -> Result<Binding> {
        let print = ssh_key::fingerprint(text).or_else(|| ssh_key::of_file(text));
        Ok(Binding::SshKey(print.ok_or_else(|| Refusal::new(NO_KEY))?))
    }

    /// The account or the fingerprint.
    pub fn value(&self) -> &str {
        match self {
            Binding::OsUser(value) | Binding::SshKey(value) => value,
        }
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Bind {
    pub name: String,
    pub to: Binding,
}

impl Operation for Bind {
    const KIND: &'static str = "operator.bind";
    const ROLES: &'static [Role] = &[Role::Admin];
    const PEOPLE: People = People::Two(together::KEEP);
    const UNDO: Undo = Undo::Instead(Unbind::KIND);
    type Out = OperatorId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<OperatorId> {
        let row = active(work.tx.db(), &self.name)?;
        match &self.to {
            Binding::OsUser(user) => account(work, &row, user)?,
            Binding::SshKey(print) => key(work, row.id, print)?,
        }
        Ok(row.id)
    }

    /// A key of somebody whose hand counts would be a hand of its own for whoever binds it.
    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        together::for_duties(db, &active(db, &self.name)?.role_list())
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

fn account(work: &mut Work<'_, '_>, row: &OperatorRow, user: &str) -> Result<()> {
    let filter = "WHERE os_user = ?1 AND disabled = 0";
    match rows::first::<OperatorRow>(work.tx.db(), filter, [user])? {
        Some(other) if other.id == row.id => Ok(()),
        Some(_) => Err(Refusal::new(OS_USER_TAKEN).with("user", user).into()),
        None => Ok(work.tx.update(row, &OperatorRow { os_user: Some(user.to_owned()), ..row.clone() })?),
    }
}

fn key(work: &mut Work<'_, '_>, operator: OperatorId, print: &str) -> Result<()> {
    let print = ssh_key::fingerprint(print).ok_or_else(|| Refusal::new(NO_KEY))?;
    match rows::first::<OperatorKeyRow>(work.tx.db(), "WHERE fingerprint = ?1", [&print])? {
        Some(other) if other.operator == operator => Ok(()),
        Some(other) => {
            let owner = rows::first::<OperatorRow>(work.tx.db(), "WHERE id = ?1", [other.operator])?;
            let owner = owner.map(|o| o.name).unwrap_or_default();
            Err(Refusal::new(KEY_TAKEN).with("key", print).with("name", owner).into())
        }
        None => {
            let id = work.tx.next_id::<OperatorKeyRow>()?;
            Ok(work.tx.insert(&OperatorKeyRow { id, operator, fingerprint: print, added_at: work.now })?)
        }
    }
}

#[derive(Debug, Serialize)]
pub struct Unbind {
    pub name: String,
    pub from: Binding,
}

impl Operation for Unbind {
    const KIND: &'static str = "operator.unbind";
    const ROLES: &'static [Role] = &[Role::Admin];
    const UNDO: Undo = Undo::Instead(Bind::KIND);
    type Out = OperatorId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<OperatorId> {
        // A disabled operator too: their key may be wanted elsewhere.
        let row = rows::first::<OperatorRow>(work.tx.db(), "WHERE name = ?1", [&self.name])?
            .ok_or_else(|| Refusal::new(super::operators::UNKNOWN).with("name", self.name.as_str()))?;
        let not_bound = || Refusal::new(NOT_BOUND).with("name", self.name.as_str()).with("value", self.from.value());
        match &self.from {
            Binding::OsUser(user) if row.os_user.as_ref() == Some(user) => {
                work.tx.update(&row, &OperatorRow { os_user: None, ..row.clone() })?;
            }
            Binding::OsUser(_) => return Err(not_bound().into()),
            Binding::SshKey(print) => {
                let filter = "WHERE fingerprint = ?1 AND operator = ?2";
                let found = rows::first::<OperatorKeyRow>(work.tx.db(), filter, (print, row.id))?;
                work.tx.delete(&found.ok_or_else(not_bound)?)?;
            }
        }
        Ok(row.id)
    }
}

/// Every bound key, with its operator.
pub fn keys(site: &Site) -> Result<Vec<OperatorKeyRow>> {
    Ok(rows::select::<OperatorKeyRow>(site.store().db(), "ORDER BY operator, id", [])?)
}
