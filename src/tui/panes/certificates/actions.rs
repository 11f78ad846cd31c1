//! What can be done in the certificates pane.
use super::Certificates;
use crate::model::{Code, Day, Refusal};
use crate::ops::certificates::{self, Number, Reissue, Revoke};
use crate::ops::publicity::{Stop, gate};
use crate::ops::{CertificateState, Result};
use crate::text::certificate::{held_lines, refusal_line};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

const NOTHING_SELECTED: Code = Code("certificates.nothing_selected");
const NO_FOLDER: Code = Code("certificates.no_folder");
const BAD_DATE: Code = Code("certificates.bad_date");

pub fn something_selected(pane: &Certificates, _cx: &Cx<'_>) -> Result<(), Refusal> {
    pane.selected().map(drop).ok_or_else(|| Refusal::new(NOTHING_SELECTED))
}

pub fn may_number(pane: &Certificates, _cx: &Cx<'_>) -> Result<(), Refusal> {
    match pane.counts.waiting {
        0 => Err(Refusal::new(certificates::NOBODY).with("numbered", pane.counts.passed)),
        _ => Ok(()),
    }
}

/// A revoked certificate is not printed.
pub fn may_print(pane: &Certificates, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_revoke(pane, cx)
}

pub fn may_revoke(pane: &Certificates, _cx: &Cx<'_>) -> Result<(), Refusal> {
    match pane.selected() {
        None => Err(Refusal::new(NOTHING_SELECTED)),
        Some(c) if c.state == CertificateState::Revoked => {
            Err(Refusal::new(certificates::ALREADY).with("number", c.number.as_str()))
        }
        Some(_) => Ok(()),
    }
}

/// Asks for the date of issue, then for the number of people, typed. What stands in the way is told first, all of it.
pub fn number(_pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    let gate = gate(cx.site)?;
    if !gate.stops().is_empty() {
        let told = |stop: &Stop| refusal_line(cx.locale, &stop.refusal());
        let lines = gate.stops().iter().map(told).collect();
        return Ok(Flow::Open(Report::show(cx.locale.word("numbers.stops_title").to_owned(), lines)));
    }
    let today = cx.site.now().day().to_string();
    let title = cx.locale.word("certificates.number_title").to_owned();
    let body = cx.locale.word("certificates.number_date_body").to_owned();
    Ok(Flow::Open(Reason::edit(
        title.clone(),
        body,
        &today,
        Box::new(move |cx, date| confirm_number(cx, title, &date)),
    )))
}

fn confirm_number(cx: &mut Cx<'_>, title: String, date: &str) -> Result<Flow> {
    let typed = crate::model::fold::number_like(date).into_owned();
    let issued_on: Day = typed.parse().map_err(|_| Refusal::new(BAD_DATE).with("value", date))?;
    // What would happen, asked through the same door; its refusals come before any question.
    let people = cx.site.preview(&Number { issued_on })?.out.people.to_string();
    let body = cx.locale.say("certificates.number_body", &[("people", &people), ("date", &typed)]);
    let then = move |cx: &mut Cx<'_>| {
        let done = cx.perform(&Number { issued_on })?;
        let (people, op) = (done.out.people.to_string(), done.op.map_or(0, |n| n.0).to_string());
        cx.say(Tone::Good, "certificates.numbered", &[("people", &people), ("op", &op)]);
        // Who has to wait is told by name.
        let held = held_lines(cx.locale, &done.out.held);
        if held.is_empty() {
            return Ok(Flow::Close);
        }
        Ok(Flow::Open(Report::show(cx.locale.word("numbers.held_title").to_owned(), held)))
    };
    Ok(Flow::Open(Confirm::ask(title, body, people, Box::new(then))))
}

pub fn find(pane: &mut Certificates, _cx: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = true;
    Ok(Flow::Stay)
}

pub fn clear(pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = false;
    pane.find.clear();
    pane.state = None;
    pane.read(cx, 1)?;
    Ok(Flow::Stay)
}

/// All, valid, revoked, all.
pub fn state(pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.state = match pane.state {
        None => Some(CertificateState::Valid),
        Some(CertificateState::Valid) => Some(CertificateState::Revoked),
        Some(CertificateState::Revoked) => None,
    };
    pane.table.select(0);
    pane.read(cx, 1)?;
    Ok(Flow::Stay)
}

pub fn revoke(pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(selected) = pane.selected() else { return Ok(Flow::Stay) };
    let certificate = selected.id;
    let title = cx.locale.word("certificates.revoke_title").to_owned();
    let body = cx.locale.say("certificates.revoke_body", &[("number", &selected.number), ("name", &selected.name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Revoke { certificate, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "certificates.revoked", &[("number", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

pub fn may_reissue(pane: &Certificates, _cx: &Cx<'_>) -> Result<(), Refusal> {
    match pane.selected() {
        Some(c) if c.state == CertificateState::Revoked => Ok(()),
        _ => Err(Refusal::new(certificates::NOT_REVOKED)),
    }
}

/// A new number for the person of the revoked certificate, dated today.
pub fn reissue(pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(selected) = pane.selected() else { return Ok(Flow::Stay) };
    let (application, issued_on) = (selected.application, cx.site.now().day());
    let title = cx.locale.word("certificates.reissue_title").to_owned();
    let body = cx.locale.say("certificates.reissue_body", &[("name", &selected.name), ("number", &selected.number)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Reissue { application, issued_on, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "certificates.reissued", &[("number", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

/// Writes the upload sheet into the site's folder `exports`, and into the journal that it went out.
pub fn export(_pane: &mut Certificates, cx: &mut Cx<'_>) -> Result<Flow> {
    let folder = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let folder = folder.ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let style = certificates::upload_style(None)?;
    let path = certificates::upload_path(cx.site, &folder, certificates::LAYOUT)?;
    let upload = certificates::Upload::prepare(cx.site, certificates::LAYOUT, style)?;
    cx.perform(&upload.export(&path))?;
    upload.write(&path)?;
    // The line is short: the folder that everybody knows is left out.
    let shown = folder.parent().and_then(|home| path.strip_prefix(home).ok()).unwrap_or(&path);
    let (path, rows) = (shown.display().to_string(), upload.rows.to_string());
    cx.say(Tone::Good, "certificates.exported", &[("rows", &rows), ("path", &path)]);
    Ok(Flow::Stay)
}
