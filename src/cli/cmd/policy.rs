//! `kaowu policy`: the notices as data: list, show, dates, check, adopt.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Error;
use crate::ops::policies::{self, Dates};
use crate::ops::{PolicyFault, Result, Site};
use crate::text::{policy_fault, policy_note};
use serde::Serialize;
use serde_json::json;
use std::path::{Path, PathBuf};

/// Policies (认定通知)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every policy that can be opened a batch under
    List,
    /// A policy as it would be pinned, with everything it inherits; what is odd about it on standard error
    Show {
        /// Code of the policy
        policy: String,
    },
    /// Windows, publicity and due dates of a policy, with their working days
    Dates {
        /// Code of the policy
        policy: String,
    },
    /// Every fault of a policy file, a rule file or a table of acts or criteria, with line and column
    Check {
        /// The policy's TOML file, in any folder; it may inherit from files beside it and from the built-in ones
        file: PathBuf,
    },
    /// Put a policy file into the site: checked, its text and digest pinned
    Adopt {
        /// The policy's TOML file; it is named after the code inside it
        file: PathBuf,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Show { policy } => show(context, &policy),
        What::Dates { policy } => dates(context, &policy),
        What::Check { file } => check(context, &file),
        What::Adopt { file } => adopt(context, &file),
    }
}

/// The site, if there is one: policies can be looked at before there is.
fn site(context: &Context) -> Option<Site> {
    context.home().ok().filter(|home| home.database().exists()).and_then(|_| context.look().ok())
}

fn list(context: &Context) -> Result<Exit> {
    let listed = policies::available(site(context).as_ref(), &context.assets)?;
    let rows: Vec<_> = listed
        .iter()
        .map(|l| {
            let faults = if l.faults == 0 { String::new() } else { l.faults.to_string() };
            let origin = context.out.locale.word(l.origin.key()).to_owned();
            vec![l.code.clone(), l.date.clone(), l.title.clone(), origin, faults]
        })
        .collect();
    let columns = [
        Col::Left("column.code"),
        Col::Left("column.date"),
        Col::Left("column.name"),
        Col::Left("column.origin"),
        Col::Right("column.faults"),
    ];
    context.out.table(&listed, &columns, &rows);
    Ok(Exit::Done)
}

fn show(context: &Context, code: &str) -> Result<Exit> {
    let adopted = policies::find(site(context).as_ref(), &context.assets, code)?;
    let dates = policies::of_policy(&context.assets, &adopted.policy)?;
    if context.out.is_json() {
        context.out.json(&json!({
            "code": code, "digest": adopted.digest, "policy": adopted.policy, "dates": dates.dates,
            "notes": worded_notes(context, &dates),
        }));
    } else {
        context.out.raw(adopted.text.as_bytes());
        say_notes(context, &dates);
    }
    Ok(Exit::Done)
}

fn dates(context: &Context, code: &str) -> Result<Exit> {
    let adopted = policies::find(site(context).as_ref(), &context.assets, code)?;
    table_of_dates(context, &policies::of_policy(&context.assets, &adopted.policy)?);
    Ok(Exit::Done)
}

/// The dates as data, what is odd about them as words.
pub fn table_of_dates(context: &Context, dates: &Dates) {
    let day = |day: Option<crate::model::Day>| day.map(|d| d.to_string()).unwrap_or_default();
    let rows: Vec<_> = dates
        .dates
        .iter()
        .map(|d| {
            let count = d.working_days.map(|n| n.to_string()).unwrap_or_default();
            vec![day(d.due), day(d.from), count, context.out.locale.word(&d.what).to_owned()]
        })
        .collect();
    let columns = [
        Col::Left("column.due"),
        Col::Left("column.from"),
        Col::Right("column.working_days"),
        Col::Left("column.what"),
    ];
    if context.out.is_json() {
        context.out.json(&json!({ "dates": dates.dates, "notes": worded_notes(context, dates) }));
    } else {
        context.out.table(&dates.dates, &columns, &rows);
        say_notes(context, dates);
    }
}

fn say_notes(context: &Context, dates: &Dates) {
    dates.notes.iter().for_each(|note| context.out.note(&policy_note(&context.out.locale, note)));
}

#[derive(Serialize)]
struct Noted {
    code: &'static str,
    message: String,
}

fn worded_notes(context: &Context, dates: &Dates) -> Vec<Noted> {
    let noted = dates.notes.iter();
    noted.map(|note| Noted { code: note.code, message: policy_note(&context.out.locale, note) }).collect()
}

#[derive(Serialize)]
struct Worded<'a> {
    #[serde(flatten)]
    place: &'a PolicyFault,
    message: String,
}

fn check(context: &Context, file: &Path) -> Result<Exit> {
    // Bytes that are not UTF-8 are told with their line by the reader of either kind of file.
    let text = String::from_utf8_lossy(&std::fs::read(file).map_err(Error::file(file))?).into_owned();
    let (code, faults) = if is_rule_file(&text) {
        let code = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let faults = crate::ops::eligibility::rule_faults(&context.assets, &code, &text);
        (code, faults)
    } else if is_table_of_acts(&text) {
        let code = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let faults = crate::ops::conduct::table_faults(&context.assets, &code, &text);
        (code, faults)
    } else if is_table_of_criteria(&text) {
        let code = file.file_stem().map(|s| s.to_string_lossy().into_owned()).unwrap_or_default();
        let faults = crate::ops::panel::criteria_faults(&context.assets, &code, &text);
        (code, faults)
    } else {
        policies::check_file(&context.assets, file)?
    };
    say_faults(context, &code, &faults);
    Ok(if faults.is_empty() { Exit::Done } else { Exit::Policy })
}

fn say_faults(context: &Context, code: &str, faults: &[PolicyFault]) {
    let worded: Vec<_> =
        faults.iter().map(|place| Worded { place, message: policy_fault(&context.out.locale, place) }).collect();
    if context.out.is_json() {
        context.out.json(&json!({ "policy": code, "faults": worded }));
    } else {
        worded.iter().for_each(|fault| context.out.line(&fault.message));
    }
    let key = if faults.is_empty() { "policy_check.clean" } else { "policy_check.faulty" };
    context.out.say(key, &[("policy", code), ("count", &faults.len().to_string())]);
}

fn adopt(context: &Context, file: &Path) -> Result<Exit> {
    let (code, faults) = policies::check_file(&context.assets, file)?;
    if !faults.is_empty() {
        say_faults(context, &code, &faults);
        return Ok(Exit::Policy);
    }
    let policy = policies::read_file(&context.assets, file)?;
    let dates = policies::of_policy(&context.assets, &policy.policy)?;
    let name = file.file_name().map(|n| n.to_string_lossy().into_owned()).unwrap_or_default();
    let done = context.site()?.perform(&policies::Adopt { file: name, policy })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({
            "policy": code, "digest": done.out, "operation": op, "notes": worded_notes(context, &dates),
        }));
    } else {
        say_notes(context, &dates);
    }
    context.out.say("cli.policy.adopted", &[("policy", &code), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

/// Rule files have branches, policies have a notice.
fn is_rule_file(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("[branches"))
}

fn is_table_of_criteria(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("[[sheets]]"))
}

fn is_table_of_acts(text: &str) -> bool {
    text.lines().any(|line| line.trim_start().starts_with("[[acts]]"))
}
