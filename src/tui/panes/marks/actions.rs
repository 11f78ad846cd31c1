//! What the keys do on the line at hand.
use super::{Chosen, Marks};
use crate::model::{MarkChangeId, Refusal, SessionId};
use crate::ops::marks::{
    self, AskUnlock, DecideChange, DecideUnlock, Lock, NOT_ASKED, NOT_YOURS, OPEN, OWN, Verdict, WithdrawChange,
    WithdrawUnlock,
};
use crate::ops::{ChangeState, Result};
use crate::text::locks as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

pub fn next_part(page: &mut Marks, _: &mut Cx<'_>) -> Result<Flow> {
    page.part = page.part.next();
    Ok(Flow::Stay)
}

pub fn may_act(_: &Marks, cx: &Cx<'_>) -> Result<(), Refusal> {
    marks::may_act(cx.site)
}

pub fn can_lock(page: &Marks, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_act(page, cx)?;
    let one = page.session()?;
    match one.locked {
        Some(_) => Err(Refusal::new(marks::ALREADY).with("session", one.session.as_str())),
        None => Ok(()),
    }
}

pub fn can_unlock(page: &Marks, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_act(page, cx)?;
    let one = page.session()?;
    match &one.locked {
        None => Err(Refusal::new(OPEN).with("session", one.session.as_str())),
        Some(lock) if lock.asked.is_some() => {
            Err(Refusal::new(marks::UNLOCK_WAITS).with("session", one.session.as_str()))
        }
        Some(_) => Ok(()),
    }
}

/// Who asked for what stands on the line.
fn asker(page: &Marks) -> Result<crate::model::OperatorId, Refusal> {
    let asked = match page.chosen()? {
        Chosen::Session(one) => one.locked.as_ref().and_then(|lock| lock.asked.as_ref()).map(|a| a.operator),
        Chosen::Change(one) => Some(one.asker).filter(|_| one.state == ChangeState::Asked),
    };
    asked.ok_or_else(|| Refusal::new(marks::NOTHING_ASKED))
}

pub fn can_decide(page: &Marks, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_act(page, cx)?;
    let own = Some(asker(page)?) == cx.site.actor().id;
    if own { Err(Refusal::new(OWN)) } else { Ok(()) }
}

pub fn can_withdraw(page: &Marks, cx: &Cx<'_>) -> Result<(), Refusal> {
    may_act(page, cx)?;
    let own = Some(asker(page)?) == cx.site.actor().id;
    if own { Ok(()) } else { Err(Refusal::new(NOT_YOURS)) }
}

pub fn show(page: &mut Marks, cx: &mut Cx<'_>) -> Result<Flow> {
    let (title, lines) = match page.chosen()? {
        Chosen::Session(one) => {
            let subject = words::subject(cx.locale, one.subject);
            let count = one.obstacles.len().to_string();
            let key = if one.obstacles.is_empty() { "marks.session_title" } else { "marks.obstacles_title" };
            let args = [("session", one.session.as_str()), ("subject", &subject), ("count", &count)];
            (cx.locale.say(key, &args), words::session_lines(cx.locale, one))
        }
        Chosen::Change(one) => {
            let mut lines = match one.state {
                ChangeState::Asked => match marks::preview(cx.site, one.number) {
                    Ok(preview) => words::difference_lines(cx.locale, &preview),
                    Err(error) => vec![crate::text::explain(cx.locale, &error).message],
                },
                _ => vec![words::change_cells(cx.locale, one).join("  ")],
            };
            lines.extend(words::request_lines(cx.locale, one));
            (title(cx, "marks.approve_title", one.number, (&one.name, one.subject)), lines)
        }
    };
    Ok(Flow::Open(Report::show(title, lines)))
}

fn title(cx: &Cx<'_>, key: &str, number: MarkChangeId, (name, subject): (&str, crate::model::Subject)) -> String {
    let (number, subject) = (number.to_string(), words::subject(cx.locale, subject));
    cx.locale.say(key, &[("number", &number), ("name", name), ("subject", &subject)])
}

/// What is in the way, or the question whether to lock.
pub fn lock(page: &mut Marks, cx: &mut Cx<'_>) -> Result<Flow> {
    let one = page.session()?;
    if !one.obstacles.is_empty() {
        return show(page, cx);
    }
    let (id, subject, settled) = (one.id, words::subject(cx.locale, one.subject), one.settled.to_string());
    let title = cx.locale.say("marks.lock_title", &[("session", &one.session), ("subject", &subject)]);
    let mut body = vec![cx.locale.say("marks.lock_body", &[("settled", &settled)])];
    if one.open_incidents > 0 {
        body.push(cx.locale.say("marks.incidents_told", &[("count", &one.open_incidents.to_string())]));
    }
    let yes = cx.locale.word("action.marks.lock").to_owned();
    Ok(sure(cx, (title, body, yes), move |cx| {
        let done = cx.perform(&Lock { session: id })?.out;
        let (marks, count) = (done.marks.to_string(), done.open_incidents.to_string());
        let key = if done.open_incidents > 0 { "marks.locked_now_incidents" } else { "marks.locked_now" };
        cx.say(Tone::Good, key, &[("session", &done.session), ("marks", &marks), ("count", &count)]);
        Ok(Flow::Close)
    }))
}

/// Says what it does, and does it on yes; going back changes nothing.
pub fn sure(
    cx: &Cx<'_>,
    (title, body, yes): (String, Vec<String>, String),
    then: impl FnOnce(&mut Cx<'_>) -> Result<Flow> + 'static,
) -> Flow {
    let items = vec![yes, cx.locale.word("marks.back").to_owned()];
    let then = move |cx: &mut Cx<'_>, place: usize| if place == 0 { then(cx) } else { Ok(Flow::Close) };
    Flow::Open(Choice::ask(title, body, items, Box::new(then)))
}

pub fn unlock(page: &mut Marks, cx: &mut Cx<'_>) -> Result<Flow> {
    let one = page.session()?;
    let (session, code) = (one.id, one.session.clone());
    let title = cx.locale.say("marks.unlock_title", &[("session", &code)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        cx.perform(&AskUnlock { session, reason })?;
        cx.say(Tone::Good, "marks.unlock_asked_done", &[("session", &code)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(title, cx.locale.word("marks.unlock_body").to_owned(), Box::new(then))))
}

pub fn approve(page: &mut Marks, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.chosen()? {
        Chosen::Session(one) => {
            let asked = one.locked.as_ref().and_then(|lock| lock.asked.as_ref());
            let asked = asked.ok_or_else(|| Refusal::new(NOT_ASKED).with("session", one.session.as_str()))?;
            let args = [("by", asked.by.as_str()), ("reason", &asked.reason)];
            let body = vec![
                cx.locale.say("marks.unlock_sure_body", &args),
                cx.locale.word("marks.unlock_sure_body2").to_owned(),
            ];
            let title = cx.locale.say("marks.unlock_sure", &[("session", &one.session)]);
            let (id, yes) = (one.id, cx.locale.word("marks.unlock_yes").to_owned());
            Ok(sure(cx, (title, body, yes), move |cx| decide_unlock(cx, id, Verdict::Approve, String::new())))
        }
        Chosen::Change(one) => {
            let preview = marks::preview(cx.site, one.number)?;
            let mut body = words::difference_lines(cx.locale, &preview);
            body.extend(words::request_lines(cx.locale, one).into_iter().take(1));
            let title = title(cx, "marks.approve_title", one.number, (&one.name, one.subject));
            let (change, yes) = (one.number, cx.locale.word("marks.approve_yes").to_owned());
            Ok(sure(cx, (title, body, yes), move |cx| decide(cx, change, Verdict::Approve, String::new())))
        }
    }
}

fn decide(cx: &mut Cx<'_>, change: MarkChangeId, verdict: Verdict, note: String) -> Result<Flow> {
    let done = cx.perform(&DecideChange { change, verdict, note })?.out;
    let key = if done.done.is_some() { "marks.approved" } else { "marks.refused" };
    let text = title(cx, key, change, (&done.name, done.subject));
    cx.toast(Tone::Good, text);
    Ok(Flow::Close)
}

fn decide_unlock(cx: &mut Cx<'_>, session: SessionId, verdict: Verdict, note: String) -> Result<Flow> {
    let done = cx.perform(&DecideUnlock { session, verdict, note })?.out;
    let key = if done.open { "marks.opened" } else { "marks.stays_locked" };
    cx.say(Tone::Good, key, &[("session", &done.session)]);
    Ok(Flow::Close)
}

pub fn refuse(page: &mut Marks, cx: &mut Cx<'_>) -> Result<Flow> {
    let body = cx.locale.word("marks.refuse_body").to_owned();
    Ok(Flow::Open(match page.chosen()? {
        Chosen::Session(one) => {
            let id = one.id;
            let title = cx.locale.say("marks.refuse_unlock_title", &[("session", &one.session)]);
            let then = move |cx: &mut Cx<'_>, note: String| decide_unlock(cx, id, Verdict::Refuse, note);
            Reason::ask(title, body, Box::new(then))
        }
        Chosen::Change(one) => {
            let change = one.number;
            let title = title(cx, "marks.refuse_title", change, (&one.name, one.subject));
            let then = move |cx: &mut Cx<'_>, note: String| decide(cx, change, Verdict::Refuse, note);
            Reason::ask(title, body, Box::new(then))
        }
    }))
}

pub fn withdraw(page: &mut Marks, cx: &mut Cx<'_>) -> Result<Flow> {
    match page.chosen()? {
        Chosen::Session(one) => {
            let session = cx.perform(&WithdrawUnlock { session: one.id })?.out;
            cx.say(Tone::Good, "marks.unlock_withdrawn", &[("session", &session)]);
        }
        Chosen::Change(one) => {
            let name = cx.perform(&WithdrawChange { change: one.number })?.out;
            cx.say(Tone::Good, "marks.withdrawn", &[("number", &one.number.to_string()), ("name", &name)]);
        }
    }
    Ok(Flow::Stay)
}
