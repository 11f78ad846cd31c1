//! Signing a closing: with the operator's PIN, or with the number of people where there is none.
use crate::model::{Code, Refusal, RoomId, SessionId};
use crate::ops::{Result, Site, upkeep};
use serde::Serialize;

/// The number that was typed is not the number on the list.
pub const WRONG_COUNT: Code = Code("checkin.wrong_count");
/// Between showing the list and signing it somebody came, or went.
pub const LIST_CHANGED: Code = Code("checkin.list_changed");

/// What somebody gives who signs.
#[derive(Debug, Clone, Copy)]
pub enum Proof<'a> {
    Pin(&'a str),
    /// People on the list.
    Count(usize),
}

/// A list of people who become absent, signed. Made by [`sign`] alone; the PIN is not in it.
#[derive(Debug, Clone, Serialize)]
pub struct Signed {
    pub(super) by: String,
    pub(super) with: &'static str,
    pub(super) people: usize,
}

/// Whether the signed-on operator signs with a PIN.
pub fn needs_pin(site: &Site) -> Result<bool> {
    upkeep::has_pin(site)
}

/// Signs the list of those who are still expected, as it stands now.
pub fn sign(site: &Site, (session, room): (SessionId, Option<RoomId>), proof: Proof<'_>) -> Result<Signed> {
    let people = super::expected(site, session, room)?.len();
    let pin = match proof {
        Proof::Pin(pin) => Some(pin),
        Proof::Count(_) => None,
    };
    let with = if upkeep::prove(site, pin)? { "pin" } else { "count" };
    match proof {
        Proof::Count(count) if count != people => {
            Err(Refusal::new(WRONG_COUNT).with("typed", count).with("count", people).into())
        }
        _ => Ok(Signed { by: site.actor().name.clone(), with, people }),
    }
}
