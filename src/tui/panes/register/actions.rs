//! What can be done with certificates on their way.
use super::{Register, forms};
use crate::model::{Refusal, Stage};
use crate::ops::Result;
use crate::ops::certificates::Correct;
use crate::ops::register::{Step, TakeBack, may, story};
use crate::text::register as words;
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::export_list;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Action, Flow, Show, always};

#[rustfmt::skip]
pub const ACTIONS: &[Action<Register>] = &[
    Action { id: "register.show", show: Show::Hint, ready: selected, run: show },
    Action { id: "register.make", show: Show::Hint, ready: selected, run: forms::make },
    Action { id: "register.notify", show: Show::Hint, ready: selected, run: forms::notify },
    Action { id: "register.collect", show: Show::Hint, ready: |p, _| step(p, Step::Deliver), run: forms::collect },
    Action { id: "register.post", show: Show::Hint, ready: |p, _| step(p, Step::Deliver), run: forms::post },
    Action { id: "register.take_back", show: Show::Hint, ready: can_take_back, run: take_back },
    Action { id: "register.reissue", show: Show::Hint, ready: |p, _| step(p, Step::MakeAgain), run: forms::reissue },
    Action { id: "register.correct", show: Show::Help, ready: selected, run: correct },
    Action { id: "register.revoke", show: Show::Help, ready: not_void, run: forms::revoke },
    Action { id: "register.find", show: Show::Hint, ready: always, run: find },
    Action { id: "register.stage", show: Show::Hint, ready: always, run: stage },
    Action { id: "register.clear", show: Show::Help, ready: always, run: clear },
    Action { id: "register.stock", show: Show::Hint, ready: always, run: |_, _| Ok(Flow::Page("stock")) },
    Action { id: "register.export", show: Show::Help, ready: always, run: |_, cx| export_list::masked(cx, "delivery", "register.exported") },
    Action { id: "register.close", show: Show::Hint, ready: always, run: close },
];

fn selected(pane: &Register, _: &Cx<'_>) -> Result<(), Refusal> {
    pane.selected().map(drop)
}

fn step(pane: &Register, step: Step) -> Result<(), Refusal> {
    let line = pane.selected()?;
    may(step, line.stage).map_err(|r| r.with("number", line.number.as_str()))
}

fn not_void(pane: &Register, _: &Cx<'_>) -> Result<(), Refusal> {
    let line = pane.selected()?;
    match line.stage {
        Stage::Void => Err(Refusal::new(crate::ops::register::VOID).with("number", line.number.as_str())),
        _ => Ok(()),
    }
}

/// A void one may have to come back too.
fn can_take_back(pane: &Register, _: &Cx<'_>) -> Result<(), Refusal> {
    match pane.selected()? {
        line if line.stage == Stage::Void && line.delivered_on.is_some() => Ok(()),
        _ => step(pane, Step::TakeBack),
    }
}

fn show(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = false;
    let line = pane.selected()?;
    let told = story(cx.site, line.id)?;
    let args = [("number", line.number.as_str()), ("name", &line.name)];
    Ok(Flow::Open(Report::show(cx.locale.say("register.title_story", &args), words::story_lines(cx.locale, &told))))
}

fn take_back(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let certificate = line.id;
    let (_, who) = words::last_step(cx.locale, line);
    let args = [("number", line.number.as_str()), ("name", &line.name), ("who", &who)];
    let body = cx.locale.say("register.take_back_body", &args);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&TakeBack { certificate, reason, on: None })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        cx.say(Tone::Good, "register.taken_back", &[("what", &done.out), ("op", &op)]);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(cx.locale.word("register.take_back_title").to_owned(), body, Box::new(then))))
}

fn correct(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let line = pane.selected()?;
    let (certificate, issued_on) = (line.id, cx.site.now().day());
    let body = cx.locale.say("register.correct_body", &[("name", &line.name), ("number", &line.number)]);
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let done = cx.perform(&Correct { certificate, issued_on, reason })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        let args = [("old", done.out.old.as_str()), ("number", &done.out.number), ("op", &op)];
        cx.say(Tone::Good, "certificates.corrected", &args);
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Reason::ask(cx.locale.word("certificates.correct_title").to_owned(), body, Box::new(then))))
}

fn find(pane: &mut Register, _: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = true;
    Ok(Flow::Stay)
}

fn clear(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    pane.finding = false;
    pane.find.clear();
    pane.stage = None;
    pane.read(cx, 1)?;
    Ok(Flow::Stay)
}

/// Out of the search first, then out of the page.
fn close(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    if pane.finding || !pane.find.is_empty() || pane.stage.is_some() {
        return clear(pane, cx);
    }
    Ok(Flow::Close)
}

/// All, then each stage that has a certificate.
fn stage(pane: &mut Register, cx: &mut Cx<'_>) -> Result<Flow> {
    let at = pane.stage.and_then(|s| Stage::ALL.iter().position(|x| *x == s)).map_or(0, |at| at + 1);
    pane.stage = Stage::ALL.iter().skip(at).find(|s| pane.counts.of(**s) > 0).copied();
    pane.table.select(0);
    pane.read(cx, 1)?;
    Ok(Flow::Stay)
}
