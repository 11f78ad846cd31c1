//! What the page of incidents can do.
use super::{Conduct, decide, report};
use crate::model::{Code, Refusal, Role};
use crate::ops::conduct::{ALREADY_DECIDED, Lift, NOT_DECIDED, OWN_REPORT};
use crate::ops::{IncidentState, Result};
use crate::text::conduct as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report as Shown;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NONE_SELECTED: Code = Code("conduct.none_selected");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Conduct>] = &[
    Action { id: "conduct.report", show: Show::Hint, ready: always, run: |_, cx| report::open(cx) },
    Action { id: "conduct.decide", show: Show::Hint, ready: can_decide, run: decide::ask },
    Action { id: "conduct.lift", show: Show::Hint, ready: can_lift, run: lift },
    Action { id: "conduct.show", show: Show::Hint, ready: chosen, run: show },
    Action { id: "conduct.close", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Close) },
];

fn chosen(page: &Conduct, _: &Cx<'_>) -> Result<(), Refusal> {
    page.selected().map(|_| ()).ok_or_else(|| Refusal::new(NONE_SELECTED))
}

/// The operation asks the same of whoever decides.
fn can_decide(page: &Conduct, cx: &Cx<'_>) -> Result<(), Refusal> {
    let one = page.selected().ok_or_else(|| Refusal::new(NONE_SELECTED))?;
    if one.state != IncidentState::Reported {
        return Err(Refusal::new(ALREADY_DECIDED).with("number", one.number));
    }
    let actor = cx.site.actor();
    if actor.has(Role::Coordinator) && actor.id == Some(one.reporter) {
        return Err(Refusal::new(OWN_REPORT).with("number", one.number));
    }
    Ok(())
}

fn can_lift(page: &Conduct, _: &Cx<'_>) -> Result<(), Refusal> {
    match page.selected() {
        None => Err(Refusal::new(NONE_SELECTED)),
        Some(one) if one.state == IncidentState::Reported => Err(Refusal::new(NOT_DECIDED).with("number", one.number)),
        Some(_) => Ok(()),
    }
}

fn lift(page: &mut Conduct, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(one) = page.selected() else { return Ok(Flow::Stay) };
    let incident = one.number;
    let who = words::who(cx.locale, one.name.as_deref());
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Lift { incident, reason })?;
        let text = words::lifted(cx.locale, &done.out);
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    };
    let title = cx.locale.say("conduct.lift_title", &[("who", &who)]);
    Ok(Flow::Open(Reason::ask(title, cx.locale.word("conduct.lift_body").to_owned(), Box::new(then))))
}

fn show(page: &mut Conduct, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(one) = page.selected() else { return Ok(Flow::Stay) };
    let lines = words::lines(cx.locale, one, page.acts(one));
    let wide = lines.iter().map(|(label, _)| crate::text::width::width(label)).max().unwrap_or(0);
    let lines =
        lines.into_iter().map(|(label, text)| format!("{}  {text}", crate::text::width::pad_right(&label, wide)));
    let title = cx.locale.say("conduct.show_title", &[("number", &one.number.to_string())]);
    Ok(Flow::Open(Shown::show(title, lines.collect())))
}
