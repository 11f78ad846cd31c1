//! `kaowu checkin sheet`: the room as the signed paper sheet has it.
use super::{NO_ROOM, Place, Where};
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::Refusal;
use crate::ops::Result;
use crate::ops::checkin::{Entered, Known, Marks, Sheet};
use crate::text::door;

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Code of the session
    #[arg(long, value_name = "CODE")]
    session: String,
    /// Number of the room
    #[arg(long, value_name = "NUMBER")]
    room: i64,
    /// Seats of those who did not come, such as 3,7
    #[arg(long, value_name = "SEATS", default_value = "")]
    absent: String,
    /// Seats with minutes, such as 12:5,14:9
    #[arg(long, value_name = "SEAT:MINUTES", default_value = "")]
    late: String,
    /// Seats with why, such as 8:no_ticket
    #[arg(long, value_name = "SEAT:GROUND", default_value = "")]
    refused: String,
    /// Where the door says otherwise, the sheet is right
    #[arg(long)]
    replace: bool,
    /// Store it; without it the room is only shown
    #[arg(long)]
    yes: bool,
}

pub fn run(context: &Context, args: &Args) -> Result<Exit> {
    let mut site = context.site()?;
    let place = Place::of(&site, &Where { session: Some(args.session.clone()), room: Some(args.room) })?;
    let room = place.room.ok_or_else(|| Refusal::new(NO_ROOM).with("room", args.room))?;
    let marks = Marks::read(&args.absent, &args.late, &args.refused)?;
    let known = if args.replace { Known::Replace } else { Known::Keep };
    let sheet = Sheet { session: place.session.id, room, marks, known, over: context.options.reason.clone() };
    let done = if args.yes { site.perform(&sheet)? } else { site.preview(&sheet)? };
    print(context, &done.out);
    let key = if args.yes { "cli.checkin.sheet_stored" } else { "cli.checkin.sheet_shown" };
    let count = done.out.written().to_string();
    context.out.say(key, &[("count", &count)]);
    Ok(Exit::Done)
}

fn print(context: &Context, entered: &Entered) {
    let locale = &context.out.locale;
    let row = |line: &crate::ops::checkin::Line| {
        vec![
            line.seated.seat.to_string(),
            line.seated.ticket.clone().unwrap_or_default(),
            line.seated.name.clone(),
            door::attendance(locale, Some(line.state)).to_owned(),
            line.late.map(|minutes| minutes.to_string()).unwrap_or_default(),
            if line.kept { locale.word("checkin.kept").to_owned() } else { String::new() },
        ]
    };
    let columns = [
        Col::Right("column.seat"),
        Col::Left("column.ticket"),
        Col::Left("column.person"),
        Col::Left("column.attendance"),
        Col::Right("column.sheet_late"),
        Col::Left("column.sheet_kept"),
    ];
    let rows: Vec<_> = entered.lines.iter().map(row).collect();
    context.out.table(&entered.lines, &columns, &rows);
}
