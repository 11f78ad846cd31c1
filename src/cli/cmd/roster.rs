//! `kaowu roster`: rosters on paper (名册) with their boxes, and the index of materials.
use super::document::{Paper, day, refusals};
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{Code, Refusal};
use crate::ops::Result;
use crate::ops::reviews::StampBy;
use crate::ops::rosters::{self, Drop, FillBox, Kind, Make, Roster, Send};
use crate::text::documents as words;
use clap::ValueEnum;
use serde_json::json;

pub const UNKNOWN_BOX: Code = Code("rosters.unknown_box");

/// Rosters (名册): drawn up, stamped box by box, handed on
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Which {
    /// Everybody whose application was approved
    Applicants,
    /// Everybody who passed, with an index of their materials
    Passed,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Every roster of the batch with its boxes
    List,
    /// One roster with its people, boxes and materials
    Show {
        /// Number of the roster, as the list has it
        roster: i64,
    },
    /// Draw one up
    Make {
        /// Which kind
        #[arg(value_enum)]
        kind: Which,
        /// Code of the unit (盟市), where each has its own
        #[arg(long)]
        unit: Option<String>,
        /// Who fills it in (填报人)
        #[arg(long)]
        filled_by: String,
        /// Their telephone
        #[arg(long)]
        phone: Option<String>,
    },
    /// Record what stands in a box
    Fill {
        /// Number of the roster, as the list has it
        roster: i64,
        /// Whose box: department, prefecture, region ...
        #[arg(long = "box", value_name = "BOX")]
        node: String,
        /// The number of people that is written there
        #[arg(long)]
        people: Option<i64>,
        #[command(flatten)]
        paper: Paper,
    },
    /// Record that it was handed on: every box good, nothing changed
    Send {
        /// Number of the roster, as the list has it
        roster: i64,
        /// Who got it
        #[arg(long)]
        to: String,
        /// Default: today
        #[arg(long)]
        date: Option<String>,
    },
    /// It was drawn up in vain; wants --reason
    Drop {
        /// Number of the roster, as the list has it
        roster: i64,
    },
    /// What keeps it from being handed on
    Stops {
        /// Number of the roster, as the list has it
        roster: i64,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::List => return list(context),
        What::Show { roster } => return show(context, roster),
        What::Stops { roster } => {
            let found = rosters::stops(&context.look()?, roster)?;
            refusals(context, &found, "documents.roster_ready");
            return Ok(Exit::Done);
        }
        _ => {}
    }
    let mut site = context.site()?;
    let (locale, reason) = (&context.out.locale, context.reason());
    let (answer, text) = match args.what {
        What::Make { kind, unit, filled_by, phone } => {
            let kind = match kind {
                Which::Applicants => Kind::Applicants,
                Which::Passed => Kind::Passed,
            };
            let done = site.perform(&Make { kind, unit, filled_by, phone })?;
            (json!({ "made": done.out, "operation": done.op }), words::roster_made(locale, &done))
        }
        What::Fill { roster, node, people, paper } => {
            let unknown = || Refusal::new(UNKNOWN_BOX).with("value", node.as_str());
            let node = StampBy::parse(&node).ok_or_else(unknown)?;
            let done = site.perform(&FillBox { roster, node, signed: paper.signed()?, head_count: people })?;
            (json!({ "filled": done.out, "operation": done.op }), words::roster_filled(locale, node, &done))
        }
        What::Send { roster, to, date } => {
            let done = site.perform(&Send { roster, to: to.clone(), on: day(date.as_deref())? })?;
            let args = [("roster", roster.to_string()), ("to", to)];
            (
                json!({ "sent": done.out, "operation": done.op }),
                words::with_op(locale, "documents.roster_sent", &args, done.op),
            )
        }
        What::Drop { roster } => {
            let done = site.perform(&Drop { roster, reason })?;
            let args = [("roster", roster.to_string())];
            (json!({ "operation": done.op }), words::with_op(locale, "documents.roster_dropped", &args, done.op))
        }
        What::List | What::Show { .. } | What::Stops { .. } => return Ok(Exit::Done),
    };
    if context.out.is_json() {
        context.out.json(&answer);
    }
    context.out.note(&text);
    Ok(Exit::Done)
}

fn list(context: &Context) -> Result<Exit> {
    let site = context.look()?;
    let found = rosters::rosters(&site)?;
    let units = rosters::unit_names(&site)?;
    let row = |r: &Roster| words::roster_cells(&context.out.locale, r, &units);
    let rows: Vec<_> = found.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Right("column.id"), Col::Left("column.roster_kind"), Col::Left("column.roster_unit"),
        Col::Right("column.document_people"), Col::Left("column.document_state"), Col::Left("column.roster_boxes"),
        Col::Left("column.roster_current"),
    ];
    context.out.table(&found, &columns, &rows);
    Ok(Exit::Done)
}

fn show(context: &Context, id: i64) -> Result<Exit> {
    let site = context.look()?;
    let (roster, people) = (rosters::roster(&site, id)?, rosters::people(&site, id)?);
    if context.out.is_json() {
        let person =
            |(a, materials): &(crate::ops::ApplicationRow, String)| json!({ "name": a.name, "materials": materials });
        context.out.json(&json!({ "roster": roster, "people": people.iter().map(person).collect::<Vec<_>>() }));
        return Ok(Exit::Done);
    }
    words::roster_record(&context.out.locale, &roster, &people).iter().for_each(|line| context.out.line(line));
    Ok(Exit::Done)
}
