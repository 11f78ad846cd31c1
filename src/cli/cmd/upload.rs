//! `kaowu upload`: records of certificates sent up (上报), frozen, with what came back.
use super::document::{day, refusals};
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::clean;
use crate::ops::certificates::upload_style;
use crate::ops::uploads::{self, Drop, File, LAYOUT, Prepare, Receipt, RefusedRow, Submit, Upload};
use crate::ops::{Result, UploadKind};
use crate::text::documents as words;
use clap::ValueEnum;
use serde_json::json;
use std::path::PathBuf;

/// Records of certificates for the register above (上报): frozen batches and their receipts
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// Never sent before (新增)
    New,
    /// In the register, but says something else by now (更正)
    Correction,
    /// Refused before, or never sent (补录)
    Supplement,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every upload of the batch, and where the certificates stand
    List {
        /// Where the certificates stand in this layout
        #[arg(long, default_value = LAYOUT)]
        layout: String,
    },
    /// The rows of an upload with the answer to each
    Show {
        /// Number of the upload, as the list has it
        upload: i64,
    },
    /// Choose the people and freeze their records
    Prepare {
        /// Which kind
        #[arg(value_enum)]
        kind: Which,
        /// A layout of data/sheets: upload-11, interface-2018 or your own
        #[arg(long, default_value = LAYOUT)]
        layout: String,
    },
    /// What keeps it from being submitted
    Stops {
        /// Number of the upload, as the list has it
        upload: i64,
    },
    /// Write its file; identity numbers are whole, and the journal says that it went out
    Write {
        /// Number of the upload, as the list has it
        upload: i64,
        /// A file, or - for standard output; default: the site's folder exports
        #[arg(long)]
        out: Option<PathBuf>,
        /// utf-8 or gb18030
        #[arg(long)]
        encoding: Option<String>,
        /// Folder or archive with the photos, for layouts that want them
        #[arg(long)]
        photos: Option<PathBuf>,
    },
    /// Record that it was submitted, with its audit form (表5) signed
    Submit {
        /// Number of the upload, as the list has it
        upload: i64,
        /// Who signed as data manager (信息管理员)
        #[arg(long)]
        manager: String,
        /// Who signed as head of the unit (单位负责人)
        #[arg(long)]
        head: String,
        /// Which register or office
        #[arg(long)]
        to: String,
        /// Default: today
        #[arg(long)]
        date: Option<String>,
    },
    /// Record the receipt: all rows were accepted but those named
    Receipt {
        /// Number of the upload, as the list has it
        upload: i64,
        /// Number of the receipt (回执号)
        #[arg(long)]
        number: String,
        /// Default: today
        #[arg(long)]
        date: Option<String>,
        /// A refused row: number of the certificate, and why
        #[arg(long, value_name = "NUMBER=REASON")]
        refused: Vec<String>,
    },
    /// It will not be submitted; wants --reason
    Drop {
        /// Number of the upload, as the list has it
        upload: i64,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List { layout } => return list(context, &layout),
        What::Show { upload } => return show(context, upload),
        What::Stops { upload } => {
            let found = uploads::stops(&context.look()?, upload)?;
            refusals(context, &found, "uploads.stops_none");
            return Ok(Exit::Done);
        }
        What::Write { upload, out, encoding, photos } => return write(context, upload, out, (encoding, photos)),
        _ => {}
    }
    let mut site = context.site()?;
    let (locale, reason) = (&context.out.locale, context.reason());
    let (answer, text) = match args.what {
        What::Prepare { kind, layout } => {
            let kind = match kind {
                Which::New => UploadKind::New,
                Which::Correction => UploadKind::Correction,
                Which::Supplement => UploadKind::Supplement,
            };
            let done = site.perform(&Prepare { kind, layout })?;
            (json!({ "prepared": done.out, "operation": done.op }), words::upload_prepared(locale, &done))
        }
        What::Submit { upload, manager, head, to, date } => {
            let done = site.perform(&Submit { upload, manager, head, to: to.clone(), on: day(date.as_deref())? })?;
            let args = [("upload", upload.to_string()), ("to", to)];
            (
                json!({ "submitted": done.out, "operation": done.op }),
                words::with_op(locale, "uploads.submitted", &args, done.op),
            )
        }
        What::Receipt { upload, number, date, refused } => {
            let refused = refused.iter().map(|text| refused_row(text)).collect();
            let done = site.perform(&Receipt { upload, receipt_no: number, on: day(date.as_deref())?, refused })?;
            let (accepted, refused) = done.out;
            let args = [("accepted", accepted.to_string()), ("refused", refused.to_string())];
            let answer = json!({ "accepted": accepted, "refused": refused, "operation": done.op });
            (answer, words::with_op(locale, "uploads.answered", &args, done.op))
        }
        What::Drop { upload } => {
            let done = site.perform(&Drop { upload, reason })?;
            let args = [("upload", upload.to_string())];
            (json!({ "operation": done.op }), words::with_op(locale, "uploads.dropped", &args, done.op))
        }
        _ => return Ok(Exit::Done),
    };
    if context.out.is_json() {
        context.out.json(&answer);
    }
    context.out.note(&text);
    Ok(Exit::Done)
}

/// `NUMBER=REASON`; also with a full-width sign.
pub fn refused_row(text: &str) -> RefusedRow {
    let (number, fault) = text.split_once(['=', '＝']).unwrap_or((text, ""));
    RefusedRow { number: number.trim().to_owned(), fault: fault.trim().to_owned() }
}

fn list(context: &Context, layout: &str) -> Result<Exit> {
    let site = context.look()?;
    let (found, counts) = (uploads::uploads(&site)?, uploads::counts(&site, layout)?);
    let row = |u: &Upload| words::upload_cells(&context.out.locale, u);
    let rows: Vec<_> = found.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.upload_kind"), Col::Left("column.upload_layout"),
        Col::Right("column.document_people"), Col::Left("column.upload_state"), Col::Left("column.submitted_on"),
        Col::Left("column.receipt_no"), Col::Right("column.accepted"), Col::Right("column.refused"),
        Col::Left("column.upload_digest"),
    ];
    context.out.table(&json!({ "layout": layout, "standing": counts, "uploads": found }), &columns, &rows);
    context.out.note(&words::upload_counts(&context.out.locale, &counts));
    Ok(Exit::Done)
}

fn show(context: &Context, id: i64) -> Result<Exit> {
    let site = context.look()?;
    let lines = uploads::lines(&site, id)?;
    if context.out.is_json() {
        let answer = |l: &crate::ops::UploadLineRow| json!({ "position": l.position, "number": l.number, "answer": l.answer, "fault": l.fault });
        let rows: Vec<_> = lines.iter().map(answer).collect();
        context.out.json(&json!({ "upload": uploads::upload(&site, id)?, "rows": rows }));
        return Ok(Exit::Done);
    }
    let record = words::upload_record(&context.out.locale, &uploads::upload(&site, id)?, &lines);
    record.iter().for_each(|line| context.out.line(&clean::visible(line)));
    Ok(Exit::Done)
}

fn write(
    context: &Context,
    id: i64,
    out: Option<PathBuf>,
    (encoding, photos): (Option<String>, Option<PathBuf>),
) -> Result<Exit> {
    let mut site = context.site()?;
    let file = File::of(&site, id, upload_style(encoding.as_deref())?, photos.as_deref())?;
    let name = format!("upload-{id}-{}.{}", site.batch()?.code, file.ending);
    let path = match out {
        Some(path) => path,
        None => context.home()?.exports().join(&name),
    };
    let name = path.file_name().map_or(name, |name| name.to_string_lossy().into_owned());
    let op = site.perform(&file.export(&name))?.op;
    if path.as_os_str() == "-" {
        context.out.raw(&file.bytes);
        return Ok(Exit::Done);
    }
    file.write(&path)?;
    let (path, rows) = (path.display().to_string(), file.rows);
    if context.out.is_json() {
        context.out.json(&json!({ "path": path, "rows": rows, "operation": op }));
    }
    let args = [("path", path), ("rows", rows.to_string())];
    context.out.note(&words::with_op(&context.out.locale, "uploads.written", &args, op));
    Ok(Exit::Done)
}
