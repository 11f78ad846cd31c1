//! `kaowu import`: a sheet of applicants, checked whole before anything is stored; a bundle goes to its neighbour.
use super::import_bundle::{self, Run};
use super::score::import as scores;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, OpNo, Refusal};
use crate::ops::exchange::site::Folder;
use crate::ops::exchange::{Encoding, Import, Mode, Refusals, Report, RowFault, Source, check};
use crate::ops::{Error, Result};
use crate::text::fault_words;
use serde::Serialize;
use std::io::Write;
use std::path::PathBuf;

pub const UNKNOWN_ENCODING: Code = Code("sheet.unknown_encoding");

/// Import a sheet of applicants (导入报名表), a bundle, or a score sheet
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// The file, or a bundle; - is standard input
    #[arg(required = true)]
    path: Option<PathBuf>,
    /// Layout of the sheet, where it is not recognised
    #[arg(long)]
    layout: Option<String>,
    /// Sheet of a workbook; default is the first with known headings
    #[arg(long, value_name = "NAME")]
    sheet: Option<String>,
    /// utf-8, gb18030, utf-16le or utf-16be, where it is not recognised
    #[arg(long)]
    encoding: Option<String>,
    /// Say what would happen and store nothing
    #[arg(long)]
    dry_run: bool,
    /// Of a bundle at first contact: the two groups of the fingerprint that were left out
    #[arg(long, value_name = "GROUPS")]
    groups: Option<String>,
    /// Store the good rows although others are refused
    #[arg(long)]
    keep_good: bool,
    /// Write the refused rows here, with the reasons in a last column
    #[arg(long, value_name = "FILE")]
    refused: Option<PathBuf>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Scores(scores::Args),
}

/// The answer as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    layout: &'a str,
    encoding: &'a str,
    #[serde(skip_serializing_if = "Option::is_none")]
    sheet: Option<&'a str>,
    dry_run: bool,
    read: u64,
    added: u64,
    changed: u64,
    unchanged: u64,
    refused: u64,
    /// Whether the database has it now; the counts say what the rows are, stored or not.
    stored: bool,
    faults: Vec<Worded<'a>>,
    operation: Option<OpNo>,
}

#[derive(Serialize)]
struct Worded<'a> {
    #[serde(flatten)]
    fault: &'a RowFault,
    message: String,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    if let Some(What::Scores(args)) = &args.what {
        return scores::run(context, args);
    }
    if let Some(folder) = args.path.as_deref().and_then(Folder::at) {
        let run = if args.dry_run { Run::Trial } else { Run::Earnest };
        return import_bundle::run(context, (&folder, args.groups.as_deref()), run);
    }
    let encoding = args.encoding.as_deref().map(parse_encoding).transpose()?;
    let (source, _spooled) = source(&args, encoding)?;
    let mut site = context.site()?;
    let locale = context.out.locale.clone();
    let words = move |fault: &RowFault| fault_words(&locale, fault);
    let refusals = args.refused.as_deref().map(|path| Refusals { path, words: &words });
    if args.dry_run {
        let report = check(&site, &source, refusals.as_ref())?;
        answer(context, &report, Fate::Trial);
        return Ok(exit(&report));
    }
    let mode = if args.keep_good { Mode::KeepGood } else { Mode::Strict };
    let assets = context.assets.clone();
    let import = Import { source: &source, mode, assets: &assets, refusals: refusals.as_ref() };
    match site.perform_bulk(&import) {
        Ok(done) => {
            answer(context, &done.out, Fate::Stored(done.op));
            Ok(exit(&done.out))
        }
        Err(Error::Rejected(report)) => {
            answer(context, &report, Fate::KeptOut);
            Ok(Exit::Rejected)
        }
        Err(other) => Err(other),
    }
}

/// What became of the file as a whole.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Fate {
    Trial,
    Stored(Option<OpNo>),
    KeptOut,
}

fn exit(report: &Report) -> Exit {
    if report.counts.refused > 0 { Exit::Rejected } else { Exit::Done }
}

fn parse_encoding(name: &str) -> Result<Encoding> {
    Encoding::parse(name).ok_or_else(|| Refusal::new(UNKNOWN_ENCODING).with("value", name).into())
}

/// Standard input is spooled, because a sheet is read twice.
fn source(args: &Args, encoding: Option<Encoding>) -> Result<(Source, Option<tempfile::NamedTempFile>)> {
    let path = args.path.clone().unwrap_or_default();
    let name = path.file_name().map_or_else(|| "-".to_owned(), |n| n.to_string_lossy().into_owned());
    #[rustfmt::skip]
    let source = Source { path: path.clone(), name, encoding, layout: args.layout.clone(), sheet: args.sheet.clone() };
    if path.as_os_str() != "-" {
        return Ok((source, None));
    }
    let spool = || -> std::io::Result<tempfile::NamedTempFile> {
        let mut file = tempfile::NamedTempFile::new()?;
        std::io::copy(&mut std::io::stdin().lock(), &mut file)?;
        file.flush()?;
        Ok(file)
    };
    let file = spool().map_err(Error::file("-"))?;
    Ok((Source { path: file.path().to_owned(), ..source }, Some(file)))
}

fn answer(context: &Context, report: &Report, fate: Fate) {
    let out = &context.out;
    let counts = report.counts;
    let words = |fault: &RowFault| fault_words(&out.locale, fault);
    let faults: Vec<_> = report.faults.iter().map(|fault| Worded { fault, message: words(fault) }).collect();
    let rows: Vec<_> = faults.iter().map(|fault| row(context, fault)).collect();
    let json = Answer {
        layout: &report.layout,
        encoding: report.encoding.name(),
        sheet: report.sheet.as_deref(),
        dry_run: fate == Fate::Trial,
        read: counts.read,
        added: counts.added,
        changed: counts.changed,
        unchanged: counts.unchanged,
        refused: counts.refused,
        stored: matches!(fate, Fate::Stored(_)),
        faults,
        operation: if let Fate::Stored(op) = fate { op } else { None },
    };
    if out.is_json() || !rows.is_empty() {
        #[rustfmt::skip]
        let columns = [
            Col::Right("column.line"), Col::Left("column.column"), Col::Left("column.value"),
            Col::Left("column.severity"), Col::Left("column.fault"), Col::Left("column.message"),
        ];
        out.table(&json, &columns, &rows);
    }
    told(context, report, fate);
}

fn row(context: &Context, worded: &Worded<'_>) -> Vec<String> {
    let fault = worded.fault;
    vec![
        fault.line.to_string(),
        fault.place(),
        fault.value.clone(),
        context.out.locale.word(fault.severity.key()).to_owned(),
        fault.code.0.to_owned(),
        worded.message.clone(),
    ]
}

/// The account and what became of the file, for people.
fn told(context: &Context, report: &Report, fate: Fate) {
    let counts = report.counts;
    let numbers = [
        ("read", counts.read),
        ("added", counts.added),
        ("changed", counts.changed),
        ("unchanged", counts.unchanged),
        ("refused", counts.refused),
    ]
    .map(|(name, n)| (name, n.to_string()));
    let mut args = vec![("layout", report.layout.as_str()), ("encoding", report.encoding.name())];
    args.extend(numbers.iter().map(|(name, n)| (*name, n.as_str())));
    context.out.say("cli.import.account", &args);
    let (key, op) = match fate {
        Fate::Trial => ("cli.import.dry_run", None),
        Fate::Stored(Some(op)) => ("cli.import.stored", Some(op)),
        Fate::Stored(None) => ("cli.import.nothing_new", None),
        Fate::KeptOut => ("cli.import.kept_out", None),
    };
    context.out.say(key, &[("op", &op.map_or_else(String::new, |n| n.to_string()))]);
}
