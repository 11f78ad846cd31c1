//! `kaowu assess`: form, list.
use super::panel::answer;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::ops::assess::{self, Form, Place};
use crate::ops::{Result, staff};
use crate::text::staffing::refusal;

/// Groups of assessors for hands-on work (考评组)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Form the group of a room, of the assessors assigned to it; --reason sets a rule aside where the notice allows it
    Form {
        /// Code of the session
        #[arg(long)]
        session: String,
        /// Number of the room
        #[arg(long)]
        room: i64,
        /// Name of the group; default: by session and room
        #[arg(long)]
        name: Option<String>,
        /// An assessor by number on the list or name, once for each; default: those assigned to the room
        #[arg(long = "member", value_name = "WHO")]
        members: Vec<String>,
        /// Who leads them; default: whoever leads by the assignment
        #[arg(long)]
        lead: Option<String>,
    },
    /// Rooms where hands-on work is judged, with their groups
    List,
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Form { session, room, name, members, lead } => {
            let mut site = context.site()?;
            let (session_id, room_id) = assess::place(&site, &session, room)?;
            let find = |text: &String| staff::named(&site, text).map(|row| row.id);
            let members = members.iter().map(find).collect::<Result<Vec<_>>>()?;
            let lead = lead.as_ref().map(find).transpose()?;
            let number = room.to_string();
            let words = [("session", session.as_str()), ("room", number.as_str())];
            let form = Form {
                session: session_id,
                room: room_id,
                name: name.unwrap_or_else(|| context.out.locale.say("assess.default_name", &words)),
                members: (!members.is_empty()).then_some(members),
                lead,
                reason: Some(context.reason()).filter(|reason| !reason.trim().is_empty()),
            };
            let done = site.perform(&form)?;
            answer(context, &done);
            let out = &done.out;
            let (people, candidates) = (out.members.to_string(), out.candidates.to_string());
            let words =
                [("panel", out.name.as_str()), ("lead", &out.lead), ("members", &people), ("candidates", &candidates)];
            context.out.say("assess.formed", &words);
            for objection in &out.set_aside {
                let what = refusal(&context.out.locale, &objection.refusal);
                context.out.say("assess.set_aside", &[("what", &what)]);
            }
        }
        What::List => list(context, &assess::places(&context.look()?)?),
    }
    Ok(Exit::Done)
}

fn list(context: &Context, places: &[Place]) {
    let row = |place: &Place| {
        let groups: Vec<_> = place.groups.iter().map(|group| group.name.clone()).collect();
        vec![
            place.code.clone(),
            place.number.to_string(),
            place.candidates.to_string(),
            place.free.to_string(),
            place.assigned.to_string(),
            groups.join(" "),
        ]
    };
    let rows: Vec<_> = places.iter().map(row).collect();
    let columns = [
        Col::Left("column.session"),
        Col::Right("column.room"),
        Col::Right("panel.column.candidates"),
        Col::Right("assess.column.free"),
        Col::Right("assess.column.assigned"),
        Col::Left("assess.column.groups"),
    ];
    context.out.table(&places, &columns, &rows);
}
