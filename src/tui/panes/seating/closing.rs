//! Closing a room with its people, opening it again; a desk that cannot be used.
use super::Seating;
use super::carry::undo_key;
use crate::ops::Result;
use crate::ops::rooms::{BreakSeat, MendSeat};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::close_room;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub fn close(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.chart.as_ref().map_or(Ok(Flow::Stay), |chart| close_room::ask(cx, &chart.room))
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
