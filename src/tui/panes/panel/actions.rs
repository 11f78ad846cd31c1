//! What the review pane can do.
use super::form::FormSheet;
use super::{Choice, Panel};
use crate::model::{Code, Refusal};
use crate::ops::panel::{Reopen, Score, Seal, Sheet, View, read_points};
use crate::ops::{PanelState, Result};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NO_PANEL: Code = Code("panel.none_chosen");
pub const NO_PANELS: Code = Code("panel.none_formed");
pub const NOT_SEALED: Code = Code("panel.not_sealed");
pub const SEALED: Code = Code("panel.sealed");
pub const NO_POINTS: Code = Code("panel.no_points");

pub const ACTIONS: &[Action<Panel>] = &[
    Action { id: "panel.enter", show: Show::Hint, ready: something, run: enter },
    Action { id: "panel.next_member", show: Show::Hint, ready: sitting, run: |pane, cx| turn(pane, cx, 1) },
    Action { id: "panel.previous_member", show: Show::Help, ready: sitting, run: back_turn },
    Action { id: "panel.form", show: Show::Hint, ready: always, run: form },
    Action { id: "panel.seal", show: Show::Hint, ready: open_panel, run: seal },
    Action { id: "panel.find", show: Show::Hint, ready: sitting, run: find },
    Action { id: "panel.back", show: Show::Hint, ready: always, run: back },
    Action { id: "panel.reopen", show: Show::Help, ready: sealed_panel, run: reopen },
];

fn something(pane: &Panel, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.sitting.is_some() || pane.list.selected().is_some() { Ok(()) } else { Err(Refusal::new(NO_PANELS)) }
}

fn sitting(pane: &Panel, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.sitting.is_some() { Ok(()) } else { Err(Refusal::new(NO_PANEL)) }
}

fn open_panel(pane: &Panel, _: &Cx<'_>) -> Result<(), Refusal> {
    state(pane, PanelState::Open, SEALED)
}

fn sealed_panel(pane: &Panel, _: &Cx<'_>) -> Result<(), Refusal> {
    state(pane, PanelState::Sealed, NOT_SEALED)
}

fn state(pane: &Panel, wanted: PanelState, otherwise: Code) -> Result<(), Refusal> {
    let sitting = pane.sitting.as_ref().ok_or_else(|| Refusal::new(NO_PANEL))?;
    let panel = &sitting.view.panel;
    if panel.state == wanted { Ok(()) } else { Err(Refusal::new(otherwise).with("panel", panel.name.as_str())) }
}

/// Opens the panel of the line, or saves the points that are typed.
fn enter(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.sitting.is_some() {
        return save(pane, cx);
    }
    if let Some(id) = pane.list.selected().and_then(|row| pane.panels.get(row)).map(|p| p.id) {
        pane.sit(id, cx)?;
    }
    Ok(Flow::Stay)
}

/// With nothing typed Enter steps over a sheet that is in.
fn save(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(sitting) = &mut pane.sitting else { return Ok(Flow::Stay) };
    let Some((member, application)) = sitting.aim() else { return Ok(Flow::Stay) };
    if sitting.field.is_empty() {
        let over = !pane.scores || !sitting.is_open() || sitting.sheet().is_some_and(Sheet::is_in);
        if !over {
            return Err(Refusal::new(NO_POINTS).into());
        }
        sitting.advance(cx.locale);
        return Ok(Flow::Stay);
    }
    let points = read_points(sitting.field.text())?;
    cx.perform(&Score::total(member, application, points))?;
    let name = sitting.candidate().map(|c| c.name.clone()).unwrap_or_default();
    let judge = sitting.view.members.get(sitting.member).map(|m| m.name.clone()).unwrap_or_default();
    let points = points.to_string();
    cx.say(Tone::Good, "panel.saved", &[("name", &name), ("member", &judge), ("points", &points)]);
    let view = crate::ops::panel::show(cx.site, sitting.view.panel.id)?;
    let warned = warn(&view, application, cx);
    let last = sitting.view.sheets < view.expected && view.sheets == view.expected;
    sitting.show(view, cx.locale);
    sitting.advance(cx.locale);
    if last && !warned {
        cx.say(Tone::Info, "panel.all_in", &[]);
    }
    Ok(Flow::Stay)
}

/// Says when the last sheet of a candidate makes the spread too wide.
fn warn(view: &View, application: crate::model::ApplicationId, cx: &mut Cx<'_>) -> bool {
    let candidate = view.candidates.iter().find(|c| c.application == application);
    let Some((candidate, ruling)) = candidate.and_then(|c| Some((c, c.ruling.filter(|r| r.wide)?))) else {
        return false;
    };
    let spread = ruling.spread.to_string();
    cx.say(Tone::Warn, "panel.wide_now", &[("name", &candidate.name), ("spread", &spread)]);
    true
}

fn turn(pane: &mut Panel, cx: &mut Cx<'_>, by: usize) -> Result<Flow> {
    if let Some(sitting) = &mut pane.sitting {
        sitting.turn(by, cx.locale);
    }
    Ok(Flow::Stay)
}

fn back_turn(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let members = pane.sitting.as_ref().map_or(0, |s| s.view.members.len());
    turn(pane, cx, members.saturating_sub(1))
}

fn back(pane: &mut Panel, _: &mut Cx<'_>) -> Result<Flow> {
    match &mut pane.sitting {
        Some(sitting) if !sitting.field.is_empty() => sitting.field.clear(),
        _ => pane.sitting = None,
    }
    Ok(Flow::Stay)
}

fn form(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let number = (pane.panels.len() + 1).to_string();
    let name = cx.locale.say("panel.default_name", &[("number", &number)]);
    let slot = pane.chosen.clone();
    let then = Box::new(move |id| slot.set(Some(Choice::Formed(id))));
    Ok(Flow::Open(FormSheet::ask(&name, pane.waiting, then)))
}

/// Asks what sealing would do before it is done.
fn seal(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(id) = pane.sitting.as_ref().map(|s| s.view.panel.id) else { return Ok(Flow::Stay) };
    let would = cx.site.preview(&Seal { panel: id })?.out;
    let count = would.candidates.to_string();
    let mut body = cx.locale.say("panel.seal_body", &[("panel", &would.panel), ("candidates", &count)]);
    if !would.wide.is_empty() {
        body = format!("{body}\n{}", cx.locale.say("panel.wide_list", &[("names", &would.wide.join(" "))]));
    }
    let then = Box::new(move |cx: &mut Cx<'_>| {
        let out = cx.perform(&Seal { panel: id })?.out;
        let count = out.candidates.to_string();
        cx.say(Tone::Good, "panel.sealed", &[("panel", &out.panel), ("candidates", &count)]);
        Ok(Flow::Close)
    });
    Ok(Flow::Open(Confirm::ask(cx.locale.word("kind.panel.seal").to_owned(), body, count, then)))
}

fn reopen(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(panel) = pane.sitting.as_ref().map(|s| s.view.panel.clone()) else { return Ok(Flow::Stay) };
    let body = cx.locale.say("panel.reopen_body", &[("panel", &panel.name)]);
    let then = Box::new(move |cx: &mut Cx<'_>, reason: String| {
        let out = cx.perform(&Reopen { panel: panel.id, reason })?.out;
        let (back, kept) = (out.taken_back.to_string(), out.kept.to_string());
        cx.say(Tone::Good, "panel.reopened", &[("panel", &out.panel), ("marks", &back), ("kept", &kept)]);
        Ok(Flow::Close)
    });
    Ok(Flow::Open(Reason::ask(cx.locale.word("kind.panel.reopen").to_owned(), body, then)))
}

fn find(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(sitting) = &pane.sitting else { return Ok(Flow::Stay) };
    let line = |c: &crate::ops::panel::Candidate| {
        format!("{} {} {}", c.ticket.as_deref().unwrap_or_default(), c.name, c.occupation_name)
    };
    let items = sitting.view.candidates.iter().map(line).collect();
    let at = sitting.grid.selected().unwrap_or(0);
    let slot = pane.chosen.clone();
    let then = Box::new(move |_: &mut Cx<'_>, row: usize| {
        slot.set(Some(Choice::Candidate(row)));
        Ok(Flow::Close)
    });
    Ok(Flow::Open(Picker::ask(cx.locale.word("action.panel.find").to_owned(), items, at, then)))
}
