//! Filtering the list by how far people have come, and passing many at once.
use super::Applications;
use crate::model::{Refusal, ReviewDecision, ReviewStep};
use crate::ops::Result;
use crate::ops::applications::Sieve;
use crate::ops::reviews::{Decide, NOBODY, Ready, Whom, counts, ready, steps};
use crate::tui::cx::{Cx, Tone};
use crate::tui::overlays::confirm::Confirm;
use crate::tui::overlays::picker::Picker;
use crate::tui::overlays::reason::Reason;
use crate::tui::overlays::report::Report;
use crate::tui::pane::{Flow, Layer};

pub fn filter(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let counts = counts(cx.site)?;
    let line = |sieve: &Sieve| {
        let count = match sieve {
            Sieve::All => return cx.locale.word("reviews.filter_all").to_owned(),
            Sieve::WaitsFirst => counts.waits_first,
            Sieve::WaitsSecond => counts.waits_second,
            Sieve::Returned => counts.returned,
            Sieve::Approved => counts.approved,
            Sieve::Rejected => counts.rejected,
        };
        let state = cx.locale.word(&format!("progress.{}", sieve.code())).to_owned();
        cx.locale.say("reviews.filter_line", &[("state", &state), ("count", &count.to_string())])
    };
    let items = Sieve::ALL.iter().map(line).collect();
    let at = Sieve::ALL.iter().position(|s| *s == pane.sieve.get()).unwrap_or(0);
    let chosen = pane.sieve.clone();
    let then = move |_: &mut Cx<'_>, place: usize| {
        chosen.set(Sieve::ALL.get(place).copied().unwrap_or_default());
        Ok(Flow::Close)
    };
    Ok(Flow::Open(Picker::ask(cx.locale.word("reviews.filter_title").to_owned(), items, at, Box::new(then))))
}

/// Over what a search has found, else over everybody who waits.
pub fn bulk_pass(pane: &mut Applications, cx: &mut Cx<'_>) -> Result<Flow> {
    let whom = match &pane.found {
        Some(found) => Whom::These(found.iter().map(|line| line.id).collect()),
        None => Whom::Waiting,
    };
    let steps = steps(cx.site)?;
    let mut choices: Vec<ReviewStep> = Vec::new();
    let mut items = Vec::new();
    for step in steps {
        // With the query taken as given, so that the choice counts whom it will be asked about.
        let count = ready(cx.site, step, &whom, Some("-"))?.ready.len();
        if count > 0 {
            let word = cx.locale.word(&step.key()).to_owned();
            items.push(cx.locale.say("reviews.bulk_pick", &[("step", &word), ("count", &count.to_string())]));
            choices.push(step);
        }
    }
    match choices.as_slice() {
        [] => {
            let step = crate::ops::reviews::steps(cx.site)?.into_iter().next().unwrap_or(ReviewStep::First);
            Err(Refusal::new(NOBODY).word("step", step.key()).into())
        }
        [one] => Ok(Flow::Open(query(cx, *one, whom)?)),
        _ => {
            let title = cx.locale.word("reviews.bulk_title").to_owned();
            let then = move |cx: &mut Cx<'_>, place: usize| match choices.get(place) {
                Some(step) => Ok(Flow::Open(query(cx, *step, whom)?)),
                None => Ok(Flow::Close),
            };
            Ok(Flow::Open(Picker::ask(title, items, 0, Box::new(then))))
        }
    }
}

/// What the query of earlier certificates gave, where it makes a difference.
fn query(cx: &mut Cx<'_>, step: ReviewStep, whom: Whom) -> Result<Box<dyn Layer>> {
    let with = ready(cx.site, step, &whom, Some("-"))?.ready.len();
    let without = ready(cx.site, step, &whom, None)?;
    if with == without.ready.len() {
        return Ok(confirm(cx, step, without, None));
    }
    let word = cx.locale.word(&step.key()).to_owned();
    let title = cx.locale.say("reviews.bulk_query_title", &[("step", &word)]);
    let body = cx.locale.word("reviews.bulk_query_body").to_owned();
    let then = move |cx: &mut Cx<'_>, text: String| {
        let evidence = Some(text).filter(|t| !t.is_empty());
        let found = ready(cx.site, step, &whom, evidence.as_deref())?;
        if found.ready.is_empty() {
            return Err(Refusal::new(NOBODY).word("step", step.key()).into());
        }
        Ok(Flow::Open(confirm(cx, step, found, evidence)))
    };
    Ok(Reason::ask_or_nothing(title, body, Box::new(then)))
}

fn confirm(cx: &Cx<'_>, step: ReviewStep, found: Ready, query_evidence: Option<String>) -> Box<dyn Layer> {
    let word = cx.locale.word(&step.key()).to_owned();
    let (count, left) = (found.ready.len().to_string(), found.left.len().to_string());
    let title = cx.locale.say("reviews.bulk_confirm_title", &[("step", &word)]);
    let body = cx.locale.say("reviews.bulk_confirm_body", &[("count", &count), ("left", &left)]);
    let then = move |cx: &mut Cx<'_>| {
        let typed = Some(found.ready.len());
        let whom = Whom::These(found.ready);
        let decision = ReviewDecision::Pass;
        let decide = Decide { step, decision, whom, reason: None, query_evidence, count: typed };
        let done = cx.perform_bulk(&decide)?;
        let (out, op) = (done.out, done.op.map_or(0, |n| n.0).to_string());
        let (step, decision) = (cx.locale.word(&step.key()).to_owned(), cx.locale.word(&decision.key()).to_owned());
        let (count, approved) = (out.decided.to_string(), out.approved.to_string());
        let args =
            [("step", step.as_str()), ("decision", &decision), ("count", &count), ("approved", &approved), ("op", &op)];
        cx.say(Tone::Good, "reviews.decided", &args);
        if found.left.is_empty() {
            return Ok(Flow::Close);
        }
        let line = |left: &crate::ops::reviews::Left| {
            let why = crate::text::explain(cx.locale, &crate::ops::Error::Refused(left.refusal.clone())).message;
            cx.locale.say("reviews.left_line", &[("name", &left.name), ("why", &why)])
        };
        let lines = found.left.iter().map(line).collect();
        let title = cx.locale.say("reviews.left", &[("count", &found.left.len().to_string())]);
        Ok(Flow::Replace(Report::show(title, lines)))
    };
    Confirm::ask(title, body, count, Box::new(then))
}
