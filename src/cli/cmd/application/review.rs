//! `kaowu application review`: one step for these people or for everybody who waits; `returned`.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal, ReviewDecision, ReviewStep};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::reviews::{Decide, Decided, Whom, chain, sent_back};
use serde_json::json;

pub const UNKNOWN_VALUE: Code = Code("review.unknown_value");

#[derive(Debug, clap::Args)]
pub struct Args {
    /// first or second
    step: String,
    /// Numbers of applications, or ticket numbers
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID|TICKET")]
    who: Vec<String>,
    /// Everybody who waits for this step and has nothing amiss; only to pass
    #[arg(long, requires = "count")]
    all: bool,
    /// How many there are; must be right to pass more than one
    #[arg(long, value_name = "N")]
    count: Option<usize>,
    /// pass, return for correction, or reject; the last two want --reason
    #[arg(long, value_parser = ["pass", "return", "reject"])]
    decision: String,
    /// What the query of the earlier certificate gave
    #[arg(long, value_name = "TEXT")]
    query_evidence: Option<String>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let step = parsed(&args.step, ReviewStep::parse, "first|second")?;
    let decision = parsed(&args.decision, ReviewDecision::parse, "pass|return|reject")?;
    let mut site = context.site()?;
    let ids = args.who.iter().map(|text| named(&site, text).map(|row| row.id)).collect::<Result<Vec<_>>>()?;
    let whom = if args.all { Whom::Waiting } else { Whom::These(ids) };
    let (query_evidence, reason) = (args.query_evidence, context.options.reason.clone());
    let done = site.perform_bulk(&Decide { step, decision, whom, reason, query_evidence, count: args.count })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        let out = &done.out;
        let left: Vec<_> = out
            .left
            .iter()
            .map(|l| json!({ "application": l.application, "name": l.name, "code": l.refusal.code }))
            .collect();
        context.out.json(&json!({ "step": step, "decision": decision, "decided": out.decided, "approved": out.approved, "left": left, "operation": op }));
    }
    say(context, (step, decision), &done.out, op);
    Ok(Exit::Done)
}

fn say(context: &Context, (step, decision): (ReviewStep, ReviewDecision), out: &Decided, op: i64) {
    let locale = &context.out.locale;
    let (step, decision) = (locale.word(&step.key()).to_owned(), locale.word(&decision.key()).to_owned());
    let (count, approved, op) = (out.decided.to_string(), out.approved.to_string(), op.to_string());
    let args =
        [("step", step.as_str()), ("decision", &decision), ("count", &count), ("approved", &approved), ("op", &op)];
    context.out.say("reviews.decided", &args);
    if !out.left.is_empty() {
        context.out.say("reviews.left", &[("count", &out.left.len().to_string())]);
    }
    for left in &out.left {
        let why = crate::text::explain(locale, &crate::ops::Error::Refused(left.refusal.clone())).message;
        context.out.say("reviews.left_line", &[("name", &left.name), ("why", &why)]);
    }
}

/// A word of a closed list, refused with the list.
pub fn parsed<T>(text: &str, parse: impl Fn(&str) -> Option<T>, allowed: &'static str) -> Result<T> {
    parse(text).ok_or_else(|| Refusal::new(UNKNOWN_VALUE).with("value", text).with("allowed", allowed).into())
}

/// Who was sent back or rejected, and why, by the unit that filed.
pub fn returned(context: &Context) -> Result<Exit> {
    let out = &context.out;
    let all = sent_back(&context.look()?)?;
    let row = |s: &crate::ops::reviews::SentBack| {
        vec![
            s.application.to_string(),
            s.name.clone(),
            s.employer.clone().or_else(|| s.registered_by.clone()).unwrap_or_default(),
            out.locale.word(&s.step.key()).to_owned(),
            out.locale.word(&s.decision.key()).to_owned(),
            s.round.to_string(),
            s.reason.clone(),
        ]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.person"), Col::Left("column.employer"), Col::Left("column.node"),
        Col::Left("column.state"), Col::Right("column.round"), Col::Left("column.reason"),
    ];
    out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}

/// The way of one application, line by line.
pub fn way(context: &Context, who: &str) -> Result<Exit> {
    let out = &context.out;
    let site = context.look()?;
    let chain = chain(&site, named(&site, who)?.id)?;
    let row = |link: &crate::ops::reviews::Link| {
        let round = link.round.map(|r| r.to_string()).unwrap_or_default();
        let (what, state) = (out.locale.word(&link.what).to_owned(), out.locale.word(&link.state.key()).to_owned());
        vec![what, round, state, link.by.clone(), link.when.clone(), link.text.clone()]
    };
    let rows: Vec<_> = chain.links.iter().map(row).collect();
    let keys = ["column.node", "column.round", "column.state", "column.decided_by", "column.when", "column.opinion"];
    out.table(&chain, &keys.map(Col::Left), &rows);
    Ok(Exit::Done)
}
