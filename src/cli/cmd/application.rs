//! `kaowu application`: fees and withdrawal.
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::applications::{RecordFee, Withdraw, named};
use serde_json::json;

/// Applications (申报)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Record that the fee came in, for these or for everybody who has not paid
    Pay {
        /// Numbers of applications, or ticket numbers
        #[arg(required_unless_present = "all", conflicts_with = "all", value_name = "ID|TICKET")]
        who: Vec<String>,
        #[arg(long)]
        all: bool,
    },
    /// An applicant steps back; wants --reason. Nothing is deleted
    Withdraw {
        #[arg(value_name = "ID|TICKET")]
        who: String,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Pay { who, .. } => pay(context, &who),
        What::Withdraw { who } => withdraw(context, &who),
    }
}

/// Nobody named means everybody.
fn pay(context: &mut Context, who: &[String]) -> Result<Exit> {
    let mut site = context.site()?;
    let fee = if who.is_empty() {
        RecordFee::All
    } else {
        let ids = who.iter().map(|text| named(&site, text).map(|row| row.id));
        RecordFee::These(ids.collect::<Result<_>>()?)
    };
    let done = site.perform(&fee)?;
    let (count, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "paid": count, "operation": op }));
    }
    context.out.say("applications.paid", &[("count", &count.to_string()), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn withdraw(context: &mut Context, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, who)?.id;
    let done = site.perform(&Withdraw { application, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "application": application, "state": "withdrawn", "operation": op }));
    }
    context.out.say("applications.withdrawn", &[("name", &done.out), ("op", &op.to_string())]);
    Ok(Exit::Done)
}
