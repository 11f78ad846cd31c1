//! A coordinator's decisions about two entries that differ, each with a reason.
use super::actions::NO_PILE;
use super::{Entry, Place};
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::entry::{Action, Difference, Settle, Slot};
use crate::text::mark_words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

pub const NO_DIFFERENCE: Code = Code("entry.no_difference");
pub const ONLY_COORDINATOR: Code = Code("entry.only_coordinator");

pub fn may(pane: &Entry, _: &Cx<'_>) -> Result<(), Refusal> {
    if pane.settles { Ok(()) } else { Err(Refusal::new(ONLY_COORDINATOR)) }
}

pub fn chosen(pane: &Entry, cx: &Cx<'_>) -> Result<(), Refusal> {
    if pane.place != Place::Differences && !pane.settles {
        return Err(Refusal::new(NO_PILE));
    }
    may(pane, cx)?;
    at_hand(pane).map(drop).ok_or_else(|| Refusal::new(NO_DIFFERENCE))
}

fn at_hand(pane: &Entry) -> Option<&Difference> {
    let row = pane.difference_table.selected().filter(|_| pane.place == Place::Differences)?;
    pane.differences.get(row)
}

pub fn keep_first(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    keep(pane, cx, Slot::First)
}

pub fn keep_second(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    keep(pane, cx, Slot::Second)
}

fn keep(pane: &Entry, cx: &Cx<'_>, slot: Slot) -> Result<Flow> {
    let difference = at_hand(pane).ok_or_else(|| Refusal::new(NO_DIFFERENCE))?;
    let key = if slot == Slot::First { "entry.keep_first_title" } else { "entry.keep_second_title" };
    Ok(ask(cx, difference, Action::Keep(slot), key))
}

pub fn discard(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    let difference = at_hand(pane).ok_or_else(|| Refusal::new(NO_DIFFERENCE))?;
    Ok(ask(cx, difference, Action::DiscardBoth, "entry.discard_title"))
}

/// Asks which one first.
pub fn send_back(pane: &mut Entry, cx: &mut Cx<'_>) -> Result<Flow> {
    let difference = at_hand(pane).ok_or_else(|| Refusal::new(NO_DIFFERENCE))?.clone();
    let line = |key: &str, entered: &crate::ops::entry::Entered| {
        let mark = mark_words(cx.locale, entered.mark);
        cx.locale.say(key, &[("mark", &mark), ("operator", &entered.operator)])
    };
    let items = vec![line("entry.the_first", &difference.first), line("entry.the_second", &difference.second)];
    let title = cx.locale.word("entry.send_back_title").to_owned();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let slot = if place == 0 { Slot::First } else { Slot::Second };
        Ok(ask(cx, &difference, Action::SendBack(slot), "entry.send_back_title"))
    };
    Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
}

fn ask(cx: &Cx<'_>, difference: &Difference, action: Action, title: &str) -> Flow {
    let (application, subject) = (difference.application, difference.subject);
    let words = |key: &str| cx.locale.word(key).to_owned();
    let (first, second) = (mark_words(cx.locale, difference.first.mark), mark_words(cx.locale, difference.second.mark));
    let subject_words = words(&subject.key());
    let body = cx.locale.say(
        if matches!(action, Action::Keep(_)) { "entry.keep_body" } else { "entry.settle_body" },
        &[("name", difference.label()), ("subject", &subject_words), ("first", &first), ("second", &second)],
    );
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Settle { application, subject, action, reason })?;
        let key = match action {
            Action::Keep(_) => "entry.kept",
            Action::DiscardBoth => "entry.discarded",
            Action::SendBack(_) => "entry.sent_back",
            Action::Arbitrate(_) => "entry.arbitrated",
        };
        cx.say(Tone::Good, key, &[("name", &done.out)]);
        Ok(Flow::Close)
    };
    Flow::Open(Reason::ask(words(title), body, Box::new(then)))
}
