//! Claims of the subsidy.
use super::{File, amount, document, level, sheet, template};
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::model::fen::yuan;
use crate::ops::reports::{self, Claim, Earlier, Withdraw, insured_headings};
use crate::ops::{Done, Result, SubsidyClaimRow};
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Take in a sheet of unemployment insurance: 证件号码, 失业保险累计缴费月数
    Insured {
        /// The sheet
        file: File,
    },
    /// The headings of an empty sheet of insurance
    Template,
    /// A claim for a certificate goes out today
    Claim {
        /// Number of the certificate
        certificate: String,
        /// Yuan; default: as much as the level has
        #[arg(long, value_name = "YUAN")]
        amount: Option<String>,
    },
    /// A claim that somebody made elsewhere: it counts too
    Earlier {
        /// Full name
        name: String,
        /// Number of the identity document
        #[arg(long)]
        id_number: String,
        /// Kind of the document; default: identity card
        #[arg(long)]
        document: Option<String>,
        /// Name of the occupation
        #[arg(long)]
        occupation: String,
        /// Level, 1 to 5
        #[arg(long)]
        level: String,
        /// Day of the claim
        #[arg(long, value_name = "DAY")]
        on: Day,
        /// Yuan
        #[arg(long, value_name = "YUAN")]
        amount: Option<String>,
    },
    /// A claim did not go out after all, with --reason
    Withdraw {
        /// Number of the certificate
        certificate: String,
    },
}

pub fn run(context: &Context, what: What) -> Result<Exit> {
    match what {
        What::Insured { file } => return insured(context, &file),
        What::Template => return Ok(template(context, &insured_headings())),
        What::Claim { certificate, amount: typed } => {
            let amount = amount(typed.as_deref())?;
            said(context, "reports.claimed", &context.site()?.perform(&Claim { certificate, amount })?);
        }
        What::Earlier { name, id_number, document: kind, occupation, level: typed, on, amount: sum } => {
            let (document, level) = (document(kind.as_deref())?, level(&typed)?);
            let amount = amount(sum.as_deref())?;
            let earlier = Earlier { name, document, id_number, occupation, level, on, amount };
            said(context, "reports.earlier", &context.site()?.perform(&earlier)?);
        }
        What::Withdraw { certificate } => {
            let withdraw = Withdraw { certificate, reason: context.reason() };
            said(context, "reports.withdrawn", &context.site()?.perform(&withdraw)?);
        }
    }
    Ok(Exit::Done)
}

fn said(context: &Context, key: &str, done: &Done<SubsidyClaimRow>) {
    let (row, op) = (&done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "name": row.name, "amount": row.amount, "on": row.claimed_on, "operation": op }));
    }
    let sum = row.amount.map(yuan).unwrap_or_default();
    let (on, op) = (row.claimed_on.to_string(), op.to_string());
    context.out.say(key, &[("name", &row.name), ("amount", &sum), ("day", &on), ("op", &op)]);
}

fn insured(context: &Context, file: &File) -> Result<Exit> {
    let read = sheet(context, reports::read_insurance(file))?;
    let all = read.people.len();
    let done = context.site()?.perform(&read)?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "read": all, "changed": done.out, "operation": op }));
    }
    let (all, changed, op) = (all.to_string(), done.out.to_string(), op.to_string());
    context.out.say("reports.insured", &[("all", &all), ("changed", &changed), ("op", &op)]);
    Ok(Exit::Done)
}
