//! `kaowu merge`: what another site or the region did with the same batch comes in from its bundle.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::OpNo;
use crate::ops::Result;
use crate::ops::exchange::site::{self, Merge, Merged};
use serde::Serialize;
use std::path::PathBuf;

/// Merge the bundle of another site or the region into the batch at hand (合并)
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Folder of the bundle
    bundle: PathBuf,
    /// Only say what would come in
    #[arg(long)]
    dry_run: bool,
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
    let folder = site::open(&args.bundle)?;
    let mut site = context.site()?;
    let merge = Merge { folder: &folder };
    let done = if args.dry_run { site.preview(&merge)? } else { site.perform_bulk(&merge)? };
    let (merged, out) = (&done.out, &context.out);
    let (from, batch) = (folder.manifest.site.code.as_str(), folder.manifest.batch.code.as_str());
    let conflicts: Vec<_> = merged
        .account
        .conflicts
        .iter()
        .map(|c| vec![c.table.to_owned(), c.key.clone(), c.field.to_owned(), c.here.clone(), c.there.clone()])
        .collect();
    if out.is_json() || !conflicts.is_empty() {
        let json = Answer { site: from, batch, dry_run: args.dry_run, merged, operation: done.op };
        let keys = ["column.table", "column.key", "column.field", "column.ours", "column.there"];
        out.table(&json, &keys.map(Col::Left), &conflicts);
    }
    let number = |n: u64| n.to_string();
    out.say("cli.merge.account", &[("site", from), ("batch", batch), ("read", &number(merged.account.read))]);
    let (added, unchanged) = (number(merged.account.added), number(merged.account.unchanged));
    let (taken, older) = (number(merged.taken), number(merged.older));
    let args_ = [("added", added.as_str()), ("taken", &taken), ("older", &older), ("unchanged", &unchanged)];
    out.say("cli.merge.fates", &args_);
    let count = merged.account.conflicts.len() as u64 + merged.account.conflicts_left_out;
    match done.op {
        Some(op) => out.say("cli.merge.stored", &[("op", &op.to_string())]),
        None if args.dry_run => out.say("cli.import.dry_run", &[]),
        None => out.say("cli.import.nothing_new", &[]),
    }
    if count > 0 {
        out.say("cli.merge.conflicts", &[("count", &number(count))]);
        return Ok(Exit::Refused);
    }
    Ok(Exit::Done)
}
