//! What can be done in the history pane.
use super::{Chosen, FIRST, History};
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::history::{self, Undo};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

const NOTHING_SELECTED: Code = Code("history.nothing_selected");

pub fn something_selected(pane: &History, _cx: &Cx<'_>) -> Result<(), Refusal> {
    // While typing, Enter ends the typing.
    if pane.finding || pane.selected().is_some() { Ok(()) } else { Err(Refusal::new(NOTHING_SELECTED)) }
}

/// The rule that the operation applies again, so that nobody is asked for a reason in vain.
pub fn may_undo(pane: &History, cx: &Cx<'_>) -> Result<(), Refusal> {
    let selected = pane.selected().ok_or_else(|| Refusal::new(NOTHING_SELECTED))?;
    match history::may_undo(cx.site, selected.operation) {
        Err(crate::ops::Error::Refused(refusal)) => Err(refusal),
        _ => Ok(()),
    }
}

pub fn open(pane: &mut History, cx: &mut Cx<'_>) -> Result<Flow> {
    if std::mem::take(&mut pane.finding) {
        pane.table.select(0);
        pane.restart(cx, FIRST)?;
        return Ok(Flow::Stay);
    }
    let Some(selected) = pane.selected() else { return Ok(Flow::Stay) };
    let detail = history::detail(cx.site, selected.operation)?;
    let title = cx.locale.say("history.detail_title", &[("op", &selected.operation.to_string())]);
    Ok(Flow::Open(Report::show(title, crate::text::history::lines(cx.locale, &detail))))
}

/// The journal's head in groups to compare by eye with paper, and how it stands to the mark outside.
pub fn head(_: &mut History, cx: &mut Cx<'_>) -> Result<Flow> {
    let title = cx.locale.word("action.history.head").to_owned();
    Ok(Flow::Open(Report::show(title, crate::text::history::head(cx.locale, &crate::ops::anchor::seen(cx.site)?))))
}

/// Takes the selected operation back, with a reason.
pub fn undo(pane: &mut History, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(selected) = pane.selected() else { return Ok(Flow::Stay) };
    let op = selected.operation;
    let subject = selected.subject.clone().unwrap_or_default();
    let kind = cx.locale.word(&selected.word()).to_owned();
    let body = cx.locale.say(
        "undo.body",
        &[("op", &op.to_string()), ("kind", &kind), ("subject", &subject), ("at", &selected.at.clock())],
    );
    let title = cx.locale.word("undo.title").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| {
        cx.perform(&Undo { op, reason })?;
        // Read back, not assumed: the journal must name the undo now.
        match history::undone_by(cx.site, op)? {
            Some(by) => {
                cx.say(Tone::Good, "undo.done", &[("kind", &kind), ("subject", &subject), ("by", &by.to_string())])
            }
            None => cx.say(Tone::Refused, "undo.not_done", &[("kind", &kind)]),
        }
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

pub fn find(pane: &mut History, _cx: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = true;
    Ok(Flow::Stay)
}

pub fn clear(pane: &mut History, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = false;
    pane.find.clear();
    pane.chosen.replace(Chosen::default());
    pane.table.select(0);
    pane.restart(cx, FIRST)?;
    Ok(Flow::Stay)
}

pub fn operator(pane: &mut History, cx: &mut Cx<'_>) -> Result<Flow> {
    let names = history::operators(cx.site)?;
    let words = names.clone();
    let chosen = pane.chosen.clone();
    let then = move |place: Option<usize>| {
        chosen.borrow_mut().operator = place.and_then(|n| names.get(n).cloned());
    };
    Ok(choose(cx, "history.choose_operator", words, then))
}

pub fn kind(pane: &mut History, cx: &mut Cx<'_>) -> Result<Flow> {
    let kinds = history::kinds(cx.site)?;
    let words = kinds.iter().map(|k| cx.locale.word(&format!("kind.{k}")).to_owned()).collect();
    let chosen = pane.chosen.clone();
    let then = move |place: Option<usize>| {
        chosen.borrow_mut().kind = place.and_then(|n| kinds.get(n).cloned());
    };
    Ok(choose(cx, "history.choose_kind", words, then))
}

/// A list with "all" above it; the choice is taken up when the list closes.
fn choose(cx: &Cx<'_>, title: &str, mut words: Vec<String>, then: impl FnOnce(Option<usize>) + 'static) -> Flow {
    words.insert(0, cx.locale.word("history.all").to_owned());
    let title = cx.locale.word(title).to_owned();
    let then = move |_: &mut Cx<'_>, place: usize| {
        then(place.checked_sub(1));
        Ok(Flow::Close)
    };
    Flow::Open(Picker::ask(title, words, 0, Box::new(then)))
}
