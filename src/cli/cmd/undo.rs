//! `kaowu undo`: takes the operator's last operation back, or a named one.
use crate::cli::{Context, Exit};
use crate::model::OpNo;
use crate::ops::Result;
use crate::ops::history::{self, Undo};
use serde_json::json;

/// Take an operation back, with a reason (撤销)
#[derive(Debug, clap::Args)]
pub struct Args {
    /// Number of the operation in the journal; default: your own newest
    #[arg(long)]
    op: Option<i64>,
    /// Take your own last undo back instead
    #[arg(long, conflicts_with = "op")]
    redo: bool,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    let mut site = context.site()?;
    let op = match (args.op, args.redo) {
        (Some(no), _) => OpNo(no),
        (None, true) => history::next_redo(&site)?,
        (None, false) => history::next_undo(&site)?,
    };
    let what = history::describe(&site, op)?;
    let done = site.perform(&Undo { op, reason: context.reason() })?;
    let by = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "undone": op, "kind": done.out.kind, "subject": what.subject, "operation": by }));
    }
    let kind = context.out.locale.word(&format!("kind.{}", done.out.kind)).to_owned();
    context.out.say("undo.done", &[("kind", &kind), ("subject", &what.subject), ("by", &by.to_string())]);
    Ok(Exit::Done)
}
