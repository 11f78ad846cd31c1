//! `kaowu room`: rooms with their people; adding, changing, closing; broken seats.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, DoorSide, Refusal, RoomKind};
use crate::ops::rooms::{Add, BreakSeat, Change, Close, MendSeat, Reopen, Set, Then, read_numbers};
use crate::ops::seating::{RoomLine, room_lines};
use crate::ops::{Operation, Result};
use clap::ValueEnum;
use serde_json::json;

pub const BAD_SEAT: Code = Code("seat.bad_seat");

/// Rooms (考场)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every room and how many sit there
    List,
    /// Rooms alike: 1-12 or 3,5,7
    Add(AddArgs),
    /// Changes what is given
    Change(ChangeArgs),
    /// Nobody sits there any more; needs --reason
    Close {
        /// Number of the room
        room: i64,
        /// Gives its people free seats of other open rooms; without it they have no seat until they are given one
        #[arg(long)]
        spread: bool,
    },
    /// Opens a closed room again
    Reopen {
        /// Number of the room
        room: i64,
    },
    /// A desk or station that cannot be used, such as 3-12; needs --reason
    BreakSeat {
        /// Room and seat, such as 3-12
        seat: String,
    },
    /// The desk can be used again
    MendSeat {
        /// Room and seat, such as 3-12
        seat: String,
    },
}

#[derive(Debug, clap::Args)]
struct AddArgs {
    /// Numbers of the rooms, such as 1-12 or 3,5,7
    numbers: String,
    /// Rows of desks, counted from the front
    #[arg(long)]
    rows: i64,
    /// Desks in a row
    #[arg(long)]
    columns: i64,
    /// Code of the venue; default: the first
    #[arg(long)]
    venue: Option<i64>,
    /// Desks for papers, or stations for hands-on work
    #[arg(long, default_value = "desks")]
    kind: Kind,
    /// How often a station is used in a session
    #[arg(long, default_value_t = 1)]
    rounds: i64,
    /// At most so many people a round; default: as the policy says
    #[arg(long)]
    places: Option<i64>,
    /// Side of the door, seen from behind the candidates; seat 1 is beside it. Default: as the policy says
    #[arg(long)]
    door: Option<Door>,
    /// Building and door plate of the first; a number at its end counts up
    #[arg(long)]
    name: Option<String>,
}

#[derive(Debug, clap::Args)]
struct ChangeArgs {
    /// Number of the room
    room: i64,
    /// Code of the venue
    #[arg(long)]
    venue: Option<i64>,
    /// Desks for papers, or stations for hands-on work
    #[arg(long)]
    kind: Option<Kind>,
    /// Rows of desks, counted from the front
    #[arg(long)]
    rows: Option<i64>,
    /// Desks in a row
    #[arg(long)]
    columns: Option<i64>,
    /// How often a station is used in a session
    #[arg(long)]
    rounds: Option<i64>,
    /// At most so many people a round; 0: as the policy says
    #[arg(long)]
    places: Option<i64>,
    /// Side of the door, seen from behind the candidates; seat 1 is beside it
    #[arg(long)]
    door: Option<Door>,
    /// Building and door plate; an empty text takes it away
    #[arg(long)]
    name: Option<String>,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Kind {
    Desks,
    Stations,
}

impl Kind {
    fn word(self) -> RoomKind {
        match self {
            Kind::Desks => RoomKind::Desks,
            Kind::Stations => RoomKind::Stations,
        }
    }
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Door {
    Left,
    Right,
}

impl Door {
    fn word(self) -> DoorSide {
        match self {
            Door::Left => DoorSide::Left,
            Door::Right => DoorSide::Right,
        }
    }
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Add(args) => add(context, args),
        What::Change(args) => change(context, args),
        What::Close { room, spread } => {
            let then = if spread { Then::Spread } else { Then::Unseat };
            let done = context.site()?.perform(&Close { room, then, reason: context.reason() })?;
            super::seat_edit::told(context, "rooms.closed", (&done, &[("room", &room.to_string())]))
        }
        What::Reopen { room } => does(context, &Reopen { room }, ("rooms.reopened", &room.to_string())),
        What::BreakSeat { seat } => {
            let (room, number) = read_seat(&seat)?;
            let reason = context.reason();
            does(context, &BreakSeat { room, seat: number, reason }, ("rooms.seat_broken", &seat))
        }
        What::MendSeat { seat } => {
            let (room, number) = read_seat(&seat)?;
            does(context, &MendSeat { room, seat: number }, ("rooms.seat_mended", &seat))
        }
    }
}

/// `3-12`: seat 12 of room 3.
pub fn read_seat(text: &str) -> Result<(i64, i64)> {
    let folded = crate::model::fold::number_like(text);
    let parts = folded.split_once('-').and_then(|(room, seat)| Some((room.parse().ok()?, seat.parse().ok()?)));
    parts.ok_or_else(|| Refusal::new(BAD_SEAT).with("value", text).into())
}

fn does<O: Operation>(context: &Context, op: &O, (key, what): (&str, &str)) -> Result<Exit> {
    let done = context.site()?.perform(op)?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "what": what, "operation": op }));
    }
    context.out.say(key, &[("what", what), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn add(context: &Context, args: AddArgs) -> Result<Exit> {
    let op = Add {
        numbers: read_numbers(&args.numbers)?,
        venue: args.venue,
        kind: args.kind.word(),
        rows: args.rows,
        columns: args.columns,
        rounds: args.rounds,
        places: args.places,
        door: args.door.map(Door::word),
        name: args.name,
    };
    let done = context.site()?.perform(&op)?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "rooms": out.numbers, "seats": out.seats, "venue": out.venue, "operation": op }));
    }
    let (count, seats) = (out.numbers.len().to_string(), out.seats.to_string());
    let args = [("count", count.as_str()), ("seats", &seats), ("venue", &out.venue), ("op", &op.to_string())];
    context.out.say("rooms.added", &args);
    Ok(Exit::Done)
}

fn change(context: &Context, args: ChangeArgs) -> Result<Exit> {
    let op = Change {
        room: args.room,
        venue: args.venue,
        kind: args.kind.map(Kind::word),
        rows: args.rows,
        columns: args.columns,
        rounds: args.rounds,
        places: args.places.map_or(Set::Keep, |n| if n == 0 { Set::Clear } else { Set::To(n) }),
        door: args.door.map_or(Set::Keep, |d| Set::To(d.word())),
        name: args
            .name
            .map_or(Set::Keep, |n| if n.trim().is_empty() { Set::Clear } else { Set::To(n.trim().to_owned()) }),
    };
    does(context, &op, ("rooms.changed", &args.room.to_string()))
}

fn list(context: &Context) -> Result<Exit> {
    let rooms = room_lines(&context.look()?)?;
    let word = |key: &str| context.out.locale.word(key).to_owned();
    let row = |r: &RoomLine| {
        let size = if r.rounds > 1 {
            format!("{}x{}x{}", r.rows, r.columns, r.rounds)
        } else {
            format!("{}x{}", r.rows, r.columns)
        };
        let state = r.closed.as_ref().map(|why| context.out.locale.say("rooms.is_closed", &[("why", why)]));
        vec![
            r.number.to_string(),
            r.name.clone().unwrap_or_default(),
            r.venue_name.clone(),
            word(&format!("room_kind.{}", r.kind.code())),
            size,
            r.places.map(|n| n.to_string()).unwrap_or_default(),
            r.seated.to_string(),
            state.unwrap_or_default(),
        ]
    };
    let columns = [
        Col::Right("column.room"),
        Col::Left("column.room_name"),
        Col::Left("column.venue"),
        Col::Left("column.room_kind"),
        Col::Left("column.grid"),
        Col::Right("column.places"),
        Col::Right("column.people"),
        Col::Left("column.room_state"),
    ];
    context.out.table(&rooms, &columns, &rooms.iter().map(row).collect::<Vec<_>>());
    Ok(Exit::Done)
}
