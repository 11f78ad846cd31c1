//! What an office does with a filing.
use crate::cli::{Context, Exit};
use crate::model::filing::{Attachment, AttachmentKind, EvaluationResult};
use crate::model::{Code, Day, OpNo, Refusal};
use crate::ops::enterprise::{Attach, Change, Evaluate, Judge, Judged, Move, Publish, Submit};
use crate::ops::{Operation, Result};
use serde::Serialize;
use serde_json::json;

pub const UNTIL: Code = Code("enterprise.until_needed");

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum To {
    /// Takes in no more candidates
    Suspend,
    /// Takes candidates in again
    Resume,
    /// Out of the directory for good
    Remove,
    /// In force until a later day
    Extend,
}

fn answer<T: Serialize>(context: &Context, out: &T, (op, key, args): (Option<OpNo>, &str, &[(&str, &str)])) -> Exit {
    let op = op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "result": out, "operation": op }));
    }
    let op = op.to_string();
    let mut args = args.to_vec();
    args.push(("op", &op));
    context.out.say(key, &args);
    Exit::Done
}

/// Operations that answer the organisation's name.
fn named<O: Operation<Out = String>>(context: &mut Context, op: &O, key: &str) -> Result<Exit> {
    let done = context.site()?.perform(op)?;
    Ok(answer(context, &done.out, (done.op, key, &[("name", &done.out)])))
}

pub fn submit(context: &mut Context, organisation: String, media: [Option<Day>; 2]) -> Result<Exit> {
    let [paper_on, electronic_on] = media;
    let done = context.site()?.perform(&Submit { organisation, paper_on, electronic_on })?;
    if let Some(due) = done.out.late_after {
        context.out.say("enterprise.late", &[("day", &due.to_string())]);
    }
    Ok(answer(context, &done.out, (done.op, "enterprise.submitted", &[("name", &done.out.name)])))
}

pub fn judge(context: &mut Context, organisation: String, (met, unmet): (Vec<i64>, Vec<i64>)) -> Result<Exit> {
    let (conditions, judged) = if met.is_empty() { (unmet, Judged::Unmet) } else { (met, Judged::Met) };
    let note = context.options.reason.clone();
    named(context, &Judge { organisation, conditions, judged, note }, "enterprise.judged")
}

pub fn evaluate(
    context: &mut Context,
    organisation: String,
    (experts, opinion, result, on): (Vec<String>, String, &str, Option<Day>),
) -> Result<Exit> {
    let dated = on.unwrap_or(context.clock().now().day());
    // The option takes no other words.
    let result = EvaluationResult::parse(result).unwrap_or(EvaluationResult::Unqualified);
    let done = Evaluate { organisation, experts, opinion, result, dated };
    named(context, &done, "enterprise.evaluated")
}

pub fn publish(
    context: &mut Context,
    organisations: Vec<String>,
    (from, to): (Option<Day>, Option<Day>),
) -> Result<Exit> {
    let mut site = context.site()?;
    let from = from.unwrap_or(site.now().day());
    let done = site.perform(&Publish { organisations, from, to, reason: context.reason() })?;
    for (round, count) in &done.out.rounds {
        context.out.say("enterprise.in_round", &[("round", &round.to_string()), ("count", &count.to_string())]);
    }
    let listed = done.out.listed.to_string();
    Ok(answer(context, &done.out, (done.op, "enterprise.published", &[("count", &listed)])))
}

pub fn change(context: &mut Context, organisation: String, (to, until): (To, Option<Day>)) -> Result<Exit> {
    let to = match (to, until) {
        (To::Suspend, _) => Move::Suspend,
        (To::Resume, _) => Move::Resume,
        (To::Remove, _) => Move::Remove,
        (To::Extend, Some(day)) => Move::Extend(day),
        (To::Extend, None) => return Err(Refusal::new(UNTIL).into()),
    };
    let reason = context.reason();
    named(context, &Change { organisation, to, reason }, "enterprise.changed")
}

pub fn attach(
    context: &mut Context,
    organisation: String,
    (kind, title, file, number, dated): (&str, String, Option<String>, Option<String>, Option<Day>),
) -> Result<Exit> {
    // The option takes no other words.
    let kind = AttachmentKind::parse(kind).unwrap_or(AttachmentKind::Other);
    let attachment = Attachment { kind, title, file, person: None, number, dated };
    named(context, &Attach { organisation, attachment }, "enterprise.attached")
}
