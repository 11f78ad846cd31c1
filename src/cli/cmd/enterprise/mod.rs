//! `kaowu enterprise`: organisations that hold assessments themselves.
mod act;
mod case;
mod file;
mod sheets;
mod show;

use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::model::filing::{AttachmentKind, EvaluationResult};
use crate::ops::Result;
use clap::builder::PossibleValuesParser;
use std::path::PathBuf;

/// Enterprises that hold assessments themselves (试点企业): filing, evaluation, directory, cases
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Take a filing in, or take it in again corrected: a folder of CSV tables or a JSON file
    File {
        /// The folder, or the JSON file; `template` writes one to fill in
        path: PathBuf,
        /// Only check it
        #[arg(long)]
        dry_run: bool,
    },
    /// An example of a filing to write over: JSON on standard output, or tables in a folder
    Template {
        /// Folder for the CSV tables
        #[arg(long, value_name = "FOLDER")]
        folder: Option<PathBuf>,
    },
    /// Every filing by round and name
    List,
    /// A filing in full, and what it lacks
    Show {
        /// Credit code or name
        organisation: String,
        /// Of another round than the one in force
        #[arg(long)]
        round: Option<i64>,
    },
    /// A filing is complete and has come in, on paper and electronically
    Submit {
        /// Credit code or name
        organisation: String,
        /// Day on which the paper copy came in
        #[arg(long, value_name = "DAY")]
        paper: Option<Day>,
        /// Day on which the electronic copy came in
        #[arg(long, value_name = "DAY")]
        electronic: Option<Day>,
    },
    /// Which of the seven basic conditions are met; what was found in --reason
    Judge {
        /// Credit code or name
        organisation: String,
        /// Numbers of conditions that are met
        #[arg(long, value_delimiter = ',', required_unless_present = "unmet")]
        met: Vec<i64>,
        /// Numbers of conditions that are not met
        #[arg(long, value_delimiter = ',', conflicts_with = "met")]
        unmet: Vec<i64>,
    },
    /// What the experts found
    Evaluate {
        /// Credit code or name
        organisation: String,
        /// Name of an expert; once for each
        #[arg(long = "expert", required = true, value_name = "NAME")]
        experts: Vec<String>,
        /// Their opinion
        #[arg(long)]
        opinion: String,
        /// Their result
        #[arg(long, value_parser = codes(EvaluationResult::ALL, EvaluationResult::code))]
        result: String,
        /// Day of the evaluation; default: today
        #[arg(long, value_name = "DAY")]
        on: Option<Day>,
    },
    /// Put qualified organisations into the directory, with --reason
    Publish {
        /// Credit codes or names
        #[arg(required = true)]
        organisations: Vec<String>,
        /// First day in force; default: today
        #[arg(long, value_name = "DAY")]
        from: Option<Day>,
        /// Last day in force; default: until further notice
        #[arg(long, value_name = "DAY")]
        to: Option<Day>,
    },
    /// Change the directory, with --reason
    Change {
        /// Credit code or name
        organisation: String,
        /// What happens to it
        #[arg(value_enum)]
        to: act::To,
        /// For extend: the new last day
        #[arg(long, value_name = "DAY")]
        until: Option<Day>,
    },
    /// Add a document to an organisation's register: work plan, evaluation norm, pledge
    Attach {
        /// Credit code or name
        organisation: String,
        /// What it is
        #[arg(long, value_parser = codes(AttachmentKind::ALL, AttachmentKind::code))]
        kind: String,
        /// Its title
        #[arg(long)]
        title: String,
        /// Name of the file
        #[arg(long)]
        file: Option<String>,
        /// Its number, such as that of its filing with the region
        #[arg(long)]
        number: Option<String>,
        /// Its date
        #[arg(long, value_name = "DAY")]
        dated: Option<Day>,
    },
    /// The register of problems
    Case(case::Args),
    /// The directory of organisations in force, as CSV or .xlsx
    Directory {
        /// Only of this round
        #[arg(long)]
        round: Option<i64>,
        /// File; the ending .xlsx makes it a workbook
        #[arg(long)]
        out: PathBuf,
    },
    /// The summary table that an office hands in with the filings (annex 2), as CSV or .xlsx
    Summary {
        /// Only of this round
        #[arg(long)]
        round: Option<i64>,
        /// Only filings that this office reports; its name stands in the footer
        #[arg(long)]
        unit: String,
        /// Whom to ask
        #[arg(long)]
        contact: String,
        /// Their phone number
        #[arg(long)]
        phone: String,
        /// File; the ending .xlsx makes it a workbook
        #[arg(long)]
        out: PathBuf,
    },
}

/// The codes of a closed set, as values of an option.
fn codes<T: Copy>(all: &[T], code: fn(T) -> &'static str) -> PossibleValuesParser {
    PossibleValuesParser::new(all.iter().map(|one| code(*one)))
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::File { path, dry_run: false } => file::file(context, &path),
        What::File { path, dry_run: true } => file::check(context, &path),
        What::Template { folder } => file::template(context, folder.as_deref()),
        What::List => show::list(context),
        What::Show { organisation, round } => show::show(context, &organisation, round),
        What::Submit { organisation, paper, electronic } => act::submit(context, organisation, [paper, electronic]),
        What::Judge { organisation, met, unmet } => act::judge(context, organisation, (met, unmet)),
        What::Evaluate { organisation, experts, opinion, result, on } => {
            act::evaluate(context, organisation, (experts, opinion, &result, on))
        }
        What::Publish { organisations, from, to } => act::publish(context, organisations, (from, to)),
        What::Change { organisation, to, until } => act::change(context, organisation, (to, until)),
        What::Attach { organisation, kind, title, file, number, dated } => {
            act::attach(context, organisation, (&kind, title, file, number, dated))
        }
        What::Case(args) => case::run(context, args),
        What::Directory { round, out } => sheets::directory(context, round, &out),
        What::Summary { round, unit, contact, phone, out } => {
            sheets::summary(context, round, [unit, contact, phone], &out)
        }
    }
}
