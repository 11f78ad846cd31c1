//! `kaowu application account`, `refund`, `waive`, `original`, `readmit`.
use super::pay::{ids, read_amount};
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::applications::named;
use crate::ops::payments::{self, Readmit, ReceiveOriginal, Refund, Waive, yuan};
use crate::text::payment;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct One {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
}

#[derive(Debug, clap::Args)]
pub struct Many {
    /// Numbers of applications, or ticket numbers
    #[arg(required = true, value_name = "ID|TICKET")]
    who: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub struct RefundArgs {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// Yuan; default: all that came in
    #[arg(long)]
    amount: Option<String>,
    /// The platform's number of the refund
    #[arg(long)]
    reference: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct WaiveArgs {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// Code of one item of the fee table; default: all that is owed
    #[arg(long)]
    item: Option<String>,
}

pub fn account(context: &mut Context, args: &One) -> Result<Exit> {
    let site = context.look()?;
    let view = payments::account(&site, named(&site, &args.who)?.id)?;
    let rows: Vec<_> =
        payment::facts(&context.out.locale, &view).into_iter().map(|(name, value)| vec![name, value]).collect();
    context.out.table(&view, &[Col::Left("column.field"), Col::Left("column.value")], &rows);
    Ok(Exit::Done)
}

pub fn refund(context: &mut Context, args: RefundArgs) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let amount = args.amount.as_deref().map(read_amount).transpose()?;
    let done = site.perform(&Refund { application, amount, reference: args.reference, reason: context.reason() })?;
    let ((name, fen), op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "application": application, "refunded": yuan(fen), "operation": op }));
    }
    let shown = payment::amount(&context.out.locale, fen);
    context.out.say("payment.refunded", &[("name", &name), ("amount", &shown), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

pub fn waive(context: &mut Context, args: WaiveArgs) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let done = site.perform(&Waive { application, item: args.item, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "application": application, "state": "waived", "operation": op }));
    }
    context.out.say("payment.waived", &[("name", &done.out), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

pub fn original(context: &mut Context, args: &Many) -> Result<Exit> {
    let mut site = context.site()?;
    let done = site.perform(&ReceiveOriginal { applications: ids(&site, &args.who)? })?;
    let (count, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "received": count, "operation": op }));
    }
    context.out.say("payment.original_in", &[("count", &count.to_string()), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

pub fn readmit(context: &mut Context, args: &One) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let done = site.perform(&Readmit { application, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "application": application, "operation": op }));
    }
    context.out.say("payment.readmitted", &[("name", &done.out), ("op", &op.to_string())]);
    Ok(Exit::Done)
}
