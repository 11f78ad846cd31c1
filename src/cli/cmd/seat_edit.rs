//! `kaowu seat move|swap|place|unseat|need`: single seats, without reshuffling anybody else.
use super::room::read_seat;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{ApplicationId, SessionId, fold};
use crate::ops::checkin::by_code;
use crate::ops::seating::edit::{ClearNeed, Move, Place, Reseated, Scope, SetNeed, Swap, Unseat};
use crate::ops::seating::needs;
use crate::ops::{Done, Operation, Result, Site, applications, search};
use crate::text::seating::reseated;
use serde_json::json;

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Somebody goes to a free seat such as 3-12, in every session in which they had the old one
    Move {
        /// Ticket, identity or application number
        who: String,
        /// The free seat, room and seat such as 3-12
        seat: String,
        /// The session whose seat is given up; default: the first
        #[arg(long)]
        session: Option<String>,
        /// In this session only
        #[arg(long, requires = "session")]
        only: bool,
    },
    /// Two people change seats
    Swap {
        /// Ticket, identity or application number
        one: String,
        /// The same of the other person
        other: String,
        /// The session whose seats are changed; default: the first
        #[arg(long)]
        session: Option<String>,
        /// In this session only
        #[arg(long, requires = "session")]
        only: bool,
    },
    /// A late candidate gets the seat given, or the first free one with no colleague beside it
    Place {
        /// Identity or application number
        who: String,
        /// Room and seat such as 3-12; default: the first free one with no colleague beside it
        seat: Option<String>,
    },
    /// Somebody gives up every seat; the ticket becomes void; needs --reason
    Unseat {
        /// Ticket, identity or application number
        who: String,
    },
    /// Who needs a certain seat, and why; without a person: everybody who does
    Need {
        /// Ticket, identity or application number
        who: Option<String>,
        /// What is needed, in words
        need: Option<String>,
        /// The seat that is kept for them, such as 1-01
        #[arg(long)]
        seat: Option<String>,
        /// The need is no more
        #[arg(long, conflicts_with_all = ["need", "seat"])]
        clear: bool,
    },
}

pub fn run(context: &Context, what: What) -> Result<Exit> {
    match what {
        What::Move { who, seat, session, only } => {
            let (room, seat) = read_seat(&seat)?;
            edit(context, |site| {
                let (application, session) = (named(site, &who)?, named_session(site, session.as_deref())?);
                Ok(Move { application, room, seat, session, scope: scope(only) })
            })
        }
        What::Swap { one, other, session, only } => edit(context, |site| {
            let session = named_session(site, session.as_deref())?;
            Ok(Swap { one: named(site, &one)?, other: named(site, &other)?, session, scope: scope(only) })
        }),
        What::Place { who, seat } => {
            let to = seat.as_deref().map(read_seat).transpose()?;
            edit(context, |site| Ok(Place { application: named(site, &who)?, to }))
        }
        What::Unseat { who } => {
            let reason = context.reason();
            edit(context, |site| Ok(Unseat { application: named(site, &who)?, reason }))
        }
        What::Need { who: None, .. } => list_needs(context),
        What::Need { who: Some(who), need, seat, clear } => {
            let mut site = context.site()?;
            let application = named(&site, &who)?;
            if clear {
                let done = site.perform(&ClearNeed { application })?;
                let op = done.op.map_or(0, |n| n.0).to_string();
                context.out.say("seat.need_cleared", &[("name", &done.out), ("op", &op)]);
                return Ok(Exit::Done);
            }
            let seat = seat.as_deref().map(read_seat).transpose()?;
            set_need(context, &mut site, &SetNeed { application, need: need.unwrap_or_default(), seat })
        }
    }
}

fn scope(only: bool) -> Scope {
    if only { Scope::One } else { Scope::Same }
}

/// By ticket or application number, or the only one with this identity number.
fn named(site: &Site, text: &str) -> Result<ApplicationId> {
    let folded = fold::number_like(text);
    if folded.len() > 8
        && let [one] = search::find(site, text)?.as_slice()
    {
        return Ok(*one);
    }
    Ok(applications::named(site, text)?.id)
}

fn named_session(site: &Site, code: Option<&str>) -> Result<Option<SessionId>> {
    code.map(|code| Ok(by_code(site, Some(code))?.id)).transpose()
}

fn edit<O: Operation<Out = Reseated>>(context: &Context, op: impl FnOnce(&Site) -> Result<O>) -> Result<Exit> {
    let mut site = context.site()?;
    let op = op(&site)?;
    let done = site.perform(&op)?;
    told(context, "seat.done", (&done, &[]))
}

/// What was done, then everything that follows from it.
pub fn told(context: &Context, key: &str, (done, args): (&Done<Reseated>, &[(&str, &str)])) -> Result<Exit> {
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "moved": done.out.moved, "beside": done.out.beside, "operation": op }));
    }
    let (op, seated, unseated) = (op.to_string(), done.out.seated().to_string(), done.out.unseated().to_string());
    let mut all = vec![("op", op.as_str()), ("seated", &seated), ("unseated", &unseated)];
    all.extend_from_slice(args);
    context.out.say(key, &all);
    reseated(&context.out.locale, &done.out).iter().for_each(|line| context.out.note(line));
    Ok(Exit::Done)
}

fn set_need(context: &Context, site: &mut Site, op: &SetNeed) -> Result<Exit> {
    let done = site.perform(op)?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        let elsewhere = out.sits_elsewhere;
        context.out.json(&json!({ "name": out.name, "seat": out.seat, "sits_elsewhere": elsewhere, "operation": op }));
    }
    context.out.say("seat.need_set", &[("name", &out.name), ("op", &op.to_string())]);
    if out.sits_elsewhere {
        context.out.say("seat.sits_elsewhere", &[("name", &out.name)]);
    }
    Ok(Exit::Done)
}

fn list_needs(context: &Context) -> Result<Exit> {
    let site = context.look()?;
    let (mut values, mut rows) = (Vec::new(), Vec::new());
    for (application, need, room, seat) in needs(&site)? {
        let name = applications::by_id(&site, application)?.name;
        values.push(json!({ "application": application, "name": name, "need": need, "room": room, "seat": seat }));
        let at = room.zip(seat).map(|(room, seat)| format!("{room}-{seat:02}")).unwrap_or_default();
        rows.push(vec![name, need, at]);
    }
    let columns = [Col::Left("column.person"), Col::Left("column.need"), Col::Left("column.seat")];
    context.out.table(&values, &columns, &rows);
    Ok(Exit::Done)
}
