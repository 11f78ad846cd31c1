//! Venues from the page of rooms: adding one, changing name, unit, address and telephone.
use super::Rooms;
use super::asks::{done, number};
use crate::model::{Code, Refusal};
use crate::ops::rooms::{AddVenue, ChangeVenue, venues};
use crate::ops::{Result, VenueRow};
use crate::tui::cx::Cx;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Layer};

pub const NO_VENUE_YET: Code = Code("rooms.no_venue_yet");
pub const BAD_VENUE: Code = Code("rooms.bad_venue");

/// Code and name in one line, then whose people sit there.
pub fn add(_: &mut Rooms, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("venue_form.add_title").to_owned();
    let body = cx.locale.word("venue_form.add_body").to_owned();
    let then = |cx: &mut Cx<'_>, text: String| {
        let parts = text.trim().split_once([' ', '\u{3000}']);
        let (code, name) = parts.ok_or_else(|| Refusal::new(BAD_VENUE))?;
        let (code, name) = (number(code)?, name.trim().to_owned());
        Ok(Flow::Open(unit(cx, None, move |cx, unit| {
            let venue = AddVenue { code, name: name.clone(), unit, address: None, phone: None };
            done(cx, &venue, ("rooms.venue_added", &[("code", &code.to_string()), ("name", &name)]))
        })?))
    };
    Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
}

/// Everybody's, or a unit of the policy.
fn unit(
    cx: &Cx<'_>,
    now: Option<&str>,
    then: impl FnOnce(&mut Cx<'_>, Option<String>) -> Result<Flow> + 'static,
) -> Result<Box<dyn Layer>> {
    let policy = cx.site.policy()?;
    let codes: Vec<_> = policy.units.list.iter().map(|u| u.code.clone()).collect();
    let mut items = vec![cx.locale.word("rooms.any_unit").to_owned()];
    items.extend(policy.units.list.iter().map(|u| u.name.clone()));
    let at = codes.iter().position(|code| Some(code.as_str()) == now).map_or(0, |n| n + 1);
    let title = cx.locale.word("venue_form.unit_title").to_owned();
    let chosen = move |cx: &mut Cx<'_>, n: usize| then(cx, n.checked_sub(1).and_then(|n| codes.get(n).cloned()));
    Ok(Picker::ask(title, items, at, Box::new(chosen)))
}

pub fn change(_: &mut Rooms, cx: &mut Cx<'_>) -> Result<Flow> {
    let venues = venues(cx.site)?;
    if venues.is_empty() {
        return Err(Refusal::new(NO_VENUE_YET).into());
    }
    let items = venues.iter().map(|v| format!("{}  {}", v.code, v.name)).collect();
    let title = cx.locale.word("venue_form.change_title").to_owned();
    let then = move |cx: &mut Cx<'_>, n: usize| match venues.into_iter().nth(n) {
        Some(venue) => Ok(Flow::Open(name(cx, venue))),
        None => Ok(Flow::Close),
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

/// Name, address, telephone, unit, one after another; what is left as it is stays.
fn name(cx: &Cx<'_>, venue: VenueRow) -> Box<dyn Layer> {
    let (title, body) = (title(cx), cx.locale.word("venue_form.name_body").to_owned());
    let before = venue.name.clone();
    let then = move |cx: &mut Cx<'_>, name: String| Ok(Flow::Open(address(cx, VenueRow { name, ..venue })));
    Reason::edit(title, body, &before, Box::new(then))
}

fn address(cx: &Cx<'_>, venue: VenueRow) -> Box<dyn Layer> {
    let (title, body) = (title(cx), cx.locale.word("venue_form.address_body").to_owned());
    let before = venue.address.clone().unwrap_or_default();
    let then =
        move |cx: &mut Cx<'_>, address: String| Ok(Flow::Open(phone(cx, VenueRow { address: Some(address), ..venue })));
    Reason::edit_or_nothing(title, body, &before, Box::new(then))
}

fn phone(cx: &Cx<'_>, venue: VenueRow) -> Box<dyn Layer> {
    let (title, body) = (title(cx), cx.locale.word("venue_form.phone_body").to_owned());
    let before = venue.phone.clone().unwrap_or_default();
    let then = move |cx: &mut Cx<'_>, phone: String| {
        let now = venue.unit.clone();
        Ok(Flow::Open(unit(cx, now.as_deref(), move |cx, unit| {
            let (code, name) = (venue.code.to_string(), venue.name.clone());
            let change = ChangeVenue {
                code: venue.code,
                name: Some(venue.name),
                unit: Some(unit.unwrap_or_default()),
                address: venue.address,
                phone: Some(phone),
            };
            done(cx, &change, ("rooms.venue_changed", &[("code", &code), ("name", &name)]))
        })?))
    };
    Reason::edit_or_nothing(title, body, &before, Box::new(then))
}

fn title(cx: &Cx<'_>) -> String {
    cx.locale.word("venue_form.change_title").to_owned()
}
