//! PINs: the hash, and the check that counts wrong ones.
use crate::model::{Code, OperatorId, Refusal, Role};
use crate::ops::{Actor, Operation, Part, Result, Site, Undo, Work};
use crate::policy::pins;
use crate::store::wrong_pins::{Wrong, WrongPins};
use crate::store::{OperatorRow, PinFailureRow, StoreFault, rows};
use argon2::password_hash::phc::PasswordHash;
use argon2::password_hash::{PasswordHasher, PasswordVerifier};
use argon2::{Algorithm, Argon2, Params, Version};
use serde::Serialize;

pub const WRONG_PIN: Code = Code("operator.wrong_pin");
/// Wrong, and the next PIN is not looked at for a while.
pub const WRONG_AND_LOCKED: Code = Code("operator.wrong_pin_locked");
pub const LOCKED: Code = Code("operator.locked");
pub const PIN_NEEDED: Code = Code("operator.pin_needed");

/// Argon2id: 64 MiB, three passes, one lane.
const MEMORY_KIB: u32 = 64 * 1024;
const PASSES: u32 = 3;

fn hasher() -> Result<Argon2<'static>> {
    let params = Params::new(MEMORY_KIB, PASSES, 1, None).map_err(|e| StoreFault::Other(e.to_string()))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Refused where a PIN is too weak for `name`: before anybody types it again.
pub fn strong(pin: &str, name: &str) -> Result<()> {
    Ok(pins::strong(&pins::folded(pin), name)?)
}

/// The argon2id hash of a PIN that is strong enough, as a PHC string.
pub fn hash(pin: &str, name: &str) -> Result<String> {
    strong(pin, name)?;
    let pin = pins::folded(pin);
    let hash = hasher()?.hash_password(pin.as_bytes());
    Ok(hash.map(|h| h.to_string()).map_err(|e| StoreFault::Other(e.to_string()))?)
}

/// Whether a hash was made with less work than today's.
fn is_old(stored: &str) -> bool {
    let params = PasswordHash::new(stored).ok().and_then(|hash| Params::try_from(&hash).ok());
    params.is_some_and(|p| p.m_cost() < MEMORY_KIB || p.t_cost() < PASSES)
}

pub(super) fn fits(stored: &str, pin: &str) -> bool {
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
    // Nothing typed is no attempt.
    let pin = pin.filter(|pin| !pin.trim().is_empty()).ok_or_else(|| Refusal::new(PIN_NEEDED).with("name", name))?;
    not_locked(site, row)?;
    if !fits(stored, pin) {
        return Err(count(site, row)?.into());
    }
    // Somebody else's wrong one may have locked the account while this one was looked at.
    not_locked(site, row)?;
    let pin_hash = if renew == Renew::IfOld && is_old(stored) { hash(pin, name).ok() } else { None };
    if let Some(wrong) = beside(site) {
        // What stays in the file locks for longer than it should, and nobody is let in for it.
        let _ = wrong.forget(row.id);
    }
    if in_doubt(site) {
        return Ok(());
    }
    let failed = rows::count::<PinFailureRow>(site.store().db(), "WHERE operator = ?1", [row.id])? > 0;
    if failed || pin_hash.is_some() {
        // A right PIN is right also where nothing can be written: the count then stays.
        let (renewed, proven) = (pin_hash.is_some(), stored.clone());
        let _ = site.perform_as(&bare(row), &PinProven { operator: row.id, renewed, pin_hash, proven });
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
    let failed = failed.map(|f| Wrong { failures: f.failures, last_at: f.last_at });
    let beside = beside(site).and_then(|wrong| wrong.of(operator));
    let locks = [failed, beside].into_iter().flatten();
    Ok(locks.filter_map(|w| pins::locked_for(w.failures, w.last_at, site.now())).max())
}

/// Where wrong PINs are counted while nothing may or can be written into the database: it is no place to guess them either.
fn beside(site: &Site) -> Option<WrongPins> {
    site.file().map(WrongPins::beside)
}

fn in_doubt(site: &Site) -> bool {
    !site.is_read_only() && site.held().before(site.store().db()).is_err()
}

/// Counts a wrong PIN; gives what to say. Where nothing can be written it is wrong all the same.
fn count(site: &Site, row: &OperatorRow) -> Result<Refusal> {
    let name = row.name.as_str();
    let failures = match site.perform_as(&bare(row), &PinFailed { operator: row.id }) {
        Ok(done) => done.out,
        // In doubt, or a full disk: a file of a few bytes may still be written.
        Err(_) => count_beside(site, row.id)?,
    };
    Ok(match pins::lock_seconds(failures) {
        0 => Refusal::new(WRONG_PIN).with("name", name).with("left", pins::tries_left(failures)),
        seconds => Refusal::new(WRONG_AND_LOCKED).with("name", name).with("seconds", seconds),
    })
}

/// 0 on a site that is only looked at.
fn count_beside(site: &Site, operator: OperatorId) -> Result<i64> {
    let Some(wrong) = beside(site).filter(|_| !site.is_read_only()) else { return Ok(0) };
    let failed = rows::first::<PinFailureRow>(site.store().db(), "WHERE operator = ?1", [operator])?;
    let before = failed.map_or(0, |f| f.failures);
    Ok(wrong.count(operator, before, site.now()).unwrap_or(0))
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
    const PART: Part = Part::Beside;
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
    /// The hash that the PIN fitted.
    #[serde(skip)]
    proven: String,
}

impl Operation for PinProven {
    const KIND: &'static str = "operator.pin_proven";
    const ROLES: &'static [Role] = &[];
    const UNDO: Undo = Undo::Never;
    const PART: Part = Part::Beside;
    type Out = ();

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<()> {
        // Another PIN was set meanwhile: this one proves nothing any more.
        if !is_still(work, self.operator, Some(&self.proven))? {
            return Ok(());
        }
        forget_failures(work, self.operator)?;
        if let Some(hash) = &self.pin_hash {
            set_pin(work, self.operator, hash)?;
        }
        Ok(())
    }
}

/// Whether the operator's PIN is still the one with this hash, or still none.
pub(super) fn is_still(work: &Work<'_, '_>, operator: OperatorId, hash: Option<&str>) -> Result<bool> {
    let row = rows::first::<OperatorRow>(work.tx.db(), "WHERE id = ?1", [operator])?;
    Ok(row.is_some_and(|row| row.pin.as_deref() == hash))
}

pub(super) fn forget_failures(work: &mut Work<'_, '_>, operator: OperatorId) -> Result<()> {
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
