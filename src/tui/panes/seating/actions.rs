//! What can be done with seats: arrange all, edit single ones, walk over the chart.
use super::{Seating, carry, closing, details, needs, placing, walk};
use crate::model::{Code, Refusal, fold};
use crate::ops::Result;
use crate::ops::seating::{Arrange, Arranged};
use crate::text::seat_check::{self, summary};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};

pub const BAD_SEED: Code = Code("seating.bad_seed");
pub const NOTHING_CARRIED: Code = Code("seat.nothing_carried");
pub const NO_ROOM_YET: Code = Code("seat.no_room_yet");
pub const ONE_SESSION: Code = Code("seat.one_session");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Seating>] = &[
    Action { id: "seating.enter", show: Show::Hint, ready: has_room, run: enter },
    Action { id: "seating.cancel", show: Show::Hint, ready: carrying, run: |pane, _| { pane.carried = None; Ok(Flow::Stay) } },
    Action { id: "seating.place", show: Show::Hint, ready: |pane, _| placing::somebody_waits(pane), run: placing::place },
    Action { id: "seating.pick_up", show: Show::Hint, ready: |pane, _| carry::nobody_here(pane), run: carry::pick_up },
    Action { id: "seating.arrange", show: Show::Hint, ready: always, run: arrange },
    Action { id: "seating.next_session", show: Show::Hint, ready: several, run: walk::next_session },
    Action { id: "seating.next_room", show: Show::Hint, ready: has_room, run: |pane, cx| walk::room(pane, cx, 1) },
    Action { id: "seating.close_room", show: Show::Hint, ready: has_room, run: closing::close },
    Action { id: "seating.unseat", show: Show::Hint, ready: |pane, _| carry::nobody_here(pane), run: carry::unseat },
    Action { id: "seating.need", show: Show::Hint, ready: |pane, _| carry::nobody_here(pane), run: needs::need },
    Action { id: "seating.rooms", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Page("rooms")) },
    Action { id: "seating.find", show: Show::Hint, ready: has_room, run: walk::find },
    Action { id: "seating.check", show: Show::Hint, ready: has_room, run: check },
    Action { id: "seating.break_seat", show: Show::Help, ready: has_room, run: closing::break_or_mend },
    Action { id: "seating.previous_room", show: Show::Help, ready: has_room, run: |pane, cx| walk::room(pane, cx, -1) },
    Action { id: "seating.up", show: Show::Help, ready: always, run: |pane, cx| walk::step(pane, cx, (-1, 0)) },
    Action { id: "seating.down", show: Show::Help, ready: always, run: |pane, cx| walk::step(pane, cx, (1, 0)) },
    Action { id: "seating.left", show: Show::Help, ready: always, run: |pane, cx| walk::step(pane, cx, (0, -1)) },
    Action { id: "seating.right", show: Show::Help, ready: always, run: |pane, cx| walk::step(pane, cx, (0, 1)) },
];

fn has_room(pane: &Seating, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.chart.is_some() { Ok(()) } else { Err(Refusal::new(NO_ROOM_YET)) }
}

fn carrying(pane: &Seating, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.carried.is_some() { Ok(()) } else { Err(Refusal::new(NOTHING_CARRIED)) }
}

fn several(pane: &Seating, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.sessions.len() > 1 { Ok(()) } else { Err(Refusal::new(ONE_SESSION)) }
}

/// Every seat that is not as it should be, and why.
fn check(_: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    let report = crate::ops::seating::check(cx.site)?;
    let mut lines = vec![summary(cx.locale, &report), String::new()];
    lines.extend(seat_check::lines(cx.locale, &report));
    Ok(Flow::Open(Report::show(cx.locale.word("seat.check_title").to_owned(), lines)))
}

/// Puts down who is carried; otherwise shows all of the seat.
fn enter(pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.carried.is_some() { carry::put_down(pane, cx) } else { details::card(pane, cx) }
}

/// Asks the seed, tries it, says what would happen, and does it when the number of people is typed.
fn arrange(_pane: &mut Seating, cx: &mut Cx<'_>) -> Result<Flow> {
    // Refused before anything is typed when nobody can be seated.
    cx.site.preview(&Arrange { seed: 0 })?;
    let (title, body) =
        (cx.locale.word("seating.seed_title").to_owned(), cx.locale.word("seating.seed_body").to_owned());
    let then = |cx: &mut Cx<'_>, text: String| {
        let arrange = Arrange { seed: seed(cx, &text)? };
        let preview = cx.site.preview(&arrange)?.out;
        let title = cx.locale.say("seating.confirm_title", &[("seed", &preview.seed.to_string())]);
        let body = say(cx, "seating.confirm_body", &preview, "");
        Ok(Flow::Open(Confirm::ask(title, body, preview.people.to_string(), Box::new(move |cx| perform(cx, &arrange)))))
    };
    Ok(Flow::Open(Reason::ask_or_nothing(title, body, Box::new(then))))
}

fn seed(cx: &Cx<'_>, text: &str) -> Result<u64> {
    if text.is_empty() {
        return Ok(cx.site.now().0.unsigned_abs());
    }
    fold::number_like(text).parse().map_err(|_| Refusal::new(BAD_SEED).with("value", text).into())
}

fn perform(cx: &mut Cx<'_>, arrange: &Arrange) -> Result<Flow> {
    let done = cx.perform_bulk(arrange)?;
    let op = done.op.map_or(0, |n| n.0).to_string();
    let text = say(cx, "seating.arranged", &done.out, &op);
    cx.toast(Tone::Good, text);
    Ok(Flow::Close)
}

/// What would happen or has happened, and how many are left out for want of a review.
fn say(cx: &Cx<'_>, key: &str, out: &Arranged, op: &str) -> String {
    let (people, rooms) = (out.people.to_string(), out.rooms.to_string());
    let (seed, unpaid) = (out.seed.to_string(), out.unpaid.to_string());
    let unapproved = out.unapproved.to_string();
    let args = [("people", people.as_str()), ("rooms", &rooms), ("seed", &seed), ("unpaid", &unpaid), ("op", op)];
    let text = cx.locale.say(key, &args);
    match out.unapproved {
        0 => text,
        _ => format!("{text} {}", cx.locale.say("seating.left_unapproved", &[("unapproved", &unapproved)])),
    }
}
