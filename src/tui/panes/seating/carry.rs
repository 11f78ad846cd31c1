//! Picking somebody up and putting them down: on a free seat, or in the place of somebody else.
use super::{Carried, Seating};
use crate::model::{Code, Refusal};
use crate::ops::seating::edit::{Move, Reseated, Scope, Swap, Unseat};
use crate::ops::{Done, Operation, Result};
use crate::text::seating::{reseated, short, warning};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;
use std::rc::Rc;

pub const NOBODY_HERE: Code = Code("seat.nobody_here");

pub fn nobody_here(pane: &Seating) -> Result<(), Refusal> {
    match pane.person() {
        Some(_) => Ok(()),
        None => Err(Refusal::new(NOBODY_HERE).with("seat", pane.cursor)),
    }
}

pub fn pick_up(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    crate::ops::seating::may_edit(cx.site)?;
    let (Some(person), Some(room)) = (pane.person(), pane.room_number()) else { return Ok(Flow::Stay) };
    let (who, name) = (person.application, person.name.clone());
    pane.carried = Some(Carried { who, name, from: (room, pane.cursor), session: pane.shown_session().map(|s| s.id) });
    Ok(Flow::Stay)
}

/// Tries it, says what would happen, and asks.
pub fn put_down(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let (Some(carried), Some(room)) = (&pane.carried, pane.room_number()) else { return Ok(Flow::Stay) };
    let (who, session, place) = (carried.who, carried.session, (room, pane.cursor));
    if carried.from == place {
        pane.carried = None;
        return Ok(Flow::Stay);
    }
    match pane.person().map(|p| p.application) {
        Some(other) => {
            let swap = |scope| Swap { one: who, other, session, scope };
            ask(pane, cx, (swap(Scope::Same), swap(Scope::One)), place)
        }
        None => {
            let (room, seat) = place;
            let to = |scope| Move { application: who, room, seat, session, scope };
            ask(pane, cx, (to(Scope::Same), to(Scope::One)), place)
        }
    }
}

/// In all sessions with these seats, in the one shown, or not at all.
fn ask<O>(pane: &Seating, cx: &mut Cx<'_>, (all, one): (O, O), place: (i64, i64)) -> Result<Flow>
where
    O: Operation<Out = Reseated> + 'static,
{
    let preview = cx.site.preview(&all)?.out;
    let word = |key: &str| cx.locale.word(key).to_owned();
    let sessions = preview.moved.iter().map(|m| m.sessions.len()).max().unwrap_or(0);
    let shown = pane.shown_session().map(|s| s.code.clone()).unwrap_or_default();
    let mut items = vec![word("seat.do_it")];
    if sessions > 1 {
        items.push(cx.locale.say("seat.do_it_once", &[("session", &shown)]));
    }
    items.push(word("seat.leave_it"));
    let last = items.len() - 1;
    let key = if preview.moved.len() > 1 { "seat.swap_title" } else { "seat.move_title" };
    let landed = Rc::clone(&pane.landed);
    let then = move |cx: &mut Cx<'_>, choice: usize| {
        if choice == last {
            return Ok(Flow::Close);
        }
        let done = if choice == 0 { cx.perform(&all)? } else { cx.perform(&one)? };
        landed.set(Some(place));
        say(cx, &done);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Choice::ask(word(key), reseated(cx.locale, &preview), items, Box::new(then))))
}

/// What was done, what to mind, how to take it back.
pub fn say(cx: &mut Cx<'_>, done: &Done<Reseated>) {
    let what = short(cx.locale, &done.out);
    let op = done.op.map_or(0, |n| n.0).to_string();
    let text = cx.locale.say("seat.done_undo", &[("what", &what), ("op", &op), ("key", &undo_key(cx))]);
    let printed = done.out.moved.iter().any(|m| m.ticket.printed_is_wrong);
    let printed = printed.then(|| cx.locale.word("seat.print_again").to_owned());
    let mind: Vec<String> = warning(cx.locale, &done.out).into_iter().chain(printed).collect();
    if mind.is_empty() {
        cx.toast(Tone::Good, text);
    } else {
        cx.toast(Tone::Warn, format!("{} {text}", mind.join(" ")));
    }
}

pub fn undo_key(cx: &Cx<'_>) -> String {
    cx.seen().key("seating", "app.undo")
}

pub fn unseat(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(person) = pane.person() else { return Ok(Flow::Stay) };
    let (application, name) = (person.application, person.name.clone());
    // Refused before anything is typed when it cannot be.
    cx.site.preview(&Unseat { application, reason: name.clone() })?;
    let title = cx.locale.say("seat.unseat_title", &[("name", &name)]);
    let body = cx.locale.word("seat.unseat_body").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Unseat { application, reason })?;
        say(cx, &done);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}
