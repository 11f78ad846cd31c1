//! `kaowu log`: who did what when; `log verify` walks the chain.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Day, OpNo, Refusal, Stamp};
use crate::ops::anchor::{self, Heads, OnPaper, check_heads, digest_of};
use crate::ops::history::{self, Filter, Logged, Verification};
use crate::ops::{Result, Site};
use crate::text::history::in_fours;
use serde_json::json;
use std::path::{Path, PathBuf};

pub const UNKNOWN_KIND: Code = Code("history.unknown_kind");
pub const BAD_SINCE: Code = Code("history.bad_since");

/// The journal (操作日志), newest first
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: Option<What>,
    /// From this day or time on: 2023-10-15 or 2023-10-15T08:10:00+08:00
    #[arg(long)]
    since: Option<String>,
    /// What this operator did
    // An id of its own: `operator` is that of --as, which would be taken for it.
    #[arg(id = "done_by", long = "operator", value_name = "NAME")]
    operator: Option<String>,
    /// A kind such as checkin.admit, or an area such as checkin
    #[arg(long)]
    kind: Option<String>,
    /// What was done to a person: ticket, ID number, name or certificate number; or #41 for one operation
    #[arg(long, value_name = "WHO")]
    subject: Option<String>,
    /// How many operations at most: 50, with --aside all
    #[arg(long)]
    limit: Option<usize>,
    /// A database that a restore set aside: what it has and the site does not, oldest first, to be done again
    #[arg(long, value_name = "FILE")]
    aside: Option<PathBuf>,
}

const USUAL: usize = 50;

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Recompute every digest from the first operation on
    Verify {
        /// Show the digest of this operation in groups, to compare with a print
        #[arg(long, value_name = "OP")]
        at: Option<i64>,
        /// Look for the operation whose digest begins with these groups of a print, four or more
        #[arg(long, value_name = "GROUPS", num_args = 1.., conflicts_with = "at")]
        head: Vec<String>,
    },
    /// Write the journal to a file that other programs can verify; without the words that name people
    Export {
        /// The new file
        file: PathBuf,
    },
    /// What one operation changed
    Show {
        /// Number of the operation
        op: i64,
        /// Of a database that a restore set aside
        #[arg(long, value_name = "FILE")]
        aside: Option<PathBuf>,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        Some(What::Verify { at: Some(op), .. }) => return at(context, OpNo(op)),
        Some(What::Verify { head, .. }) if !head.is_empty() => return on_paper(context, &head.join(" ")),
        Some(What::Verify { .. }) => return verify(context),
        Some(What::Export { file }) => return export(context, &file),
        Some(What::Show { op, aside }) => return show(context, OpNo(op), aside.as_deref()),
        None => {}
    }
    // Signing on is not needed to look, but tells whose marks may be seen.
    let site = context.look()?;
    if let Some(kind) = args.kind.as_deref().filter(|k| !history::is_kind(k)) {
        return Err(Refusal::new(UNKNOWN_KIND).with("value", kind).with("kinds", history::areas().join(" ")).into());
    }
    let since = args.since.as_deref().map(parse_since).transpose()?;
    let filter = Filter { since, operator: args.operator, kind: args.kind, ..Filter::default() };
    let subject = args.subject.as_deref().unwrap_or_default();
    let page = match &args.aside {
        Some(file) => {
            let aside = context.look_beside(file)?;
            let filter = history::filter_for(&aside, subject, filter)?;
            let mut all = history::left_behind(&site, &aside, filter)?;
            all.truncate(args.limit.unwrap_or(usize::MAX));
            all
        }
        None => {
            let filter = history::filter_for(&site, subject, filter)?;
            history::page(&site, &filter, None, args.limit.unwrap_or(USUAL))?
        }
    };
    let rows: Vec<_> = page.iter().map(|one| row(context, one)).collect();
    let columns = [
        Col::Right("column.operation"),
        Col::Left("column.when"),
        Col::Left("column.operator"),
        Col::Left("column.kind"),
        Col::Left("column.whom"),
        Col::Left("column.reason"),
        Col::Left("column.undo"),
    ];
    context.out.table(&page, &columns, &rows);
    Ok(Exit::Done)
}

fn row(context: &Context, one: &Logged) -> Vec<String> {
    let locale = &context.out.locale;
    let rows = || locale.say("history.rows", &[("rows", &one.rows.to_string())]);
    let undo = match (one.undoes, one.undone_by) {
        (_, Some(by)) => locale.say("history.undone_by", &[("op", &by.to_string())]),
        (Some(of), None) => locale.say("history.undoes", &[("op", &of.to_string())]),
        (None, None) => String::new(),
    };
    vec![
        one.operation.to_string(),
        one.at.minute(),
        one.operator.clone(),
        locale.word(&one.word()).to_owned(),
        one.subject.clone().unwrap_or_else(rows),
        one.reason.clone().unwrap_or_default(),
        undo,
    ]
}

fn parse_since(text: &str) -> Result<Stamp> {
    let day = || text.parse::<Day>().ok()?.and_hms_opt(0, 0, 0).map(Stamp::at);
    Stamp::parse(text).or_else(day).ok_or_else(|| Refusal::new(BAD_SINCE).with("value", text).into())
}

fn show(context: &mut Context, op: OpNo, aside: Option<&Path>) -> Result<Exit> {
    let site = aside.map_or_else(|| context.look(), |file| context.look_beside(file))?;
    let detail = history::detail(&site, op)?;
    if context.out.is_json() {
        context.out.json(&detail);
    } else {
        for line in crate::text::history::lines(&context.out.locale, &detail) {
            context.out.line(&line);
        }
    }
    Ok(Exit::Done)
}

fn verify(context: &mut Context) -> Result<Exit> {
    let site = context.look()?;
    let Verification { operations, head, erased, broken_at } = history::verify(&site)?;
    let heads = check_heads(&site)?;
    if context.out.is_json() {
        let value = json!({ "operations": operations, "head": head, "erased": erased, "broken_at": broken_at,
            "heads": heads });
        context.out.json(&value);
    } else {
        context.out.line(&in_fours(&head));
    }
    let count = operations.to_string();
    match broken_at {
        None => context.out.say("cli.log.verified", &[("operations", &count)]),
        Some(no) => context.out.say("cli.log.broken", &[("operations", &count), ("op", &no.to_string())]),
    }
    if erased > 0 {
        context.out.say("cli.log.erased", &[("count", &erased.to_string())]);
    }
    let whole = broken_at.is_none() && heads.fault.is_none() && site.doubt().is_none();
    say_heads(context, &heads);
    Ok(if whole { Exit::Done } else { Exit::Store })
}

/// One operation's digest; the chain up to it is verified with the rest.
fn at(context: &mut Context, op: OpNo) -> Result<Exit> {
    let site = context.look()?;
    let point = digest_of(&site, op)?;
    if context.out.is_json() {
        context.out.json(&point);
    } else {
        context.out.line(&in_fours(&point.digest));
    }
    context.out.say("cli.log.at", &[("op", &op.to_string()), ("at", &point.at.minute())]);
    whole(context, &site)
}

fn on_paper(context: &mut Context, groups: &str) -> Result<Exit> {
    let site = context.look()?;
    let found = anchor::on_paper(&site, groups)?;
    if context.out.is_json() {
        context.out.json(&found);
    }
    match &found {
        OnPaper::Here(point) => {
            let (op, at) = (point.operation.to_string(), point.at.minute());
            context.out.say("cli.log.on_paper", &[("op", &op), ("at", &at)]);
            whole(context, &site)
        }
        OnPaper::Left(number) => {
            context.out.say("cli.log.left", &[("op", &number.to_string())]);
            Ok(Exit::Done)
        }
        OnPaper::Nowhere => {
            context.out.say("cli.log.nowhere", &[]);
            Ok(Exit::Store)
        }
    }
}

/// A digest says something only where the chain to it holds.
fn whole(context: &Context, site: &Site) -> Result<Exit> {
    let Some(no) = history::verify(site)?.broken_at else { return Ok(Exit::Done) };
    context.out.say("cli.log.broken", &[("operations", &(no.0 - 1).to_string()), ("op", &no.to_string())]);
    Ok(Exit::Store)
}

fn say_heads(context: &Context, heads: &Heads) {
    let Some(fault) = &heads.fault else {
        let (signed, left) = (heads.signed.to_string(), heads.left.to_string());
        return context.out.say("cli.log.heads", &[("signed", &signed), ("left", &left)]);
    };
    let what = context.out.locale.word(&format!("head_fault.{}", fault.what)).to_owned();
    context.out.say("cli.log.heads_broken", &[("line", &fault.line.to_string()), ("what", &what)]);
}

fn export(context: &mut Context, to: &Path) -> Result<Exit> {
    let site = context.look()?;
    let written = history::export(&site, to)?;
    let (path, operations) = (to.display().to_string(), written.operations.to_string());
    if context.out.is_json() {
        context.out.json(&json!({ "path": path, "operations": written.operations, "head": written.head }));
    }
    let head = in_fours(&written.head);
    context.out.say("cli.log.exported", &[("operations", &operations), ("path", &path), ("head", &head)]);
    Ok(Exit::Done)
}
