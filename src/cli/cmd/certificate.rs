//! `kaowu certificate`: numbers, the register, revocation, the upload sheet.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Day, Level, Refusal};
use crate::ops::certificates::{self, Certified, Explained, Filter, Number, Reissue, Revoke, Upload};
use crate::ops::{CertificateState, Result, Site, applications};
use crate::text::certificate::held_lines;
use serde_json::json;
use std::path::PathBuf;

pub const BAD_DATE: Code = Code("certificates.bad_date");
pub const BAD_LEVEL: Code = Code("certificates.bad_level");

/// Certificates (证书)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Give a number to everybody who passed and has none
    Number {
        /// Date of issue; default: today
        #[arg(long)]
        date: Option<String>,
        /// Instead: one person whose certificate was revoked gets a new number, with --reason
        #[arg(long, value_name = "TICKET|ID")]
        again: Option<String>,
    },
    /// By number, name, ID number or ticket; a whole number is explained part by part
    Find {
        /// Number, name, ID number or ticket
        what: String,
    },
    /// The register: every certificate with its holder
    Register {
        /// 1 to 5, or the level's name
        #[arg(long)]
        level: Option<String>,
        /// Code of the catalogue
        #[arg(long)]
        occupation: Option<String>,
        /// valid or revoked
        #[arg(long)]
        state: Option<String>,
    },
    /// Make a certificate void, with --reason; its number stays used
    Revoke {
        /// The whole certificate number
        number: String,
    },
    /// The sheet for the national register: identity numbers are whole, and the journal says that it went out
    Upload {
        /// A file, or - for standard output; default: the site's folder exports
        #[arg(long)]
        out: Option<PathBuf>,
        /// utf-8 or gb18030
        #[arg(long)]
        encoding: Option<String>,
        /// Another layout of data/sheets
        #[arg(long, default_value = certificates::LAYOUT)]
        layout: String,
    },
    #[command(flatten)]
    Numbers(super::certificate_numbers::What),
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Number { date, again: None } => number(context, date.as_deref()),
        What::Number { date, again: Some(who) } => reissue(context, date.as_deref(), &who),
        What::Find { what } => find(context, &what),
        What::Register { level, occupation, state } => register(context, level, occupation, state),
        What::Revoke { number } => revoke(context, &number),
        What::Upload { out, encoding, layout } => upload(context, out, encoding.as_deref(), &layout),
        What::Numbers(what) => super::certificate_numbers::run(context, what),
    }
}

fn parse_date(site: &Site, date: Option<&str>) -> Result<Day> {
    let parse = |text: &str| text.parse::<Day>().map_err(|_| Refusal::new(BAD_DATE).with("value", text));
    Ok(date.map(parse).transpose()?.unwrap_or_else(|| site.now().day()))
}

fn reissue(context: &mut Context, date: Option<&str>, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let issued_on = parse_date(&site, date)?;
    let application = applications::named(&site, who)?.id;
    let done = site.perform(&Reissue { application, issued_on, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "number": done.out, "issued_on": issued_on, "operation": op }));
    }
    context.out.say("certificates.reissued", &[("number", &done.out), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn number(context: &mut Context, date: Option<&str>) -> Result<Exit> {
    let mut site = context.site()?;
    let issued_on = parse_date(&site, date)?;
    let done = site.perform(&Number { issued_on })?;
    let rows: Vec<_> = done
        .out
        .levels
        .iter()
        .map(|run| {
            let level = context.out.locale.word(&run.level.key()).to_owned();
            vec![level, run.people.to_string(), run.first.clone(), run.last.clone()]
        })
        .collect();
    let columns = [
        Col::Left("certificate_face.level"),
        Col::Right("column.people"),
        Col::Left("column.first"),
        Col::Left("column.last"),
    ];
    context.out.table(&done.out, &columns, &rows);
    let (people, op) = (done.out.people.to_string(), done.op.map_or(0, |n| n.0).to_string());
    context.out.say("certificates.numbered", &[("people", &people), ("op", &op)]);
    for line in held_lines(&context.out.locale, &done.out.held) {
        context.out.note(&line);
    }
    Ok(Exit::Done)
}

fn find(context: &mut Context, what: &str) -> Result<Exit> {
    let found = certificates::find(&context.look()?, what)?;
    if context.out.is_json() {
        context.out.json(&found);
        return Ok(Exit::Done);
    }
    list(context, &found.certificates);
    if let Some(Explained { parts, certificate, .. }) = &found.explained {
        for line in crate::text::certificate::part_lines(&context.out.locale, parts) {
            context.out.line(&line);
        }
        if certificate.is_none() {
            context.out.say("certificates.not_in_register", &[]);
        }
    }
    Ok(Exit::Done)
}

fn register(
    context: &mut Context,
    level: Option<String>,
    occupation: Option<String>,
    state: Option<String>,
) -> Result<Exit> {
    let bad = |value: &str| Refusal::new(BAD_LEVEL).with("value", value);
    let level = level.map(|l| Level::parse(&l).ok_or_else(|| bad(&l))).transpose()?;
    let state = state.map(|s| CertificateState::parse(&s).ok_or_else(|| bad(&s))).transpose()?;
    let filter = Filter { level, occupation, state, ..Filter::default() };
    list(context, &certificates::register(&context.look()?, &filter)?);
    Ok(Exit::Done)
}

fn list(context: &Context, all: &[Certified]) {
    let locale = &context.out.locale;
    let row = |c: &Certified| {
        vec![
            c.number.clone(),
            c.name.clone(),
            locale.word(&c.level.key()).to_owned(),
            c.occupation_name.clone(),
            c.issued_on.to_string(),
            locale.word(&format!("certificate_state.{}", c.state.code())).to_owned(),
        ]
    };
    let columns = [
        Col::Left("column.number"),
        Col::Left("certificate_face.name"),
        Col::Left("certificate_face.level"),
        Col::Left("certificate_face.occupation"),
        Col::Left("column.issued_on"),
        Col::Left("column.state"),
    ];
    context.out.table(&all, &columns, &all.iter().map(row).collect::<Vec<_>>());
}

fn revoke(context: &mut Context, number: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let certificate = certificates::by_number(&site, number)?.id;
    let done = site.perform(&Revoke { certificate, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&serde_json::json!({ "revoked": done.out, "operation": op }));
    }
    context.out.say("certificates.revoked", &[("number", &done.out), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn upload(context: &mut Context, out: Option<PathBuf>, encoding: Option<&str>, layout: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let path = match out {
        Some(path) => path,
        None => certificates::upload_path(&site, &context.home()?.exports(), layout)?,
    };
    let upload = Upload::prepare(&site, layout, certificates::upload_style(encoding)?)?;
    let op = site.perform(&upload.export(&path))?.op;
    if path.as_os_str() == "-" {
        context.out.raw(&upload.bytes);
        return Ok(Exit::Done);
    }
    upload.write(&path)?;
    let (path, rows) = (path.display().to_string(), upload.rows);
    if context.out.is_json() {
        context.out.json(&serde_json::json!({ "path": path, "rows": rows, "operation": op }));
    }
    context.out.say("certificates.exported", &[("rows", &rows.to_string()), ("path", &path)]);
    Ok(Exit::Done)
}
