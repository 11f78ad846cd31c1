//! The record that closes a room, and archive boxes.
use super::Place;
use super::show;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal};
use crate::ops::papers::{CloseRoom, ReopenRoom, Store, room_papers};
use crate::ops::{Result, checkin};
use crate::text::papers;
use serde_json::json;

/// `--box` without a room.
pub const WHICH_ROOM: Code = Code("papers.which_room");

#[derive(Debug, clap::Args)]
pub struct Counted {
    #[command(flatten)]
    place: Place,
    /// Scripts
    #[arg(long)]
    collected: i64,
    /// Unused sheets of those who did not sit
    #[arg(long)]
    absent: i64,
    /// Void sheets
    #[arg(long)]
    void: i64,
    /// Unused spare sheets
    #[arg(long)]
    spare: i64,
    /// The proctors who sign, two or more
    #[arg(long, num_args = 1.., required = true)]
    proctors: Vec<String>,
    /// Anything else the record says
    #[arg(long)]
    remarks: Option<String>,
}

#[derive(Debug, clap::Args)]
pub struct Boxed {
    /// Code of the session. Default: every session for the register, the current one for a box
    #[arg(long, value_name = "CODE")]
    session: Option<String>,
    /// Number of the room
    #[arg(long, value_name = "NUMBER")]
    room: Option<i64>,
    /// Number of the box
    #[arg(long = "box", value_name = "BOX", requires = "keeper")]
    number: Option<String>,
    /// Who keeps it
    #[arg(long)]
    keeper: Option<String>,
    /// Where it stands
    #[arg(long)]
    place: Option<String>,
    /// Scripts and void sheets counted into it. Default: as the room record says
    #[arg(long)]
    scripts: Option<i64>,
}

pub fn close_room(context: &Context, c: Counted) -> Result<Exit> {
    let mut site = context.site()?;
    let session = checkin::by_code(&site, c.place.session.as_deref())?;
    let room = room_papers(&site, &session, c.place.room)?.room;
    let done = site.perform(&CloseRoom {
        session: session.id,
        room,
        collected: c.collected,
        absent: c.absent,
        void: c.void,
        spare: c.spare,
        proctors: c.proctors,
        remarks: c.remarks,
        reason: context.options.reason.clone(),
    })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "record": done.out, "operation": op }));
    }
    context.out.note(&papers::closed(&context.out.locale, &done.out, op));
    Ok(Exit::Done)
}

pub fn reopen_room(context: &Context, place: &Place) -> Result<Exit> {
    let mut site = context.site()?;
    let session = checkin::by_code(&site, place.session.as_deref())?;
    let room = room_papers(&site, &session, place.room)?.room;
    let done = site.perform(&ReopenRoom { session: session.id, room, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "room": done.out, "operation": op }));
    }
    context.out.say("papers.reopened", &[("room", &done.out.to_string()), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

pub fn archive(context: &Context, b: Boxed) -> Result<Exit> {
    let Some(number) = b.number else { return show::archive(context, b.session.as_deref()) };
    let mut site = context.site()?;
    let session = checkin::by_code(&site, b.session.as_deref())?;
    let room = room_papers(&site, &session, b.room.ok_or_else(|| Refusal::new(WHICH_ROOM))?)?;
    let due = room.record.as_ref().map_or(0, |r| r.collected + r.void);
    let done = site.perform(&Store {
        session: session.id,
        room: room.room,
        r#box: number,
        scripts: b.scripts.unwrap_or(due),
        keeper: b.keeper.unwrap_or_default(),
        place: b.place,
        reason: context.options.reason.clone(),
    })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "stored": done.out, "operation": op }));
    }
    context.out.note(&papers::stored(&context.out.locale, &done.out, op));
    Ok(Exit::Done)
}
