//! What was done, and how far each department was.
use super::kinds;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::reports::{Record, Remove, TakeSnapshot, percent};
use crate::ops::{ActivityKind, Result};
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Write down what was done
    Record {
        /// What was done
        what: String,
        /// agenda, training, exam, review, publicity, commend, criticise or other
        #[arg(long, value_parser = kinds())]
        kind: String,
        /// Day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
        /// Only of this department
        #[arg(long)]
        department: Option<String>,
        /// How many took part
        #[arg(long)]
        people: Option<i64>,
    },
    /// Take a line out again, with --reason
    Remove {
        /// Number of the line
        number: i64,
    },
}

pub fn run(context: &Context, what: What) -> Result<Exit> {
    let mut site = context.site()?;
    let (key, done) = match what {
        What::Record { what, kind, on, department, people } => {
            let kind = ActivityKind::parse(&kind).unwrap_or(ActivityKind::Other);
            ("reports.recorded", site.perform(&Record { kind, what, on, department, people })?)
        }
        What::Remove { number } => ("reports.removed", site.perform(&Remove { number, reason: context.reason() })?),
    };
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "number": done.out.id, "operation": op }));
    }
    let (number, op) = (done.out.id.to_string(), op.to_string());
    context.out.say(key, &[("number", &number), ("what", &done.out.what), ("op", &op)]);
    Ok(Exit::Done)
}

pub fn take(context: &Context) -> Result<()> {
    let done = context.site()?.perform(&TakeSnapshot {})?;
    let (rate, op) = (percent(done.out.rate()), done.op.map_or(0, |n| n.0).to_string());
    context.out.say("reports.snapshot_kept", &[("rate", &rate), ("op", &op)]);
    Ok(())
}
