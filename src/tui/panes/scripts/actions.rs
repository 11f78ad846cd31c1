//! What the page of script numbers can do.
use super::Scripts;
use crate::model::{Code, Refusal, RoomId};
use crate::ops::Result;
use crate::ops::scripts::{self, Ask, Draw, Label, Line, Open, fresh_seed};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NONE_SELECTED: Code = Code("script.none_selected");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Scripts>] = &[
    Action { id: "scripts.draw", show: Show::Hint, ready: chosen, run: |page, cx| draw(page, cx, None) },
    Action { id: "scripts.draw_room", show: Show::Help, ready: chosen, run: draw_room },
    Action { id: "scripts.label", show: Show::Hint, ready: chosen, run: label },
    Action { id: "scripts.ask", show: Show::Hint, ready: chosen, run: ask },
    Action { id: "scripts.open", show: Show::Hint, ready: chosen, run: open },
    Action { id: "scripts.map", show: Show::Hint, ready: chosen, run: map },
    Action { id: "scripts.back", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

fn line(page: &Scripts) -> Result<&Line, Refusal> {
    page.selected().ok_or_else(|| Refusal::new(NONE_SELECTED))
}

fn chosen(page: &Scripts, _: &Cx<'_>) -> Result<(), Refusal> {
    line(page).map(drop)
}

/// Drawn at once: a draw is taken back by undo until something is typed.
fn draw(page: &mut Scripts, cx: &mut Cx<'_>, room: Option<RoomId>) -> Result<Flow> {
    let session = line(page)?.session;
    let done = cx.perform(&Draw { session, room, seed: fresh_seed() })?;
    let (count, bags) = (done.out.numbers.to_string(), done.out.bags.join(" "));
    cx.say(Tone::Good, "scripts.drawn", &[("count", &count), ("bags", &bags)]);
    Ok(Flow::Stay)
}

fn draw_room(page: &mut Scripts, cx: &mut Cx<'_>) -> Result<Flow> {
    let room = line(page)?.room_id;
    draw(page, cx, Some(room))
}

fn label(page: &mut Scripts, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, room) = line(page).map(|l| (l.session, l.room_id))?;
    let labels = cx.perform(&Label { session, room })?.out;
    let title = cx.locale.say("scripts.labels", &[("bag", &labels.bag), ("room", &labels.room.to_string())]);
    let lines = labels.numbers.iter().map(|(seat, number)| format!("{seat:02}  {number}"));
    Ok(Flow::Open(Report::show(title, lines.collect())))
}

fn ask(page: &mut Scripts, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, code) = line(page).map(|l| (l.session, l.session_code.clone()))?;
    let title = cx.locale.word("scripts.ask_title").to_owned();
    let body = cx.locale.say("scripts.ask_body", &[("session", &code)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Ask { session, reason })?.out;
        cx.say(Tone::Good, "scripts.asked", &[("session", &done.session), ("bags", &done.bags.join(" "))]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// The reason goes with whoever asked; this is the second person's yes.
fn open(page: &mut Scripts, cx: &mut Cx<'_>) -> Result<Flow> {
    let session = line(page)?.session;
    let done = cx.perform(&Open { session })?.out;
    cx.say(Tone::Good, "scripts.opened", &[("session", &done.session), ("bags", &done.bags.join(" "))]);
    Ok(Flow::Stay)
}

fn map(page: &mut Scripts, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, code) = line(page).map(|l| (l.session, l.session_code.clone()))?;
    let lines = scripts::map(cx.site, session)?.into_iter().map(|m| {
        let (seat, ticket) = (format!("{}-{:02}", m.room, m.seat), m.ticket.unwrap_or_default());
        let args =
            [("number", m.number.as_str()), ("bag", &m.bag), ("seat", &seat), ("ticket", &ticket), ("name", &m.name)];
        cx.locale.say("scripts.line", &args)
    });
    let title = cx.locale.say("scripts.map_title", &[("session", &code)]);
    let lines = lines.collect();
    Ok(Flow::Open(Report::show(title, lines)))
}
