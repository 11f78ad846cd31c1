//! `kaowu application close-payment`: the unpaid leave the batch.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::payments::{Close, Unpaid, unpaid};
use serde_json::json;

pub const COUNT_NEEDED: Code = Code("payment.count_needed");

#[derive(Debug, clap::Args)]
pub struct Args {
    /// How many are to be left out, as the list says; without it the list is shown and nothing changes
    #[arg(long)]
    count: Option<usize>,
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let Some(expect) = args.count else {
        let found = unpaid(&context.look()?)?;
        list(context, &found, &json!({ "unpaid": found, "operation": null }));
        context.out.say("payment.would_close", &[("count", &found.len().to_string())]);
        return Ok(Exit::Done);
    };
    let mut site = context.site()?;
    if expect == 0 {
        return Err(Refusal::new(COUNT_NEEDED).into());
    }
    let done = site.perform_bulk(&Close { expect, reason: context.options.reason.clone() })?;
    let (closed, op) = (done.out, done.op.map_or(0, |n| n.0));
    let value = json!({ "excluded": closed.excluded, "originals_missing": closed.originals_missing, "operation": op });
    list(context, &closed.excluded, &value);
    let (count, op) = (closed.excluded.len().to_string(), op.to_string());
    context.out.say("payment.closed", &[("count", &count), ("op", &op)]);
    if closed.originals_missing > 0 {
        context.out.say("payment.originals_missing", &[("count", &closed.originals_missing.to_string())]);
    }
    Ok(Exit::Done)
}

fn list(context: &Context, people: &[Unpaid], value: &serde_json::Value) {
    let locale = &context.out.locale;
    let row = |p: &Unpaid| {
        vec![
            p.application.to_string(),
            p.name.clone(),
            p.id_number.clone(),
            p.occupation_name.clone(),
            locale.word(&p.level.key()).to_owned(),
            p.employer.clone().unwrap_or_default(),
            p.phone.clone().unwrap_or_default(),
        ]
    };
    let rows: Vec<_> = people.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.person"), Col::Left("column.id_number"), Col::Left("column.occupation"),
        Col::Left("column.level"), Col::Left("column.employer"), Col::Left("field.phone"),
    ];
    context.out.table(value, &columns, &rows);
}
