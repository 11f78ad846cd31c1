//! `kaowu archive`: seal, list, check, read, erase.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Day, Refusal};
use crate::ops::archive::{
    self, AskErasure, Erase, Looked, Read, Wishes, WithdrawErasure, compare, lacking, look, prepare, register, remains,
};
use crate::ops::{Error, Result};
use crate::text::archive as words;
use serde_json::json;
use std::path::{Path, PathBuf};

pub const OTHER_SEAL: Code = Code("archive.other_seal");

/// Sealed archives of closed batches (归档); a closed batch is named by --batch
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// The register: what was sealed when, who keeps it, until when
    List,
    /// What an archive of the batch would lack
    Lacks,
    /// Seal the closed batch into a folder; with --reason although something is missing
    Seal {
        /// Who keeps it
        #[arg(long, value_name = "NAME")]
        keeper: String,
        /// Where it is kept
        #[arg(long, value_name = "TEXT")]
        place: String,
        /// The folder. Default: in the home's exports
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
    },
    /// Whether an archive was touched, and whether this site sealed it
    Check {
        /// Its folder
        path: PathBuf,
    },
    /// Record that somebody read an archive, or papers in their boxes
    Read(ReadArgs),
    /// Everybody who read something
    Readings,
    /// The people of the batch, once its time is over
    Erasure {
        #[command(subcommand)]
        what: Erasure,
    },
}

#[derive(Debug, clap::Args)]
struct ReadArgs {
    /// Number of the archive; default: papers in their boxes
    #[arg(long, value_name = "NUMBER")]
    archive: Option<i64>,
    /// Which volume, box or bag
    #[arg(long, value_name = "TEXT")]
    what: String,
    /// Who reads
    #[arg(long, value_name = "NAME")]
    reader: String,
    /// What for
    #[arg(long, value_name = "TEXT")]
    purpose: String,
    /// The head who gave leave
    #[arg(long, value_name = "NAME")]
    approved_by: String,
    /// Who was present; twice
    #[arg(long, value_name = "NAME", required = true)]
    witness: Vec<String>,
    /// When; default: today
    #[arg(long, value_name = "DAY")]
    on: Option<Day>,
}

#[derive(Debug, clap::Subcommand)]
enum Erasure {
    /// Ask for it, with --reason; another person does it
    Ask,
    /// Do what somebody else asked for; never taken back
    Do,
    /// Take back what was asked for
    Withdraw,
    /// What was asked for and done
    List,
    /// Only write the database file anew: nothing of the erased stays in free pages
    Scrub,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Lacks => lacks(context),
        What::Seal { keeper, place, out } => seal(context, (keeper, place), out),
        What::Check { path } => check(context, &path),
        What::Read(args) => read(context, args),
        What::Readings => {
            let all = register(&context.look()?)?.readings;
            let rows: Vec<_> = all.iter().map(|r| vec![words::reading(&context.out.locale, r)]).collect();
            context.out.table(&all, &[Col::Left("column.archive_reading")], &rows);
            Ok(Exit::Done)
        }
        What::Erasure { what } => erasure(context, &what),
    }
}

fn list(context: &Context) -> Result<Exit> {
    let all = register(&context.look()?)?.archives;
    let day = |day: Option<Day>| day.map(|d| d.to_string()).unwrap_or_default();
    let row = |line: &archive::Line| {
        let a = &line.archive;
        #[rustfmt::skip]
        let cells = vec![
            line.batch.clone(), a.number.to_string(), a.at.day().to_string(), a.folder.clone(), a.files.to_string(),
            a.keeper.clone(), a.place.clone(), day(a.paper_until), day(a.electronic_until), line.readings.to_string(),
            a.seal.chars().take(16).collect(),
        ];
        cells
    };
    let rows: Vec<_> = all.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.archive_batch"), Col::Right("column.archive_number"), Col::Left("column.sealed_on"), Col::Left("column.archive_folder"),
        Col::Right("column.archive_files"), Col::Left("column.archive_keeper"), Col::Left("column.archive_place"),
        Col::Left("column.paper_until"), Col::Left("column.electronic_until"), Col::Right("column.archive_readings"),
        Col::Left("column.archive_seal"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}

fn lacks(context: &Context) -> Result<Exit> {
    let found = lacking(&context.site()?)?;
    let rows: Vec<_> = found.iter().map(|l| vec![words::lack(&context.out.locale, l)]).collect();
    context.out.table(&found, &[Col::Left("column.archive_lacks")], &rows);
    if found.is_empty() {
        context.out.say("archive.nothing_lacks", &[]);
    }
    Ok(Exit::Done)
}

fn seal(context: &Context, (keeper, place): (String, String), out: Option<PathBuf>) -> Result<Exit> {
    let mut site = context.site()?;
    let target = match out {
        Some(out) => out,
        None => default_target(context, &site.batch()?.code, &site.now().local().format("%Y%m%d-%H%M%S").to_string())?,
    };
    let wishes = Wishes { keeper, place, accepted: context.options.reason.clone() };
    let locale = &context.out.locale;
    let word = |key: &str| locale.word(key).to_owned();
    if wishes.accepted.is_none() && !context.out.is_json() {
        lacking(&site)?.iter().for_each(|lack| context.out.note(&words::lack(locale, lack)));
    }
    let prepared = prepare(&site, &target, &wishes, &word)?;
    let contents = prepared.contents.clone();
    let (op, seal) = prepared.finish(&mut site)?;
    let folder = target.display().to_string();
    if context.out.is_json() {
        context.out.json(&json!({ "folder": folder, "seal": seal, "files": contents.file.len(),
            "missing": contents.missing, "operation": op }));
    } else {
        context.out.line(&crate::text::history::in_fours(&seal));
    }
    let (files, op) = (contents.file.len().to_string(), op.map(|n| n.to_string()).unwrap_or_default());
    context.out.say("archive.sealed", &[("folder", &folder), ("files", &files), ("op", &op)]);
    Ok(Exit::Done)
}

fn default_target(context: &Context, batch: &str, stamp: &str) -> Result<PathBuf> {
    let folder = context.home()?.exports();
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let batch: String = batch.chars().map(plain).collect();
    Ok(folder.join(format!("archive-{batch}-{stamp}")))
}

/// With the register of the site at hand.
fn check(context: &Context, path: &Path) -> Result<Exit> {
    let looked = looked_at(path)?;
    let answer = compare(&context.look()?, &looked)?;
    Ok(told(context, &looked, Some(answer)))
}

fn looked_at(path: &Path) -> Result<Looked> {
    look(&archive::at(path).unwrap_or_else(|| path.to_owned()))
}

/// `kaowu doctor PATH`: without any site.
pub fn doctor(context: &Context, path: &Path, seal: Option<&str>) -> Result<Exit> {
    let looked = looked_at(path)?;
    if let Some(seal) = seal {
        let typed: String = seal.chars().filter(char::is_ascii_hexdigit).collect::<String>().to_ascii_lowercase();
        if typed != looked.seal {
            told(context, &looked, None);
            return Err(Refusal::new(OTHER_SEAL).with("typed", typed).with("seal", looked.seal).into());
        }
    }
    Ok(told(context, &looked, None))
}

fn told(context: &Context, looked: &Looked, answer: Option<archive::Answer>) -> Exit {
    if context.out.is_json() {
        let whole = looked.findings.is_empty();
        context
            .out
            .json(&json!({ "whole": whole, "seal": looked.seal, "findings": looked.findings, "register": answer,
            "contents": looked.contents }));
    } else {
        words::looked(&context.out.locale, looked, answer).iter().for_each(|line| context.out.line(line));
    }
    if looked.findings.is_empty() { Exit::Done } else { Exit::Store }
}

fn read(context: &Context, args: ReadArgs) -> Result<Exit> {
    let mut site = context.site()?;
    let mut witnesses = args.witness.into_iter();
    let mut next = || witnesses.next().unwrap_or_default();
    let witnesses = [next(), next()];
    let ReadArgs { archive, what, reader, purpose, approved_by, on, .. } = ReadArgs { witness: Vec::new(), ..args };
    let done = site.perform(&Read { archive, what, reader, purpose, approved_by, witnesses, on })?;
    if context.out.is_json() {
        context.out.json(&json!({ "reading": done.out, "operation": done.op }));
    }
    context.out.say("archive.noted", &[("op", &done.op.map(|n| n.to_string()).unwrap_or_default())]);
    Ok(Exit::Done)
}

fn erasure(context: &Context, what: &Erasure) -> Result<Exit> {
    if matches!(what, Erasure::List) {
        return erasures(context);
    }
    let mut site = context.site()?;
    match what {
        Erasure::Ask => {
            let op = site.perform(&AskErasure { reason: context.reason() })?.op;
            context.out.say("archive.erasure_asked", &[("op", &op.map(|n| n.to_string()).unwrap_or_default())]);
        }
        Erasure::Withdraw => {
            site.perform(&WithdrawErasure {})?;
            context.out.say("archive.erasure_withdrawn", &[]);
        }
        Erasure::Do => {
            let done = site.perform(&Erase {})?;
            if context.out.is_json() {
                context.out.json(&json!({ "erased": done.out, "operation": done.op }));
            }
            let e = done.out;
            let args = [
                ("people", e.people.to_string()),
                ("operations", e.operations.to_string()),
                ("barred", e.barred.to_string()),
            ];
            let args: Vec<_> = args.iter().map(|(name, text)| (*name, text.as_str())).collect();
            context.out.say("archive.erased", &args);
            archive::scrub(&site)?;
            afterwards(context)?;
        }
        Erasure::Scrub => {
            archive::scrub(&site)?;
            afterwards(context)?;
        }
        Erasure::List => {}
    }
    Ok(Exit::Done)
}

/// What else may hold the people: only a person can destroy it.
fn afterwards(context: &Context) -> Result<()> {
    context.out.say("archive.scrubbed", &[]);
    let remains = remains(context.home()?.folder())?;
    if !remains.is_empty() {
        context.out.say("archive.remains", &[("count", &remains.len().to_string())]);
        remains.iter().for_each(|path| context.out.note(&path.display().to_string()));
    }
    Ok(())
}

fn erasures(context: &Context) -> Result<Exit> {
    let all = register(&context.look()?)?.erasures;
    let count = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let rows: Vec<_> = all
        .iter()
        .map(|e| {
            let state = context.out.locale.word(&format!("erasure_state.{}", e.row.state.code())).to_owned();
            let by = e.decided_by.clone().unwrap_or_default();
            vec![
                e.batch.clone(),
                state,
                e.asked_by.clone(),
                e.row.reason.clone(),
                by,
                count(e.row.people),
                count(e.row.barred),
            ]
        })
        .collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.archive_batch"), Col::Left("column.state"), Col::Left("column.asked_by"), Col::Left("column.reason"),
        Col::Left("column.erased_by"), Col::Right("column.people"), Col::Right("column.archive_barred"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}
