//! `kaowu batch`: open, list, show, change-policy, close.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::{self, BatchRow, Result, policies};
use crate::text::{archive, policy_note};
use serde_json::json;
use std::path::PathBuf;

mod change_policy;

/// Batches (认定批次)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Open a batch under a policy, whose text is pinned
    Open {
        /// Short code; default: that of the policy
        #[arg(long)]
        code: Option<String>,
        /// Name for people; default: the policy's title
        #[arg(long)]
        name: Option<String>,
        /// Code of the policy, as in kaowu policy list
        #[arg(long)]
        policy: String,
    },
    /// Every batch and its state
    List,
    /// The batch at hand; what is odd about its dates on standard error
    Show,
    /// Put the batch under another policy, with --reason: whom it affects is listed; undo takes it back
    ChangePolicy {
        /// Code of the policy, as in kaowu policy list
        #[arg(long, required_unless_present = "file")]
        policy: Option<String>,
        /// A policy's TOML file instead
        #[arg(long, conflicts_with = "policy")]
        file: Option<PathBuf>,
        /// Only say whom it would affect
        #[arg(long)]
        dry_run: bool,
    },
    /// Close the batch with --reason: nothing in it can be changed any more; undo opens it again
    Close {
        /// Only say what stands in the way
        #[arg(long, conflicts_with = "anyway")]
        check: bool,
        /// Although something was not done; the reason says why. What somebody waits for must be decided all the same
        #[arg(long)]
        anyway: bool,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Open { code, name, policy } => open(context, code, name, &policy),
        What::List => {
            list(context, &ops::batch::batches(&context.look()?)?);
            Ok(Exit::Done)
        }
        What::Show => {
            let site = context.look()?;
            list(context, &[site.batch()?]);
            let notes = policies::of_batch(&site)?.notes;
            notes.iter().for_each(|note| context.out.note(&policy_note(&context.out.locale, note)));
            Ok(Exit::Done)
        }
        What::ChangePolicy { policy, file, dry_run } => {
            change_policy::run(context, change_policy::Wanted { policy, file }, dry_run)
        }
        What::Close { check: true, .. } => {
            stops(context)?;
            Ok(Exit::Done)
        }
        What::Close { anyway, .. } => close(context, anyway),
    }
}

fn close(context: &Context, anyway: bool) -> Result<Exit> {
    let mut site = context.site()?;
    let reason = context.reason();
    let op = if anyway {
        site.perform(&ops::batch::CloseAnyway { reason }).map(|done| done.op)
    } else {
        site.perform(&ops::batch::Close { reason }).map(|done| done.op)
    };
    let refused = op.as_ref().is_err_and(|e| e.refusal().is_some());
    if refused && !context.out.is_json() {
        let locale = &context.out.locale;
        ops::batch::stops(&site)?.iter().for_each(|stop| context.out.note(&archive::stop(locale, stop)));
    }
    let op = op?;
    list(context, &[site.batch()?]);
    context.out.say("cli.batch.closed", &[("op", &op.map_or(0, |n| n.0).to_string())]);
    Ok(Exit::Done)
}

/// What stands in the way of closing.
fn stops(context: &Context) -> Result<()> {
    let found = ops::batch::stops(&context.look()?)?;
    let locale = &context.out.locale;
    let row = |stop: &ops::batch::Stop| {
        let weight = match stop.weight {
            ops::batch::Weight::Open => "closing.weight_open",
            ops::batch::Weight::Undone => "closing.weight_undone",
        };
        vec![
            locale.word(&format!("closing.{}", stop.code)).to_owned(),
            stop.count.to_string(),
            locale.word(weight).to_owned(),
        ]
    };
    let rows: Vec<_> = found.iter().map(row).collect();
    let columns = [Col::Left("column.what"), Col::Right("column.closing_count"), Col::Left("column.closing_weight")];
    context.out.table(&found, &columns, &rows);
    if found.is_empty() {
        context.out.say("closing.nothing", &[]);
    }
    Ok(())
}

fn open(context: &mut Context, code: Option<String>, name: Option<String>, policy: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let adopted = policies::find(Some(&site), &context.assets, policy)?;
    let code = code.unwrap_or_else(|| policy.to_owned());
    let name = name.unwrap_or_else(|| adopted.policy.notice.title.clone());
    let done = site.perform(&ops::batch::Open { code: code.clone(), name, policy: adopted })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "batch": code, "policy": policy, "operation": op }));
    }
    context.out.say("cli.batch.opened", &[("code", &code), ("policy", policy), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn list(context: &Context, batches: &[BatchRow]) {
    let rows: Vec<_> = batches
        .iter()
        .map(|b| {
            let state = context.out.locale.word(&format!("batch_state.{}", b.state.code())).to_owned();
            vec![b.code.clone(), b.name.clone(), state, b.policy.chars().take(12).collect()]
        })
        .collect();
    let columns =
        [Col::Left("column.code"), Col::Left("column.name"), Col::Left("column.state"), Col::Left("column.policy")];
    context.out.table(&batches, &columns, &rows);
}
