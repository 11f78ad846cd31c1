//! The next step of what is chosen: issuing, filling a box, submitting; and where it went.
use super::sheet::{Sheet, text, yes_no};
use super::{Chosen, Documents};
use crate::model::{Day, Refusal, fold};
use crate::ops::documents::{Block, CertifyMarks, Document, HandOn, Issue, Signed};
use crate::ops::rosters::{BoxState, FillBox, Roster, Send};
use crate::ops::uploads::{Receipt, RefusedRow, Submit, Upload};
use crate::ops::{Result, RosterState, UploadState};
use crate::text::documents as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::pane::Flow;
use crate::tui::widgets::form::{Entry, Form};

pub fn value(form: &Form, code: &str) -> String {
    form.entry(code).map(|e| e.value().to_owned()).unwrap_or_default()
}

/// `None` for an empty entry.
pub fn said(form: &Form, code: &str) -> Option<String> {
    Some(value(form, code)).filter(|text| !text.is_empty())
}

fn day(form: &Form) -> Result<Option<Day>, Refusal> {
    let parse = |text: String| {
        let folded = fold::number_like(&text);
        folded.parse::<Day>().map_err(|_| Refusal::new(crate::model::Code("documents.bad_date")).with("value", text))
    };
    said(form, "dated").map(parse).transpose()
}

fn paper(cx: &Cx<'_>) -> Vec<Entry> {
    let names = [text(cx, "handled_by"), text(cx, "responsible")];
    names.into_iter().chain([yes_no(cx, "legible"), yes_no(cx, "stamped"), text(cx, "dated")]).collect()
}

fn signed(form: &Form) -> Result<Signed, Refusal> {
    let yes = |code: &str| value(form, code) == "yes";
    let (handled_by, responsible) = (said(form, "handled_by"), said(form, "responsible"));
    Ok(Signed { handled_by, responsible, legible: yes("legible"), stamped: yes("stamped"), dated: day(form)? })
}

pub fn good(cx: &mut Cx<'_>, text: String) -> Flow {
    cx.toast(Tone::Good, text.replace('\n', " "));
    Flow::Close
}

pub fn step(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.chosen()? {
        Chosen::Document(document) => Ok(issue(cx, document)),
        Chosen::Roster(roster) => fill(cx, roster),
        Chosen::Upload(upload) if upload.row.state == UploadState::Draft => Ok(submit(cx, upload)),
        Chosen::Upload(upload) if upload.row.state == UploadState::Submitted => Ok(receipt(cx, upload)),
        Chosen::Upload(upload) => Ok(waits(cx, &format!("upload_state.{}", upload.row.state.code()))),
    }
}

fn waits(cx: &mut Cx<'_>, key: &str) -> Flow {
    let state = cx.locale.word(key).to_owned();
    cx.say(Tone::Info, "uploads.waits", &[("state", &state)]);
    Flow::Stay
}

fn issue(cx: &Cx<'_>, document: &Document) -> Flow {
    let mut entries = vec![text(cx, "document_no").needed(true)];
    entries.extend(paper(cx));
    let (id, people) = (document.row.id, document.people.to_string());
    let title = cx.locale.say("documents.form_issue", &[("document", &id.to_string()), ("people", &people)]);
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let document_no = value(form, "document_no");
        let done = cx.perform(&Issue { document: id, document_no, issuer: None, signed: signed(form)? })?;
        let text = words::issued(cx.locale, &done);
        Ok(good(cx, text))
    };
    Sheet::ask(cx, title, entries, Box::new(save))
}

/// The first box that does not count yet; sending, where all do.
fn fill(cx: &mut Cx<'_>, roster: &Roster) -> Result<Flow> {
    if roster.row.state != RosterState::Made {
        return Ok(waits(cx, &format!("roster_state.{}", roster.row.state.code())));
    }
    let Some(open) = roster.boxes.iter().find(|one| one.state != BoxState::Good) else { return Ok(send(cx, roster)) };
    let (id, node) = (roster.row.id, open.node);
    let mut entries = paper(cx);
    entries.push(text(cx, "head_count"));
    let name = cx.locale.word(&node.key()).to_owned();
    let title = cx.locale.say("documents.form_box", &[("roster", &id.to_string()), ("box", &name)]);
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let head_count = fold::number_like(&value(form, "head_count")).parse().ok();
        let done = cx.perform(&FillBox { roster: id, node, signed: signed(form)?, head_count })?;
        let text = words::roster_filled(cx.locale, node, &done);
        Ok(good(cx, text))
    };
    Ok(Sheet::ask(cx, title, entries, Box::new(save)))
}

fn send(cx: &Cx<'_>, roster: &Roster) -> Flow {
    let id = roster.row.id;
    let title = cx.locale.say("documents.form_send", &[("roster", &id.to_string())]);
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let to = value(form, "to");
        let done = cx.perform(&Send { roster: id, to: to.clone(), on: day(form)? })?;
        let args = [("roster", id.to_string()), ("to", to)];
        let text = words::with_op(cx.locale, "documents.roster_sent", &args, done.op);
        Ok(good(cx, text))
    };
    Sheet::ask(cx, title, vec![text(cx, "to").needed(true), text(cx, "dated")], Box::new(save))
}

fn submit(cx: &Cx<'_>, upload: &Upload) -> Flow {
    let (id, people) = (upload.row.id, upload.people.to_string());
    let title = cx.locale.say("uploads.form_submit", &[("upload", &id.to_string()), ("people", &people)]);
    let needed = |code| text(cx, code).needed(true);
    let entries = vec![needed("manager"), needed("head"), needed("to"), text(cx, "dated")];
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let (manager, head, to) = (value(form, "manager"), value(form, "head"), value(form, "to"));
        let done = cx.perform(&Submit { upload: id, manager, head, to: to.clone(), on: day(form)? })?;
        let args = [("upload", id.to_string()), ("to", to)];
        let text = words::with_op(cx.locale, "uploads.submitted", &args, done.op);
        Ok(good(cx, text))
    };
    Sheet::ask(cx, title, entries, Box::new(save))
}

fn receipt(cx: &Cx<'_>, upload: &Upload) -> Flow {
    let id = upload.row.id;
    let title = cx.locale.say("uploads.form_receipt", &[("upload", &id.to_string())]);
    let entries = vec![text(cx, "receipt_no").needed(true), text(cx, "dated"), text(cx, "refused")];
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let rows = value(form, "refused");
        let rows = rows.split([';', '；']).map(str::trim).filter(|row| !row.is_empty());
        let row = |row: &str| {
            let (number, fault) = row.split_once(['=', '＝']).unwrap_or((row, ""));
            RefusedRow { number: number.trim().to_owned(), fault: fault.trim().to_owned() }
        };
        let (receipt_no, refused) = (value(form, "receipt_no"), rows.map(row).collect());
        let done = cx.perform(&Receipt { upload: id, receipt_no, on: day(form)?, refused })?;
        let args = [("accepted", done.out.0.to_string()), ("refused", done.out.1.to_string())];
        let text = words::with_op(cx.locale, "uploads.answered", &args, done.op);
        Ok(good(cx, text))
    };
    Sheet::ask(cx, title, entries, Box::new(save))
}

/// Copies of a document; a roster is sent, and an upload gets its receipt, where it is their turn.
pub fn record(page: &mut Documents, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.chosen()? {
        Chosen::Document(document) => Ok(hand_on(cx, document)),
        Chosen::Roster(roster) => Ok(send(cx, roster)),
        Chosen::Upload(upload) => Ok(receipt(cx, upload)),
    }
}

/// The first copy of which nothing is known yet.
fn hand_on(cx: &mut Cx<'_>, document: &Document) -> Flow {
    let id = document.row.id;
    let Some(open) = document.copies.iter().find(|copy| copy.handed_on.is_none()) else {
        cx.say(Tone::Info, "documents.all_handed", &[]);
        return Flow::Stay;
    };
    let copy = open.copy;
    let keeper = cx.locale.word(&format!("document_keeper.{}", open.keeper)).to_owned();
    let title = cx.locale.say("documents.form_hand", &[("copy", &copy.to_string()), ("keeper", &keeper)]);
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let to = value(form, "to");
        let done = cx.perform(&HandOn { document: id, copy, to: to.clone(), on: day(form)? })?;
        let text = words::handed(cx.locale, (copy, &to), &done);
        Ok(good(cx, text))
    };
    Sheet::ask(cx, title, vec![text(cx, "to").needed(true), text(cx, "dated")], Box::new(save))
}

/// A block of marks for everybody who passed and needs it.
pub fn certify(cx: &Cx<'_>, block: Block) -> Flow {
    let mut entries = Vec::new();
    if block == Block::Practical {
        entries.extend([text(cx, "organisation").needed(true), text(cx, "filing_no").needed(true)]);
    }
    entries.extend(paper(cx));
    let title = cx.locale.say("documents.form_marks", &[("block", &words::block(cx.locale, block))]);
    let save = move |cx: &mut Cx<'_>, form: &Form| {
        let (organisation, filing_no) = (said(form, "organisation"), said(form, "filing_no"));
        let op = CertifyMarks { block, who: Vec::new(), organisation, filing_no, signed: signed(form)? };
        let done = cx.perform(&op)?;
        let text = words::certified(cx.locale, block, &done);
        Ok(good(cx, text))
    };
    Sheet::ask(cx, title, entries, Box::new(save))
}
