//! Complaints: taken in, looked at, decided.
use super::Supervision;
use crate::ops::Result;
use crate::ops::complaints::{Add, Decide, Refuse, TakeUp};
use crate::text::width::pad_right;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::Flow;

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

/// Who, where they can be reached, what about, against whom.
pub fn new(cx: &mut Cx<'_>) -> Flow {
    let title = word(cx, "complaint.title");
    let then = |cx: &mut Cx<'_>, name: String| {
        let then = |cx: &mut Cx<'_>, contact: String| {
            let then = |cx: &mut Cx<'_>, matter: String| {
                let then = |cx: &mut Cx<'_>, against: String| {
                    let (unit, evidence, received_on) = (None, None, None);
                    let add = Add { name, unit, contact, matter, against: Some(against), evidence, received_on };
                    let done = cx.perform(&add)?;
                    let (number, day) = (done.out.0.to_string(), done.out.1.to_string());
                    let op = done.op.map_or(0, |n| n.0).to_string();
                    cx.say(Tone::Good, "complaint.added", &[("number", &number), ("day", &day), ("op", &op)]);
                    Ok(Flow::Close)
                };
                let body = word(cx, "complaint.against_body");
                Ok(Flow::Open(Reason::ask_or_nothing(word(cx, "complaint.title"), body, Box::new(then))))
            };
            let body = word(cx, "complaint.matter_body");
            Ok(Flow::Open(Reason::ask(word(cx, "complaint.title"), body, Box::new(then))))
        };
        let body = word(cx, "complaint.contact_body");
        Ok(Flow::Open(Reason::edit(word(cx, "complaint.title"), body, "", Box::new(then))))
    };
    let body = word(cx, "complaint.name_body");
    Flow::Open(Reason::edit(title, body, "", Box::new(then)))
}

/// Asks who handles it; whoever is signed on, unless it is about them.
pub fn take_up(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let number = page.complaint()?.complaint.id;
    let me = cx.site.actor().name.clone();
    let then = move |cx: &mut Cx<'_>, handler: String| {
        let done = cx.perform(&TakeUp { number, handler: Some(handler) })?;
        let (day, op) = (done.out.to_string(), done.op.map_or(0, |n| n.0).to_string());
        let number = number.to_string();
        cx.say(Tone::Good, "complaint.taken_up", &[("number", &number), ("day", &day), ("op", &op)]);
        Ok(Flow::Close)
    };
    let body = word(cx, "complaint.handler_body");
    Ok(Flow::Open(Reason::edit(word(cx, "complaint.title"), body, &me, Box::new(then))))
}

pub fn refuse(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let number = page.complaint()?.complaint.id;
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Refuse { number, handler: None, reason })?;
        let (number, op) = (number.to_string(), done.op.map_or(0, |n| n.0).to_string());
        cx.say(Tone::Good, "complaint.refused", &[("number", &number), ("op", &op)]);
        Ok(Flow::Close)
    };
    let body = word(cx, "complaint.refuse_body");
    Ok(Flow::Open(Reason::ask(word(cx, "complaint.title"), body, Box::new(then))))
}

pub fn decide(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let number = page.complaint()?.complaint.id;
    let then = move |cx: &mut Cx<'_>, outcome: String| {
        let done = cx.perform(&Decide { number, outcome })?;
        let (number, op) = (number.to_string(), done.op.map_or(0, |n| n.0).to_string());
        cx.say(Tone::Good, "complaint.decided", &[("number", &number), ("op", &op)]);
        Ok(Flow::Close)
    };
    let body = word(cx, "complaint.decide_body");
    Ok(Flow::Open(Reason::ask(word(cx, "complaint.title"), body, Box::new(then))))
}

pub fn show(page: &mut Supervision, cx: &mut Cx<'_>) -> Result<Flow> {
    let c = &page.complaint()?.complaint;
    let line = |key: &str, value: Option<String>| {
        format!("{}{}", pad_right(cx.locale.word(key), 18), value.unwrap_or_default())
    };
    let lines = vec![
        line("column.day", Some(c.received_on.to_string())),
        line("column.complainant", Some(c.name.clone())),
        line("column.contact", Some(c.contact.clone())),
        line("column.matter", Some(c.matter.clone())),
        line("column.against", c.against.clone()),
        line("column.state", Some(word(cx, &format!("complaint_state.{}", c.state.code())))),
        line("column.handler", c.handler.clone()),
        line("column.look_by", Some(c.look_by.to_string())),
        line("column.decide_by", c.decide_by.map(|d| d.to_string())),
        line("column.outcome", c.outcome.clone()),
    ];
    Ok(Flow::Open(Report::show(cx.locale.say("complaint.number", &[("number", &c.id.to_string())]), lines)))
}
