//! What can be done with papers.
use super::{Papers, forms};
use crate::model::Refusal;
use crate::ops::papers::{Plan, ReopenRoom};
use crate::ops::{Error, Result};
use crate::text::{explain, papers as words};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};

#[rustfmt::skip]
pub const ACTIONS: &[Action<Papers>] = &[
    Action { id: "papers.plan", show: Show::Hint, ready: always, run: plan },
    Action { id: "papers.hand_over", show: Show::Hint, ready: room, run: forms::hand_over },
    Action { id: "papers.unseal", show: Show::Hint, ready: room, run: forms::unseal },
    Action { id: "papers.collect", show: Show::Hint, ready: room, run: forms::collect },
    Action { id: "papers.close_room", show: Show::Hint, ready: room, run: forms::close },
    Action { id: "papers.give_back", show: Show::Hint, ready: room, run: forms::give_back },
    Action { id: "papers.archive", show: Show::Hint, ready: room, run: forms::archive },
    Action { id: "papers.correct", show: Show::Help, ready: room, run: forms::correct },
    Action { id: "papers.reopen", show: Show::Help, ready: room, run: reopen },
    Action { id: "papers.details", show: Show::Hint, ready: room, run: details },
    Action { id: "papers.previous", show: Show::Help, ready: always, run: |pane, cx| go(pane, cx, -1) },
    Action { id: "papers.next", show: Show::Help, ready: always, run: |pane, cx| go(pane, cx, 1) },
    Action { id: "papers.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

fn room(pane: &Papers, _: &Cx<'_>) -> Result<(), Refusal> {
    pane.chosen().map(drop)
}

fn go(pane: &mut Papers, cx: &mut Cx<'_>, by: isize) -> Result<Flow> {
    let at = pane.at.saturating_add_signed(by);
    if at < pane.sessions.len() {
        pane.at = at;
        pane.read(cx)?;
    }
    Ok(Flow::Stay)
}

fn plan(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let session = pane.session().ok_or_else(|| Refusal::new(super::NO_ROOM_CHOSEN))?.id;
    let done = cx.perform(&Plan { session })?;
    let text = words::planned(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
    cx.toast(Tone::Good, text);
    Ok(Flow::Stay)
}

fn reopen(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (session, chosen) = pane.chosen()?;
    let (session, room, number) = (session.id, chosen.room, chosen.number.to_string());
    let title = cx.locale.say("papers.title_reopen", &[("room", &number)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&ReopenRoom { session, room, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "papers.reopened", &[("room", &done.out.to_string()), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, cx.locale.say("papers.reopen_body", &[]), Box::new(then))))
}

/// The record of the room and its box, then everything that happened to its bags.
fn details(pane: &mut Papers, cx: &mut Cx<'_>) -> Result<Flow> {
    let (_, room) = pane.chosen()?;
    let mut lines: Vec<String> =
        room.wrong.iter().map(|w| format!("! {}", explain(cx.locale, &Error::Refused(w.clone())).message)).collect();
    lines.push(words::counts(cx.locale, &room.counted().unwrap_or(room.known)));
    if let Some(record) = &room.record {
        let names = record.signed_by.replace('\n', " ");
        lines.push(cx.locale.say("papers.record_line", &[("at", &record.at.minute()), ("names", &names)]));
        lines.extend(record.reason.iter().chain(&record.remarks).cloned());
    }
    if let Some(kept) = &room.archived {
        let (scripts, until) = (kept.scripts.to_string(), kept.keep_until.to_string());
        let args = [("box", kept.r#box.as_str()), ("scripts", &scripts), ("keeper", &kept.keeper), ("until", &until)];
        lines.push(cx.locale.say("papers.box_line", &args));
    }
    for line in &room.bags {
        lines.push(words::bag(cx.locale, line));
        lines.extend(line.events.iter().map(|e| format!("    {}", words::event(cx.locale, e))));
    }
    let title = cx.locale.say("papers.title_details", &[("room", &room.number.to_string())]);
    Ok(Flow::Open(Report::show(title, lines)))
}
