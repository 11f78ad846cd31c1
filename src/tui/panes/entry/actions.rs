//! What the score pane can do.
use super::papers::{NOTHING_TYPED, Papers};
use super::{Entry, Place, settle};
use crate::model::{Code, Mark, Refusal};
use crate::ops::Result;
use crate::ops::entry;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::{Action, Flow, Show, always};

pub const NO_PILE: Code = Code("entry.no_pile");
pub const NO_WARNING: Code = Code("entry.no_warning");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Entry>] = &[
    Action { id: "entry.accept", show: Show::Hint, ready: always, run: accept },
    Action { id: "entry.absent", show: Show::Hint, ready: typing, run: |pane, cx| choose(pane, cx, Mark::Absent) },
    Action { id: "entry.void", show: Show::Hint, ready: typing, run: |pane, cx| choose(pane, cx, Mark::Void) },
    Action { id: "entry.mean", show: Show::Hint, ready: warned, run: mean },
    Action { id: "entry.jump", show: Show::Hint, ready: in_pile, run: jump },
    Action { id: "entry.back", show: Show::Hint, ready: always, run: back },
    Action { id: "entry.differences", show: Show::Help, ready: settle::may, run: differences },
    Action { id: "entry.keep_first", show: Show::Help, ready: always, run: settle::keep_first },
    Action { id: "entry.keep_second", show: Show::Help, ready: always, run: settle::keep_second },
    Action { id: "entry.discard", show: Show::Help, ready: settle::chosen, run: settle::discard },
    Action { id: "entry.send_back", show: Show::Help, ready: settle::chosen, run: settle::send_back },
];

fn in_pile(pane: &Entry, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.place == Place::Papers { Ok(()) } else { Err(Refusal::new(NO_PILE)) }
}

fn typing(pane: &Entry, cx: &Cx<'_>) -> Result<(), Refusal> {
    in_pile(pane, cx)?;
    entry::may_type(cx.site)
}

fn warned(pane: &Entry, cx: &Cx<'_>) -> Result<(), Refusal> {
    typing(pane, cx)?;
    match &pane.papers {
        Some(papers) if !papers.draft.warnings.is_empty() => Ok(()),
        _ => Err(Refusal::new(NO_WARNING)),
    }
}

/// Opens the chosen pile; inside it, saves the mark and goes on.
fn accept(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    match pane.place {
        Place::Piles => {
            let pile = pane.pile_table.selected().and_then(|row| pane.piles.get(row)).cloned();
            let pile = pile.ok_or_else(|| Refusal::new(NO_PILE))?;
            pane.papers = Some(Papers::open(cx, pile)?);
            pane.place = Place::Papers;
        }
        Place::Papers => {
            let Some(papers) = pane.shown() else { return Ok(Flow::Stay) };
            if papers.jump.is_some() { papers.jump()? } else { papers.save(cx)? }
        }
        Place::Differences => cx.say(Tone::Info, "entry.settle_keys", &[]),
    }
    Ok(Flow::Stay)
}

fn choose(pane: &mut Entry, cx: &mut Cx<'_>, mark: Mark) -> Result<Flow> {
    if let Some(papers) = pane.shown() {
        papers.may_type(cx.site)?;
        papers.jump = None;
        papers.draft.choose(mark);
    }
    Ok(Flow::Stay)
}

/// Says yes to the warnings on the screen; Enter saves then.
fn mean(pane: &mut Entry, _: &mut Cx<'_>) -> Result<Flow> {
    let Some(papers) = pane.shown() else { return Ok(Flow::Stay) };
    if papers.draft.is_empty() {
        return Err(Refusal::new(NOTHING_TYPED).into());
    }
    papers.draft.meant = true;
    Ok(Flow::Stay)
}

fn jump(pane: &mut Entry, _: &mut Cx<'_>) -> Result<Flow> {
    if let Some(papers) = pane.shown() {
        papers.draft.clear();
        papers.start_jump();
    }
    Ok(Flow::Stay)
}

/// One step out: the jump, what is typed, the pile, the differences.
fn back(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    if let Some(papers) = pane.shown() {
        if papers.jump.take().is_some() {
            return Ok(Flow::Stay);
        }
        if !papers.draft.is_empty() {
            papers.draft.clear();
            return Ok(Flow::Stay);
        }
    }
    pane.place = Place::Piles;
    pane.papers = None;
    pane.read(cx)?;
    Ok(Flow::Stay)
}

fn differences(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.place = if pane.place == Place::Differences { Place::Piles } else { Place::Differences };
    pane.papers = None;
    pane.read(cx)?;
    Ok(Flow::Stay)
}
