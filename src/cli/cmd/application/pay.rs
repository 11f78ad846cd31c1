//! `kaowu application pay`.
use crate::cli::{Context, Exit};
use crate::model::{ApplicationId, Code, Refusal, Stamp};
use crate::ops::applications::{RecordFee, named};
use crate::ops::payments::{Accept, Paying, Record, parse_yuan, yuan};
use crate::ops::{Result, Site};
use serde_json::json;

pub const BAD_AMOUNT: Code = Code("payment.bad_amount");
pub const BAD_TIME: Code = Code("payment.bad_time");

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Numbers of applications, or ticket numbers
    #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID|TICKET")]
    who: Vec<String>,
    /// Everybody who may pay and has not
    #[arg(long, conflicts_with_all = ["amount", "channel", "reference", "at"])]
    all: bool,
    /// Yuan that each paid, such as 165 or 165.50; default: all that is owed
    #[arg(long)]
    amount: Option<String>,
    /// How it was paid; default: the policy's channel
    #[arg(long)]
    channel: Option<String>,
    /// The platform's number of the payment
    #[arg(long)]
    reference: Option<String>,
    /// When it was paid: "2023-09-25 10:11"; outside the window it wants --reason
    #[arg(long)]
    at: Option<String>,
    /// Record it although the amount differs, it was paid before, or the original form is missing
    #[arg(long)]
    accept: bool,
}

pub fn read_amount(text: &str) -> Result<i64> {
    parse_yuan(text).filter(|fen| *fen > 0).ok_or_else(|| Refusal::new(BAD_AMOUNT).with("value", text).into())
}

pub fn read_time(text: &str) -> Result<Stamp> {
    Stamp::read(text).ok_or_else(|| Refusal::new(BAD_TIME).with("value", text).into())
}

pub fn ids(site: &Site, who: &[String]) -> Result<Vec<ApplicationId>> {
    who.iter().map(|text| named(site, text).map(|row| row.id)).collect()
}

/// Without particulars the quick way: all that is owed has come in.
pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let particulars = [&args.amount, &args.channel, &args.reference, &args.at];
    if args.accept || particulars.iter().any(|p| p.is_some()) {
        return record(context, args);
    }
    let mut site = context.site()?;
    let fee = if args.who.is_empty() { RecordFee::All } else { RecordFee::These(ids(&site, &args.who)?) };
    let done = site.perform(&fee)?;
    let (count, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "paid": count, "operation": op }));
    }
    context.out.say("applications.paid", &[("count", &count.to_string()), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn record(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut site = context.site()?;
    let amount = args.amount.as_deref().map(read_amount).transpose()?;
    let at = args.at.as_deref().map(read_time).transpose()?;
    let paying = |application| Paying {
        application,
        amount,
        channel: args.channel.clone(),
        reference: args.reference.clone(),
        at,
    };
    let payments = ids(&site, &args.who)?.into_iter().map(paying).collect();
    let accept = if args.accept { Accept::Warnings } else { Accept::Nothing };
    let done = site.perform(&Record { payments, reason: context.options.reason.clone(), accept })?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        let amount = yuan(out.amount);
        let settled = out.settled;
        context.out.json(&json!({ "paid": out.payments, "settled": settled, "amount": amount, "operation": op }));
    }
    let amount = crate::text::payment::amount(&context.out.locale, out.amount);
    let numbers = [out.payments.to_string(), amount, out.settled.to_string(), op.to_string()];
    let [count, amount, settled, op] = numbers.each_ref().map(String::as_str);
    context.out.say("payment.recorded", &[("count", count), ("amount", amount), ("settled", settled), ("op", op)]);
    Ok(Exit::Done)
}
