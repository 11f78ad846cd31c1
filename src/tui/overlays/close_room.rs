//! Closing a room: why, and what becomes of its people; or opening a closed one again.
use super::choice::Choice;
use super::reason::Reason;
use crate::ops::Result;
use crate::ops::rooms::{Close, Reopen, Then};
use crate::ops::seating::RoomLine;
use crate::text::seating::warning;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;

fn undo_key(cx: &Cx<'_>) -> String {
    cx.seen().key("", "app.undo")
}

pub fn ask(cx: &mut Cx<'_>, room: &RoomLine) -> Result<Flow> {
    let (room, number, closed) = (room.number, room.number.to_string(), room.closed.is_some());
    if closed {
        let done = cx.perform(&Reopen { room })?;
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx));
        cx.say(Tone::Good, "rooms.reopened_undo", &[("room", &number), ("op", &op), ("key", &key)]);
        return Ok(Flow::Stay);
    }
    let title = cx.locale.say("rooms.close_title", &[("room", &number)]);
    let body = cx.locale.word("rooms.close_body").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| which(cx, room, reason);
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
    let number = |n: usize| n.to_string();
    let (seated, none, all) = (number(preview.seated()), number(preview.unseated()), number(preview.moved.len()));
    let items = vec![
        cx.locale.say("rooms.then_spread", &[("seated", &seated), ("unseated", &none)]),
        cx.locale.say("rooms.then_unseat", &[("count", &all)]),
        cx.locale.word("seat.leave_it").to_owned(),
    ];
    let title = cx.locale.say("rooms.close_title", &[("room", &room.to_string())]);
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
    let (op, undo) = (done.op.map_or(0, |n| n.0).to_string(), undo_key(cx));
    let (room, seated, unseated) =
        (close.room.to_string(), done.out.seated().to_string(), done.out.unseated().to_string());
    let tone = if done.out.unseated() > 0 || !done.out.beside.is_empty() { Tone::Warn } else { Tone::Good };
    let args = [("room", room.as_str()), ("seated", &seated), ("unseated", &unseated), ("op", &op), ("key", &undo)];
    cx.say(tone, "rooms.closed_undo", &args);
    Ok(Flow::Close)
}
