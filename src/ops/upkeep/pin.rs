//! PINs: the hash, the counted check, and the operations that change what stands about them.
use super::operators::UNKNOWN;
use crate::model::{Code, OperatorId, Refusal, Role};
use crate::ops::operation::InDoubt;
use crate::ops::together::{self, Again};
use crate::ops::{Actor, Error, Operation, People, Result, Site, Undo, Work};
use crate::policy::pins;
use crate::store::rows::Connection;
use crate::store::{OperatorRow, PinFailureRow, PinRuleRow, Pins, StoreFault, rows};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::Serialize;

pub const WRONG_PIN: Code = Code("operator.wrong_pin");
/// Wrong, and the next PIN is not looked at for a while.
pub const WRONG_AND_LOCKED: Code = Code("operator.wrong_pin_locked");
pub const LOCKED: Code = Code("operator.locked");
pub const PIN_NEEDED: Code = Code("operator.pin_needed");
/// The new PIN is the old one.
pub const SAME_PIN: Code = Code("operator.pin_same");
/// Nothing that was shown says who it is: whoever came first could take the account.
pub const NOT_VOUCHED: Code = Code("operator.not_vouched");

/// Argon2id: 64 MiB, three passes, one lane.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|e| StoreFault::Other(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// The argon2id hash of a PIN that is strong enough, as a PHC string.
pub fn hash(pin: &str, name: &str) -> Result<String> {
    let pin = pins::folded(pin);
    pins::strong(&pin, name)?;
    let hash = hasher()?.hash_password(pin.as_bytes());
    Ok(hash.map(|h| h.to_string()).map_err(|e| StoreFault::Other(e.to_string()))?)
}

/// Whether a hash was made with less work than today's.
fn is_old(stored: &str) -> bool {
    let params = PasswordHash::new(stored).ok().and_then(|hash| Params::try_from(&hash).ok());
    params.is_some_and(|p| p.m_cost() < MEMORY_KIB || p.t_cost() < PASSES)
}

fn fits(stored: &str, pin: &str) -> bool {
    let pin = pins::folded(pin);
    // A hash carries its own cost.
    PasswordHash::new(stored).is_ok_and(|hash| Argon2::default().verify_password(pin.as_bytes(), &hash).is_ok())
}

/// Whether the PIN is the operator's, at whoever's terminal. One without a PIN is believed.
///
/// A wrong one is counted in the database before anybody is told, so never call it inside an operation.
pub(in crate::ops) fn vouch(site: &Site, row: &OperatorRow, pin: Option<&str>) -> Result<()> {
    check(site, row, pin, Renew::Never)
}

/// What a good PIN does to a hash of less work than today's.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Renew {
    IfOld,
    Never,
}

pub(super) fn check(site: &Site, row: &OperatorRow, pin: Option<&str>, renew: Renew) -> Result<()> {
    let Some(stored) = &row.pin else { return Ok(()) };
    let name = row.name.as_str();
    let pin = pin.ok_or_else(|| Refusal::new(PIN_NEEDED).with("name", name))?;
    not_locked(site, row)?;
    if !fits(stored, pin) {
        return Err(count(site, row)?.into());
    }
    // Somebody else's wrong one may have locked the account while this one was looked at.
    not_locked(site, row)?;
    let pin_hash = if renew == Renew::IfOld && is_old(stored) { hash(pin, name).ok() } else { None };
    let failed = rows::count::<PinFailureRow>(site.store().db(), "WHERE operator = ?1", [row.id])? > 0;
    if (failed || pin_hash.is_some()) && !site.is_read_only() {
        site.perform_as(&bare(row), &PinProven { operator: row.id, renewed: pin_hash.is_some(), pin_hash })?;
    }
    Ok(())
}

/// Refused while the operator is locked out, with the time that is left.
fn not_locked(site: &Site, row: &OperatorRow) -> Result<()> {
    match lock_of(site, row.id)? {
        Some(seconds) => Err(Refusal::new(LOCKED).with("name", row.name.as_str()).with("seconds", seconds).into()),
        None => Ok(()),
    }
}

/// Seconds for which no PIN of the operator is looked at.
pub fn lock_of(site: &Site, operator: OperatorId) -> Result<Option<i64>> {
    let failed = rows::first::<PinFailureRow>(site.store().db(), "WHERE operator = ?1", [operator])?;
    Ok(failed.and_then(|f| pins::locked_for(f.failures, f.last_at, site.now())))
}

/// Counts a wrong PIN; gives what to say. Where nothing can be written it is wrong all the same.
fn count(site: &Site, row: &OperatorRow) -> Result<Refusal> {
    let name = row.name.as_str();
    let failures = match site.perform_as(&bare(row), &PinFailed { operator: row.id }) {
        Ok(done) => done.out,
        Err(Error::Refused(refusal)) if refusal.is(crate::ops::site::READ_ONLY) => 0,
        Err(error) => return Err(error),
    };
    Ok(match pins::lock_seconds(failures) {
        0 => Refusal::new(WRONG_PIN).with("name", name).with("left", pins::tries_left(failures)),
        seconds => Refusal::new(WRONG_AND_LOCKED).with("name", name).with("seconds", seconds),
    })
}

/// Somebody who gave a name and is not signed on. What they do is nobody's to undo.
fn bare(row: &OperatorRow) -> Actor {
    Actor { id: None, name: row.name.clone(), roles: Vec::new() }
}

/// A wrong PIN. Says how many there were in a row.
#[derive(Debug, Serialize)]
pub struct PinFailed {
    operator: OperatorId,
}

impl Operation for PinFailed {
    const KIND: &'static str = "operator.pin_failed";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    // A site in doubt is no place to guess PINs either.
    const IN_DOUBT: InDoubt = InDoubt::Allowed;
    type Out = i64;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<i64> {
        let before = rows::first::<PinFailureRow>(work.tx.db(), "WHERE operator = ?1", [self.operator])?;
        let failures = before.as_ref().map_or(0, |f| f.failures).saturating_add(1);
        let after = PinFailureRow { operator: self.operator, failures, last_at: work.now };
        match before {
            Some(before) => work.tx.update(&before, &after)?,
            None => work.tx.insert(&after)?,
        }
        Ok(failures)
    }
}

/// A right PIN after wrong ones, or over a hash of less work than today's.
#[derive(Debug, Serialize)]
pub struct PinProven {
    operator: OperatorId,
    renewed: bool,
    #[serde(skip)]
    pin_hash: Option<String>,
}

impl Operation for PinProven {
    const KIND: &'static str = "operator.pin_proven";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    const IN_DOUBT: InDoubt = InDoubt::Allowed;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        forget_failures(work, self.operator)?;
        if let Some(hash) = &self.pin_hash {
            set_pin(work, self.operator, hash)?;
        }
        Ok(())
    }
}

/// The operator's own PIN, the first or another. Made by [`change_pin`] alone.
#[derive(Debug, Serialize)]
pub struct OwnPin {
    operator: OperatorId,
    first: bool,
    #[serde(skip)]
    pin_hash: String,
}

impl Operation for OwnPin {
    const KIND: &'static str = "operator.pin";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
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
    site.perform(&OwnPin { operator: id, first: row.pin.is_none(), pin_hash })?;
    Ok(())
}

/// The first PIN of an administrator whom nobody else could let in: no administrator has a way to sign on yet. Whoever
/// has set the site up does it, before anybody works there.
pub fn claim_pin(site: &Site, name: &str, new: &str) -> Result<()> {
    let row = super::operators::active(site.store().db(), name)?;
    let all = super::known(site)?;
    let can = |k: &super::Known| k.has_pin || !k.keys.is_empty() || k.row.os_user.is_some();
    let others = all.iter().any(|k| !k.row.disabled && k.row.role_list().contains(&Role::Admin) && can(k));
    if others || !row.role_list().contains(&Role::Admin) {
        return Err(Refusal::new(super::PIN_MISSING).with("name", name).into());
    }
    first_pin(site, name, new)
}

/// The PIN of somebody who is known to have none; who asks has been looked at.
pub(in crate::ops) fn first_pin(site: &Site, name: &str, new: &str) -> Result<()> {
    let row = super::operators::active(site.store().db(), name)?;
    let pin_hash = hash(new, &row.name)?;
    let actor = Actor { id: Some(row.id), roles: row.role_list(), name: row.name };
    site.perform_as(&actor, &OwnPin { operator: row.id, first: true, pin_hash })?;
    Ok(())
}

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
    /// With the hash from [`hash`]; `None`: the PIN stays, only the lock goes.
    pub fn of(name: &str, pin_hash: Option<String>) -> ResetPin {
        ResetPin { name: name.to_owned(), new_pin: pin_hash.is_some(), pin_hash }
    }
}

impl Operation for ResetPin {
    const KIND: &'static str = "operator.reset_pin";
    const ROLES: &'static [Role] = &[Role::Admin];
    const PEOPLE: People = People::Two(together::KEEP);
    const UNDO: Undo = Undo::Never;
    const JOURNAL: crate::ops::operation::Journal = crate::ops::operation::Journal::Always;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let row = super::operators::active(work.tx.db(), &self.name)?;
        forget_failures(work, row.id)?;
        match &self.pin_hash {
            Some(hash) => set_pin(work, row.id, hash),
            None => Ok(()),
        }
    }

    fn people(&self, db: &Connection) -> Result<People> {
        together::once_two(db)
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

fn forget_failures(work: &mut Work<'_, '_>, operator: OperatorId) -> Result<()> {
    if let Some(failed) = rows::first::<PinFailureRow>(work.tx.db(), "WHERE operator = ?1", [operator])? {
        work.tx.delete(&failed)?;
    }
    Ok(())
}

pub(super) fn set_pin(work: &mut Work<'_, '_>, operator: OperatorId, hash: &str) -> Result<()> {
    if let Some(row) = rows::first::<OperatorRow>(work.tx.db(), "WHERE id = ?1", [operator])? {
        work.tx.update(&row, &OperatorRow { pin: Some(hash.to_owned()), ..row.clone() })?;
    }
    Ok(())
}

/// Whether this site signs people on by a name alone.
#[derive(Debug, Clone, Serialize)]
pub struct SetPins {
    pub pins: Pins,
}

impl Operation for SetPins {
    const KIND: &'static str = "site.pins";
    const ROLES: &'static [Role] = &[Role::Admin];
    const PEOPLE: People = People::Two(together::KEEP);
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        let after = PinRuleRow { id: 1, pins: self.pins };
        match rows::first::<PinRuleRow>(work.tx.db(), "WHERE id = 1", [])? {
            Some(before) if before.pins == self.pins => {}
            Some(before) => work.tx.update(&before, &after)?,
            None => work.tx.insert(&after)?,
        }
        Ok(())
    }

    /// One person makes it stricter.
    fn people(&self, db: &Connection) -> Result<People> {
        if self.pins == Pins::Required { Ok(People::One) } else { together::once_two(db) }
    }

    fn again(&self) -> Option<Again> {
        together::again(self)
    }
}

/// What the site says of PINs; a site that says nothing wants them.
pub fn pins_of(site: &Site) -> Result<Pins> {
    let rule = rows::first::<PinRuleRow>(site.store().db(), "WHERE id = 1", [])?;
    Ok(rule.map_or(Pins::Required, |rule| rule.pins))
}
