//! `kaowu merge`: what another site or the region did with the same batch comes in from its bundle.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{MergeConflictId, OpNo};
use crate::ops::exchange::site::{self, Merge, Merged, Resolve, Stands, conflicts};
use crate::ops::history;
use crate::ops::{Result, Site};
use crate::text::merging;
use serde::Serialize;
use std::path::{Path, PathBuf};

/// Merge the bundle of another site or the region into the batch at hand (合并), and decide what differs (冲突)
#[derive(Debug, clap::Args)]
#[command(args_conflicts_with_subcommands = true, subcommand_negates_reqs = true)]
pub struct Args {
    /// Folder or file of the bundle
    #[arg(required = true)]
    bundle: Option<PathBuf>,
    /// Only say what would come in
    #[arg(long)]
    dry_run: bool,
    /// At first contact: the two groups of the fingerprint that were left out, from paper or over the telephone
    #[arg(long, value_name = "GROUPS")]
    groups: Option<String>,
    #[command(subcommand)]
    what: Option<What>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Differences that wait for a decision, then those decided
    List,
    /// One difference with both sides
    Show {
        /// Number of the difference
        conflict: i64,
    },
    /// Who of the batch stands in another site's list of id-tokens too
    Tokens {
        /// The other site's list
        list: PathBuf,
    },
    /// Say which side stands; wants --reason
    Resolve {
        /// Numbers of the differences
        #[arg(required = true)]
        conflicts: Vec<i64>,
        /// The row that stands
        #[arg(long, value_enum)]
        keep: Keep,
    },
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Keep {
    /// As it is at this site
    Here,
    /// As the bundle has it
    There,
}

/// The answer as scripts read it.
#[derive(Serialize)]
struct Answer<'a> {
    site: &'a str,
    batch: &'a str,
    dry_run: bool,
    #[serde(flatten)]
    merged: &'a Merged,
    operation: Option<OpNo>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match (args.what, args.bundle) {
        (Some(What::List), _) => list(context),
        (Some(What::Show { conflict }), _) => show(context, MergeConflictId(conflict)),
        (Some(What::Resolve { conflicts, keep }), _) => resolve(context, &conflicts, keep),
        (Some(What::Tokens { list }), _) => super::site::doubles(context, &list),
        (None, Some(bundle)) => merge(context, (&bundle, args.groups.as_deref()), args.dry_run),
        (None, None) => Ok(Exit::Usage),
    }
}

fn list(context: &mut Context) -> Result<Exit> {
    let all = conflicts::all(&context.site()?)?;
    let out = &context.out;
    let rows: Vec<_> = all.iter().map(|kept| merging::cells(&out.locale, kept)).collect();
    out.table(&all, &merging::COLUMNS.map(Col::Left), &rows);
    if all.is_empty() {
        out.say("cli.merge.none", &[]);
    }
    Ok(Exit::Done)
}

fn show(context: &mut Context, id: MergeConflictId) -> Result<Exit> {
    let kept = conflicts::one(&context.site()?, id)?;
    let out = &context.out;
    if out.is_json() {
        out.json(&kept);
    } else {
        merging::lines(&out.locale, &kept).iter().for_each(|line| out.line(line));
    }
    Ok(Exit::Done)
}

fn resolve(context: &mut Context, ids: &[i64], keep: Keep) -> Result<Exit> {
    let reason = context.reason();
    let mut site = context.site()?;
    let stands = match keep {
        Keep::Here => Stands::Here,
        Keep::There => Stands::There,
    };
    for id in ids {
        let conflict = MergeConflictId(*id);
        let done = site.perform(&Resolve { conflict, stands, reason: reason.clone() })?;
        back(context, &mut site, (merging::RESOLVED, done.op), &id.to_string())?;
    }
    Ok(Exit::Done)
}

/// What was done and who can take it back.
fn back(context: &Context, site: &mut Site, (keys, op): ([&'static str; 3], Option<OpNo>), id: &str) -> Result<()> {
    let Some(op) = op else { return Ok(()) };
    let (key, why) = merging::said(&context.out.locale, keys, &history::way_back(site, op)?);
    context.out.say(key, &[("id", id), ("op", &op.to_string()), ("why", &why)]);
    Ok(())
}

fn merge(context: &mut Context, (bundle, groups): (&Path, Option<&str>), dry_run: bool) -> Result<Exit> {
    let folder = super::site::bundle(context, bundle, groups)?;
    let mut site = context.site()?;
    let done = if dry_run { site.preview(&Merge { folder: &folder })? } else { site::take(&mut site, &folder)? };
    let (merged, out) = (&done.out, &context.out);
    let (from, batch) = (folder.manifest.site.code.as_str(), folder.manifest.batch.code.as_str());
    let conflicts: Vec<_> = merged.account.conflicts.iter().map(|c| merging::conflict(&out.locale, c)).collect();
    if out.is_json() || !conflicts.is_empty() {
        let json = Answer { site: from, batch, dry_run, merged, operation: done.op };
        let keys = ["column.table", "column.key", "column.field", "column.ours", "column.there"];
        out.table(&json, &keys.map(Col::Left), &conflicts);
    }
    let number = |n: u64| n.to_string();
    out.say("cli.merge.account", &[("site", from), ("batch", batch), ("read", &number(merged.account.read))]);
    let (added, unchanged) = (number(merged.account.added), number(merged.account.unchanged));
    let (taken, older) = (number(merged.taken), number(merged.older));
    let args_ = [("added", added.as_str()), ("taken", &taken), ("older", &older), ("unchanged", &unchanged)];
    out.say("cli.merge.fates", &args_);
    let count = merged.open;
    if merged.again {
        out.say("cli.merge.again", &[]);
    }
    match done.op {
        Some(_) => back(context, &mut site, (merging::MERGED, done.op), from)?,
        None if dry_run => out.say("cli.import.dry_run", &[]),
        None => out.say("cli.import.nothing_new", &[]),
    }
    if count > 0 {
        out.say("cli.merge.conflicts", &[("count", &number(count))]);
        return Ok(Exit::Refused);
    }
    Ok(Exit::Done)
}
