//! What can be done with seats: arrange, walk through the rooms.
use super::Seating;
use crate::model::{Code, Refusal, fold};
use crate::ops::Result;
use crate::ops::seating::{Arrange, Arranged};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Show, always};

pub const BAD_SEED: Code = Code("seating.bad_seed");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Seating>] = &[
    Action { id: "seating.arrange", show: Show::Hint, ready: always, run: arrange },
    Action { id: "seating.previous_room", show: Show::Hint, ready: always, run: |pane, cx| go(pane, cx, -1) },
    Action { id: "seating.next_room", show: Show::Hint, ready: always, run: |pane, cx| go(pane, cx, 1) },
];

fn go(pane: &mut Seating, cx: &mut Cx<'_>, by: isize) -> Result<Flow> {
    let at = pane.at.saturating_add_signed(by);
    if at != pane.at && at < pane.rooms.len() {
        pane.at = at;
        pane.open_room(cx)?;
        pane.select_first_seat();
    }
    Ok(Flow::Stay)
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
