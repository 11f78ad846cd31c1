//! `kaowu supervision`: draws, inspections, what is made public.
mod act;
mod draw;
mod show;

use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::supervision::METHODS;
use crate::ops::{InspectionMode, InspectionResult, Result};
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// Quality supervision (质量督导): random draws, inspection records, publication
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Draw whom to inspect and who inspects (双随机); a draw is never taken back
    Draw(DrawArgs),
    /// Draw again from the stored pools and say whether it comes out equal
    Redraw {
        /// Number of the draw
        draw: i64,
    },
    /// Record an inspection and what it found
    Report(ReportArgs),
    /// Say that what an inspection asked for was put right
    Mend {
        /// Number of the inspection
        inspection: i64,
        /// What was done
        #[arg(long)]
        what: String,
        /// Day on which it was put right; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// Say that a draw or a result was made public; without a number, the list of all that was
    Publish {
        /// Number of the draw
        #[arg(long, conflicts_with = "inspection")]
        draw: Option<i64>,
        /// Number of the inspection
        #[arg(long)]
        inspection: Option<i64>,
        /// Where: a web address, a board
        #[arg(long)]
        place: Option<String>,
        /// When; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// Draws and inspections, and sessions without a supervision record
    List {
        /// Only there: region digits, or code or name of a unit of the notice; default: the operator's own
        #[arg(long)]
        area: Option<String>,
    },
}

#[derive(Debug, clap::Args)]
struct DrawArgs {
    /// The number that the lots are drawn with, written down beforehand; 0 or more
    #[arg(long)]
    seed: i64,
    /// room, session, venue, enterprise, or a file with a line each: name,unit,region,why left out
    #[arg(long, value_name = "KIND|FILE")]
    objects: String,
    /// How many objects are drawn
    #[arg(long, default_value = "1")]
    count: usize,
    /// Supervisors for each; default: as the policy says
    #[arg(long)]
    per_object: Option<usize>,
    /// Who watched the draw
    #[arg(long, value_name = "NAME")]
    witness: String,
    /// What it is called; default: the day
    #[arg(long)]
    title: Option<String>,
    /// Only objects there: region digits, or code or name of a unit of the notice
    #[arg(long)]
    area: Option<String>,
    /// File with the supervisors, a line each: name,unit,region,why left out; default: staff who may supervise
    #[arg(long, value_name = "FILE")]
    supervisors: Option<PathBuf>,
    /// Leave somebody out, and why; once for each
    #[arg(long, value_name = "NAME=WHY")]
    exclude: Vec<String>,
}

#[derive(Debug, clap::Args)]
struct ReportArgs {
    /// Number of the draw that it follows from
    #[arg(long)]
    draw: Option<i64>,
    /// Code of the session that was supervised
    #[arg(long)]
    session: Option<String>,
    /// What was inspected; default: the session
    #[arg(long)]
    object: Option<String>,
    /// Who went there, once for each; default: those drawn
    #[arg(long = "supervisor", value_name = "NAME")]
    supervisors: Vec<String>,
    /// How: the whole process on site, one matter, or the yearly assessment
    #[arg(long, default_value = "on_site", value_parser = codes(InspectionMode::ALL, InspectionMode::code))]
    mode: String,
    /// Day; default: today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
    /// What was done there
    #[arg(long = "method", value_delimiter = ',', required = true, value_parser = PossibleValuesParser::new(METHODS))]
    methods: Vec<String>,
    /// What was found
    #[arg(long)]
    findings: String,
    /// What follows
    #[arg(long, value_parser = codes(InspectionResult::ALL, InspectionResult::code))]
    result: String,
    /// The last day to put it right
    #[arg(long, value_name = "DAY")]
    mend_by: Option<Day>,
}

fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|one| code(*one)))
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Draw(args) => draw::draw(context, args),
        What::Redraw { draw } => draw::again(context, draw),
        What::Report(args) => act::report(context, args),
        What::Mend { inspection, what, on } => act::mend(context, inspection, (what, on)),
        What::Publish { draw: None, inspection: None, .. } => show::publication(context),
        What::Publish { draw, inspection, place, on } => act::publish(context, (draw, inspection), (place, on)),
        What::List { area } => show::list(context, area.as_deref()),
    }
}
