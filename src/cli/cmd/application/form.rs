//! `kaowu application add | amend | resubmit | correct | original`: single applications and their forms.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, DocumentKind, OpNo, Refusal};
use crate::ops::applications::form::{Typed, from_bytes, layout, stored};
use crate::ops::applications::{Amend, Correct, File, Resubmit, named};
use crate::ops::exchange::RowFault;
use crate::ops::{Error, Result, Site};
use crate::text::fault_words;
use serde_json::json;
use std::io::Read;
use std::path::{Path, PathBuf};

pub const NOT_A_PAIR: Code = Code("form.not_a_pair");
pub const NO_SUCH_DOCUMENT: Code = Code("form.no_such_document");

#[derive(Debug, clap::Args)]
pub struct Add {
    /// A JSON object of items, or a sheet with headings and one row; - is standard input
    #[arg(long, value_name = "FILE")]
    file: PathBuf,
    /// Check only, store nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Debug, clap::Args)]
pub struct Change {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// Items and their new texts; an empty text clears an item
    #[arg(value_name = "ITEM=TEXT", required_unless_present = "file")]
    items: Vec<String>,
    /// A JSON object of items to change, with `evidence` as a whole list
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Mend {
    /// Number of the application, or ticket number
    #[arg(value_name = "ID|TICKET")]
    who: String,
    /// The right name
    #[arg(long)]
    name: Option<String>,
    /// The right kind of document
    #[arg(long, value_name = "KIND")]
    document: Option<String>,
    /// The right number of the document
    #[arg(long)]
    number: Option<String>,
}

fn number(op: Option<OpNo>) -> String {
    op.map_or(0, |n| n.0).to_string()
}

fn bytes(path: &Path) -> Result<Vec<u8>> {
    if path.as_os_str() == "-" {
        let mut all = Vec::new();
        std::io::stdin().lock().read_to_end(&mut all).map_err(Error::file("-"))?;
        return Ok(all);
    }
    std::fs::read(path).map_err(Error::file(path))
}

fn read(site: &Site, path: &Path) -> Result<Typed> {
    let name = path.file_name().map_or_else(|| "-".to_owned(), |n| n.to_string_lossy().into_owned());
    from_bytes(site, &name, &bytes(path)?)
}

/// What is wrong with the form, each with its item; exit status 3.
fn rejected(context: &Context, faults: &[RowFault]) -> Exit {
    let item = |fault: &RowFault| match fault.line {
        0 => fault.column.clone(),
        n => format!("evidence {n}: {}", fault.column),
    };
    let rows: Vec<_> = faults
        .iter()
        .map(|fault| {
            let severity = context.out.locale.word(fault.severity.key()).to_owned();
            vec![item(fault), fault.value.clone(), severity, fault_words(&context.out.locale, fault)]
        })
        .collect();
    let faults: Vec<_> = faults
        .iter()
        .map(|fault| {
            let message = fault_words(&context.out.locale, fault);
            json!({ "item": fault.column, "evidence": fault.line, "value": fault.value, "code": fault.code.0,
                "severity": fault.severity, "message": message })
        })
        .collect();
    let columns = [
        Col::Left("column.field"),
        Col::Left("column.value"),
        Col::Left("column.severity"),
        Col::Left("column.message"),
    ];
    context.out.table(&json!({ "stored": false, "faults": faults }), &columns, &rows);
    context.out.say("cli.application.rejected", &[]);
    Exit::Rejected
}

fn or_rejected<T>(context: &Context, result: Result<T>, told: impl FnOnce(T)) -> Result<Exit> {
    match result {
        Ok(done) => {
            told(done);
            Ok(Exit::Done)
        }
        Err(Error::Rejected(report)) => Ok(rejected(context, &report.faults)),
        Err(other) => Err(other),
    }
}

pub fn add(context: &mut Context, args: &Add) -> Result<Exit> {
    let mut site = context.site()?;
    let typed = match read(&site, &args.file) {
        Err(Error::Rejected(report)) => return Ok(rejected(context, &report.faults)),
        other => other?,
    };
    let layout = layout(site.assets())?;
    let file = File { typed: &typed, late: context.options.reason.clone(), layout: &layout };
    let done = if args.dry_run { site.preview(&file) } else { site.perform(&file) };
    or_rejected(context, done, |done| {
        let (id, op) = (done.out.application.to_string(), number(done.op));
        if context.out.is_json() {
            context.out.json(&json!({ "application": done.out.application, "unit": done.out.unit,
                "warnings": done.out.warnings, "operation": done.op }));
        }
        let word = if args.dry_run { "cli.application.good" } else { "cli.application.added" };
        context.out.say(word, &[("name", &done.out.name), ("id", &id), ("op", &op)]);
    })
}

pub fn amend(context: &mut Context, args: &Change) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let seen = stored(&site, application)?;
    let mut typed = seen.clone();
    if let Some(path) = &args.file {
        typed.lay_over(read(&site, path)?);
    }
    for pair in &args.items {
        let (item, text) = pair.split_once('=').ok_or_else(|| Refusal::new(NOT_A_PAIR).with("value", pair.as_str()))?;
        typed.set(item, text)?;
    }
    if ["document", "id_number"].iter().any(|item| typed.get(item) != seen.get(item)) {
        typed.follow_number();
    }
    let layout = layout(site.assets())?;
    let amend = Amend { application, typed: &typed, seen: &seen, reason: context.reason(), layout: &layout };
    let done = site.perform(&amend);
    or_rejected(context, done, |done| {
        let (count, op) = (done.out.changed.len().to_string(), number(done.op));
        if context.out.is_json() {
            let json = json!({ "application": application, "changed": done.out.changed, "operation": done.op });
            context.out.json(&json);
        }
        context.out.say("cli.application.amended", &[("name", &done.out.name), ("count", &count), ("op", &op)]);
    })
}

pub fn resubmit(context: &mut Context, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, who)?.id;
    let done = site.perform(&Resubmit { application, late: context.options.reason.clone() })?;
    let (round, op) = (done.out.round.to_string(), number(done.op));
    if context.out.is_json() {
        let json = json!({ "application": application, "round": done.out.round, "operation": done.op });
        context.out.json(&json);
    }
    context.out.say("form_page.resubmitted", &[("name", &done.out.name), ("round", &round), ("op", &op)]);
    Ok(Exit::Done)
}

pub fn correct(context: &mut Context, args: &Mend) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, &args.who)?.id;
    let document = args
        .document
        .as_deref()
        .map(|text| DocumentKind::parse(text).ok_or_else(|| Refusal::new(NO_SUCH_DOCUMENT).with("value", text)));
    let correct = Correct {
        application,
        name: args.name.clone(),
        document: document.transpose()?,
        number: args.number.clone(),
        reason: context.reason(),
    };
    let done = site.perform(&correct)?;
    if context.out.is_json() {
        context.out.json(&json!({ "application": application, "operation": done.op }));
    }
    context.out.say("form_page.corrected", &[("name", &done.out), ("op", &number(done.op))]);
    Ok(Exit::Done)
}
