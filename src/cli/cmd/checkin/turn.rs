//! `kaowu checkin refuse` and `kaowu checkin leave`.
use super::{Place, Where};
use crate::cli::{Context, Exit as Status};
use crate::ops::Result;
use crate::ops::checkin::{self, Exit, Ground, Leave, Refuse};
use crate::text::door;
use serde_json::json;

#[derive(Debug, clap::Args)]
pub struct RefuseArgs {
    /// Complete ticket or ID number
    #[arg(value_name = "TICKET|ID")]
    code: String,
    #[command(flatten)]
    place: Where,
    /// Why; more of it with --reason, which `other` needs
    #[arg(long, value_name = "GROUND")]
    why: Why,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
#[value(rename_all = "snake_case")]
pub enum Why {
    /// The person is not the one of the document
    Swapped,
    NoDocument,
    NoTicket,
    NoMaterials,
    /// The pledge was not signed
    Pledge,
    Other,
}

impl Why {
    pub fn ground(self) -> Ground {
        match self {
            Why::Swapped => Ground::Swapped,
            Why::NoDocument => Ground::NoDocument,
            Why::NoTicket => Ground::NoTicket,
            Why::NoMaterials => Ground::NoMaterials,
            Why::Pledge => Ground::Pledge,
            Why::Other => Ground::Other,
        }
    }
}

#[derive(Debug, clap::Args)]
pub struct LeaveArgs {
    /// Complete ticket or ID number
    #[arg(value_name = "TICKET|ID")]
    code: String,
    #[command(flatten)]
    place: Where,
    /// Without handing in: unwell, called away. Needs --reason
    #[arg(long)]
    early: bool,
}

pub fn refuse(context: &Context, args: &RefuseArgs) -> Result<Status> {
    let mut site = context.site()?;
    let place = Place::of(&site, &args.place)?;
    let session = place.session.id;
    let application = checkin::exactly(&site, session, &args.code)?;
    let (room, ground, words) = (place.room, args.why.ground(), context.reason());
    let done = site.perform(&Refuse { application, session, room, ground, words })?;
    match context.out.is_json() {
        true => context.out.json(&json!({
            "application": application, "name": done.out.name, "room": done.out.room_number, "seat": done.out.seat,
            "state": "refused", "why": ground, "operation": done.op,
        })),
        false => context.out.line(&door::sent_away(&context.out.locale, &done.out)),
    }
    Ok(Status::Done)
}

pub fn leave(context: &Context, args: &LeaveArgs) -> Result<Status> {
    let mut site = context.site()?;
    let place = Place::of(&site, &args.place)?;
    let session = place.session.id;
    let application = checkin::exactly(&site, session, &args.code)?;
    let exit = if args.early { Exit::Early } else { Exit::HandIn };
    let done = site.perform(&Leave { application, session, exit, reason: context.options.reason.clone() })?;
    match context.out.is_json() {
        true => context.out.json(&json!({
            "application": application, "name": done.out.name, "room": done.out.room_number, "seat": done.out.seat,
            "state": done.out.state, "out_at": done.out.at, "operation": done.op,
        })),
        false => context.out.line(&door::left_room(&context.out.locale, &done.out)),
    }
    Ok(Status::Done)
}
