//! `kaowu report`: people on duty, the special ledger, subsidies, enterprises, the plan of the exam.
mod duty;
mod ledger;
mod show;
mod subsidy;

use crate::cli::{Context, Exit};
use crate::model::{Code, Day, DocumentKind, Level, Refusal};
use crate::ops::{ActivityKind, Result};
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

pub const UNKNOWN_LEVEL: Code = Code("report.unknown_level");
pub const UNKNOWN_DOCUMENT: Code = Code("report.unknown_document");
pub const BAD_AMOUNT: Code = Code("report.bad_amount");

/// Reports: certified-on-duty rate (持证上岗率), special ledger (台账), subsidies, enterprises, exam plan
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The rate with target, gap and forecast, and the departments in order of their rates
    Rate {
        /// As of the end of this day; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// People on duty at the windows: the list, or a change of it
    Duty {
        #[command(subcommand)]
        what: Option<duty::What>,
    },
    /// What was done: the special ledger (专项工作台账)
    Ledger {
        #[command(subcommand)]
        what: Option<ledger::What>,
    },
    /// How far each department was on the days that were kept; --take keeps today
    Snapshot {
        /// Keep how far each department is today
        #[arg(long)]
        take: bool,
    },
    /// Who may claim the subsidy for a certificate, and every reason why not
    Subsidy {
        #[command(subcommand)]
        what: Option<subsidy::What>,
    },
    /// The directory of enterprises in figures: rounds, units, what came late, who is certified
    Enterprises,
    /// The exam plan in figures: by unit, occupation and level
    Plan,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Rate { on } => show::rate(context, on),
        What::Duty { what: None } => show::people(context),
        What::Duty { what: Some(what) } => duty::run(context, what),
        What::Ledger { what: None } => show::ledger(context),
        What::Ledger { what: Some(what) } => ledger::run(context, what),
        What::Snapshot { take } => {
            if take {
                ledger::take(context)?;
            }
            show::snapshots(context)
        }
        What::Subsidy { what: None } => show::subsidies(context),
        What::Subsidy { what: Some(what) } => subsidy::run(context, what),
        What::Enterprises => show::enterprises(context),
        What::Plan => show::plan(context),
    }
}

fn kinds() -> PossibleValuesParser {
    PossibleValuesParser::new(ActivityKind::ALL.iter().map(|kind| kind.code()))
}

fn level(text: &str) -> Result<Level, Refusal> {
    Level::parse(text.trim()).ok_or_else(|| Refusal::new(UNKNOWN_LEVEL).with("value", text))
}

fn document(text: Option<&str>) -> Result<Option<DocumentKind>, Refusal> {
    let one = |text: &str| DocumentKind::parse(text).ok_or_else(|| Refusal::new(UNKNOWN_DOCUMENT).with("value", text));
    text.map(one).transpose()
}

/// Yuan as typed, in fen.
fn amount(text: Option<&str>) -> Result<Option<i64>, Refusal> {
    let one =
        |text: &str| crate::model::fen::parse_yuan(text).ok_or_else(|| Refusal::new(BAD_AMOUNT).with("value", text));
    text.map(one).transpose()
}

/// A sheet that is read whole or not at all; its faults are told line by line.
fn sheet<T>(context: &Context, read: Result<T>) -> Result<T> {
    let Err(crate::ops::Error::Rejected(report)) = read else { return read };
    if context.out.is_json() {
        context.out.json(&*report);
    }
    for fault in &report.faults {
        let (line, words) = (fault.line.to_string(), crate::text::fault_words(&context.out.locale, fault));
        context.out.say("staffing.fault", &[("line", &line), ("column", &fault.column), ("message", &words)]);
    }
    Err(crate::ops::Error::Rejected(report))
}

/// Headings of an empty sheet, on standard output.
fn template(context: &Context, headings: &[&str]) -> Exit {
    context.out.line(&headings.join(","));
    Exit::Done
}

/// Where a sheet is.
type File = PathBuf;
