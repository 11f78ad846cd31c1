//! `kaowu script`: draw, label, list, ask, open, map.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Refusal, RoomId};
use crate::ops::scripts::{self, Ask, Draw, Label, Line, NO_BAG, Open, Turned, fresh_seed};
use crate::ops::{Done, Result, Site, checkin};
use serde_json::json;

/// Scripts under numbers (密号): nobody who marks or types sees whose they are
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Draw numbers and bag codes for a room or for every room of a session; later comers get theirs the same way
    Draw {
        /// Code of the session; default: the one that is on
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
        /// Number of one room; default: every room
        #[arg(long, value_name = "NUMBER")]
        room: Option<i64>,
    },
    /// Which number goes on the script of which seat, for sealing; only until something is typed, and the journal says who looked
    Label {
        /// Code of the session; default: the one that is on
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
        /// Number of the room
        #[arg(long, value_name = "NUMBER")]
        room: i64,
    },
    /// The bags and how far they are
    List,
    /// Ask for a session's bags to be unsealed, with --reason; another person opens them
    Ask {
        /// Code of the session; default: the one that is on
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
    },
    /// Unseal what somebody else asked for, once every mark of the session is locked; this is never taken back
    Open {
        /// Code of the session; default: the one that is on
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
    },
    /// Whose the numbers are, once the bags are open (coordinators, auditors)
    Map {
        /// Code of the session; default: the one that is on
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Draw { session, room } => draw(context, session.as_deref(), room),
        What::Label { session, room } => label(context, session.as_deref(), room),
        What::List => list(context),
        What::Ask { session } => {
            let mut site = context.site()?;
            let session = checkin::by_code(&site, session.as_deref())?.id;
            let done = site.perform(&Ask { session, reason: context.reason() })?;
            turned(context, done, "scripts.asked")
        }
        What::Open { session } => {
            let mut site = context.site()?;
            let session = checkin::by_code(&site, session.as_deref())?.id;
            let done = site.perform(&Open { session })?;
            turned(context, done, "scripts.opened")
        }
        What::Map { session } => map(context, session.as_deref()),
    }
}

fn room_of(site: &Site, session: &str, number: i64) -> Result<RoomId> {
    let found = scripts::bags(site)?.into_iter().find(|l| l.session_code == session && l.room == Some(number));
    Ok(found.map(|l| l.room_id).ok_or_else(|| Refusal::new(NO_BAG).with("session", session))?)
}

fn draw(context: &mut Context, session: Option<&str>, room: Option<i64>) -> Result<Exit> {
    let mut site = context.site()?;
    let session = checkin::by_code(&site, session)?;
    let room = room.map(|number| room_of(&site, &session.code, number)).transpose()?;
    let done = site.perform(&Draw { session: session.id, room, seed: fresh_seed() })?;
    if context.out.is_json() {
        context.out.json(&json!({ "session": session.code, "bags": done.out.bags, "numbers": done.out.numbers,
            "operation": done.op }));
    }
    let (count, op) = (done.out.numbers.to_string(), done.op.map_or(0, |n| n.0).to_string());
    context.out.say("scripts.drawn", &[("bags", &done.out.bags.join(" ")), ("count", &count)]);
    context.out.say("cli.operation", &[("op", &op)]);
    Ok(Exit::Done)
}

fn label(context: &mut Context, session: Option<&str>, room: i64) -> Result<Exit> {
    let mut site = context.site()?;
    let session = checkin::by_code(&site, session)?;
    let room = room_of(&site, &session.code, room)?;
    let labels = site.perform(&Label { session: session.id, room })?.out;
    let rows: Vec<_> = labels.numbers.iter().map(|(seat, number)| vec![format!("{seat:02}"), number.clone()]).collect();
    context.out.say("scripts.labels", &[("bag", &labels.bag), ("room", &labels.room.to_string())]);
    context.out.table(&labels, &[Col::Right("column.seat"), Col::Left("column.script")], &rows);
    Ok(Exit::Done)
}

fn list(context: &Context) -> Result<Exit> {
    let all = scripts::bags(&context.look()?)?;
    let rows: Vec<_> = all.iter().map(|line| row(context, line)).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.session"), Col::Right("column.room"), Col::Left("column.script_bag"), Col::Left("column.stage"),
        Col::Right("column.people"), Col::Right("column.numbered"), Col::Right("column.entered"),
        Col::Left("column.asked_by"), Col::Left("column.opened_by"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}

fn row(context: &Context, line: &Line) -> Vec<String> {
    vec![
        line.session_code.clone(),
        line.room.map(|n| n.to_string()).unwrap_or_default(),
        line.bag.clone().unwrap_or_default(),
        context.out.locale.word(&line.stage.key()).to_owned(),
        line.people.to_string(),
        line.numbered.to_string(),
        line.entered.to_string(),
        line.asked_by.clone().unwrap_or_default(),
        line.opened_by.clone().unwrap_or_default(),
    ]
}

fn turned(context: &Context, done: Done<Turned>, key: &str) -> Result<Exit> {
    if context.out.is_json() {
        context.out.json(&json!({ "session": done.out.session, "bags": done.out.bags, "operation": done.op }));
    }
    context.out.say(key, &[("session", &done.out.session), ("bags", &done.out.bags.join(" "))]);
    context.out.say("cli.operation", &[("op", &done.op.map_or(0, |n| n.0).to_string())]);
    Ok(Exit::Done)
}

fn map(context: &Context, session: Option<&str>) -> Result<Exit> {
    let site = context.site()?;
    let all = scripts::map(&site, checkin::by_code(&site, session)?.id)?;
    let rows: Vec<_> = all
        .iter()
        .map(|m| {
            let (seat, ticket) = (format!("{}-{:02}", m.room, m.seat), m.ticket.clone().unwrap_or_default());
            vec![m.number.clone(), m.bag.clone(), seat, ticket, m.name.clone()]
        })
        .collect();
    let columns = [
        Col::Left("column.script"),
        Col::Left("column.script_bag"),
        Col::Left("column.seat"),
        Col::Left("column.ticket"),
        Col::Left("entry.name"),
    ];
    context.out.table(&all, &columns, &rows);
    Ok(Exit::Done)
}
