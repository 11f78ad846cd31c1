//! What can be done with an application's form: edit, resubmit, correct what is frozen, print.
use super::super::form;
use super::person::Person;
use super::person_print::print;
use crate::model::{ApplicationId, DocumentKind, Refusal, identity};
use crate::ops::Result;
use crate::ops::applications::form::may_type;
use crate::ops::applications::{Correct, LATE_REASON, NOT_RETURNED, Resubmit, may_change};
use crate::ops::payments::NOT_APPROVED;
use crate::ops::{ApplicationRow, ApplicationState};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Action, Flow, Show, always};

#[rustfmt::skip]
pub const ACTIONS: &[Action<Person>] = &[
    Action { id: "dossier.person.edit", show: Show::Hint, ready: |pane, cx| may_edit(&pane.row, cx), run: edit },
    Action { id: "dossier.person.resubmit", show: Show::Hint, ready: |pane, cx| may_resubmit(&pane.row, cx), run: resubmit },
    Action { id: "dossier.person.correct", show: Show::Hint, ready: |pane, cx| may_correct(&pane.row, cx), run: correct },
    Action { id: "dossier.person.print", show: Show::Hint, ready: always, run: print },
];

fn may_edit(row: &ApplicationRow, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_type(cx.site)?;
    may_change(row)
}

fn wrong_state(code: crate::model::Code, row: &ApplicationRow) -> Refusal {
    let state = format!("application_state.{}", row.state.code());
    Refusal::new(code).with("name", row.name.as_str()).word("state", state)
}

fn may_resubmit(row: &ApplicationRow, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_type(cx.site)?;
    if row.state == ApplicationState::Returned { Ok(()) } else { Err(wrong_state(NOT_RETURNED, row)) }
}

/// Before approval the form itself is edited.
fn may_correct(row: &ApplicationRow, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_type(cx.site)?;
    if row.state == ApplicationState::Approved { Ok(()) } else { Err(wrong_state(NOT_APPROVED, row)) }
}

fn edit(pane: &mut Person, cx: &mut Cx<'_>) -> Result<Flow> {
    form::edit(cx, pane.row.id)
}

fn resubmit(pane: &mut Person, cx: &mut Cx<'_>) -> Result<Flow> {
    let application = pane.row.id;
    match again(cx, application, None) {
        Err(error) if error.refusal().is_some_and(|r| r.is(LATE_REASON)) => {
            let body = error.refusal().map(|r| cx.locale.say_data("form_page.late_body", &r.data));
            let title = cx.locale.word("form_page.late_title").to_owned();
            let then = move |cx: &mut Cx<'_>, why: String| again(cx, application, Some(why)).map(|()| Flow::Close);
            Ok(Flow::Open(Reason::ask(title, body.unwrap_or_default(), Box::new(then))))
        }
        other => other.map(|()| Flow::Stay),
    }
}

fn again(cx: &mut Cx<'_>, application: ApplicationId, late: Option<String>) -> Result<()> {
    let done = cx.perform(&Resubmit { application, late })?;
    let (round, op) = (done.out.round.to_string(), done.op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, "form_page.resubmitted", &[("name", &done.out.name), ("round", &round), ("op", &op)]);
    Ok(())
}

/// Which of the frozen facts, its new value, then why.
fn correct(pane: &mut Person, cx: &mut Cx<'_>) -> Result<Flow> {
    let row = pane.row.clone();
    let parts = ["name", "id_number", "document"];
    let items = parts.map(|part| {
        let now = match part {
            "name" => row.name.clone(),
            "id_number" => identity::mask(&row.id_number),
            _ => cx.locale.word(&row.document.key()).to_owned(),
        };
        format!("{}  {now}", cx.locale.word(&format!("form_item.{part}")))
    });
    let title = cx.locale.word("form_page.correct_title").to_owned();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let part = parts.get(place).copied().unwrap_or("name");
        let correction =
            Correct { application: row.id, name: None, document: None, number: None, reason: String::new() };
        if part == "document" {
            return Ok(Flow::Open(which_document(cx, correction)));
        }
        let title = cx.locale.word(&format!("form_item.{part}")).to_owned();
        let body = cx.locale.word("form_page.correct_body").to_owned();
        // A number is typed anew from the papers: the wrong one is shown to nobody for it.
        let start = if part == "name" { row.name.clone() } else { String::new() };
        let then = move |cx: &mut Cx<'_>, text: String| {
            let correction = match part {
                "name" => Correct { name: Some(text), ..correction },
                _ => Correct { number: Some(text), ..correction },
            };
            Ok(Flow::Open(why(cx, correction)))
        };
        Ok(Flow::Open(Reason::edit(title, body, &start, Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(title, items.to_vec(), 0, Box::new(then))))
}

fn which_document(cx: &Cx<'_>, correction: Correct) -> Box<dyn crate::tui::pane::Layer> {
    let items = DocumentKind::ALL.map(|kind| cx.locale.word(&kind.key()).to_owned()).to_vec();
    let title = cx.locale.word("form_item.document").to_owned();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let document = DocumentKind::ALL.get(place).copied();
        Ok(Flow::Open(why(cx, Correct { document, ..correction })))
    };
    Picker::ask(title, items, 0, Box::new(then))
}

fn why(cx: &Cx<'_>, correction: Correct) -> Box<dyn crate::tui::pane::Layer> {
    let title = cx.locale.word("form_page.correct_title").to_owned();
    let body = cx.locale.word("form_page.correct_why").to_owned();
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Correct { reason, ..correction })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "form_page.corrected", &[("name", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    Reason::ask(title, body, Box::new(then))
}
