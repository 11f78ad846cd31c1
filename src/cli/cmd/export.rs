//! `kaowu export`: lists for people as CSV, a whole site as a bundle, tokens for another site.
use crate::cli::{Context, Exit};
use crate::model::{Code, OpNo, Refusal};
use crate::ops::exchange::lists::{CsvTarget, Identity, LISTS, List, Manner, Numbers, Style};
use crate::ops::exchange::site::{Packing, Wishes};
use crate::ops::exchange::tokens::{self, ID_TOKENS};
use crate::ops::exchange::{Export, SITE, site as bundle};
use crate::ops::{Error, Result, Site};
use clap::ValueEnum;
use clap::builder::PossibleValuesParser;
use serde::Serialize;
use std::fs::File;
use std::io::{Seek, Write, copy};
use std::path::{Path, PathBuf};

pub const SITE_NEEDS_BUNDLE: Code = Code("export.site_needs_bundle");
pub const ONLY_SITE: Code = Code("export.only_site_as_bundle");
/// A list of tokens is not locked for anybody.
pub const NOT_LOCKED: Code = Code("export.id_tokens_not_locked");
pub const ALWAYS_WHOLE: Code = Code("export.always_whole");
pub const NO_STDOUT: Code = Code("export.bundle_is_a_folder");

/// Export a list (导出), or the whole site as a bundle
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Which list, or the whole site
    #[arg(value_parser = PossibleValuesParser::new(LISTS.iter().map(|l| l.what).chain([SITE, ID_TOKENS])))]
    what: String,
    /// File, or folder of a bundle; - is standard output. Default: in the home's exports
    #[arg(long, value_name = "PATH")]
    out: Option<PathBuf>,
    /// csv or xlsx for a list; for the site bundle, which is a folder, or zip, which is one file
    #[arg(long, value_enum)]
    format: Option<Format>,
    /// Encoding of a CSV list
    #[arg(long, value_enum, default_value = "utf-8")]
    encoding: Charset,
    /// Identity numbers masked, which is the default for every list but upload
    #[arg(long, conflicts_with = "full")]
    masked: bool,
    /// Whole identity numbers; the journal keeps what for. The upload sheet always has whole numbers, is always in the
    /// journal, and needs no purpose
    #[arg(long, requires = "purpose")]
    full: bool,
    /// Of the whole site: lock the bundle for a site that is trusted, for whoever gave this card, or for this age key
    #[arg(long, value_name = "SITE|FILE|KEY")]
    to: Option<String>,
    /// Of a card that is not trusted: the two groups of its fingerprint that were left out, from paper or over the telephone
    #[arg(long, value_name = "GROUPS", default_value = "", requires = "to")]
    groups: String,
    /// What the whole numbers are needed for
    #[arg(long, value_name = "TEXT")]
    purpose: Option<String>,
}

impl Args {
    fn ending(&self) -> &'static str {
        if self.format == Some(Format::Xlsx) { "xlsx" } else { "csv" }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    Csv,
    Xlsx,
    Bundle,
    Zip,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Charset {
    #[value(name = "utf-8")]
    Utf8,
    #[value(name = "gb18030")]
    Gb18030,
}

/// The answer as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    what: &'a str,
    file: &'a str,
    rows: u64,
    masked: bool,
    operation: Option<OpNo>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match (List::find(&args.what), args.format) {
        (Some(_), _) if args.to.is_some() => Err(Refusal::new(ONLY_SITE).with("what", args.what).into()),
        (Some(list), None | Some(Format::Csv | Format::Xlsx)) => people(context, &args, list),
        (None, _) if args.what == ID_TOKENS && args.to.is_some() => Err(Refusal::new(NOT_LOCKED).into()),
        (None, None) if args.what == ID_TOKENS => id_tokens(context, &args),
        (Some(_), Some(Format::Bundle | Format::Zip)) => Err(Refusal::new(ONLY_SITE).with("what", args.what).into()),
        (None, Some(Format::Bundle)) if args.to.is_none() && args.what == SITE => site(context, &args, Packing::Folder),
        (None, None | Some(Format::Bundle | Format::Zip)) if wants_file(&args) => site(context, &args, Packing::File),
        (None, _) => Err(Refusal::new(SITE_NEEDS_BUNDLE).into()),
    }
}

/// Whether the site goes into one file.
fn wants_file(args: &Args) -> bool {
    args.what == SITE && (args.to.is_some() || args.format == Some(Format::Zip))
}

fn people(context: &Context, args: &Args, list: &List) -> Result<Exit> {
    if list.numbers == Numbers::Whole && args.masked {
        return Err(Refusal::new(ALWAYS_WHOLE).with("what", list.what).into());
    }
    let mut site = if is_whole(args) { context.site()? } else { context.look()? };
    let target = target(context, args, &site, &format!("{}.{}", list.what, args.ending()))?;
    let words = |key: &str| context.out.locale.word(key).to_owned();
    let style = match args.encoding {
        Charset::Utf8 => Style::People,
        Charset::Gb18030 => Style::PeopleGb18030,
    };
    let identity = if is_whole(args) { Identity::Full } else { Identity::Masked };
    let manner = Manner { style, identity, words: &words };
    let failed = |e| Error::file(&target)(e);
    // Written first, journaled next, handed out last: nobody has a whole number that the journal does not know of.
    if target.as_os_str() == "-" {
        let spool = tempfile::tempfile().map_err(failed)?;
        let (mut spool, rows): (File, u64) = written(list, &site, (args, &manner), spool)?;
        journal(&mut site, args, (rows, &target))?;
        spool.rewind().map_err(failed)?;
        // A closed pipe ends quietly.
        let _ = copy(&mut spool, &mut std::io::stdout().lock());
        return Ok(Exit::Done);
    }
    let file = CsvTarget::create(&target).map_err(failed)?;
    let (file, rows) = written(list, &site, (args, &manner), file)?;
    let op = journal(&mut site, args, (rows, &target))?;
    file.finish().map_err(failed)?;
    answer(context, args, (rows, &target), op);
    Ok(Exit::Done)
}

/// In the form asked for; gives the writer back with the number of rows.
fn written<W: Write + Seek + Send>(
    list: &List,
    site: &Site,
    (args, manner): (&Args, &Manner<'_>),
    mut to: W,
) -> Result<(W, u64)> {
    if args.format == Some(Format::Xlsx) {
        let rows = list.write_xlsx(site, manner, &mut to)?;
        return Ok((to, rows));
    }
    list.write(site, manner, to)
}

fn site(context: &Context, args: &Args, packing: Packing) -> Result<Exit> {
    let mut site = context.site()?;
    let stamp = site.now().local().format("%Y%m%d-%H%M%S").to_string();
    let recipient = args.to.as_deref().map(|to| bundle::recipient(&site, to, &args.groups)).transpose()?;
    let ending = match (packing, &recipient) {
        (Packing::Folder, _) => "",
        (Packing::File, None) => ".zip",
        (Packing::File, Some(_)) => ".zip.age",
    };
    let target = target(context, args, &site, &format!("{SITE}-{stamp}{ending}"))?;
    if target.as_os_str() == "-" {
        return Err(Refusal::new(NO_STDOUT).into());
    }
    let wishes = Wishes { packing, recipient, purpose: args.purpose.clone() };
    let prepared = bundle::prepare_as(&site, &target, &wishes)?;
    let rows = prepared.rows();
    let op = site.perform(&prepared.give)?.op;
    prepared.finish(&target)?;
    answer(context, args, (rows, &target), op);
    Ok(Exit::Done)
}

/// No number leaves the house, so nothing is journaled.
fn id_tokens(context: &Context, args: &Args) -> Result<Exit> {
    let site = context.site()?;
    let target = target(context, args, &site, &format!("{ID_TOKENS}.csv"))?;
    let failed = |e| Error::file(&target)(e);
    if target.as_os_str() == "-" {
        let (bytes, _) = tokens::write(&site, Vec::new())?;
        context.out.raw(&bytes);
        return Ok(Exit::Done);
    }
    let (file, rows) = tokens::write(&site, CsvTarget::create(&target).map_err(failed)?)?;
    file.finish().map_err(failed)?;
    let file = target.display().to_string();
    if context.out.is_json() {
        context.out.json(&Answer { what: &args.what, file: &file, rows, masked: true, operation: None });
    }
    context.out.say("cli.region_key.written", &[("file", &file), ("rows", &rows.to_string())]);
    Ok(Exit::Done)
}

/// Where to: as asked, or in the home's exports under the batch's name.
fn target(context: &Context, args: &Args, site: &Site, name: &str) -> Result<PathBuf> {
    if let Some(out) = &args.out {
        return Ok(out.clone());
    }
    let folder = context.home()?.exports();
    std::fs::create_dir_all(&folder).map_err(Error::file(&folder))?;
    // A batch's code is any text; in a file name it stays one plain part.
    let plain = |c: char| if c.is_alphanumeric() || c == '-' { c } else { '_' };
    let batch: String = site.batch()?.code.chars().map(plain).collect();
    Ok(folder.join(format!("{batch}-{name}")))
}

/// Whether identity numbers go out unmasked.
fn is_whole(args: &Args) -> bool {
    match List::find(&args.what).map(|list| list.numbers) {
        Some(Numbers::None) => false,
        Some(Numbers::Masked) => args.full,
        Some(Numbers::Whole) | None => true,
    }
}

/// Whole numbers leave the house only with an entry in the journal.
fn journal(site: &mut Site, args: &Args, (rows, target): (u64, &Path)) -> Result<Option<OpNo>> {
    if !is_whole(args) {
        return Ok(None);
    }
    let file = target.file_name().map_or_else(|| target.display().to_string(), |n| n.to_string_lossy().into_owned());
    let op = Export {
        what: args.what.clone(),
        rows,
        whole: rows,
        file,
        purpose: args.purpose.clone(),
        about: String::new(),
    };
    Ok(site.perform(&op)?.op)
}

fn answer(context: &Context, args: &Args, (rows, target): (u64, &Path), operation: Option<OpNo>) {
    let file = target.display().to_string();
    let masked = !is_whole(args);
    if context.out.is_json() {
        context.out.json(&Answer { what: &args.what, file: &file, rows, masked, operation });
    }
    let key = match List::find(&args.what).map(|list| list.numbers) {
        Some(Numbers::None) => "cli.export.none",
        None => "cli.export.bundle",
        _ if masked => "cli.export.masked",
        _ => "cli.export.full",
    };
    let op = operation.map_or_else(String::new, |n| n.to_string());
    context.out.say(key, &[("file", &file), ("rows", &rows.to_string()), ("op", &op)]);
}
