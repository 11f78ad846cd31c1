//! Signing on: the operator bound to the OS account, or a named one with a PIN.
use super::operators::UNKNOWN;
use crate::model::{Code, Refusal};
use crate::ops::{Actor, Result, Site};
use crate::store::{OperatorRow, rows};
use argon2::Argon2;
use argon2::password_hash::PasswordVerifier;
use argon2::password_hash::phc::PasswordHash;

pub const NOT_SIGNED_ON: Code = Code("operator.not_signed_on");
pub const WRONG_PIN: Code = Code("operator.wrong_pin");
pub const PIN_NEEDED: Code = Code("operator.pin_needed");

/// How somebody says who they are.
#[derive(Debug, Clone)]
pub enum Credential<'a> {
    /// The account that the process runs as.
    OsUser(&'a str),
    /// A name, with the PIN where that operator has one.
    Named { name: &'a str, pin: Option<&'a str>, os_user: Option<&'a str> },
}

/// Makes the operator the site's actor. An operator bound to the very OS account needs no PIN.
pub fn sign_on(site: &mut Site, credential: &Credential<'_>) -> Result<()> {
    let db = site.store().db();
    let row = match credential {
        Credential::OsUser(user) => rows::first::<OperatorRow>(db, "WHERE os_user = ?1 AND disabled = 0", [user])?
            .ok_or_else(|| Refusal::new(NOT_SIGNED_ON).with("user", *user))?,
        Credential::Named { name, pin, os_user } => {
            let row = rows::first::<OperatorRow>(db, "WHERE name = ?1 AND disabled = 0", [name])?
                .ok_or_else(|| Refusal::new(UNKNOWN).with("name", *name))?;
            let bound = row.os_user.is_some() && row.os_user.as_deref() == *os_user;
            if !bound {
                check_pin(&row, *pin)?;
            }
            row
        }
    };
    let roles = row.role_list();
    site.set_actor(Actor { id: Some(row.id), name: row.name, roles });
    Ok(())
}

/// Whether the signed-on operator has a PIN.
pub fn has_pin(site: &Site) -> Result<bool> {
    Ok(own_row(site)?.is_some_and(|row| row.pin.is_some()))
}

/// Asks the signed-on operator's PIN again, also of one whom the OS account vouched for. Whether there is one.
pub fn prove(site: &Site, pin: Option<&str>) -> Result<bool> {
    let Some(row) = own_row(site)? else { return Ok(false) };
    check_pin(&row, pin)?;
    Ok(row.pin.is_some())
}

fn own_row(site: &Site) -> Result<Option<OperatorRow>> {
    let Some(id) = site.actor().id else { return Ok(None) };
    Ok(rows::first::<OperatorRow>(site.store().db(), "WHERE id = ?1", [id])?)
}

/// Whether the PIN is the operator's, at whoever's terminal. One without a PIN is believed.
pub(in crate::ops) fn vouch(row: &OperatorRow, pin: Option<&str>) -> Result<()> {
    check_pin(row, pin)
}

fn check_pin(row: &OperatorRow, pin: Option<&str>) -> Result<()> {
    let Some(stored) = &row.pin else { return Ok(()) };
    let pin = pin.ok_or_else(|| Refusal::new(PIN_NEEDED).with("name", row.name.as_str()))?;
    let wrong = || Refusal::new(WRONG_PIN).with("name", row.name.as_str());
    let hash = PasswordHash::new(stored).map_err(|_| wrong())?;
    Argon2::default().verify_password(pin.as_bytes(), &hash).map_err(|_| wrong())?;
    Ok(())
}
