//! `kaowu score claim`, `release` and `control`: what concerns a whole bag.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::entry::Slot;
use crate::model::{Code, Points, Refusal, fold};
use crate::ops::entry::{self, AcceptControl, Claim, Control, ControlSeen, Figures, Pile, Release};
use crate::ops::{Result, Site};
use crate::text::Locale;
use serde_json::json;

pub const BAD_TOTAL: Code = Code("entry.bad_total");
pub const BOTH_FIGURES: Code = Code("entry.both_figures");

/// One bag.
#[derive(Debug, clap::Args)]
pub struct Bag {
    /// Code of the session
    #[arg(long, value_name = "CODE")]
    session: String,
    /// Number of the room, or the code of a sealed bag
    #[arg(long, value_name = "ROOM")]
    room: String,
}

/// One slot of a bag.
#[derive(Debug, clap::Args)]
pub struct SlotOf {
    #[command(flatten)]
    bag: Bag,
    /// 1 first, 2 second, 3 third entries
    #[arg(long, value_parser = super::any_slot, default_value = "1")]
    slot: Slot,
}

/// What stands on the cover of a bag, and how the marks compare with it
#[derive(Debug, clap::Args)]
pub struct ControlArgs {
    #[command(flatten)]
    bag: Bag,
    /// Papers with a mark in points, from the cover
    #[arg(long, value_name = "COUNT")]
    papers: Option<i64>,
    /// Sum of their marks, from the cover
    #[arg(long, value_name = "POINTS")]
    total: Option<String>,
    /// The difference stays as it is (coordinators); with --reason
    #[arg(long, conflicts_with_all = ["papers", "total"])]
    accept: bool,
}

fn find(site: &Site, bag: &Bag) -> Result<Pile> {
    let label = fold::number_like(&bag.room);
    let found = entry::piles(site)?.into_iter().find(|p| p.session_code == bag.session && p.label() == label.as_ref());
    Ok(found.ok_or_else(|| Refusal::new(entry::NO_BAG))?)
}

fn done(context: &Context, key: &str, args: &[(&str, &str)], op: Option<i64>) {
    let op = op.unwrap_or(0);
    if context.out.is_json() {
        let mut answer: serde_json::Map<_, _> = args.iter().map(|(k, v)| ((*k).to_owned(), json!(v))).collect();
        answer.insert("operation".to_owned(), json!(op));
        context.out.json(&answer);
    }
    context.out.say(key, args);
    context.out.say("cli.operation", &[("op", &op.to_string())]);
}

pub fn claim(context: &mut Context, args: &SlotOf) -> Result<Exit> {
    let mut site = context.site()?;
    let (pile, slot) = (find(&site, &args.bag)?, args.slot);
    let claimed = site.perform(&Claim { session: pile.session, room: pile.room, slot })?;
    let (room, words) = (pile.label(), context.out.locale.word(slot.key()).to_owned());
    done(context, "cli.score.claimed", &[("room", &room), ("slot", &words)], claimed.op.map(|n| n.0));
    Ok(Exit::Done)
}

pub fn release(context: &mut Context, args: &SlotOf) -> Result<Exit> {
    let mut site = context.site()?;
    let (pile, slot) = (find(&site, &args.bag)?, args.slot);
    let release = Release { session: pile.session, room: pile.room, slot, reason: context.reason() };
    let released = site.perform(&release)?;
    let (room, words) = (pile.label(), context.out.locale.word(slot.key()).to_owned());
    let args = [("room", room.as_str()), ("slot", &words), ("name", &released.out)];
    done(context, "cli.score.released", &args, released.op.map(|n| n.0));
    Ok(Exit::Done)
}

pub fn control(context: &mut Context, args: &ControlArgs) -> Result<Exit> {
    let change = args.accept || args.papers.is_some() || args.total.is_some();
    let mut site = if change { context.site()? } else { context.look()? };
    let pile = find(&site, &args.bag)?;
    let (session, room) = (pile.session, pile.room);
    let op = if args.accept {
        site.perform(&AcceptControl { session, room, reason: context.reason() })?.op
    } else if change {
        let (Some(papers), Some(text)) = (args.papers, &args.total) else {
            return Err(Refusal::new(BOTH_FIGURES).into());
        };
        let total = Points::parse(&fold::number_like(text));
        let total = total.ok_or_else(|| Refusal::new(BAD_TOTAL).with("value", text.as_str()))?;
        site.perform(&Control { session, room, papers, total })?.op
    } else {
        None
    };
    tell(context, &entry::control(&site, session, room)?);
    if change {
        context.out.say("cli.operation", &[("op", &op.map_or(0, |n| n.0).to_string())]);
    }
    Ok(Exit::Done)
}

fn tell(context: &Context, seen: &ControlSeen) {
    let locale = &context.out.locale;
    let rows: Vec<_> =
        [("control.cover", seen.cover), ("control.settled", seen.settled), ("control.mine", Some(seen.mine))]
            .into_iter()
            .map(|(key, figures)| row(locale, key, figures))
            .collect();
    let columns = [Col::Left("control.what"), Col::Right("control.papers"), Col::Right("control.total")];
    context.out.table(seen, &columns, &rows);
    let state = locale.word(seen.state.key()).to_owned();
    context.out.say("control.told", &[("state", &state)]);
    if let (Some(why), Some(who)) = (&seen.accepted, &seen.accepted_by) {
        context.out.say("control.accepted", &[("name", who), ("reason", why)]);
    }
}

fn row(locale: &Locale, key: &str, figures: Option<Figures>) -> Vec<String> {
    let text = |value: Option<String>| value.unwrap_or_else(|| "-".to_owned());
    let (papers, total) = (figures.map(|f| f.papers.to_string()), figures.map(|f| f.total.to_string()));
    vec![locale.word(key).to_owned(), text(papers), text(total)]
}
