//! Who is on duty at the windows.
use super::{File, document, level, sheet, template};
use crate::cli::{Context, Exit};
use crate::model::Day;
use crate::ops::reports::{self, Add, Change, Leave, Particulars, duty_headings};
use crate::ops::{Done, DutyPersonRow, Result};
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Take in a sheet: CSV or XLSX with 姓名, 证件号码, 部门 and more
    Import {
        /// The sheet
        file: File,
    },
    /// The headings of an empty sheet
    Template,
    /// Add somebody
    Add {
        /// Full name
        name: String,
        /// Number of the identity document
        #[arg(long)]
        id_number: String,
        /// Kind of the document; default: identity card
        #[arg(long)]
        document: Option<String>,
        /// Which department sends them
        #[arg(long)]
        department: String,
        #[command(flatten)]
        facts: Facts,
    },
    /// Change what is known of somebody; what is not named stays
    Change {
        /// Identity number, or name
        who: String,
        /// New name
        #[arg(long)]
        name: Option<String>,
        /// Which department sends them now
        #[arg(long)]
        department: Option<String>,
        #[command(flatten)]
        facts: Facts,
    },
    /// Somebody is not on duty any more
    Leave {
        /// Identity number, or name
        who: String,
        /// Last day on duty; default: today
        #[arg(long, value_name = "DAY")]
        last: Option<Day>,
    },
}

#[derive(Debug, clap::Args)]
pub struct Facts {
    /// Window or post
    #[arg(long)]
    post: Option<String>,
    /// First day on duty; default: today
    #[arg(long, value_name = "DAY")]
    since: Option<Day>,
    /// Occupation of a certificate from elsewhere
    #[arg(long, requires = "held_level")]
    held_occupation: Option<String>,
    /// Level of that certificate
    #[arg(long, requires = "held_occupation")]
    held_level: Option<String>,
    /// Number of that certificate
    #[arg(long)]
    held_no: Option<String>,
    /// When it was issued
    #[arg(long, value_name = "DAY")]
    held_on: Option<Day>,
}

pub fn run(context: &Context, what: What) -> Result<Exit> {
    match what {
        What::Import { file } => import(context, &file),
        What::Template => Ok(template(context, &duty_headings())),
        What::Add { name, id_number, document: kind, department, facts } => {
            let document = document(kind.as_deref())?;
            let who = Particulars { name, document, id_number, department, ..Particulars::default() };
            let done = context.site()?.perform(&Add { who: merged(who, facts)? })?;
            said(context, "reports.person_added", &done);
            Ok(Exit::Done)
        }
        What::Change { who, name, department, facts } => {
            let mut site = context.site()?;
            let row = reports::named(&site, &who)?;
            let before = Particulars::of(&row);
            let name = name.unwrap_or(before.name.clone());
            let department = department.unwrap_or(before.department.clone());
            let now = merged(Particulars { name, department, ..before }, facts)?;
            let done = site.perform(&Change { person: row.id, now })?;
            said(context, "reports.person_changed", &done);
            Ok(Exit::Done)
        }
        What::Leave { who, last } => {
            let mut site = context.site()?;
            let person = reports::named(&site, &who)?.id;
            let done = site.perform(&Leave { person, last })?;
            said(context, "reports.person_left", &done);
            Ok(Exit::Done)
        }
    }
}

fn merged(before: Particulars, facts: Facts) -> Result<Particulars> {
    let held_level = facts.held_level.as_deref().map(level).transpose()?;
    Ok(Particulars {
        post: facts.post.or(before.post),
        since: facts.since.or(before.since),
        held: facts.held_occupation.zip(held_level).or(before.held),
        held_no: facts.held_no.or(before.held_no),
        held_on: facts.held_on.or(before.held_on),
        ..before
    })
}

fn said(context: &Context, key: &str, done: &Done<DutyPersonRow>) {
    let op = done.op.map_or(0, |n| n.0);
    let row = &done.out;
    if context.out.is_json() {
        let until = row.until;
        context.out.json(&json!({
            "name": row.name, "department": row.department, "since": row.since, "until": until, "operation": op,
        }));
    }
    let args = [("name", row.name.as_str()), ("department", &row.department), ("op", &op.to_string())];
    context.out.say(key, &args);
}

fn import(context: &Context, file: &File) -> Result<Exit> {
    let read = sheet(context, reports::read_file(file))?;
    let done = context.site()?.perform(&read)?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "imported": out, "operation": op }));
    }
    let counts = [out.added, out.changed, out.unchanged, out.not_on_sheet].map(|n| n.to_string());
    let [added, changed, unchanged, not_on_sheet] = &counts;
    let op = op.to_string();
    let args = [
        ("added", added.as_str()),
        ("changed", changed),
        ("unchanged", unchanged),
        ("others", not_on_sheet),
        ("op", &op),
    ];
    context.out.say("reports.imported", &args);
    Ok(Exit::Done)
}
