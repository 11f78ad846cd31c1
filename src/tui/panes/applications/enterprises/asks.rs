//! What is asked before something is done with a filing.
use super::filing::FilingPage;
use crate::model::filing::{CONDITIONS, CaseSource, EvaluationResult, FilingState};
use crate::model::{Code, Refusal};
use crate::ops::enterprise::{Case, Change, Evaluate, Judge, Judged, Move, Publish, Submit};
use crate::ops::{Operation, Result};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::pane::{Flow, Layer};

pub const NO_OPEN_CASE: Code = Code("enterprise.no_open_case");

fn word(cx: &Cx<'_>, key: &str) -> String {
    cx.locale.word(key).to_owned()
}

/// Runs an operation that answers the organisation's name, and says so.
fn done<O: Operation<Out = String>>(cx: &mut Cx<'_>, op: &O, key: &str) -> Result<Flow> {
    let done = cx.perform(op)?;
    let number = done.op.map_or(0, |n| n.0).to_string();
    cx.say(Tone::Good, key, &[("name", &done.out), ("op", &number)]);
    Ok(Flow::Close)
}

/// What came in today.
pub fn submit(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let items =
        ["enterprise.came_both", "enterprise.came_paper", "enterprise.came_electronic"].map(|key| word(cx, key));
    let organisation = page.code();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let today = Some(cx.site.now().day());
        let (paper_on, electronic_on) = match place {
            0 => (today, today),
            1 => (today, None),
            _ => (None, today),
        };
        let done = cx.perform(&Submit { organisation, paper_on, electronic_on })?;
        let op = done.op.map_or(0, |n| n.0).to_string();
        match done.out.late_after {
            Some(day) => cx.say(Tone::Warn, "enterprise.late", &[("day", &day.to_string())]),
            None => cx.say(Tone::Good, "enterprise.submitted", &[("name", &done.out.name), ("op", &op)]),
        }
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(word(cx, "enterprise.submit_title"), items.into(), 0, Box::new(then))))
}

/// All seven at once, or one of them.
pub fn judge(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let mut items = vec![word(cx, "enterprise.judge_all")];
    items.extend((1..=CONDITIONS).map(|n| format!("{n}  {}", word(cx, &format!("condition.{n}")))));
    let organisation = page.code();
    let then = move |cx: &mut Cx<'_>, place: usize| match i64::try_from(place) {
        Ok(number @ 1..) => Ok(Flow::Open(judge_one(cx, organisation, number))),
        _ => {
            let conditions = (1..=CONDITIONS).collect();
            done(cx, &Judge { organisation, conditions, judged: Judged::Met, note: None }, "enterprise.judged")
        }
    };
    Ok(Flow::Open(Picker::ask(word(cx, "enterprise.judge_title"), items, 0, Box::new(then))))
}

fn judge_one(cx: &Cx<'_>, organisation: String, number: i64) -> Box<dyn Layer> {
    let title = format!("{number}  {}", word(cx, &format!("condition.{number}")));
    let items = vec![word(cx, "condition_state.met"), word(cx, "condition_state.unmet")];
    let (ask, body) = (title.clone(), word(cx, "enterprise.unmet_body"));
    let then = move |cx: &mut Cx<'_>, place: usize| {
        if place == 0 {
            let judge = Judge { organisation, conditions: vec![number], judged: Judged::Met, note: None };
            return done(cx, &judge, "enterprise.judged");
        }
        let then = move |cx: &mut Cx<'_>, why: String| {
            let judge = Judge { organisation, conditions: vec![number], judged: Judged::Unmet, note: Some(why) };
            done(cx, &judge, "enterprise.judged")
        };
        Ok(Flow::Open(Reason::ask(ask, body, Box::new(then))))
    };
    Picker::ask(title, items, 0, Box::new(then))
}

/// Experts, then their opinion, then the result.
pub fn evaluate(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let organisation = page.code();
    let title = word(cx, "enterprise.evaluate_title");
    let then = move |cx: &mut Cx<'_>, names: String| {
        let experts: Vec<String> = names.split(['、', ',', '，', ' ']).map(str::to_owned).collect();
        let (title, body) = (word(cx, "enterprise.evaluate_title"), word(cx, "enterprise.opinion_body"));
        let then = move |cx: &mut Cx<'_>, opinion: String| {
            let items = EvaluationResult::ALL.iter().map(|r| word(cx, &format!("evaluation_result.{}", r.code())));
            let items = items.collect();
            let then = move |cx: &mut Cx<'_>, place: usize| {
                let Some(result) = EvaluationResult::ALL.get(place).copied() else { return Ok(Flow::Close) };
                let dated = cx.site.now().day();
                done(cx, &Evaluate { organisation, experts, opinion, result, dated }, "enterprise.evaluated")
            };
            Ok(Flow::Open(Picker::ask(word(cx, "enterprise.result_title"), items, 0, Box::new(then))))
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    Ok(Flow::Open(Reason::ask(title, word(cx, "enterprise.experts_body"), Box::new(then))))
}

pub fn publish(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let (organisation, name) = (page.code(), page.whole.filing.organisation.name.clone());
    let then = move |cx: &mut Cx<'_>, reason: String| {
        let from = cx.site.now().day();
        let done = cx.perform(&Publish { organisations: vec![organisation], from, to: None, reason })?;
        let (op, listed) = (done.op.map_or(0, |n| n.0).to_string(), done.out.listed.to_string());
        cx.say(Tone::Good, "enterprise.published", &[("count", &listed), ("op", &op)]);
        Ok(Flow::Close)
    };
    let body = cx.locale.say("enterprise.publish_body", &[("name", &name)]);
    Ok(Flow::Open(Reason::ask(word(cx, "enterprise.publish_title"), body, Box::new(then))))
}

/// Suspends, or takes up again what is suspended.
pub fn pause(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let (to, title, body) = match page.whole.state {
        FilingState::Suspended => (Move::Resume, "enterprise.resume_title", "enterprise.resume_body"),
        _ => (Move::Suspend, "enterprise.suspend_title", "enterprise.suspend_body"),
    };
    let texts = (word(cx, title), word(cx, body));
    Ok(change(page, to, texts))
}

pub fn remove(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let texts = (word(cx, "enterprise.remove_title"), word(cx, "enterprise.remove_body"));
    Ok(change(page, Move::Remove, texts))
}

fn change(page: &FilingPage, to: Move, (title, body): (String, String)) -> Flow {
    let organisation = page.code();
    let then =
        move |cx: &mut Cx<'_>, reason: String| done(cx, &Change { organisation, to, reason }, "enterprise.changed");
    Flow::Open(Reason::ask(title, body, Box::new(then)))
}

pub fn open_case(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let organisation = page.code();
    let items = CaseSource::ALL.iter().map(|s| word(cx, &format!("case_source.{}", s.code()))).collect();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let Some(source) = CaseSource::ALL.get(place).copied() else { return Ok(Flow::Close) };
        let (title, body) = (word(cx, "enterprise.case_title"), word(cx, "enterprise.facts_body"));
        let then = move |cx: &mut Cx<'_>, facts: String| {
            let received_on = cx.site.now().day();
            noted(cx, &Case::Open { organisation, source, received_on, facts })
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(word(cx, "enterprise.case_title"), items, 0, Box::new(then))))
}

/// Which one, what was done, what came of it.
pub fn close_case(page: &mut FilingPage, cx: &mut Cx<'_>) -> Result<Flow> {
    let organisation = page.code();
    let open: Vec<_> = page.whole.cases.iter().filter(|c| c.outcome.is_none()).collect();
    if open.is_empty() {
        return Err(Refusal::new(NO_OPEN_CASE).into());
    }
    let (numbers, items): (Vec<_>, Vec<_>) =
        open.iter().map(|c| (c.number, format!("{}  {}", c.number, c.facts))).unzip();
    let then = move |cx: &mut Cx<'_>, place: usize| {
        let Some(number) = numbers.get(place).copied() else { return Ok(Flow::Close) };
        let (title, body) = (word(cx, "enterprise.case_title"), word(cx, "enterprise.handling_body"));
        let then = move |cx: &mut Cx<'_>, handling: String| {
            let (title, body) = (word(cx, "enterprise.case_title"), word(cx, "enterprise.outcome_body"));
            let then = move |cx: &mut Cx<'_>, outcome: String| {
                noted(cx, &Case::Close { organisation, number, handling, outcome })
            };
            Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
        };
        Ok(Flow::Open(Reason::ask(title, body, Box::new(then))))
    };
    Ok(Flow::Open(Picker::ask(word(cx, "enterprise.case_title"), items, 0, Box::new(then))))
}

fn noted(cx: &mut Cx<'_>, case: &Case) -> Result<Flow> {
    let done = cx.perform(case)?;
    let (number, op) = (done.out.to_string(), done.op.map_or(0, |n| n.0).to_string());
    cx.say(Tone::Good, "enterprise.case_noted", &[("number", &number), ("op", &op)]);
    Ok(Flow::Close)
}
