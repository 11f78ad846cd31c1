//! What is asked of a room of the page, and how what was done is told.
use super::Rooms;
use crate::model::{Code, Refusal, fold};
use crate::ops::rooms::{ALREADY_BROKEN, BreakSeat, MendSeat};
use crate::ops::{Operation, Result};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::close_room;
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
    page.selected().map_or(Ok(Flow::Stay), |room| close_room::ask(cx, room))
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
