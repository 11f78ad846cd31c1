//! `kaowu certificate`: numbers of the issuer's list, segments of serials, the face of one certificate.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal, fold};
use crate::ops::Result;
use crate::ops::certificates::{
    self, DropSegment, GrantSegment, ImportNumbers, Imported, IssuedList, IssuedVerdict, Segment, open_issued,
};
use crate::text::certificate::{issued, issued_counts, part_lines, segment};
use crate::text::fault_words;
use serde_json::json;
use std::path::PathBuf;

pub const BAD_SERIALS: Code = Code("segment.bad_serials");

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Take over the numbers that the issuer sent, matched by name and ID number; conflicts are listed
    ImportNumbers {
        /// CSV or XLSX; headings as in data/sheets/certificate-numbers.toml
        file: PathBuf,
        /// Document by which the list came; default: the file's name
        #[arg(long)]
        document: Option<String>,
        /// Say what would happen and store nothing
        #[arg(long)]
        dry_run: bool,
    },
    /// Which serials belong to which site where several share the first 13 places
    Segment {
        #[command(subcommand)]
        what: SegmentWhat,
    },
    /// What stands on one certificate: fields, photo, code, parts of the number
    Face {
        /// The whole certificate number
        number: String,
    },
}

#[derive(Debug, clap::Subcommand)]
pub enum SegmentWhat {
    /// All of them, with how far each is used
    List,
    /// Grant serials to a site
    Grant {
        /// First and last serial, such as 1-500
        serials: String,
        /// Document by which they were granted
        #[arg(long)]
        document: String,
        /// Code of the site; default: this one
        #[arg(long)]
        site: Option<String>,
        /// Year of issue; default: every year
        #[arg(long)]
        year: Option<i64>,
        /// The 13 places; default: this site's
        #[arg(long)]
        prefix: Option<String>,
    },
    /// Take back one of which nothing was used
    Drop {
        /// As in the list
        segment: i64,
    },
}

pub fn run(context: &mut Context, what: What) -> Result<Exit> {
    match what {
        What::ImportNumbers { file, document, dry_run } => import(context, &file, document, dry_run),
        What::Segment { what: SegmentWhat::List } => list(context),
        What::Segment { what: SegmentWhat::Grant { serials, document, site, year, prefix } } => {
            let (first, last) = serials_of(&serials)?;
            let year = year.map(|y| y.rem_euclid(100));
            grant(context, &GrantSegment { site, prefix, year, first, last, document })
        }
        What::Segment { what: SegmentWhat::Drop { segment } } => drop_segment(context, segment),
        What::Face { number } => face(context, &number),
    }
}

/// Rows that could not be stored leave status 3, as with every import.
fn import(context: &mut Context, file: &std::path::Path, document: Option<String>, dry_run: bool) -> Result<Exit> {
    let mut site = if dry_run { context.look()? } else { context.site()? };
    let list = open_issued(&site, file)?;
    let import = ImportNumbers { list: &list, document };
    let done = if dry_run { site.preview(&import)? } else { site.perform_bulk(&import)? };
    let op = if dry_run { None } else { done.op };
    told(context, (&list, &done.out), dry_run, op.map(|n| n.0));
    let fine = list.faults.is_empty() && done.out.conflicts().next().is_none();
    Ok(if fine { Exit::Done } else { Exit::Rejected })
}

fn told(context: &Context, (list, found): (&IssuedList, &Imported), dry_run: bool, op: Option<i64>) {
    let (out, locale) = (&context.out, &context.out.locale);
    let counts: serde_json::Map<_, _> =
        IssuedVerdict::ALL.into_iter().map(|v| (v.code().to_owned(), json!(found.count(v)))).collect();
    let faults: Vec<_> = list
        .faults
        .iter()
        .map(|f| json!({ "line": f.line, "column": f.column, "value": f.value, "code": f.code.0, "message": fault_words(locale, f) }))
        .collect();
    let value = json!({
        "dry_run": dry_run, "read": found.rows.len() + list.faults.len(), "stored": found.stored, "counts": counts,
        "rows": found.rows, "faults": faults, "operation": op,
    });
    let mut table: Vec<_> = found.conflicts().map(|row| issued(locale, row)).collect();
    table.extend(list.faults.iter().map(|f| {
        let verdict = locale.word("number_verdict.unreadable").to_owned();
        vec![f.line.to_string(), verdict, String::new(), f.column.clone(), f.value.clone(), fault_words(locale, f)]
    }));
    if out.is_json() || !table.is_empty() {
        let columns = [
            Col::Right("column.line"),
            Col::Left("column.verdict"),
            Col::Left("column.person"),
            Col::Left("column.id_number"),
            Col::Left("column.number"),
            Col::Left("column.message"),
        ];
        out.table(&value, &columns, &table);
    }
    out.note(&issued_counts(locale, list, found));
    let key = match (dry_run, op) {
        (true, _) => "numbers.import_dry",
        (false, Some(_)) => "numbers.imported",
        (false, None) => "numbers.import_nothing",
    };
    out.say(key, &[("count", &found.stored.to_string()), ("op", &op.map(|n| n.to_string()).unwrap_or_default())]);
}

/// `1-500`, with any of the dashes that people type.
fn serials_of(text: &str) -> Result<(i64, i64)> {
    let bad = || Refusal::new(BAD_SERIALS).with("value", text);
    let folded = fold::number_like(text);
    let (first, last) = folded.split_once(['-', '—', '–', '~']).ok_or_else(bad)?;
    let number = |text: &str| text.trim().parse::<i64>().map_err(|_| bad());
    Ok((number(first)?, number(last)?))
}

fn columns() -> [Col; 8] {
    [
        Col::Right("column.segment"),
        Col::Left("column.site"),
        Col::Left("column.prefix"),
        Col::Left("column.year"),
        Col::Left("column.first"),
        Col::Left("column.last"),
        Col::Left("column.used"),
        Col::Left("column.document"),
    ]
}

fn list(context: &mut Context) -> Result<Exit> {
    let all = certificates::segments(&context.look()?)?;
    let rows: Vec<_> = all.iter().map(|one: &Segment| segment(&context.out.locale, one)).collect();
    context.out.table(&all, &columns(), &rows);
    if all.is_empty() {
        context.out.say("numbers.no_segments", &[]);
    }
    Ok(Exit::Done)
}

fn grant(context: &mut Context, grant: &GrantSegment) -> Result<Exit> {
    let done = context.site()?.perform(grant)?;
    let (segment, op) = (done.out.to_string(), done.op.map_or(0, |n| n.0).to_string());
    if context.out.is_json() {
        context.out.json(&json!({ "segment": done.out, "operation": done.op.map(|n| n.0) }));
    }
    let (first, last) = (format!("{:06}", grant.first), format!("{:06}", grant.last));
    context.out.say("numbers.granted", &[("segment", &segment), ("first", &first), ("last", &last), ("op", &op)]);
    Ok(Exit::Done)
}

fn drop_segment(context: &mut Context, segment: i64) -> Result<Exit> {
    let done = context.site()?.perform(&DropSegment { segment })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "segment": segment, "operation": op }));
    }
    context.out.say("numbers.dropped", &[("segment", &segment.to_string()), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn face(context: &mut Context, number: &str) -> Result<Exit> {
    let site = context.look()?;
    let id = certificates::by_number(&site, number)?.id;
    let face = certificates::face(&site, id)?;
    if context.out.is_json() {
        context.out.json(&face);
        return Ok(Exit::Done);
    }
    let locale = &context.out.locale;
    let mut rows: Vec<_> = face
        .lines
        .iter()
        .map(|l| vec![locale.word(&format!("certificate_face.{}", l.code)).to_owned(), l.value.clone()])
        .collect();
    let photo =
        face.photo.as_ref().map_or_else(|| locale.word("certificate_face.no_photo").to_owned(), |p| p.file.clone());
    rows.push(vec![locale.word("certificate_face.photo").to_owned(), photo]);
    rows.push(vec![locale.word("certificate_face.qr").to_owned(), face.qr.clone()]);
    context.out.table(&face, &[Col::Left("column.field"), Col::Left("column.value")], &rows);
    part_lines(locale, &face.parts).iter().for_each(|line| context.out.line(line));
    Ok(Exit::Done)
}
