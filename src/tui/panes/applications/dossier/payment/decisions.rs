//! Questions about sanctions: which act, what happened, on what basis, what proves it; then what would follow is shown
//! before it is done.
use crate::model::{ApplicationId, Code, Refusal, Subject};
use crate::ops::Result;
use crate::ops::payments::{AccountView, Readmit};
use crate::ops::sanctions::{Act, Impose, Lift, acts};
use crate::text::sanction;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Layer};

pub const NO_ACTS: Code = Code("sanctions.policy_has_none");
const SUBJECT_NEEDED: &str = "sanctions.subject_needed";

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

pub fn ask_act(cx: &Cx<'_>, view: &AccountView) -> Result<Box<dyn Layer>> {
    let known = acts(cx.site)?;
    if known.is_empty() {
        return Err(Refusal::new(NO_ACTS).into());
    }
    let names = known.iter().map(|a| word(cx, &a.key())).collect();
    let application = view.application;
    let then = move |cx: &mut Cx<'_>, place: usize| match known.get(place) {
        Some(act) => Ok(Flow::Open(ask_reason(cx, application, *act))),
        None => Ok(Flow::Close),
    };
    Ok(Picker::ask(word(cx, "sanction.ask.act"), names, 0, Box::new(then)))
}

fn ask_reason(cx: &Cx<'_>, application: ApplicationId, act: Act) -> Box<dyn Layer> {
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let basis = cx.site.policy()?.notice.title.clone();
        let op = Impose { application, act, subject: None, reason, basis, evidence: None };
        Ok(Flow::Open(ask_basis(cx, op)))
    };
    Reason::ask(word(cx, &act.key()), word(cx, "sanction.ask.reason"), Box::new(then))
}

fn ask_basis(cx: &Cx<'_>, op: Impose) -> Box<dyn Layer> {
    let (title, before) = (word(cx, &op.act.key()), op.basis.clone());
    let then = move |cx: &mut Cx<'_>, basis: String| Ok(Flow::Open(ask_evidence(cx, Impose { basis, ..op })));
    Reason::edit(title, word(cx, "sanction.ask.basis"), &before, Box::new(then))
}

fn ask_evidence(cx: &Cx<'_>, op: Impose) -> Box<dyn Layer> {
    let title = word(cx, &op.act.key());
    let then = move |cx: &mut Cx<'_>, text: String| {
        confirm(cx, Impose { evidence: Some(text).filter(|t| !t.is_empty()), ..op })
    };
    Reason::ask_or_nothing(title, word(cx, "sanction.ask.evidence"), Box::new(then))
}

/// What would follow, from the operation itself; the number of the application is typed to do it.
fn confirm(cx: &mut Cx<'_>, op: Impose) -> Result<Flow> {
    let preview = match cx.site.preview(&op) {
        Ok(done) => done.out,
        Err(error) if error.refusal().is_some_and(|r| r.code.0 == SUBJECT_NEEDED) => {
            return Ok(Flow::Open(ask_subject(cx, op)));
        }
        Err(error) => return Err(error),
    };
    let body = format!("{}\n{}", word(cx, "sanction.ask.follows"), sanction::follows(cx.locale, &preview));
    let title = word(cx, &op.act.key());
    let number = op.application.to_string();
    let then = move |cx: &mut Cx<'_>| {
        let done = cx.perform(&op)?;
        let text = sanction::imposed(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
        cx.toast(Tone::Good, text);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Confirm::ask(title, body, number, Box::new(then))))
}

fn ask_subject(cx: &Cx<'_>, op: Impose) -> Box<dyn Layer> {
    let names = Subject::ALL.iter().map(|s| word(cx, &s.key())).collect();
    let then =
        move |cx: &mut Cx<'_>, place: usize| confirm(cx, Impose { subject: Subject::ALL.get(place).copied(), ..op });
    Picker::ask(word(cx, "sanction.ask.subject"), names, 0, Box::new(then))
}

pub fn ask_lift(cx: &Cx<'_>, view: &AccountView) -> Box<dyn Layer> {
    let open: Vec<_> = view.sanctions.iter().filter(|s| !s.lifted).collect();
    let lines = open.iter().map(|s| sanction::line(cx.locale, s)).collect();
    let numbers: Vec<i64> = open.iter().map(|s| s.number).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let Some(number) = numbers.get(place).copied() else { return Ok(Flow::Close) };
        let then = move |cx: &mut Cx<'_>, reason: String| {
            let done = cx.perform(&Lift { sanction: number, reason })?;
            let text = sanction::lifted(cx.locale, &done.out, done.op.map_or(0, |n| n.0));
            cx.toast(Tone::Warn, text);
            Ok(Flow::Close)
        };
        Ok(Flow::Open(Reason::ask(word(cx, "sanction.ask.lift"), word(cx, "payment.ask.why"), Box::new(then))))
    };
    Picker::ask(word(cx, "sanction.ask.lift"), lines, 0, Box::new(then))
}

pub fn ask_readmission(cx: &Cx<'_>, view: &AccountView) -> Box<dyn Layer> {
    let application = view.application;
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Readmit { application, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "payment.readmitted", &[("name", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    Reason::ask(word(cx, "payment.ask.readmit"), word(cx, "payment.ask.why"), Box::new(then))
}
