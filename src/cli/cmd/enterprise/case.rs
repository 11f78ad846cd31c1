//! The register of problems.
use super::codes;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::model::filing::CaseSource;
use crate::ops::Result;
use crate::ops::enterprise::{Case, whole};
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The cases of an organisation
    List {
        /// Credit code or name
        organisation: String,
    },
    /// A problem was brought up
    Open {
        /// Credit code or name
        organisation: String,
        /// Where it came from
        #[arg(long, value_parser = codes(CaseSource::ALL, CaseSource::code))]
        source: String,
        /// What is said to have happened
        #[arg(long)]
        facts: String,
        /// Day on which it came in; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// It was looked into and decided
    Close {
        /// Credit code or name
        organisation: String,
        /// Number of the case among the organisation's own
        number: i64,
        /// What was done to find out
        #[arg(long)]
        handling: String,
        /// What came of it
        #[arg(long)]
        outcome: String,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let case = match args.what {
        What::List { organisation } => return list(context, &organisation),
        What::Open { organisation, source, facts, on } => {
            // The option takes no other words.
            let source = CaseSource::parse(&source).unwrap_or(CaseSource::Report);
            let received_on = on.unwrap_or(context.clock().now().day());
            Case::Open { organisation, source, received_on, facts }
        }
        What::Close { organisation, number, handling, outcome } => {
            Case::Close { organisation, number, handling, outcome }
        }
    };
    let done = context.site()?.perform(&case)?;
    let (number, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "case": number, "operation": op }));
    }
    context.out.say("enterprise.case_noted", &[("number", &number.to_string()), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn list(context: &Context, organisation: &str) -> Result<Exit> {
    let cases = whole(&context.look()?, organisation, None)?.cases;
    let row = |c: &crate::ops::EnterpriseCaseRow| {
        let source = context.out.locale.word(&format!("case_source.{}", c.source.code())).to_owned();
        let own = |t: &Option<String>| t.clone().unwrap_or_default();
        let received = c.received_on.to_string();
        vec![c.number.to_string(), received, source, c.facts.clone(), own(&c.handling), own(&c.outcome)]
    };
    let rows: Vec<_> = cases.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.case_number"), Col::Left("column.date"), Col::Left("column.case_source"),
        Col::Left("column.facts"), Col::Left("column.handling"), Col::Left("column.case_outcome"),
    ];
    context.out.table(&cases, &columns, &rows);
    Ok(Exit::Done)
}
