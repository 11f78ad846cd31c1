//! `operator.pin`: an operator's own PIN, the first or another.
use super::operators::{UNKNOWN, active};
use super::pin::{Renew, check, fits, forget_failures, hash, is_still, set_pin};
use crate::model::{Code, OperatorId, Refusal, Role};
use crate::ops::{Actor, Operation, Result, Site, Undo, Work};
use crate::store::{OperatorRow, rows};
use serde::Serialize;

/// The new PIN is the old one.
pub const SAME_PIN: Code = Code("operator.pin_same");
/// Somebody set it anew since the old one was looked at.
pub const PIN_CHANGED: Code = Code("operator.pin_changed");
/// Nothing that was shown says who it is: whoever came first could take the account.
pub const NOT_VOUCHED: Code = Code("operator.not_vouched");

/// The operator's own PIN, the first or another. Made by [`change_pin`] alone.
#[derive(Debug, Serialize)]
pub struct OwnPin {
    operator: OperatorId,
    first: bool,
    #[serde(skip)]
    pin_hash: String,
    /// The hash that the old one fitted.
    #[serde(skip)]
    before: Option<String>,
}

impl Operation for OwnPin {
    const KIND: &'static str = "operator.pin";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        // It was set anew while the old one was looked at: whoever knows that one alone has no say any more.
        if !is_still(work, self.operator, self.before.as_deref())? {
            return Err(Refusal::new(PIN_CHANGED).with("name", work.actor.name.as_str()).into());
        }
        forget_failures(work, self.operator)?;
        set_pin(work, self.operator, &self.pin_hash)
    }
}

/// The signed-on operator's own PIN. `old` is asked of everybody who has one; the first one is taken only from
/// somebody whom a key or the OS account vouched for.
pub fn change_pin(site: &mut Site, old: Option<&str>, new: &str) -> Result<()> {
    let id = site.actor().operator()?;
    let row = rows::first::<OperatorRow>(site.store().db(), "WHERE id = ?1", [id])?
        .ok_or_else(|| Refusal::new(UNKNOWN).with("name", site.actor().name.as_str()))?;
    if row.pin.is_none() && !site.is_vouched() {
        return Err(Refusal::new(NOT_VOUCHED).with("name", row.name.as_str()).into());
    }
    check(site, &row, old, Renew::Never)?;
    let pin_hash = hash(new, &row.name)?;
    if row.pin.as_deref().is_some_and(|stored| fits(stored, new)) {
        return Err(Refusal::new(SAME_PIN).into());
    }
    site.perform(&OwnPin { operator: id, first: row.pin.is_none(), pin_hash, before: row.pin })?;
    Ok(())
}

/// The first PIN of an administrator whom nobody else could let in. Whoever has set the site up does it, before anybody works
/// there.
pub fn claim_pin(site: &Site, name: &str, new: &str) -> Result<()> {
    let row = active(site.store().db(), name)?;
    if !is_unclaimed(site, &row)? {
        return Err(Refusal::new(super::PIN_MISSING).with("name", name).into());
    }
    first_pin(site, name, new)
}

/// Whether it is an administrator of a site where no administrator has a way to sign on yet.
pub(super) fn is_unclaimed(site: &Site, row: &OperatorRow) -> Result<bool> {
    let all = super::known(site)?;
    let can = |k: &super::Known| k.has_pin || !k.keys.is_empty() || k.row.os_user.is_some();
    let others = all.iter().any(|k| !k.row.disabled && k.row.role_list().contains(&Role::Admin) && can(k));
    Ok(!others && row.role_list().contains(&Role::Admin))
}

/// The PIN of somebody who is known to have none; who asks has been looked at.
pub(in crate::ops) fn first_pin(site: &Site, name: &str, new: &str) -> Result<()> {
    let row = active(site.store().db(), name)?;
    let pin_hash = hash(new, &row.name)?;
    let actor = Actor { id: Some(row.id), roles: row.role_list(), name: row.name };
    site.perform_as(&actor, &OwnPin { operator: row.id, first: true, pin_hash, before: row.pin })?;
    Ok(())
}
