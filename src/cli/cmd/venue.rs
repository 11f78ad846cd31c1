//! `kaowu venue`: places with rooms, one of possibly several of a site.
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::rooms::{AddVenue, ChangeVenue, VenueAdded, venues};
use serde_json::json;

/// Venues with rooms (考点校区)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every venue, the unit whose people sit there, address and telephone
    List,
    /// One more venue
    Add {
        /// 0 to 9999, in ticket numbers
        code: i64,
        /// Name, as it stands on tickets and lists
        name: String,
        #[command(flatten)]
        rest: Rest,
    },
    /// Changes what is given; an empty text takes a value away
    Change {
        /// Code of the venue
        code: i64,
        /// New name
        #[arg(long)]
        name: Option<String>,
        #[command(flatten)]
        rest: Rest,
    },
}

#[derive(Debug, clap::Args)]
struct Rest {
    /// Code or name of the unit whose people sit there; without one everybody's
    #[arg(long)]
    unit: Option<String>,
    /// Street and number
    #[arg(long)]
    address: Option<String>,
    /// Telephone of the office on duty
    #[arg(long)]
    phone: Option<String>,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => list(context),
        What::Add { code, name, rest: Rest { unit, address, phone } } => {
            let done = context.site()?.perform(&AddVenue { code, name, unit, address, phone })?;
            answer(context, "rooms.venue_added", (&done.out, done.op.map_or(0, |n| n.0)))
        }
        What::Change { code, name, rest: Rest { unit, address, phone } } => {
            let done = context.site()?.perform(&ChangeVenue { code, name, unit, address, phone })?;
            answer(context, "rooms.venue_changed", (&done.out, done.op.map_or(0, |n| n.0)))
        }
    }
}

fn answer(context: &Context, key: &str, (venue, op): (&VenueAdded, i64)) -> Result<Exit> {
    if context.out.is_json() {
        context.out.json(&json!({ "code": venue.code, "name": venue.name, "operation": op }));
    }
    context.out.say(key, &[("code", &venue.code.to_string()), ("name", &venue.name), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn list(context: &Context) -> Result<Exit> {
    let site = context.look()?;
    let policy = site.policy()?;
    let unit =
        |code: &str| policy.units.list.iter().find(|u| u.code == code).map_or(code, |u| u.name.as_str()).to_owned();
    let venues = venues(&site)?;
    let rows: Vec<_> = venues
        .iter()
        .map(|v| {
            let unit = v.unit.as_deref().map_or_else(|| context.out.locale.word("rooms.any_unit").to_owned(), unit);
            let text = |t: &Option<String>| t.clone().unwrap_or_default();
            vec![v.code.to_string(), v.name.clone(), unit, text(&v.address), text(&v.phone)]
        })
        .collect();
    let values: Vec<_> = venues
        .iter()
        .map(|v| json!({ "code": v.code, "name": v.name, "unit": v.unit, "address": v.address, "phone": v.phone }))
        .collect();
    let columns = [
        Col::Right("column.venue_code"),
        Col::Left("column.venue"),
        Col::Left("column.of_unit"),
        Col::Left("column.venue_address"),
        Col::Left("column.venue_phone"),
    ];
    context.out.table(&values, &columns, &rows);
    Ok(Exit::Done)
}
