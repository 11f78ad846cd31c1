//! Forming the group of assessors of a room from those who are assigned to it.
use super::{Choice, Panel};
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::assess::{self, Form, Place};
use crate::text::staffing::refusal;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::Flow;

pub const NO_ROOM: Code = Code("assess.no_room");

/// Asks which room, of those with candidates who are with no group.
pub fn form(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let places: Vec<Place> = assess::places(cx.site)?.into_iter().filter(|place| place.free > 0).collect();
    if places.is_empty() {
        return Err(Refusal::new(NO_ROOM).into());
    }
    let line = |place: &Place| {
        let (room, free, assigned) = (place.number.to_string(), place.free.to_string(), place.assigned.to_string());
        let args = [("session", place.code.as_str()), ("room", &room), ("free", &free), ("assigned", &assigned)];
        cx.locale.say("assess.room_line", &args)
    };
    let items = places.iter().map(line).collect();
    let chosen = pane.chosen.clone();
    let then = Box::new(move |cx: &mut Cx<'_>, row: usize| match places.get(row) {
        Some(place) => ask(cx, place, chosen),
        None => Ok(Flow::Close),
    });
    Ok(Flow::Open(Picker::ask(cx.locale.word("action.panel.group").to_owned(), items, 0, then)))
}

type Chosen = std::rc::Rc<std::cell::Cell<Option<Choice>>>;

/// Says whom the group would have before it is formed.
fn ask(cx: &mut Cx<'_>, place: &Place, chosen: Chosen) -> Result<Flow> {
    let room = place.number.to_string();
    let name = cx.locale.say("assess.default_name", &[("session", &place.code), ("room", &room)]);
    let form = Form { session: place.session, room: place.room, name, members: None, lead: None, reason: None };
    let would = cx.site.preview(&form)?.out;
    let (members, candidates) = (would.members.to_string(), would.candidates.to_string());
    let args =
        [("panel", would.name.as_str()), ("lead", &would.lead), ("members", &members), ("candidates", &candidates)];
    let mut body = cx.locale.say("assess.form_body", &args);
    for objection in &would.set_aside {
        let what = refusal(cx.locale, &objection.refusal);
        body = format!("{body}\n{}", cx.locale.say("assess.set_aside", &[("what", &what)]));
    }
    let then = Box::new(move |cx: &mut Cx<'_>| {
        let out = cx.perform(&form)?.out;
        let (members, candidates) = (out.members.to_string(), out.candidates.to_string());
        let args =
            [("panel", out.name.as_str()), ("lead", &out.lead), ("members", &members), ("candidates", &candidates)];
        cx.say(Tone::Good, "assess.formed", &args);
        chosen.set(Some(Choice::Formed(out.panel)));
        Ok(Flow::Close)
    });
    let title = cx.locale.word("kind.assess.form").to_owned();
    Ok(Flow::Replace(Confirm::ask(title, body, candidates, then)))
}
