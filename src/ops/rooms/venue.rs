//! `rooms.add_venue`, `rooms.change_venue`: places with rooms. Where a notice sets sites by league, a venue belongs to one
//! of its units, and only that unit's people sit there (S1-32).
use super::{NO_NAME, OTHER_PEOPLE, UNKNOWN_UNIT, VENUE_CODE, VENUE_TAKEN, find_venue, some};
use crate::model::{Refusal, Role, VenueId};
use crate::ops::{Operation, Result, Site, Work};
use crate::store::views::venues as view;
use crate::store::{VenueRow, rows};
use serde::Serialize;

#[derive(Debug, Serialize)]
pub struct AddVenue {
    /// 0 to 9999, in ticket numbers.
    pub code: i64,
    pub name: String,
    /// Code or name of a unit of the policy; `None`: everybody's.
    pub unit: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct VenueAdded {
    pub code: i64,
    pub name: String,
}

/// What is `None` stays; an empty text takes the value away.
#[derive(Debug, Default, Serialize)]
pub struct ChangeVenue {
    pub code: i64,
    pub name: Option<String>,
    pub unit: Option<String>,
    pub address: Option<String>,
    pub phone: Option<String>,
}

impl Operation for AddVenue {
    const KIND: &'static str = "rooms.add_venue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = VenueAdded;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<VenueAdded> {
        let (batch, code) = (work.batch()?.id, self.code);
        if !(0..=9999).contains(&code) {
            return Err(Refusal::new(VENUE_CODE).with("code", code).into());
        }
        if rows::count::<VenueRow>(work.tx.db(), "WHERE batch = ?1 AND code = ?2", (batch, code))? > 0 {
            return Err(Refusal::new(VENUE_TAKEN).with("code", code).into());
        }
        let name = some(Some(&self.name)).ok_or_else(|| Refusal::new(NO_NAME))?;
        let unit = unit(work, self.unit.as_deref())?;
        let (address, phone) = (some(self.address.as_deref()), some(self.phone.as_deref()));
        let id = VenueId(work.tx.next_id::<VenueRow>()?);
        work.tx.insert(&VenueRow { id, batch, code, name: name.clone(), unit, address, phone })?;
        Ok(VenueAdded { code, name })
    }
}

impl Operation for ChangeVenue {
    const KIND: &'static str = "rooms.change_venue";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = VenueAdded;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<VenueAdded> {
        let before = find_venue(work, self.code)?;
        let other = |new: &Option<String>, old: &Option<String>| match new {
            Some(text) => some(Some(text)),
            None => old.clone(),
        };
        let name = other(&self.name, &Some(before.name.clone())).ok_or_else(|| Refusal::new(NO_NAME))?;
        let unit = match &self.unit {
            Some(text) => unit(work, Some(text))?,
            None => before.unit.clone(),
        };
        if let Some(unit) = unit.as_deref().filter(|_| unit != before.unit) {
            let strangers = view::of_other_units(work.tx.db(), before.id, unit)?;
            if strangers > 0 {
                return Err(Refusal::new(OTHER_PEOPLE)
                    .with("venue", before.name.as_str())
                    .with("count", strangers)
                    .into());
            }
        }
        let (address, phone) = (other(&self.address, &before.address), other(&self.phone, &before.phone));
        let after = VenueRow { name, unit, address, phone, ..before.clone() };
        if after != before {
            work.tx.update(&before, &after)?;
        }
        Ok(VenueAdded { code: after.code, name: after.name })
    }
}

/// The code of a unit that is named by code or name.
fn unit(work: &Work<'_, '_>, text: Option<&str>) -> Result<Option<String>> {
    let Some(text) = some(text) else { return Ok(None) };
    let units = &work.policy()?.units.list;
    let found = units.iter().find(|u| u.code == text || u.name == text);
    let known = || units.iter().map(|u| u.code.as_str()).collect::<Vec<_>>().join(" ");
    let found = found.ok_or_else(|| Refusal::new(UNKNOWN_UNIT).with("unit", text.as_str()).with("units", known()))?;
    Ok(Some(found.code.clone()))
}

/// The first venue of the batch; one with the site's own code and name where nobody has entered any.
pub(in crate::ops) fn first_venue(work: &mut Work<'_, '_>) -> Result<VenueRow> {
    let batch = work.batch()?.id;
    if let Some(venue) = rows::first::<VenueRow>(work.tx.db(), "WHERE batch = ?1 ORDER BY code", [batch])? {
        return Ok(venue);
    }
    let code = work.site.code.parse().ok().filter(|code| (0..=9999).contains(code));
    let code = code.ok_or_else(|| Refusal::new(VENUE_CODE).with("code", work.site.code.as_str()))?;
    let id = VenueId(work.tx.next_id::<VenueRow>()?);
    let name = work.site.name.clone();
    let row = VenueRow { id, batch, code, name, unit: None, address: None, phone: None };
    work.tx.insert(&row)?;
    Ok(row)
}

/// The venues of the batch at hand, by code.
pub fn venues(site: &Site) -> Result<Vec<VenueRow>> {
    Ok(rows::select::<VenueRow>(site.store().db(), "WHERE batch = ?1 ORDER BY code", [site.batch()?.id])?)
}
