//! `kaowu checkin close`: the list first, then the signature.
use super::{Place, Where, register};
use crate::cli::{Context, Exit};
use crate::ops::Result;
use crate::ops::checkin::{self, CloseAbsent, Proof};

#[derive(Debug, clap::Args)]
pub struct Args {
    /// Code of the session
    #[arg(long, value_name = "CODE")]
    session: String,
    /// Number of the room; default: every room
    #[arg(long, value_name = "NUMBER")]
    room: Option<i64>,
    /// Sign and mark them; without it they are only listed. With a PIN it is asked again: --pin-file
    #[arg(long)]
    yes: bool,
}

pub fn run(context: &Context, args: Args) -> Result<Exit> {
    let mut site = context.site()?;
    let place = Place::of(&site, &Where { session: Some(args.session), room: args.room })?;
    let (session, room) = (place.session.id, place.room);
    let absent = checkin::absentees(&site, session, room)?;
    let count = absent.len().to_string();
    if !args.yes {
        register::print(context, &absent);
        context.out.say("cli.checkin.would_close", &[("count", &count)]);
        return Ok(Exit::Done);
    }
    let pin = context.pin()?;
    let proof = match (checkin::needs_pin(&site)?, pin.as_deref()) {
        (true, Some(pin)) => Proof::Pin(pin),
        _ => Proof::Count(absent.len()),
    };
    let signed = checkin::sign(&site, (session, room), proof)?;
    let done = site.perform(&CloseAbsent { session, room, signed })?;
    register::print(context, &done.out.absent);
    let op = done.op.map_or(0, |op| op.0).to_string();
    context.out.say("cli.checkin.closed", &[("count", &count), ("op", &op)]);
    Ok(Exit::Done)
}
