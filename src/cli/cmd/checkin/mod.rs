//! `kaowu checkin`: admit, refuse, leave, undo, list, close, sheet, hall.
mod close;
mod hall;
mod register;
mod sheet;
mod turn;

use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal, RoomId};
use crate::ops::checkin::{self, Admit, Admitted, Cancel, CheckItem};
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
        /// What the checklist asks for and is missing; --reason lifts a paper for a coordinator
        #[arg(long, value_name = "ITEM", value_delimiter = ',')]
        without: Vec<Item>,
        /// The materials that the policy wants on paper were looked at
        #[arg(long)]
        materials: bool,
    },
    /// Send somebody away at the door
    Refuse(turn::RefuseArgs),
    /// Somebody inside hands in, or leaves early with --reason
    Leave(turn::LeaveArgs),
    /// Take somebody's last step back, with --reason: let in, sent away, or gone
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
    /// Show whom to mark absent of those still expected, after the late limit; --yes signs and marks them
    Close(close::Args),
    /// Type in the signed paper sheet of a room: who is not named was there; --yes stores it
    Sheet(sheet::Args),
    /// Every room of the session, and what needs somebody
    Hall {
        /// Code of the session; default: the one whose door is open
        #[arg(long, value_name = "CODE")]
        session: Option<String>,
    },
}

/// An item of the checklist.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
enum Item {
    Document,
    Ticket,
    Materials,
}

impl Item {
    fn of_policy(self) -> CheckItem {
        match self {
            Item::Document => CheckItem::Document,
            Item::Ticket => CheckItem::Ticket,
            Item::Materials => CheckItem::Materials,
        }
    }
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
        What::Admit { code, place, without, materials } => {
            let mut site = context.site()?;
            let place = Place::of(&site, &place)?;
            let without = missing(&site, &without, Papers::of(materials))?;
            if code == "-" {
                return admit_lines(context, &mut site, (&place, &without));
            }
            let done = admit(context, &mut site, (&place, &without), &code)?;
            answer(context, &done);
            Ok(Exit::Done)
        }
        What::Refuse(args) => turn::refuse(context, &args),
        What::Leave(args) => turn::leave(context, &args),
        What::Undo { code, place } => undo(context, &code, &place),
        What::List { place, expected } => {
            let site = context.look()?;
            let place = Place::of(&site, &place)?;
            let list = if expected { checkin::expected } else { checkin::register };
            register::print(context, &list(&site, place.session.id, place.room)?);
            Ok(Exit::Done)
        }
        What::Close(args) => close::run(context, args),
        What::Sheet(args) => sheet::run(context, &args),
        What::Hall { session } => hall::run(context, session.as_deref()),
    }
}

/// Whether somebody says that the papers were looked at.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Papers {
    Seen,
    NotSaid,
}

impl Papers {
    fn of(said: impl Into<bool>) -> Papers {
        if said.into() { Papers::Seen } else { Papers::NotSaid }
    }
}

/// What is missing of the policy's checklist: what was said so, and papers of which nothing was said.
fn missing(site: &Site, said: &[Item], papers: Papers) -> Result<Vec<CheckItem>> {
    let list = checkin::checklist(site)?;
    let mut without: Vec<CheckItem> = said.iter().map(|item| item.of_policy()).collect();
    if papers == Papers::NotSaid && list.asks(CheckItem::Materials) && !without.contains(&CheckItem::Materials) {
        without.push(CheckItem::Materials);
    }
    Ok(without)
}

type Asked<'a> = (&'a Place, &'a [CheckItem]);

fn admit(context: &Context, site: &mut Site, (place, without): Asked<'_>, code: &str) -> Result<Done<Admitted>> {
    let application = checkin::exactly(site, place.session.id, code)?;
    let (over, without) = (context.options.reason.clone(), without.to_vec());
    site.perform(&Admit { room: place.room, without, over, ..Admit::of(place.session.id, application) })
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
fn admit_lines(context: &Context, site: &mut Site, asked: Asked<'_>) -> Result<Exit> {
    let (mut all, mut exit, mut fault) = (Vec::new(), Exit::Done, None);
    for line in std::io::stdin().lock().lines() {
        let line = line.map_err(crate::ops::Error::file("-"))?;
        let code = line.trim();
        if code.is_empty() {
            continue;
        }
        match admit(context, site, asked, code) {
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
            // What was saved before it is told all the same.
            Err(error) => {
                fault = Some(error);
                break;
            }
        }
    }
    if context.out.is_json() {
        context.out.json(&all);
    }
    fault.map_or(Ok(exit), Err)
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
