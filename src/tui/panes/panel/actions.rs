//! What the review pane can do.
use super::form::FormSheet;
use super::{Choice, Panel, closing, group, seats, sheet};
use crate::model::{Code, Refusal};
use crate::ops::panel::{Score, Sheet, View, read_points};
use crate::ops::{PanelState, Result};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NO_PANEL: Code = Code("panel.none_chosen");
pub const NO_PANELS: Code = Code("panel.none_formed");
pub const NOT_SEALED: Code = Code("panel.not_sealed");
pub const SEALED: Code = Code("panel.sealed");
pub const OWN_SHEETS: Code = Code("panel.own_sheets");

pub const ACTIONS: &[Action<Panel>] = &[
    Action { id: "panel.enter", show: Show::Hint, ready: something, run: enter },
    Action { id: "panel.sheet", show: Show::Hint, ready: open_panel, run: sheet },
    Action { id: "panel.next_member", show: Show::Hint, ready: any_member, run: |pane, cx| turn(pane, cx, 1) },
    Action { id: "panel.previous_member", show: Show::Help, ready: any_member, run: back_turn },
    Action { id: "panel.time", show: Show::Hint, ready: open_panel, run: closing::time },
    Action { id: "panel.rule", show: Show::Hint, ready: open_panel, run: closing::rule },
    Action { id: "panel.sign", show: Show::Hint, ready: open_panel, run: closing::sign },
    Action { id: "panel.seal", show: Show::Hint, ready: open_panel, run: closing::seal },
    Action { id: "panel.form", show: Show::Hint, ready: always, run: form },
    Action { id: "panel.draw", show: Show::Hint, ready: always, run: seats::draw },
    Action { id: "panel.leave", show: Show::Help, ready: open_panel, run: seats::leave },
    Action { id: "panel.replace", show: Show::Help, ready: open_panel, run: seats::replace },
    Action { id: "panel.recuse", show: Show::Help, ready: open_panel, run: seats::recuse },
    Action { id: "panel.move", show: Show::Help, ready: open_panel, run: seats::move_to },
    Action { id: "panel.rereview", show: Show::Help, ready: sealed_panel, run: seats::rereview },
    Action { id: "panel.chair", show: Show::Help, ready: open_panel, run: seats::chair },
    Action { id: "panel.experts", show: Show::Help, ready: always, run: |_, _| Ok(Flow::Page("experts")) },
    Action { id: "panel.group", show: Show::Help, ready: always, run: group::form },
    Action { id: "panel.find", show: Show::Help, ready: sitting, run: find },
    Action { id: "panel.minutes", show: Show::Help, ready: sitting, run: closing::minutes },
    Action { id: "panel.back", show: Show::Hint, ready: always, run: back },
    Action { id: "panel.reopen", show: Show::Help, ready: sealed_panel, run: closing::reopen },
];

fn something(pane: &Panel, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.sitting.is_some() || pane.list.selected().is_some() { Ok(()) } else { Err(Refusal::new(NO_PANELS)) }
}

fn sitting(pane: &Panel, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.sitting.is_some() { Ok(()) } else { Err(Refusal::new(NO_PANEL)) }
}

/// Whoever sits on the panel has their own sheets only.
fn any_member(pane: &Panel, cx: &Cx<'_>) -> Result<(), Refusal> {
    sitting(pane, cx)?;
    let own = pane.sitting.as_ref().and_then(|s| s.view.own.and_then(|_| s.view.members.get(s.member)));
    own.map_or(Ok(()), |member| Err(Refusal::new(OWN_SHEETS).with("member", member.name.as_str())))
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

/// The sheet at hand in full: one that is out, or one's own to look at and correct.
fn sheet(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(sitting) = &mut pane.sitting else { return Ok(Flow::Stay) };
    let Some(aim) = sitting.aim() else { return Ok(Flow::Stay) };
    sitting.field.clear();
    sheet::open(cx, &sitting.view, aim)
}

/// With nothing typed Enter opens a sheet that is out, and steps over a sheet that is in.
fn save(pane: &mut Panel, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(sitting) = &mut pane.sitting else { return Ok(Flow::Stay) };
    let Some((member, application)) = sitting.aim() else { return Ok(Flow::Stay) };
    if sitting.field.is_empty() {
        let over = !pane.scores || !sitting.is_open() || sitting.sheet().is_some_and(|s| s != Sheet::Out);
        if !over {
            return sheet::open(cx, &sitting.view, (member, application));
        }
        sitting.advance(cx.locale);
        return Ok(Flow::Stay);
    }
    let points = read_points(sitting.field.text())?;
    if let Some(Sheet::Shown(before)) = sitting.sheet().filter(|s| *s != Sheet::Shown(points)) {
        let over = (member, application, sitting.field.text().to_owned());
        if sitting.over.replace(over.clone()).as_ref() != Some(&over) {
            let (before, points) = (before.to_string(), points.to_string());
            cx.say(Tone::Warn, "panel.over", &[("before", &before), ("points", &points)]);
            cx.bell();
            return Ok(Flow::Stay);
        }
    }
    sitting.over = None;
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

/// Says when the last sheet of a candidate shows that they lie far apart, or that the chair is asked.
fn warn(view: &View, application: crate::model::ApplicationId, cx: &mut Cx<'_>) -> bool {
    let candidate = view.candidates.iter().find(|c| c.application == application);
    let Some(candidate) = candidate.filter(|c| c.wide || c.asks.is_some()) else { return false };
    let key = cx.seen().key("panel", "panel.rule");
    match candidate.asks {
        Some(ask) => {
            let why = cx.locale.word(&format!("panel.asks.{}", ask.code())).to_owned();
            cx.say(Tone::Warn, "panel.asked_now", &[("name", &candidate.name), ("why", &why), ("key", &key)]);
        }
        None => cx.say(Tone::Warn, "panel.wide_now", &[("name", &candidate.name)]),
    }
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
