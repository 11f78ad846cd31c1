//! `operator.add` and `operator.disable`.
use crate::model::role::{STAFFED, clashing};
use crate::model::{BatchId, Code, OperatorId, Refusal, Role};
use crate::ops::together::{self, Again};
use crate::ops::{Actor, Operation, People, Result, Site, Work};
use crate::store::rows::Connection;
use crate::store::{OperatorRow, rows};
use serde::Serialize;

pub const NAME_TAKEN: Code = Code("operator.name_taken");
pub const OS_USER_TAKEN: Code = Code("operator.os_user_taken");
pub const NO_ROLE: Code = Code("operator.no_role");
pub const CLASH: Code = Code("operator.duties_clash");
pub const UNKNOWN: Code = Code("operator.unknown");
/// Only an administrator gives or takes away this role.
pub const BY_ADMIN: Code = Code("operator.by_admin");
pub const LAST_ADMIN: Code = Code("operator.last_admin");

/// Adds an operator. The PIN itself never reaches the journal: give the hash from [`AddOperator::hash_pin`].
#[derive(Debug, Clone, Serialize)]
pub struct AddOperator {
    pub name: String,
    pub roles: Vec<Role>,
    pub os_user: Option<String>,
    /// The organisation that the operator acts for, in words or as the policy's unit code; `None`: the site itself.
    pub unit: Option<String>,
    #[serde(skip)]
    pub pin_hash: Option<String>,
}

impl AddOperator {
    /// The argon2id hash of a PIN, as a PHC string.
    pub fn hash_pin(pin: &str) -> Result<String> {
        super::pin::hash(pin, "")
    }
}

impl Operation for AddOperator {
    const KIND: &'static str = "operator.add";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Coordinator];
    const PEOPLE: People = People::Two(together::KEEP);
    type Out = OperatorId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<OperatorId> {
        if self.roles.is_empty() {
            return Err(Refusal::new(NO_ROLE).into());
        }
        if let Some((a, b)) = clashing(&self.roles) {
            return Err(Refusal::new(CLASH).word("one", a.key()).word("other", b.key()).into());
        }
        may_manage(work.actor, &self.roles)?;
        let db = work.tx.db();
        if rows::count::<OperatorRow>(db, "WHERE name = ?1", [&self.name])? > 0 {
            return Err(Refusal::new(NAME_TAKEN).with("name", self.name.as_str()).into());
        }
        if let Some(user) = &self.os_user
            && rows::count::<OperatorRow>(db, "WHERE os_user = ?1 AND disabled = 0", [user])? > 0
        {
            return Err(Refusal::new(OS_USER_TAKEN).with("user", user.as_str()).into());
        }
        let id = OperatorId(work.tx.next_id::<OperatorRow>()?);
        let roles = Role::ALL.into_iter().filter(|role| self.roles.contains(role)).map(Role::code);
        let roles: Vec<_> = roles.collect();
        work.tx.insert(&OperatorRow {
            id,
            name: self.name.clone(),
            roles: roles.join(","),
            os_user: self.os_user.clone(),
            pin: self.pin_hash.clone(),
            unit: self.unit.as_deref().map(str::trim).filter(|u| !u.is_empty()).map(str::to_owned),
            disabled: false,
        })?;
        Ok(id)
    }

    /// Whose hand counts beside another's is added by two, once two are there.
    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        together::for_duties(db, &self.roles)
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

/// Nobody is deleted: a disabled operator cannot sign on and stays in the journal.
#[derive(Debug, Serialize)]
pub struct DisableOperator {
    pub name: String,
}

impl Operation for DisableOperator {
    const KIND: &'static str = "operator.disable";
    const ROLES: &'static [Role] = &[Role::Admin, Role::Coordinator];
    type Out = OperatorId;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<OperatorId> {
        let db = work.tx.db();
        let before = active(db, &self.name)?;
        may_manage(work.actor, &before.role_list())?;
        let others = rows::select::<OperatorRow>(db, "WHERE disabled = 0 AND id <> ?1", [before.id])?;
        if before.role_list().contains(&Role::Admin) && !others.iter().any(|o| o.role_list().contains(&Role::Admin)) {
            return Err(Refusal::new(LAST_ADMIN).into());
        }
        work.tx.update(&before, &OperatorRow { disabled: true, ..before.clone() })?;
        Ok(before.id)
    }
}

/// The operator of this name who may sign on.
pub(super) fn active(db: &rows::Connection, name: &str) -> Result<OperatorRow> {
    let row = rows::first::<OperatorRow>(db, "WHERE name = ?1 AND disabled = 0", [name])?;
    Ok(row.ok_or_else(|| Refusal::new(UNKNOWN).with("name", name))?)
}

/// An operator with the ways in which they can sign on.
#[derive(Debug, Serialize)]
pub struct Known {
    #[serde(flatten)]
    pub row: OperatorRow,
    pub has_pin: bool,
    /// Fingerprints.
    pub keys: Vec<String>,
    /// For so many seconds no PIN is looked at.
    pub locked: Option<i64>,
}

pub fn known(site: &Site) -> Result<Vec<Known>> {
    let keys = super::keys(site)?;
    let of = |id| keys.iter().filter(|key| key.operator == id).map(|key| key.fingerprint.clone()).collect();
    let known = |row: OperatorRow| {
        let locked = super::lock_of(site, row.id)?;
        Ok(Known { has_pin: row.pin.is_some(), keys: of(row.id), locked, row })
    };
    operators(site)?.into_iter().map(known).collect()
}

/// Administrators hand out every duty; coordinators those of the people who work under them.
pub(in crate::ops) fn may_manage(actor: &Actor, roles: &[Role]) -> Result<(), Refusal> {
    match roles.iter().find(|role| !STAFFED.contains(role)) {
        Some(role) if !actor.has(Role::Admin) => Err(Refusal::new(BY_ADMIN).word("role", role.key())),
        _ => Ok(()),
    }
}

pub fn operators(site: &Site) -> Result<Vec<OperatorRow>> {
    Ok(rows::select::<OperatorRow>(site.store().db(), "ORDER BY disabled, name", [])?)
}
