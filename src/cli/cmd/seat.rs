//! `kaowu seat`: arrange, show, check.
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::batch::sessions;
use crate::ops::checkin::by_code;
use crate::ops::seating::{Arrange, Chart, chart_in, numbered, room_lines_in, unapproved, unseated};
use crate::text::width::pad_right;
use serde_json::json;

/// Rooms and seats (编排)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Seats everybody who has no seat yet and issues their tickets; the same seed gives the same seats
    Arrange {
        /// Default: from the clock, and told in the answer
        #[arg(long)]
        seed: Option<u64>,
    },
    /// Charts of the rooms, front row first
    Show {
        /// Number of one room; default: all
        #[arg(long)]
        room: Option<i64>,
        /// Code of the session; default: the first
        #[arg(long)]
        session: Option<String>,
    },
    /// Every seat that is not as it should be, and why; 1 when there is any
    Check,
    #[command(flatten)]
    Edit(super::seat_edit::What),
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Arrange { seed } => arrange(context, seed),
        What::Show { room, session } => show(context, room, session.as_deref()),
        What::Check => super::seat_check::run(context),
        What::Edit(what) => super::seat_edit::run(context, what),
    }
}

fn arrange(context: &mut Context, seed: Option<u64>) -> Result<Exit> {
    let mut site = context.site()?;
    let seed = seed.unwrap_or_else(|| site.now().0.unsigned_abs());
    let done = site.perform_bulk(&Arrange { seed })?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        let answer = json!({
            "seed": out.seed, "people": out.people, "rooms": out.rooms, "unapproved": out.unapproved,
            "unpaid": out.unpaid, "seated_unpaid": out.seated_unpaid, "twice": out.twice, "no_place": out.no_place, "needs": out.needs, "together": out.together,
            "avoidable": out.avoidable, "operation": op,
        });
        context.out.json(&answer);
    }
    let number = |n: usize| n.to_string();
    #[rustfmt::skip]
    let args = [
        ("people", number(out.people)), ("rooms", number(out.rooms)), ("seed", out.seed.to_string()),
        ("unpaid", number(out.unpaid)), ("seated_unpaid", number(out.seated_unpaid)), ("twice", number(out.twice)),
        ("unapproved", number(out.unapproved)), ("no_place", number(out.no_place)), ("needs", number(out.needs)),
        ("together", number(out.together)), ("avoidable", number(out.avoidable)),
        ("op", op.to_string()),
    ];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.out.say("seating.arranged", &args);
    for (count, key) in [
        (out.unapproved, "seating.left_unapproved"),
        (out.unpaid, "seating.left_unpaid"),
        (out.seated_unpaid, "seating.seated_unpaid"),
        (out.twice, "seating.left_twice"),
        (out.no_place, "seating.left_no_place"),
        (out.needs, "seating.open_needs"),
        (out.together, "seating.left_together"),
    ] {
        if count > 0 {
            context.out.say(key, &args);
        }
    }
    Ok(Exit::Done)
}

fn show(context: &mut Context, room: Option<i64>, session: Option<&str>) -> Result<Exit> {
    let site = context.look()?;
    let session = match session {
        Some(code) => Some(by_code(&site, Some(code))?),
        None => sessions(&site)?.into_iter().next(),
    };
    let mut rooms = room_lines_in(&site, session.as_ref())?;
    if let Some(number) = room {
        numbered(&site, number)?;
        rooms.retain(|room| room.number == number);
    }
    let charts = rooms.into_iter().map(|room| chart_in(&site, room, session.as_ref()));
    let charts = charts.collect::<Result<Vec<_>>>()?;
    let ((_, waiting), in_review) = (unseated(&site, 0)?, unapproved(&site)?);
    if context.out.is_json() {
        context.out.json(&json!({ "rooms": charts, "unseated": waiting, "in_review": in_review }));
    } else {
        charts.iter().for_each(|chart| draw(context, chart));
    }
    if waiting > 0 {
        context.out.say("seating.unseated", &[("count", &waiting.to_string())]);
    }
    if in_review > 0 {
        context.out.say("seating.in_review", &[("count", &in_review.to_string())]);
    }
    Ok(Exit::Done)
}

/// Cells of one seat in the chart.
const SEAT: usize = 13;

fn draw(context: &Context, chart: &Chart) {
    let out = &context.out;
    let (room, seated) = (chart.room.number.to_string(), chart.people.len().to_string());
    let sessions = chart.sessions.join(" ");
    out.line(&out.locale.say("seating.room_line", &[("room", &room), ("seated", &seated), ("sessions", &sessions)]));
    out.line(&out.locale.say("seating.front", &[("door", out.locale.word(chart.door_key()))]));
    for (y, row) in chart.grid.iter().enumerate() {
        if y > 0 && y % chart.round_rows() == 0 {
            let round = (y / chart.round_rows() + 1).to_string();
            out.line(&out.locale.say("seating.round", &[("round", &round)]));
        }
        let cell = |seat: &i64| {
            let free = if chart.broken.contains_key(seat) { "x" } else { "-" };
            let name = chart.at(*seat).map_or(free, |c| c.name.as_str());
            let mark = if chart.beside.contains(seat) { "!" } else { "" };
            let need = if chart.needs.contains_key(seat) { "*" } else { "" };
            pad_right(&format!("{seat:02} {name}{mark}{need}"), SEAT)
        };
        out.line(row.iter().map(cell).collect::<Vec<_>>().join(" ").trim_end());
    }
    out.line(out.locale.word("seating.back"));
    out.line("");
}
