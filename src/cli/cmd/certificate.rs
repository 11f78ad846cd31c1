//! `kaowu certificate`: numbers, the register, revocation, the upload sheet.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Day, Level, Refusal};
use crate::ops::certificates::{self, Certified, Explained, Filter, Number, Revoke};
use crate::ops::{CertificateState, Error, Result};
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
    /// The sheet for the national register
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
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Number { date } => number(context, date.as_deref()),
        What::Find { what } => find(context, &what),
        What::Register { level, occupation, state } => register(context, level, occupation, state),
        What::Revoke { number } => revoke(context, &number),
        What::Upload { out, encoding, layout } => upload(context, out, encoding.as_deref(), &layout),
    }
}

fn number(context: &mut Context, date: Option<&str>) -> Result<Exit> {
    let mut site = context.site()?;
    let parse = |text: &str| text.parse::<Day>().map_err(|_| Refusal::new(BAD_DATE).with("value", text));
    let issued_on = date.map(parse).transpose()?.unwrap_or_else(|| site.now().day());
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
    let site = context.look()?;
    let style = certificates::upload_style(encoding)?;
    let (path, rows) = match out {
        Some(path) if path.as_os_str() == "-" => {
            let sheet = certificates::upload(&site, layout)?;
            context.out.raw(&sheet.write(Vec::new(), style).map_err(Error::file("-"))?);
            return Ok(Exit::Done);
        }
        Some(path) => {
            let rows = certificates::write_upload(&site, layout, &path, style)?;
            (path, rows)
        }
        None => certificates::export_upload(&site, &context.home()?.exports(), layout, style)?,
    };
    let path = path.display().to_string();
    if context.out.is_json() {
        context.out.json(&serde_json::json!({ "path": path, "rows": rows }));
    }
    context.out.say("certificates.exported", &[("rows", &rows.to_string()), ("path", &path)]);
    Ok(Exit::Done)
}
