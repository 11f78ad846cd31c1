//! `kaowu import scores`: a filled score sheet as one entry of whoever brings it.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::entry::{self, Accept, ImportScores, ScoresRead};
use crate::ops::exchange::{Refusals, Report, RowFault};
use crate::ops::{Error, staff};
use crate::text::fault_words;
use serde::Serialize;
use serde_json::json;
use std::path::PathBuf;

/// Import a filled score sheet (成绩花名册) of one session as your first or second entries: all of it or nothing
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The sheet, CSV or XLSX
    file: PathBuf,
    /// Code of the session; its subject says which column counts
    #[arg(long, value_name = "CODE")]
    session: String,
    /// Say what would happen and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Marks that want a second look are meant as they stand
    #[arg(long)]
    accept: bool,
    /// Write the refused rows here, with the reasons in a last column
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
}

#[derive(Serialize)]
struct Worded<'a> {
    #[serde(flatten)]
    fault: &'a RowFault,
    message: String,
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let mut site = context.site()?;
    let session = staff::session(&site, &args.session)?;
    let accept = if args.accept { Accept::Warnings } else { Accept::Nothing };
    if let Some(to) = &args.refused {
        entry::may_write_refused(&args.file, to)?;
    }
    let import = ImportScores { accept, ..entry::read_scores(&site, &args.file, &session)? };
    let done = if args.dry_run { site.preview(&import) } else { site.perform_bulk(&import) };
    let done = match done {
        Ok(done) => done,
        Err(Error::Rejected(report)) => {
            if let Some(path) = &args.refused {
                let words = |fault: &RowFault| fault_words(&context.out.locale, fault);
                entry::write_refused(&import, &report.faults, &Refusals { path, words: &words })?;
            }
            kept_out(context, &report, args.dry_run);
            return Ok(Exit::Rejected);
        }
        Err(other) => return Err(other),
    };
    let op = done.op.map(|n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({
            "dry_run": args.dry_run, "encoding": import.form.name(), "stored": op.is_some(), "counts": done.out, "faults": [], "operation": op,
        }));
    }
    account(context, done.out, import.form.name());
    match (args.dry_run, op) {
        (true, _) => context.out.say("cli.import.dry_run", &[("op", "")]),
        (false, None) => context.out.say("cli.import.nothing_new", &[("op", "")]),
        (false, Some(op)) => context.out.say("cli.import.stored", &[("op", &op.to_string())]),
    }
    Ok(Exit::Done)
}

fn account(context: &Context, counts: ScoresRead, encoding: &str) {
    let numbers = [
        ("read", counts.read),
        ("added", counts.added),
        ("unchanged", counts.unchanged),
        ("refused", counts.refused),
        ("unmatched", counts.unmatched),
        ("other_names", counts.other_names),
        ("first", counts.first),
        ("second", counts.second),
        ("third", counts.third),
        ("corrected", counts.corrected),
    ]
    .map(|(name, n)| (name, n.to_string()));
    let mut args: Vec<_> = numbers.iter().map(|(name, n)| (*name, n.as_str())).collect();
    args.push(("encoding", encoding));
    context.out.say("cli.score.sheet_account", &args);
}

fn kept_out(context: &Context, report: &Report, dry_run: bool) {
    let out = &context.out;
    let counts = ScoresRead::of(report);
    let faults: Vec<_> =
        report.faults.iter().map(|fault| Worded { fault, message: fault_words(&out.locale, fault) }).collect();
    let rows: Vec<_> = faults
        .iter()
        .map(|w| vec![w.fault.line.to_string(), w.fault.place(), w.fault.value.clone(), w.message.clone()])
        .collect();
    let columns =
        [Col::Right("column.line"), Col::Left("column.column"), Col::Left("column.value"), Col::Left("column.message")];
    let encoding = report.encoding.name();
    let answer = json!({
        "dry_run": dry_run, "encoding": encoding, "stored": false, "counts": counts, "faults": faults, "operation": null,
    });
    out.table(&answer, &columns, &rows);
    account(context, counts, encoding);
    out.say("cli.import.kept_out", &[("op", "")]);
}
