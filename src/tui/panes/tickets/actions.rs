//! What one can do with tickets.
use super::Tickets;
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::Result;
use crate::ops::prints::{Form, Format, Scope};
use crate::ops::tickets::{self, Issue, NEVER_ISSUED, NO_TICKET, NOBODY, Reissue, TicketState, Void};
use crate::text::ticket_window;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Pane};

pub const NO_FOLDER: Code = Code("prints.no_folder");
pub const NONE_SELECTED: Code = Code("tickets.none_selected");

pub fn has_number(page: &Tickets, _cx: &Cx<'_>) -> Result<(), Refusal> {
    let line = page.selected().ok_or_else(|| Refusal::new(NONE_SELECTED))?;
    match line.number {
        Some(_) => Ok(()),
        None => Err(Refusal::new(NO_TICKET).with("name", line.name.as_str())),
    }
}

pub fn had_number(page: &Tickets, _cx: &Cx<'_>) -> Result<(), Refusal> {
    let line = page.selected().ok_or_else(|| Refusal::new(NONE_SELECTED))?;
    match line.state() {
        TicketState::Waiting => Err(Refusal::new(NEVER_ISSUED).with("name", line.name.as_str())),
        _ => Ok(()),
    }
}

pub fn somebody(page: &Tickets, _cx: &Cx<'_>) -> Result<(), Refusal> {
    if page.counts.issued > 0 { Ok(()) } else { Err(Refusal::new(NONE_SELECTED)) }
}

pub fn somebody_waits(page: &Tickets, _cx: &Cx<'_>) -> Result<(), Refusal> {
    if page.counts.waiting > 0 { Ok(()) } else { Err(Refusal::new(NOBODY)) }
}

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

pub fn issue(_page: &mut Tickets, cx: &mut Cx<'_>) -> Result<Flow> {
    let done = cx.perform_bulk(&Issue::All)?;
    let (count, op) = (done.out.len().to_string(), done.op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, "tickets.issue_done", &[("count", &count), ("op", &op)]);
    Ok(Flow::Stay)
}

pub fn void(page: &mut Tickets, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(line) = page.selected() else { return Ok(Flow::Stay) };
    let application = line.application;
    let title = cx.locale.say("tickets.void_title", &[("number", line.number.as_deref().unwrap_or_default())]);
    let body = cx.locale.say("tickets.void_body", &[("name", &line.name)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Void { application, reason })?;
        let (op, key) = (done.op.map_or(0, |n| n.0).to_string(), cx.seen().key(Tickets::ID, "tickets.reissue"));
        cx.say(Tone::Good, "tickets.void_done", &[("number", &done.out), ("op", &op), ("key", &key)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
}

pub fn reissue(page: &mut Tickets, cx: &mut Cx<'_>) -> Result<Flow> {
    let Some(line) = page.selected() else { return Ok(Flow::Stay) };
    let application = line.application;
    let number = line.number.as_deref().or(line.void.as_deref()).unwrap_or_default();
    let body = cx.locale.say("tickets.reissue_body", &[("name", &line.name), ("number", number)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Reissue { application, reason })?;
        let (out, op) = (done.out, done.op.map_or(0, |n| n.0).to_string());
        let args = [("name", out.name.as_str()), ("old", &out.old), ("new", &out.new), ("op", &op)];
        cx.say(Tone::Good, "tickets.reissue_done", &args);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(word(cx, "tickets.reissue_title"), body, Box::new(then))))
}

/// While something is typed, Enter ends the typing and prints nothing.
pub fn print(page: &mut Tickets, cx: &mut Cx<'_>) -> Result<Flow> {
    if page.finding {
        page.finding = false;
        return Ok(Flow::Stay);
    }
    let Some(line) = page.selected() else { return Ok(Flow::Stay) };
    sheets(vec![line.application], cx)
}

pub fn print_all(_page: &mut Tickets, cx: &mut Cx<'_>) -> Result<Flow> {
    sheets(Vec::new(), cx)
}

/// Makes the sheets, or asks why outside the window first.
fn sheets(who: Vec<ApplicationId>, cx: &mut Cx<'_>) -> Result<Flow> {
    if tickets::check(cx.site).is_ok() {
        made(&who, None, cx)?;
        return Ok(Flow::Stay);
    }
    let window = ticket_window(cx.locale, &tickets::window(cx.site)?);
    let body = cx.locale.say("tickets.over_body", &[("window", &window)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        made(&who, Some(reason), cx)?;
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(word(cx, "tickets.over_title"), body, Box::new(then))))
}

fn made(who: &[ApplicationId], over: Option<String>, cx: &mut Cx<'_>) -> Result<()> {
    let folder = cx.site.file().and_then(|f| f.parent()).map(|f| f.join("exports"));
    let folder = folder.ok_or_else(|| Refusal::new(NO_FOLDER))?;
    let Some(form) = Form::find("ticket") else { return Ok(()) };
    let mut printed = form.print(cx.site, &Scope::people(who), Format::Html)?;
    printed.over = over;
    let (path, op) = printed.put(cx.site, &folder)?;
    cx.changed(&["ticket"]);
    // The line is short: the folder that everybody knows is left out.
    let shown = folder.parent().and_then(|home| path.strip_prefix(home).ok()).unwrap_or(&path).display().to_string();
    let (count, op) = (printed.people.to_string(), op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, "tickets.printed", &[("path", &shown), ("count", &count), ("op", &op)]);
    Ok(())
}

pub fn find(page: &mut Tickets, _cx: &mut Cx<'_>) -> Result<Flow> {
    page.finding = true;
    Ok(Flow::Stay)
}

/// All, then one state after the other.
pub fn state(page: &mut Tickets, cx: &mut Cx<'_>) -> Result<Flow> {
    let at = TicketState::ALL.iter().position(|s| Some(*s) == page.state);
    page.state = TicketState::ALL.get(at.map_or(0, |at| at + 1)).copied();
    page.table.select(0);
    page.read(cx)?;
    Ok(Flow::Stay)
}

/// Clears a search or a state first.
pub fn close(page: &mut Tickets, cx: &mut Cx<'_>) -> Result<Flow> {
    if !page.finding && page.find.is_empty() && page.state.is_none() {
        return Ok(Flow::Close);
    }
    page.finding = false;
    page.find.clear();
    page.state = None;
    page.read(cx)?;
    Ok(Flow::Stay)
}
