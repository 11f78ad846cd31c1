//! Acts on results, with the questions before them: compute, send for audit, record the answer, summary sent.
use super::{Results, View};
use crate::ops::results::{self, Answer, AnswerAudit, AskAudit, Compute, SendSummary, Stamped};
use crate::ops::{Result, SentManner};
use crate::text::results as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::choice::Choice;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::Flow;

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

/// Computes, and shows what changed.
pub fn compute(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    let done = cx.perform_bulk(&Compute::default())?.out;
    let changed = match done.before {
        Some(before) => results::between(cx.site, before, done.computation.id)?.len(),
        None => 0,
    };
    cx.toast(Tone::Good, words::computed(cx.locale, &done, changed));
    pane.show(View::Settled, cx)?;
    Ok(Flow::Stay)
}

pub fn ask_audit(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.show(View::Settled, cx)?;
    let (title, body) = (word(cx, "action.results.ask_audit"), word(cx, "results.audit_ask.send"));
    let then = |cx: &mut Cx<'_>, text: String| {
        let note = Some(text).filter(|text| !text.trim().is_empty());
        cx.perform(&AskAudit { note })?;
        cx.say(Tone::Good, "results.audit_done.asked", &[]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask_or_nothing(title, body, Box::new(then))))
}

pub fn answer_audit(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.show(View::Settled, cx)?;
    let title = word(cx, "results.audit_ask.title");
    let items = ["results.audit_ask.approve", "results.audit_ask.return", "results.nothing_done"];
    let items = items.map(|key| word(cx, key)).into();
    let body = vec![word(cx, "results.audit_ask.answer")];
    let then = |cx: &mut Cx<'_>, place: usize| match place {
        0 => Ok(who(cx, Answer::Approve)),
        1 => Ok(who(cx, Answer::Return)),
        _ => Ok(Flow::Close),
    };
    Ok(Flow::Open(Choice::ask(title, body, items, Box::new(then))))
}

fn who(cx: &Cx<'_>, answer: Answer) -> Flow {
    let (title, body) = (word(cx, "results.audit_ask.title"), word(cx, "results.audit_ask.who"));
    let then = move |cx: &mut Cx<'_>, auditor: String| Ok(rest(cx, answer, auditor));
    Flow::Open(Reason::edit(title, body, "", Box::new(then)))
}

/// The number of the document, or what is to be mended.
fn rest(cx: &Cx<'_>, answer: Answer, auditor: String) -> Flow {
    let title = word(cx, "results.audit_ask.title");
    let record = move |cx: &mut Cx<'_>, document_no: Option<String>, note: Option<String>| {
        let row = cx.perform(&AnswerAudit { answer, auditor, on: None, document_no, note })?.out;
        cx.say(Tone::Good, &format!("results.audit_done.{}", row.state.code()), &[]);
        Ok(Flow::Close)
    };
    match answer {
        Answer::Approve => {
            let then = move |cx: &mut Cx<'_>, text: String| record(cx, Some(text), None);
            Flow::Open(Reason::ask_or_nothing(title, word(cx, "results.audit_ask.document"), Box::new(then)))
        }
        Answer::Return => {
            let then = move |cx: &mut Cx<'_>, text: String| record(cx, None, Some(text));
            Flow::Open(Reason::ask(title, word(cx, "results.audit_ask.mend"), Box::new(then)))
        }
    }
}

/// To whom, who signed, how; and last whether it is stamped.
pub fn send_summary(pane: &mut Results, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.show(View::Settled, cx)?;
    let (title, body) = (word(cx, "results.sent_ask.title"), word(cx, "results.sent_ask.recipient"));
    let then = |cx: &mut Cx<'_>, recipient: String| {
        let (title, body) = (word(cx, "results.sent_ask.title"), word(cx, "results.sent_ask.signed_by"));
        let then = move |cx: &mut Cx<'_>, signed_by: String| Ok(manner(cx, recipient, signed_by));
        Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
    };
    Ok(Flow::Open(Reason::edit(title, body, "", Box::new(then))))
}

fn manner(cx: &Cx<'_>, recipient: String, signed_by: String) -> Flow {
    let title = word(cx, "results.sent_ask.manner");
    let items = SentManner::ALL.iter().map(|m| word(cx, &format!("results.manner.{}", m.code()))).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let manner = SentManner::ALL.get(place).copied().unwrap_or(SentManner::Paper);
        let op =
            SendSummary { recipient, on: None, sent_by: None, signed_by, stamped: Stamped::No, manner, note: None };
        Ok(stamped(cx, op))
    };
    Flow::Open(Picker::ask(title, items, 0, Box::new(then)))
}

fn stamped(cx: &Cx<'_>, op: SendSummary) -> Flow {
    let items = ["results.sent_ask.yes", "results.sent_ask.no"].map(|key| word(cx, key)).into();
    let body = vec![format!("{}  {}", op.recipient, op.signed_by), word(cx, "results.sent_ask.stamped")];
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let stamped = if place == 0 { Stamped::Yes } else { Stamped::No };
        cx.perform(&SendSummary { stamped, ..op })?;
        let text = words::summary(cx.locale, &results::summary(cx.site)?);
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    };
    Flow::Open(Choice::ask(word(cx, "results.sent_ask.title"), body, items, Box::new(then)))
}
