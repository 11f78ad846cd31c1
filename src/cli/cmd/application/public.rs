//! `kaowu application publish`, `object`, `objections`, `answer`: the list before the exam and what is said against it.
use super::review::parsed;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::applications::named;
use crate::ops::reviews::{AnswerObjection, Object, PublishList, objections};
use crate::ops::{ObjectionState, Result};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Publish {
    /// Where it is shown
    #[arg(long, value_name = "TEXT")]
    place: String,
    /// Last day on which objections are taken; default: as the notice counts
    #[arg(long, value_name = "DAY")]
    until: Option<Day>,
}

#[derive(Debug, clap::Args)]
pub struct Against {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// Who objects
    #[arg(long, value_name = "NAME")]
    raised_by: String,
    /// What is said
    #[arg(long, value_name = "TEXT")]
    matter: String,
    /// Day on which it came in; default: today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
}

#[derive(Debug, clap::Args)]
pub struct Answer {
    /// Number of the objection
    objection: i64,
    /// upheld: the person leaves the batch; dismissed: the way is free again
    #[arg(long, value_parser = ["upheld", "dismissed"])]
    outcome: String,
}

pub fn publish(context: &mut Context, args: Publish) -> Result<Exit> {
    let done = context.site()?.perform_bulk(&PublishList { place: args.place, until: args.until })?;
    let (out, op) = (&done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "people": out.people, "until": out.until, "operation": op }));
    }
    let (count, until) = (out.people.to_string(), out.until.to_string());
    context.out.say("reviews.published", &[("count", &count), ("until", &until), ("op", &op.to_string())]);
    if let Some(year) = out.doubtful_year {
        context.out.say("reviews.doubtful_year", &[("year", &year.to_string())]);
    }
    Ok(Exit::Done)
}

pub fn object(context: &mut Context, args: Against) -> Result<Exit> {
    let mut site = context.site()?;
    let row = named(&site, &args.who)?;
    let object = Object { application: row.id, raised_by: args.raised_by, matter: args.matter, on: args.on };
    let done = site.perform(&object)?;
    let (id, op) = (done.out.to_string(), done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "objection": done.out, "application": row.id, "operation": op }));
    }
    context.out.say("reviews.objected", &[("id", &id), ("name", &row.name), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

pub fn answer(context: &mut Context, args: &Answer) -> Result<Exit> {
    let state = parsed(&args.outcome, ObjectionState::parse, "upheld|dismissed")?;
    let answer = AnswerObjection { objection: args.objection, state, outcome: context.reason() };
    let done = context.site()?.perform(&answer)?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "objection": args.objection, "state": state, "operation": op }));
    }
    let word = context.out.locale.word(&format!("link_state.{}", state.code())).to_owned();
    context.out.say("reviews.answered", &[("name", &done.out), ("state", &word), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

pub fn list(context: &Context) -> Result<Exit> {
    let out = &context.out;
    let all = objections(&context.look()?)?;
    let row = |(o, name): &(crate::ops::ListObjectionRow, String)| {
        let state = out.locale.word(&format!("link_state.{}", o.state.code())).to_owned();
        let outcome = o.outcome.clone().unwrap_or_default();
        vec![o.id.to_string(), name.clone(), o.raised_by.clone(), o.matter.clone(), state, outcome]
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    let values: Vec<_> = all.iter().map(|(o, name)| json!({ "name": name, "objection": o })).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.person"), Col::Left("column.raised_by"), Col::Left("column.matter"),
        Col::Left("column.state"), Col::Left("column.outcome"),
    ];
    out.table(&values, &columns, &rows);
    Ok(Exit::Done)
}
