//! `kaowu checkin`: admit, undo, list, close.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal, RoomId};
use crate::ops::checkin::{self, Admit, Admitted, Cancel, CloseAbsent, Seated};
use crate::ops::{Done, Result, SessionRow, Site, seating};
use crate::text::door;
use serde_json::{Value, json};
use std::io::BufRead;

pub const NO_ROOM: Code = Code("checkin.no_room");

/// Check-in at the door (签到)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Args)]
struct Where {
    /// Code of the session; default: the one whose door is open
    #[arg(long, value_name = "CODE")]
    session: Option<String>,
    /// Number of the room
    #[arg(long, value_name = "NUMBER")]
    room: Option<i64>,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Let somebody in; --reason lifts the late limit or the fee for a coordinator
    Admit {
        /// Complete ticket or ID number; `-` reads one a line and answers each
        #[arg(value_name = "TICKET|ID|-")]
        code: String,
        #[command(flatten)]
        place: Where,
    },
    /// Take an admission back, with --reason
    Undo {
        /// Complete ticket or ID number
        #[arg(value_name = "TICKET|ID")]
        code: String,
        #[command(flatten)]
        place: Where,
    },
    /// Everybody seated and who came
    List {
        #[command(flatten)]
        place: Where,
        /// Only those who are still expected
        #[arg(long)]
        expected: bool,
    },
    /// Show whom to mark absent of those still expected, after the late limit; --yes marks them
    Close {
        /// Code of the session
        #[arg(long, value_name = "CODE")]
        session: String,
        /// Number of the room; default: every room
        #[arg(long, value_name = "NUMBER")]
        room: Option<i64>,
        /// Mark them; without it they are only listed
        #[arg(long)]
        yes: bool,
    },
}

/// The door that the options name.
struct Place {
    session: SessionRow,
    room: Option<RoomId>,
}

impl Place {
    fn of(site: &Site, wanted: &Where) -> Result<Place> {
        let session = checkin::by_code(site, wanted.session.as_deref())?;
        let find = |number: i64| -> Result<RoomId> {
            let room = seating::rooms(site)?.into_iter().find(|r| r.number == number);
            Ok(room.ok_or_else(|| Refusal::new(NO_ROOM).with("room", number))?.id)
        };
        Ok(Place { session, room: wanted.room.map(find).transpose()? })
    }
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Admit { code, place } if code == "-" => admit_lines(context, &place),
        What::Admit { code, place } => {
            let mut site = context.site()?;
            let place = Place::of(&site, &place)?;
            let done = admit(context, &mut site, &place, &code)?;
            answer(context, &done);
            Ok(Exit::Done)
        }
        What::Undo { code, place } => undo(context, &code, &place),
        What::List { place, expected } => {
            let site = context.look()?;
            let place = Place::of(&site, &place)?;
            let list = if expected { checkin::expected } else { checkin::register };
            register(context, &list(&site, place.session.id, place.room)?);
            Ok(Exit::Done)
        }
        What::Close { session, room, yes } => close(context, &Where { session: Some(session), room }, yes),
    }
}

fn admit(context: &Context, site: &mut Site, place: &Place, code: &str) -> Result<Done<Admitted>> {
    let application = checkin::exactly(site, place.session.id, code)?;
    let (session, over) = (place.session.id, context.options.reason.clone());
    site.perform(&Admit { application, session, room: place.room, over })
}

fn answer(context: &Context, done: &Done<Admitted>) {
    match context.out.is_json() {
        true => context.out.json(&as_json(done)),
        false => context.out.line(&door::admitted(&context.out.locale, &done.out)),
    }
}

fn as_json(done: &Done<Admitted>) -> Value {
    json!({
        "application": done.out.application, "name": done.out.name, "room": done.out.room_number,
        "seat": done.out.seat, "state": if done.out.late_minutes().is_some() { "late" } else { "present" },
        "late_minutes": done.out.late_minutes(), "overridden": done.out.overridden, "operation": done.op,
    })
}

/// One code a line, one answer a line; with `--json` one list of all answers at the end.
fn admit_lines(context: &Context, wanted: &Where) -> Result<Exit> {
    let mut site = context.site()?;
    let place = Place::of(&site, wanted)?;
    let (mut all, mut exit) = (Vec::new(), Exit::Done);
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(crate::ops::Error::file("-"))?;
        let code = line.trim();
        if code.is_empty() {
            continue;
        }
        match admit(context, &mut site, &place, code) {
            Ok(done) if context.out.is_json() => all.push(as_json(&done)),
            Ok(done) => answer(context, &done),
            Err(error) if error.refusal().is_some() => {
                exit = Exit::Refused;
                let message = crate::text::explain(&context.out.locale, &error);
                match context.out.is_json() {
                    true => all.push(json!({ "code": code, "error": message })),
                    false => context.out.line(&format!("{code}  {}", message.message)),
                }
            }
            Err(error) => return Err(error),
        }
    }
    if context.out.is_json() {
        context.out.json(&all);
    }
    Ok(exit)
}

fn undo(context: &Context, code: &str, wanted: &Where) -> Result<Exit> {
    let mut site = context.site()?;
    let place = Place::of(&site, wanted)?;
    let session = place.session.id;
    let who = checkin::exactly(&site, session, code)?;
    let done = site.perform(&Cancel { session, application: who, reason: context.reason() })?;
    // Read back, not assumed.
    let now = checkin::candidate(&site, session, who)?;
    let (name, state) = now.map_or_else(Default::default, |c| (c.name, c.attendance));
    if context.out.is_json() {
        context.out.json(&json!({ "name": name, "state": state, "operation": done.op }));
    }
    let state = door::attendance(&context.out.locale, state);
    context.out.say("checkin.ask.undone", &[("name", &name), ("state", state)]);
    Ok(Exit::Done)
}

fn close(context: &Context, wanted: &Where, is_sure: bool) -> Result<Exit> {
    let mut site = context.site()?;
    let place = Place::of(&site, wanted)?;
    let op = CloseAbsent { session: place.session.id, room: place.room };
    let done = if is_sure { site.perform(&op)? } else { site.preview(&op)? };
    register(context, &done.out.absent);
    let count = done.out.absent.len().to_string();
    match done.op {
        Some(op) => context.out.say("cli.checkin.closed", &[("count", &count), ("op", &op.to_string())]),
        None => context.out.say("cli.checkin.would_close", &[("count", &count)]),
    }
    Ok(Exit::Done)
}

fn register(context: &Context, people: &[Seated]) {
    let locale = &context.out.locale;
    let row = |p: &Seated| {
        vec![
            p.room_number.to_string(),
            p.seat.to_string(),
            p.ticket.clone().unwrap_or_default(),
            p.name.clone(),
            door::attendance(locale, p.attendance).to_owned(),
            p.at.map(|t| t.clock()).unwrap_or_default(),
        ]
    };
    let columns = [
        Col::Right("column.room"),
        Col::Right("column.seat"),
        Col::Left("column.ticket"),
        Col::Left("column.person"),
        Col::Left("column.attendance"),
        Col::Left("column.at"),
    ];
    let rows: Vec<_> = people.iter().map(row).collect();
    context.out.table(&people, &columns, &rows);
}
