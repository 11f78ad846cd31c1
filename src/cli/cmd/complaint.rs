//! `kaowu complaint`: taken in, looked at, decided.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::Result;
use crate::ops::complaints::{Add, Decide, Refuse, TakeUp, list};
use crate::text::supervision::complaint_cells;
use serde_json::json;

/// Complaints (投诉) and their days
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Take a complaint in
    Add {
        /// Who complains
        #[arg(long)]
        name: String,
        /// Of which unit
        #[arg(long)]
        unit: Option<String>,
        /// Where they can be reached
        #[arg(long)]
        contact: String,
        /// What it is about
        #[arg(long)]
        matter: String,
        /// Whom it is about; several separated by commas
        #[arg(long, value_name = "NAME")]
        against: Option<String>,
        /// What they hand in
        #[arg(long)]
        evidence: Option<String>,
        /// Day on which it came in; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// Take it up
    TakeUp {
        /// Number of the complaint
        number: i64,
        /// Who handles it; default: whoever is signed on. Nobody whom it is about
        #[arg(long, value_name = "NAME")]
        handler: Option<String>,
    },
    /// Do not take it up, with --reason
    Refuse {
        /// Number of the complaint
        number: i64,
        /// Who looked at it; default: whoever is signed on
        #[arg(long, value_name = "NAME")]
        handler: Option<String>,
    },
    /// What was found out and what follows
    Decide {
        /// Number of the complaint
        number: i64,
        /// The decision
        #[arg(long)]
        outcome: String,
    },
    /// Every complaint, its days, and which are late
    List,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Add { name, unit, contact, matter, against, evidence, on } => {
            let op = Add { name, unit, contact, matter, against, evidence, received_on: on };
            let done = context.site()?.perform(&op)?;
            let (number, look_by) = (done.out.0, done.out.1.to_string());
            said(context, (number, done.op.map_or(0, |n| n.0)), ("complaint.added", &look_by));
        }
        What::TakeUp { number, handler } => {
            let done = context.site()?.perform(&TakeUp { number, handler })?;
            let decide_by = done.out.to_string();
            said(context, (number, done.op.map_or(0, |n| n.0)), ("complaint.taken_up", &decide_by));
        }
        What::Refuse { number, handler } => {
            let reason = context.reason();
            let done = context.site()?.perform(&Refuse { number, handler, reason })?;
            said(context, (number, done.op.map_or(0, |n| n.0)), ("complaint.refused", ""));
        }
        What::Decide { number, outcome } => {
            let done = context.site()?.perform(&Decide { number, outcome })?;
            said(context, (number, done.op.map_or(0, |n| n.0)), ("complaint.decided", ""));
        }
        What::List => show(context)?,
    }
    Ok(Exit::Done)
}

fn said(context: &Context, (number, op): (i64, i64), (key, day): (&str, &str)) {
    if context.out.is_json() {
        let day = Some(day).filter(|d| !d.is_empty());
        context.out.json(&json!({ "complaint": number, "due": day, "operation": op }));
    }
    let (number, op) = (number.to_string(), op.to_string());
    match day {
        "" => context.out.say(key, &[("number", &number), ("op", &op)]),
        day => context.out.say(key, &[("number", &number), ("day", day), ("op", &op)]),
    }
}

fn show(context: &Context) -> Result<()> {
    let lines = list(&context.look()?)?;
    let rows: Vec<_> = lines.iter().map(|l| complaint_cells(&context.out.locale, l).to_vec()).collect();
    let columns = [
        Col::Right("column.case_number"),
        Col::Left("column.day"),
        Col::Left("column.state"),
        Col::Left("column.countdown"),
        Col::Left("column.handler"),
        Col::Left("column.matter"),
    ];
    context.out.table(&lines, &columns, &rows);
    Ok(())
}
