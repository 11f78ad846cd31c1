//! A special need of somebody who sits here: the seat is kept for them.
use super::Seating;
use super::carry::undo_key;
use crate::model::ApplicationId;
use crate::ops::Result;
use crate::ops::seating::edit::{ClearNeed, SetNeed};
use crate::ops::seating::need_of;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Layer};

pub fn need(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let (Some(person), Some(room)) = (pane.person(), pane.room_number()) else { return Ok(Flow::Stay) };
    let (who, name, seat) = (person.application, person.name.clone(), (room, pane.cursor));
    cx.site.preview(&SetNeed { application: who, need: name.clone(), seat: Some(seat) })?;
    let Some(known) = need_of(cx.site, who)? else { return Ok(Flow::Open(ask(cx, (who, &name), seat, ""))) };
    let items = ["seat.need_change", "seat.need_clear", "seat.leave_it"].map(|key| cx.locale.word(key).to_owned());
    let title = cx.locale.say("seat.need_title", &[("name", &name)]);
    let text = known.need.clone();
    let then = move |cx: &mut Cx<'_>, n: usize| match n {
        0 => Ok(Flow::Open(ask(cx, (who, &name), seat, &text))),
        1 => {
            let done = cx.perform(&ClearNeed { application: who })?;
            let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx));
            cx.say(Tone::Good, "seat.need_cleared_undo", &[("name", &done.out), ("op", &op), ("key", &key)]);
            Ok(Flow::Close)
        }
        _ => Ok(Flow::Close),
    };
    Ok(Flow::Open(Choice::ask(title, vec![known.need], items.into(), Box::new(then))))
}

fn ask(cx: &Cx<'_>, (who, name): (ApplicationId, &str), seat: (i64, i64), text: &str) -> Box<dyn Layer> {
    let title = cx.locale.say("seat.need_title", &[("name", name)]);
    let body = cx.locale.say("seat.need_body", &[("seat", &format!("{}-{:02}", seat.0, seat.1))]);
    let then = move |cx: &mut Cx<'_>, need: String| {
        let done = cx.perform(&SetNeed { application: who, need, seat: Some(seat) })?;
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx));
        cx.say(Tone::Good, "seat.need_set_undo", &[("name", &done.out.name), ("op", &op), ("key", &key)]);
        Ok(Flow::Close)
    };
    Reason::edit(title, body, text, Box::new(then))
}
