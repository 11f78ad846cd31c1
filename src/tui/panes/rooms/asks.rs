//! Closing a room with its people, opening it again; a seat that cannot be used.
use super::Rooms;
use crate::model::{Code, Refusal, fold};
use crate::ops::rooms::{ALREADY_BROKEN, BreakSeat, Close, MendSeat, Reopen, Then};
use crate::ops::{Operation, Result};
use crate::text::seating::warning;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub const BAD_NUMBER: Code = Code("rooms.bad_number");

/// A whole number as typed.
pub fn number(text: &str) -> Result<i64> {
    fold::number_like(text).parse().map_err(|_| Refusal::new(BAD_NUMBER).with("value", text).into())
}

/// Runs an operation and says so, with the way back.
pub fn done<O: Operation>(cx: &mut Cx<'_>, op: &O, (key, args): (&str, &[(&str, &str)])) -> Result<Flow> {
    let done = cx.perform(op)?;
    let (op, undo) = (done.op.map_or(0, |n| n.0).to_string(), cx.seen().key("rooms", "app.undo"));
    let mut all = vec![("op", op.as_str()), ("key", &undo)];
    all.extend_from_slice(args);
    cx.say(Tone::Good, key, &all);
    Ok(Flow::Close)
}

pub fn close(page: &mut Rooms, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(room) = page.selected() else { return Ok(Flow::Stay) };
    let (room, number) = (room.clone(), room.number.to_string());
    if room.closed.is_some() {
        done(cx, &Reopen { room: room.number }, ("rooms.reopened_undo", &[("room", &number)]))?;
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
        return closed(cx, &unseat);
    }
    let number = |n: usize| n.to_string();
    let (seated, none, all) =
        (number(preview.seated()), number(preview.unseated()), number(preview.moved.len()));
    let items = vec![
        cx.locale.say("rooms.then_spread", &[("seated", &seated), ("unseated", &none)]),
        cx.locale.say("rooms.then_unseat", &[("count", &all)]),
        cx.locale.word("seat.leave_it").to_owned(),
    ];
    let title = cx.locale.say("rooms.close_title", &[("room", &room.to_string())]);
    let mut body = vec![cx.locale.say("rooms.close_what", &[("count", &all)])];
    body.extend(warning(cx.locale, &preview));
    let then = move |cx: &mut Cx<'_>, n: usize| match n {
        0 => closed(cx, &spread),
        1 => closed(cx, &unseat),
        _ => Ok(Flow::Close),
    };
    Ok(Flow::Open(Choice::ask(title, body, items, Box::new(then))))
}

fn closed(cx: &mut Cx<'_>, close: &Close) -> Result<Flow> {
    let done = cx.perform_bulk(close)?;
    let (op, undo) = (done.op.map_or(0, |n| n.0).to_string(), cx.seen().key("rooms", "app.undo"));
    let (room, seated, unseated) =
        (close.room.to_string(), done.out.seated().to_string(), done.out.unseated().to_string());
    let tone = if done.out.unseated() > 0 || !done.out.beside.is_empty() { Tone::Warn } else { Tone::Good };
    let args = [("room", room.as_str()), ("seated", &seated), ("unseated", &unseated), ("op", &op), ("key", &undo)];
    cx.say(tone, "rooms.closed_undo", &args);
    Ok(Flow::Close)
}

/// Asks which seat, then why; one that is out of use already is put back.
pub fn break_seat(page: &mut Rooms, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(room) = page.selected().map(|r| r.number) else { return Ok(Flow::Stay) };
    let (title, body) =
        (cx.locale.word("rooms.break_which").to_owned(), cx.locale.word("rooms.break_which_body").to_owned());
    let then = move |cx: &mut Cx<'_>, text: String| {
        let seat = number(&text)?;
        let what = format!("{room}-{seat:02}");
        if let Err(error) = cx.site.preview(&BreakSeat { room, seat, reason: what.clone() }) {
            return match error.refusal() {
                Some(refusal) if refusal.is(ALREADY_BROKEN) => {
                    done(cx, &MendSeat { room, seat }, ("rooms.mended_undo", &[("what", &what)]))
                }
                _ => Err(error),
            };
        }
        let title = cx.locale.say("rooms.break_title", &[("what", &what)]);
        let body = cx.locale.word("rooms.break_body").to_owned();
        let then = move |cx: &mut Cx<'_>, reason: String| {
            done(cx, &BreakSeat { room, seat, reason }, ("rooms.broken_undo", &[("what", &what)]))
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
}
