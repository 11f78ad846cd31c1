//! Closing a room with its people, opening it again; a desk that cannot be used.
use super::Seating;
use super::carry::undo_key;
use crate::ops::Result;
use crate::ops::rooms::{BreakSeat, Close, MendSeat, Reopen, Then};
use crate::ops::seating::edit::Reseated;
use crate::text::seating::warning;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub fn close(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(room) = pane.chart.as_ref().map(|c| c.room.clone()) else { return Ok(Flow::Stay) };
    let number = room.number.to_string();
    if room.closed.is_some() {
        let done = cx.perform(&Reopen { room: room.number })?;
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx));
        cx.say(Tone::Good, "rooms.reopened_undo", &[("room", &number), ("op", &op), ("key", &key)]);
        return Ok(Flow::Stay);
    }
    let title = cx.locale.say("rooms.close_title", &[("room", &number)]);
    let body = cx.locale.word("rooms.close_body").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| which(cx, room.number, reason);
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// What each way would come to, then the choice. A room without people is closed at once.
fn which(cx: &mut Cx<'_>, room: i64, reason: String) -> Result<Flow> {
    let close = |then: Then| Close { room, then, reason: reason.clone() };
    let (spread, unseat) = (close(Then::Spread), close(Then::Unseat));
    let preview = cx.site.preview(&spread)?.out;
    if preview.moved.is_empty() {
        return perform(cx, &unseat);
    }
    let (seated, none, all) = (preview.seated().to_string(), preview.unseated().to_string(), preview.moved.len().to_string());
    let items = vec![
        cx.locale.say("rooms.then_spread", &[("seated", &seated), ("unseated", &none)]),
        cx.locale.say("rooms.then_unseat", &[("count", &all)]),
        cx.locale.word("seat.leave_it").to_owned(),
    ];
    let number = room.to_string();
    let title = cx.locale.say("rooms.close_title", &[("room", &number)]);
    let mut body = vec![cx.locale.say("rooms.close_what", &[("count", &all)])];
    body.extend(warning(cx.locale, &preview));
    let then = move |cx: &mut Cx<'_>, n: usize| match n {
        0 => perform(cx, &spread),
        1 => perform(cx, &unseat),
        _ => Ok(Flow::Close),
    };
    Ok(Flow::Open(Choice::ask(title, body, items, Box::new(then))))
}

fn perform(cx: &mut Cx<'_>, close: &Close) -> Result<Flow> {
    let done = cx.perform_bulk(close)?;
    let out: &Reseated = &done.out;
    let (op, key, room) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx), close.room.to_string());
    let (seated, unseated) = (out.seated().to_string(), out.unseated().to_string());
    let args = [("room", room.as_str()), ("seated", &seated), ("unseated", &unseated), ("op", &op), ("key", &key)];
    let tone = if out.unseated() > 0 || !out.beside.is_empty() { Tone::Warn } else { Tone::Good };
    cx.say(tone, "rooms.closed_undo", &args);
    Ok(Flow::Close)
}

/// A broken seat is mended, a whole one is marked broken.
pub fn break_or_mend(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(chart) = &pane.chart else { return Ok(Flow::Stay) };
    let (room, seat) = (chart.room.number, pane.cursor);
    let what = format!("{room}-{seat:02}");
    if chart.broken.contains_key(&seat) {
        let done = cx.perform(&MendSeat { room, seat })?;
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx));
        cx.say(Tone::Good, "rooms.mended_undo", &[("what", &what), ("op", &op), ("key", &key)]);
        return Ok(Flow::Stay);
    }
    cx.site.preview(&BreakSeat { room, seat, reason: what.clone() })?;
    let title = cx.locale.say("rooms.break_title", &[("what", &what)]);
    let body = cx.locale.word("rooms.break_body").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&BreakSeat { room, seat, reason })?;
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx));
        cx.say(Tone::Good, "rooms.broken_undo", &[("what", &what), ("op", &op), ("key", &key)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}
