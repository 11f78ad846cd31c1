//! `kaowu application materials`: a folder or zip looked through, and the checklist of one application.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::OpNo;
use crate::ops::applications::named;
use crate::ops::materials::{Checked, Checklist, Finding, Survey, checklist, group, one, whose};
use crate::ops::{Result, Site};
use crate::text::materials::{demands, finding_line, finding_words, material_word, material_words, piece_words};
use serde::Serialize;
use std::path::PathBuf;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// The folder or zip; without it, the checklist of --application is shown
    #[arg(required_unless_present = "application", value_name = "DIR|ZIP")]
    path: Option<PathBuf>,
    /// Whose materials: number of the application, or ticket number; may be left out where the number is in the name
    #[arg(long, value_name = "ID|TICKET", conflicts_with = "group")]
    application: Option<String>,
    /// A group registration: a sheet, a folder of photos, a folder for each candidate
    #[arg(long)]
    group: bool,
    /// Say what is there and store nothing
    #[arg(long)]
    dry_run: bool,
}

#[derive(Serialize)]
struct Answer<'a> {
    source: &'a str,
    people: usize,
    files: usize,
    dry_run: bool,
    findings: Vec<Worded<'a>>,
    notes: Vec<Worded<'a>>,
    stored: Checked,
    operation: Option<OpNo>,
}

#[derive(Serialize)]
struct Worded<'a> {
    #[serde(flatten)]
    finding: &'a Finding,
    message: String,
}

pub fn run(context: &mut Context, args: &Args) -> Result<Exit> {
    let Some(path) = &args.path else {
        let site = context.look()?;
        let who = args.application.as_deref().unwrap_or_default();
        let list = checklist(&site, named(&site, who)?.id)?;
        show(context, &list);
        return Ok(Exit::Done);
    };
    let mut site = if args.dry_run { context.look()? } else { context.site()? };
    let survey = match &args.application {
        _ if args.group => group(&site, path)?,
        Some(who) => one(&site, path, named(&site, who)?.id)?,
        None => one(&site, path, whose(&site, path)?)?,
    };
    let (stored, op) = if args.dry_run { (Checked::default(), None) } else { store(&mut site, &survey)? };
    answer(context, args, &survey, (stored, op));
    Ok(if survey.findings.is_empty() { Exit::Done } else { Exit::Rejected })
}

fn store(site: &mut Site, survey: &Survey) -> Result<(Checked, Option<OpNo>)> {
    let done = site.perform_bulk(&survey.check())?;
    Ok((done.out, done.op))
}

fn answer(context: &Context, args: &Args, survey: &Survey, (stored, operation): (Checked, Option<OpNo>)) {
    let out = &context.out;
    let worded = |finding| Worded { finding, message: finding_words(&out.locale, finding) };
    let json = Answer {
        source: &survey.source,
        people: survey.people,
        files: survey.files,
        dry_run: args.dry_run,
        findings: survey.findings.iter().map(worded).collect(),
        notes: survey.notes.iter().map(worded).collect(),
        stored,
        operation,
    };
    let row = |told: &Worded<'_>| {
        let finding = told.finding;
        let materials = material_words(&out.locale, &finding.materials);
        vec![finding.who.clone(), materials, finding.file.clone().unwrap_or_default(), told.message.clone()]
    };
    let rows: Vec<_> = json.findings.iter().map(row).collect();
    if out.is_json() || !rows.is_empty() {
        let columns = ["column.who", "column.material", "column.file", "column.finding"].map(Col::Left);
        out.table(&json, &columns, &rows);
    }
    told(context, args, survey, (stored, operation));
}

/// What became of it, for people.
fn told(context: &Context, args: &Args, survey: &Survey, (stored, operation): (Checked, Option<OpNo>)) {
    let out = &context.out;
    for note in &survey.notes {
        out.note(&finding_line(&out.locale, note));
    }
    if survey.findings.is_empty() {
        out.say("materials.clean", &[]);
    } else {
        out.say("materials.findings", &[("count", &survey.findings.len().to_string())]);
    }
    match operation {
        _ if args.dry_run => out.say("materials.dry_run", &[]),
        _ if survey.storable() == 0 => out.say("materials.nobody_stored", &[]),
        None => out.say("materials.nothing_new", &[]),
        Some(op) => {
            let (people, files, op) = (stored.people.to_string(), stored.files.to_string(), op.to_string());
            out.say("materials.stored", &[("people", &people), ("files", &files), ("op", &op)]);
        }
    }
}

/// One line for each file of an item, or one for the item.
fn show(context: &Context, list: &Checklist) {
    let out = &context.out;
    let mut rows = Vec::new();
    for item in &list.items {
        let group = list.group(item);
        let name = material_word(&out.locale, &item.material.code);
        let standing = out.locale.word(item.standing.key()).to_owned();
        if item.pieces.is_empty() {
            let asked = demands(&out.locale, item, &group);
            rows.push(vec![String::new(), name.clone(), standing.clone(), asked]);
        }
        for piece in &item.pieces {
            let number = piece.row.id.to_string();
            rows.push(vec![number, name.clone(), standing.clone(), piece_words(&out.locale, piece)]);
        }
    }
    let columns = [
        Col::Right("column.id"),
        Col::Left("column.material"),
        Col::Left("column.material_state"),
        Col::Left("column.material_detail"),
    ];
    out.table(list, &columns, &rows);
}
