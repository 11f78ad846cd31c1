//! That somebody is at this terminal: their PIN is checked here and goes no further.
use crate::model::{Code, OperatorId, Refusal};
use crate::ops::upkeep::{NOT_SIGNED_ON, UNKNOWN_OPERATOR, vouch};
use crate::ops::{OperatorRow, Result, Site};
use crate::store::rows;

pub const NO_PIN: Code = Code("together.no_pin");

/// Made by [`own`] and [`of`] only.
#[derive(Debug, Clone)]
pub(super) struct Proof(pub(super) OperatorRow);

impl Proof {
    pub(super) fn operator(&self) -> OperatorId {
        self.0.id
    }
}

/// Of whoever is signed on.
pub(super) fn own(site: &Site, pin: &str) -> Result<Proof> {
    let me = site.actor().id.ok_or_else(|| Refusal::new(NOT_SIGNED_ON).with("user", site.actor().name.as_str()))?;
    let row = rows::first::<OperatorRow>(site.store().db(), "WHERE id = ?1 AND disabled = 0", [me])?;
    check(site, row, (&site.actor().name, pin))
}

/// Of somebody else, by name.
pub(super) fn of(site: &Site, name: &str, pin: &str) -> Result<Proof> {
    let row = rows::first::<OperatorRow>(site.store().db(), "WHERE name = ?1 AND disabled = 0", [name])?;
    check(site, row, (name, pin))
}

fn check(site: &Site, row: Option<OperatorRow>, (name, pin): (&str, &str)) -> Result<Proof> {
    let row = row.ok_or_else(|| Refusal::new(UNKNOWN_OPERATOR).with("name", name))?;
    if row.pin.is_none() {
        return Err(Refusal::new(NO_PIN).with("name", row.name).into());
    }
    vouch(site, &row, Some(pin))?;
    Ok(Proof(row))
}
