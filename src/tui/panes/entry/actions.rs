//! What the score pane can do.
use super::draft::{HELD, Hold};
use super::papers::{NOTHING_TYPED, Papers};
use super::{Entry, Place, cover, settle};
use crate::model::{Code, Mark, Refusal};
use crate::ops::{Error, Result};
use crate::ops::{entry, history};
use crate::tui::cx::Cx;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::undo;
use crate::tui::pane::{Action, Flow, Show, always};

pub const NO_PILE: Code = Code("entry.no_pile");
pub const DECIDE: Code = Code("entry.decide");
pub const NOTHING_SAVED: Code = Code("entry.nothing_saved");
pub const NO_ITEMS: Code = Code("entry.no_items");
pub const NO_WARNING: Code = Code("entry.no_warning");

#[rustfmt::skip]
pub const ACTIONS: &[Action<Entry>] = &[
    Action { id: "entry.accept", show: Show::Hint, ready: acceptable, run: accept },
    Action { id: "entry.absent", show: Show::Hint, ready: typing, run: |pane, cx| choose(pane, cx, Mark::Absent) },
    Action { id: "entry.void", show: Show::Hint, ready: typing, run: |pane, cx| choose(pane, cx, Mark::Void) },
    Action { id: "entry.repeat", show: Show::Help, ready: typing, run: repeat },
    Action { id: "entry.full", show: Show::Help, ready: typing, run: |pane, cx| choose(pane, cx, Mark::Points(pane.rule.highest)) },
    Action { id: "entry.next", show: Show::Help, ready: in_pile, run: next },
    Action { id: "entry.next_item", show: Show::Help, ready: has_items, run: |pane, _| turn(pane, 1) },
    Action { id: "entry.previous_item", show: Show::Help, ready: has_items, run: |pane, _| turn(pane, -1) },
    Action { id: "entry.remark", show: Show::Help, ready: typing, run: remark },
    Action { id: "entry.mean", show: Show::Hint, ready: warned, run: mean },
    Action { id: "entry.cover", show: Show::Help, ready: in_pile, run: |pane, cx| cover::by_key(pane.papers.as_ref(), cx) },
    Action { id: "entry.back", show: Show::Hint, ready: inside, run: back },
    Action { id: "entry.jump", show: Show::Hint, ready: in_pile, run: jump },
    Action { id: "entry.undo", show: Show::Help, ready: always, run: take_back },
    Action { id: "entry.differences", show: Show::Help, ready: settle::may, run: differences },
    Action { id: "entry.keep_first", show: Show::Help, ready: settle::chosen, run: settle::keep_first },
    Action { id: "entry.keep_second", show: Show::Help, ready: settle::chosen, run: settle::keep_second },
    Action { id: "entry.discard", show: Show::Help, ready: settle::chosen, run: settle::discard },
    Action { id: "entry.send_back", show: Show::Help, ready: settle::chosen, run: settle::send_back },
    Action { id: "entry.arbitrate", show: Show::Help, ready: settle::chosen, run: settle::arbitrate },
];

fn in_pile(pane: &Entry, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.place == Place::Papers { Ok(()) } else { Err(Refusal::new(NO_PILE)) }
}

fn inside(pane: &Entry, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.place == Place::Piles { Err(Refusal::new(NO_PILE)) } else { Ok(()) }
}

/// In a pile, on a paper that the operator types now.
fn typing(pane: &Entry, cx: &Cx<'_>) -> Result<(), Refusal> {
    in_pile(pane, cx)?;
    entry::may_type(cx.site)?;
    let Some(papers) = &pane.papers else { return Err(Refusal::new(NO_PILE)) };
    match papers.may_type(cx.site) {
        Err(Error::Refused(refusal)) => Err(refusal),
        _ => Ok(()),
    }
}

fn acceptable(pane: &Entry, cx: &Cx<'_>) -> Result<(), Refusal> {
    match pane.place {
        Place::Piles if pane.pile_table.selected().is_some() => Ok(()),
        Place::Piles => Err(Refusal::new(NO_PILE)),
        Place::Papers if pane.papers.as_ref().is_some_and(|p| p.jump.is_some()) => Ok(()),
        Place::Papers => typing(pane, cx),
        Place::Differences => Err(Refusal::new(DECIDE)),
    }
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
            let mut papers = Papers::open(cx, pile, pane.rule)?;
            papers.claim(cx)?;
            pane.papers = Some(papers);
            pane.place = Place::Papers;
        }
        Place::Papers => {
            let Some(papers) = pane.shown() else { return Ok(Flow::Stay) };
            if papers.jump.is_some() {
                papers.jump(cx.site)?;
                return Ok(Flow::Stay);
            }
            papers.enter(cx)?;
            return pane.after_save(cx);
        }
        Place::Differences => {}
    }
    Ok(Flow::Stay)
}

fn choose(pane: &mut Entry, cx: &mut Cx<'_>, mark: Mark) -> Result<Flow> {
    if let Some(papers) = pane.shown() {
        papers.may_type(cx.site)?;
        papers.jump = None;
        papers.draft.takes_more()?;
        // What replaces something typed wants Enter everywhere: one of the two was a slip.
        let replaces = !papers.draft.is_empty();
        papers.draft.choose(mark);
        if !replaces {
            papers.finish(cx)?;
        }
    }
    pane.after_save(cx)
}

/// The mark that was saved last, for the paper at hand.
fn repeat(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    let last = pane.papers.as_ref().and_then(|papers| papers.last.as_ref()).map(|(_, mark)| *mark);
    choose(pane, cx, last.ok_or_else(|| Refusal::new(NOTHING_SAVED))?)
}

/// Saves what is typed, as Enter does; without anything typed, the next paper.
fn next(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    if let Some(papers) = pane.shown() {
        papers.jump = None;
        if papers.draft.is_empty() {
            papers.table.step(1);
            papers.drop_draft(cx);
            papers.fit(cx.site)?;
        } else {
            papers.enter(cx)?;
            return pane.after_save(cx);
        }
    }
    Ok(Flow::Stay)
}

fn has_items(pane: &Entry, cx: &Cx<'_>) -> Result<(), Refusal> {
    typing(pane, cx)?;
    let has = pane.papers.as_ref().is_some_and(|papers| !papers.draft.groups.is_empty());
    if has { Ok(()) } else { Err(Refusal::new(NO_ITEMS)) }
}

fn turn(pane: &mut Entry, by: isize) -> Result<Flow> {
    if let Some(papers) = pane.shown() {
        papers.draft.turn(by);
    }
    Ok(Flow::Stay)
}

/// What is odd on the paper; saved with the mark.
fn remark(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(papers) = pane.shown() else { return Ok(Flow::Stay) };
    let number = papers.at_hand().map(|(paper, _)| paper.place()).unwrap_or_default();
    let title = cx.locale.say("entry.remark_title", &[("number", &number)]);
    let (remark, before) = (papers.draft.remark.clone(), papers.draft.remark.borrow().clone());
    let then = move |_: &mut Cx<'_>, text: String| {
        remark.replace(text.trim().to_owned());
        Ok(Flow::Close)
    };
    let body = cx.locale.word("entry.remark_body").to_owned();
    Ok(Flow::Open(Reason::edit_or_nothing(title, body, &before, Box::new(then))))
}

/// Says yes to the warnings on the screen, and saves.
fn mean(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(papers) = pane.shown() else { return Ok(Flow::Stay) };
    if papers.draft.is_empty() {
        return Err(Refusal::new(NOTHING_TYPED).into());
    }
    if papers.draft.hold == Hold::TypedPast {
        return Err(Refusal::new(HELD).into());
    }
    let accepted = papers.draft.warnings.iter().map(|w| w.code).collect();
    papers.save(cx, accepted)?;
    pane.after_save(cx)
}

/// On a paper of one's own that paper's entry, elsewhere the last operation.
fn take_back(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    let own = pane.shown().and_then(|papers| {
        let (paper, _) = papers.at_hand()?;
        paper.mine.map(|_| (paper.application, papers.pile.subject))
    });
    let op = match own {
        Some((application, subject)) => entry::own_save(cx.site, application, subject)?,
        None => history::next_undo(cx.site)?,
    };
    undo::ask(cx, op)
}

fn jump(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    if let Some(papers) = pane.shown() {
        papers.drop_draft(cx);
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
        if papers.draft.has_anything() || papers.draft.hold != Hold::Open {
            papers.draft.clear();
            return Ok(Flow::Stay);
        }
    }
    pane.close(cx)?;
    Ok(Flow::Stay)
}

fn differences(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    let to = if pane.place == Place::Differences { Place::Piles } else { Place::Differences };
    pane.close(cx)?;
    pane.place = to;
    Ok(Flow::Stay)
}
