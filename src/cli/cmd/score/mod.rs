//! `kaowu score`: entering marks, settling them, and how far they are.
mod bag;
mod enter;
pub mod import;
mod progress;
mod show;

use crate::cli::{Context, Exit};
use crate::model::entry::Slot;
use crate::model::{Code, Refusal, Subject};
use crate::ops::Result;
use crate::ops::entry::{self, Action, Settle};
use serde_json::json;

pub const WHICH: Code = Code("entry.which_action");

/// Score entry (登分)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    Enter(enter::Args),
    /// One person's marks, part by part
    Show {
        /// Ticket number
        ticket: String,
    },
    /// Take the first, second or third entries of a bag, so that nobody else types them
    Claim(bag::SlotOf),
    /// Give a bag back; a coordinator takes it from somebody else with --reason
    Release(bag::SlotOf),
    Control(bag::ControlArgs),
    /// How far the marking is
    Progress {
        /// Piles of papers, bags with claims and covers, or typists with their pace
        #[arg(long, value_enum, default_value = "pile")]
        by: progress::By,
    },
    /// Pairs of entries that differ, with both values (coordinators)
    Differences,
    Settle(SettleArgs),
}

/// Decide about two entries that differ; with --reason
#[derive(Debug, clap::Args)]
struct SettleArgs {
    /// Ticket number
    ticket: String,
    /// theory or practical
    #[arg(long, value_parser = subject)]
    subject: Subject,
    /// Keep entry 1 or 2; the other is discarded and a new second entry is needed
    #[arg(long, value_parser = slot, conflicts_with_all = ["discard", "send_back"])]
    keep: Option<Slot>,
    /// Discard both entries
    #[arg(long, conflicts_with = "send_back")]
    discard: bool,
    /// Send entry 1 or 2 back to its own typist
    #[arg(long, value_parser = slot)]
    send_back: Option<Slot>,
    /// The mark between three that lie too far apart
    #[arg(long, value_name = "MARK", conflicts_with_all = ["keep", "discard", "send_back"])]
    arbitrate: Option<String>,
}

fn subject(text: &str) -> Result<Subject, String> {
    Subject::parse(text).ok_or_else(|| Subject::ALL.map(Subject::code).join(" "))
}

fn slot(text: &str) -> Result<Slot, String> {
    any_slot(text).ok().filter(|slot| Slot::BOTH.contains(slot)).ok_or_else(|| "1 2".to_owned())
}

fn any_slot(text: &str) -> Result<Slot, String> {
    text.parse().ok().and_then(Slot::parse).ok_or_else(|| "1 2 3".to_owned())
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Enter(args) => enter::run(context, &args),
        What::Show { ticket } => show::person(context, &ticket),
        What::Claim(args) => bag::claim(context, &args),
        What::Release(args) => bag::release(context, &args),
        What::Control(args) => bag::control(context, &args),
        What::Progress { by } => progress::run(context, by),
        What::Differences => show::differences(context),
        What::Settle(args) => settle(context, &args),
    }
}

fn settle(context: &mut Context, args: &SettleArgs) -> Result<Exit> {
    let mut site = context.site()?;
    let action = match (args.keep, args.discard, args.send_back, &args.arbitrate) {
        (Some(slot), ..) => Action::Keep(slot),
        (None, true, ..) => Action::DiscardBoth,
        (None, false, Some(slot), _) => Action::SendBack(slot),
        (None, false, None, Some(mark)) => Action::Arbitrate(entry::read_mark(&site, mark)?.0),
        (None, false, None, None) => return Err(Refusal::new(WHICH).into()),
    };
    let application = entry::by_ticket(&site, &args.ticket)?;
    let settle = Settle { application, subject: args.subject, action, reason: context.reason() };
    let done = site.perform(&settle)?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "ticket": args.ticket, "subject": args.subject, "action": action, "operation": op }));
    }
    let key = match action {
        Action::Keep(_) => "entry.kept",
        Action::DiscardBoth => "entry.discarded",
        Action::SendBack(_) => "entry.sent_back",
        Action::Arbitrate(_) => "entry.arbitrated",
    };
    context.out.say(key, &[("name", &done.out)]);
    context.out.say("cli.operation", &[("op", &op.to_string())]);
    Ok(Exit::Done)
}
