//! What a coordinator does about a bag: takes it from somebody who left, accepts a difference from its cover.
use super::Progress;
use crate::model::Refusal;
use crate::ops::Result;
use crate::ops::entry::{self, AcceptControl, ControlState, Figures, Release};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NOT_CLAIMED: crate::model::Code = crate::model::Code("progress.not_claimed");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Progress>] = &[
    Action { id: "progress.release", show: Show::Hint, ready: claimed, run: release },
    Action { id: "progress.accept", show: Show::Hint, ready: differs, run: accept },
    Action { id: "progress.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

/// There is a difference, and the operator is one who may accept it.
fn differs(pane: &Progress, cx: &Cx<'_>) -> Result<(), Refusal> {
    let bag = pane.bag()?;
    entry::may_accept_control(cx.site)?;
    let counts = bag.pile.counts;
    match bag.control {
        ControlState::Differs => Ok(()),
        ControlState::None => Err(Refusal::new(entry::NO_CONTROL)),
        ControlState::Waits => Err(Refusal::new(entry::NOT_SETTLED).with("open", counts.expected - counts.settled)),
        ControlState::Fits | ControlState::Accepted => Err(Refusal::new(entry::NO_DIFFERENCE)),
    }
}

fn claimed(pane: &Progress, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.bag()?.claims.is_empty() { Err(Refusal::new(NOT_CLAIMED)) } else { Ok(()) }
}

/// Which claim, where there are several; then why.
fn release(pane: &mut Progress, cx: &mut Cx<'_>) -> Result<Flow> {
    let bag = pane.bag()?;
    let (session, room, claims) = (bag.pile.session, bag.pile.room, bag.claims.clone());
    let line = |claim: &crate::ops::entry::Claimed| {
        format!("{}  {}  {}", cx.locale.word(claim.slot.key()), claim.operator, claim.since.clock())
    };
    let items = claims.iter().map(line).collect();
    let title = cx.locale.word("progress.release_title").to_owned();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let Some(claim) = claims.into_iter().nth(place) else { return Ok(Flow::Close) };
        let (title, body) =
            ("progress.release_title", cx.locale.say("progress.release_body", &[("name", &claim.operator)]));
        let give = move |cx: &mut Cx<'_>, reason: String| {
            let name = cx.perform(&Release { session, room, slot: claim.slot, reason })?.out;
            cx.say(Tone::Good, "progress.released", &[("name", &name)]);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Reason::ask(cx.locale.word(title).to_owned(), body, Box::new(give))))
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

fn accept(pane: &mut Progress, cx: &mut Cx<'_>) -> Result<Flow> {
    let bag = pane.bag()?;
    let (session, room) = (bag.pile.session, bag.pile.room);
    let seen = entry::control(cx.site, session, room)?;
    let figures = |figures: Option<Figures>| match figures {
        Some(f) => {
            cx.locale.say("entry.figures", &[("papers", &f.papers.to_string()), ("total", &f.total.to_string())])
        }
        None => "-".to_owned(),
    };
    let (cover, marks) = (figures(seen.cover), figures(seen.settled));
    let title = cx.locale.word("progress.accept_title");
    let body = cx.locale.say("progress.accept_body", &[("cover", &cover), ("marks", &marks)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        cx.perform(&AcceptControl { session, room, reason })?;
        cx.say(Tone::Good, "progress.accepted", &[]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title.to_owned(), body, Box::new(then))))
}
