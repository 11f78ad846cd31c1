//! Signing on: by the OS account, by the key of an SSH session, or by a name with a PIN.
use super::operators::{UNKNOWN, active};
use super::own_pin::is_unclaimed;
use super::pin::{self, Renew};
use crate::model::{Code, Refusal};
use crate::ops::{Actor, Result, Site};
use crate::store::rows::{self, Connection};
use crate::store::{OperatorKeyRow, OperatorRow, Pins};

pub const NOT_SIGNED_ON: Code = Code("operator.not_signed_on");
/// The site wants PINs, and this operator has neither one nor a binding.
pub const PIN_MISSING: Code = Code("operator.pin_missing");
/// The same of an administrator whom nobody else could give one.
pub const PIN_UNCLAIMED: Code = Code("operator.pin_unclaimed");
/// The operator comes by a key, and none of theirs was shown.
pub const KEY_NEEDED: Code = Code("operator.key_needed");
pub const KEY_UNKNOWN: Code = Code("operator.key_unknown");
/// The name that was given is not that of the key.
pub const KEY_DISAGREES: Code = Code("operator.key_disagrees");
/// The session came over SSH and nobody says by which key.
pub const KEY_NOT_TOLD: Code = Code("operator.key_not_told");

/// How somebody says who they are.
#[derive(Debug, Clone)]
pub enum Credential<'a> {
    /// The account that the process runs as.
    OsUser(&'a str),
    /// A name, with the PIN where that operator has one.
    Named { name: &'a str, pin: Option<&'a str>, os_user: Option<&'a str> },
}

/// Where somebody comes from.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub enum Way<'a> {
    #[default]
    Console,
    /// With the fingerprints of the keys that sshd let them in by, as far as it says so.
    Ssh(&'a [String]),
}

/// Makes the operator the site's actor, at the console.
pub fn sign_on(site: &mut Site, credential: &Credential<'_>) -> Result<()> {
    sign_on_by(site, credential, Way::Console)
}

/// Makes the operator the site's actor. One whom the OS account or the key names needs no PIN; a name alone never
/// stands against a key, a binding or a PIN.
///
/// As soon as the site knows any key, keys and not accounts say who comes over SSH: there everybody shares one account.
pub fn sign_on_by(site: &mut Site, credential: &Credential<'_>, way: Way<'_>) -> Result<()> {
    let (row, vouched) = who(site, credential, way)?;
    let roles = row.role_list();
    site.set_actor(Actor { id: Some(row.id), name: row.name, roles });
    site.set_vouched(vouched);
    Ok(())
}

/// Whether [`sign_on`] would let them, before the former operator's work is put away.
pub fn may_sign_on(site: &Site, credential: &Credential<'_>) -> Result<()> {
    who(site, credential, Way::Console).map(drop)
}

/// The operator, and whether something else than a name or PIN says so.
fn who(site: &Site, credential: &Credential<'_>, way: Way<'_>) -> Result<(OperatorRow, bool)> {
    let by_key = of_session(site.store().db(), way)?;
    Ok(match (credential, by_key) {
        (Credential::Named { name, .. }, Some(key)) if *name != key.name => {
            return Err(Refusal::new(KEY_DISAGREES).with("name", *name).with("owner", key.name).into());
        }
        (_, Some(key)) => (key, true),
        (Credential::OsUser(user), None) => {
            keys_speak(site, way)?;
            let filter = "WHERE os_user = ?1 AND disabled = 0";
            let row = rows::first::<OperatorRow>(site.store().db(), filter, [user])?;
            (row.ok_or_else(|| Refusal::new(NOT_SIGNED_ON).with("user", *user))?, true)
        }
        (Credential::Named { name, pin, os_user }, None) => {
            let row = active(site.store().db(), name)?;
            let account = row.os_user.is_some() && row.os_user.as_deref() == *os_user;
            let vouched = account && keys_speak(site, way).is_ok();
            if !vouched {
                by_name(site, &row, *pin)?;
            }
            (row, vouched)
        }
    })
}

/// The operator whose key let the session in.
fn of_session(db: &Connection, way: Way<'_>) -> Result<Option<OperatorRow>> {
    let Way::Ssh(prints) = way else { return Ok(None) };
    for print in prints {
        if let Some(key) = rows::first::<OperatorKeyRow>(db, "WHERE fingerprint = ?1", [print])? {
            return Ok(rows::first::<OperatorRow>(db, "WHERE id = ?1 AND disabled = 0", [key.operator])?);
        }
    }
    Ok(None)
}

/// Refused where keys say who comes, and this session's says nothing.
fn keys_speak(site: &Site, way: Way<'_>) -> Result<()> {
    let Way::Ssh(prints) = way else { return Ok(()) };
    if rows::count::<OperatorKeyRow>(site.store().db(), "", [])? == 0 {
        return Ok(());
    }
    Err(match prints.first() {
        Some(print) => Refusal::new(KEY_UNKNOWN).with("key", print.as_str()),
        None => Refusal::new(KEY_NOT_TOLD),
    }
    .into())
}

/// By the PIN; without one only where the site lets names be believed, and nothing else names the operator.
fn by_name(site: &Site, row: &OperatorRow, pin: Option<&str>) -> Result<()> {
    if row.pin.is_some() {
        return pin::check(site, row, pin, Renew::IfOld);
    }
    let name = row.name.as_str();
    if rows::count::<OperatorKeyRow>(site.store().db(), "WHERE operator = ?1", [row.id])? > 0 {
        return Err(Refusal::new(KEY_NEEDED).with("name", name).into());
    }
    match super::pins_of(site)? {
        Pins::Required if is_unclaimed(site, row)? => Err(Refusal::new(PIN_UNCLAIMED).with("name", name).into()),
        Pins::Required => Err(Refusal::new(PIN_MISSING).with("name", name).into()),
        Pins::Optional => Ok(()),
    }
}

/// Whether the signed-on operator has a PIN.
pub fn has_pin(site: &Site) -> Result<bool> {
    Ok(own_row(site)?.is_some_and(|row| row.pin.is_some()))
}

/// Asks the signed-on operator's PIN again, also of one whom the OS account vouched for. Whether there is one.
pub fn prove(site: &Site, pin: Option<&str>) -> Result<bool> {
    let Some(row) = own_row(site)? else { return Ok(false) };
    pin::vouch(site, &row, pin)?;
    Ok(row.pin.is_some())
}

fn own_row(site: &Site) -> Result<Option<OperatorRow>> {
    let Some(id) = site.actor().id else { return Ok(None) };
    Ok(rows::first::<OperatorRow>(site.store().db(), "WHERE id = ?1", [id])?)
}

/// An operator who may sign on again: refused when disabled meanwhile.
pub fn still_here(site: &Site) -> Result<bool> {
    match own_row(site)? {
        Some(row) if row.disabled => Err(Refusal::new(UNKNOWN).with("name", row.name).into()),
        Some(_) => Ok(true),
        None => Ok(false),
    }
}
