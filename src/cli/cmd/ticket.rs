//! `kaowu ticket`: numbers given, void and given anew; finding one; the sheets.
use super::print::{Ending, write};
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::identity;
use crate::ops::prints::{Form, Scope};
use crate::ops::tickets::{self, Issue, Reissue, TicketLine, TicketState, Void, Window, named};
use crate::ops::{Result, Site};
use crate::text::{explain, ticket_window};
use clap::builder::PossibleValuesParser;
use serde::Serialize;
use serde_json::json;
use std::path::PathBuf;

/// Admission tickets (准考证)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    /// Numbers for those seated without one
    Issue {
        /// Numbers of applications. Default: everybody who waits for a number
        who: Vec<String>,
    },
    /// Make a number void, with --reason; it is never given again
    Void {
        /// Ticket number, or number of the application
        who: String,
    },
    /// Another number in the place of a lost or void one, with --reason
    Reissue {
        /// Ticket number, void or not, or number of the application
        who: String,
    },
    /// Whose ticket: by name and ID number as candidates look theirs up, or by whatever is known
    Find {
        /// Name, pinyin, the end of an ID number, a ticket number, also an old one, or a seat such as 3-12
        #[arg(required_unless_present_all = ["name", "id"])]
        text: Option<String>,
        /// The whole name
        #[arg(long, requires = "id", conflicts_with = "text")]
        name: Option<String>,
        /// The whole ID number
        #[arg(long, requires = "name")]
        id: Option<String>,
    },
    /// Every ticket of the batch, those without a valid number first
    List {
        /// Only these
        #[arg(long, value_parser = PossibleValuesParser::new(TicketState::ALL.map(TicketState::code)))]
        state: Option<String>,
    },
    /// Sheets to print, inside the window of the notice; outside it a coordinator gives a --reason
    Print {
        /// Ticket numbers, or numbers of applications. Default: everybody
        who: Vec<String>,
        /// Only those of this room
        #[arg(long, value_name = "NUMBER", conflicts_with = "who")]
        room: Option<i64>,
        /// Folder. Default: the home's exports
        #[arg(long, value_name = "DIR")]
        out: Option<PathBuf>,
        /// html to print from a browser, xlsx to go on with in a spreadsheet
        #[arg(long, value_enum, default_value = "html")]
        format: Ending,
    },
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Issue { who } => issue(context, &who),
        What::Void { who } => void(context, &who),
        What::Reissue { who } => reissue(context, &who),
        What::Find { name: Some(name), id: Some(id), .. } => {
            let found = tickets::of_person(&context.look()?, &name, &id)?;
            show(context, &found);
            Ok(Exit::Done)
        }
        What::Find { text, .. } => find(context, &text.unwrap_or_default()),
        What::List { state } => list(context, state.as_deref().and_then(TicketState::parse)),
        What::Print { who, room, out, format } => {
            let site = context.site()?;
            let people = who.iter().map(|who| named(&site, who).map(|a| a.id)).collect::<Result<Vec<_>>>()?;
            let Some(form) = Form::find("ticket") else { return Ok(Exit::Usage) };
            write(context, site, form, &Scope { people, room, ..Scope::default() }, (format, out))
        }
    }
}

fn issue(context: &mut Context, who: &[String]) -> Result<Exit> {
    let mut site = context.site()?;
    let these = who.iter().map(|who| named(&site, who).map(|a| a.id)).collect::<Result<Vec<_>>>()?;
    let done = site.perform_bulk(&if these.is_empty() { Issue::All } else { Issue::These(these) })?;
    let (count, op) = (done.out.len().to_string(), done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "issued": done.out, "operation": op }));
    }
    context.out.say("tickets.issued", &[("count", &count), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn void(context: &mut Context, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let person = named(&site, who)?;
    let done = site.perform(&Void { application: person.id, reason: context.reason() })?;
    let op = done.op.map_or(0, |n| n.0);
    if context.out.is_json() {
        context.out.json(&json!({ "name": person.name, "void": done.out, "operation": op }));
    }
    context.out.say("tickets.voided", &[("number", &done.out), ("name", &person.name), ("op", &op.to_string())]);
    Ok(Exit::Done)
}

fn reissue(context: &mut Context, who: &str) -> Result<Exit> {
    let mut site = context.site()?;
    let application = named(&site, who)?.id;
    let done = site.perform(&Reissue { application, reason: context.reason() })?;
    let (out, op) = (done.out, done.op.map_or(0, |n| n.0));
    if context.out.is_json() {
        context.out.json(&json!({ "name": out.name, "void": out.old, "number": out.new, "operation": op }));
    }
    let args = [("name", out.name.as_str()), ("old", &out.old), ("new", &out.new), ("op", &op.to_string())];
    context.out.say("tickets.reissued", &args);
    Ok(Exit::Done)
}

fn find(context: &mut Context, text: &str) -> Result<Exit> {
    let site = context.look()?;
    let found = tickets::find(&site, text)?;
    show(context, &found);
    if let Some(old) = tickets::replaced(&site, text)? {
        context.out.note(&explain(&context.out.locale, &old.refusal().into()).message);
    }
    Ok(Exit::Done)
}

fn list(context: &mut Context, state: Option<TicketState>) -> Result<Exit> {
    let site = context.look()?;
    let lines = tickets::page(&site, state, usize::MAX)?;
    show(context, &lines);
    let counts = tickets::counts(&site)?;
    let number = |n: i64| n.to_string();
    let args = [
        ("issued", number(counts.issued)),
        ("printed", number(counts.printed)),
        ("waiting", number(counts.waiting)),
        ("void", number(counts.void)),
    ];
    let args: Vec<_> = args.iter().map(|(name, value)| (*name, value.as_str())).collect();
    context.out.say("tickets.counts", &args);
    context.out.note(&window_words(context, &site)?);
    Ok(Exit::Done)
}

fn window_words(context: &Context, site: &Site) -> Result<String> {
    let window: Window = tickets::window(site)?;
    Ok(ticket_window(&context.out.locale, &window))
}

#[derive(Serialize)]
struct Shown<'a> {
    #[serde(flatten)]
    line: &'a TicketLine,
    state: TicketState,
}

fn show(context: &Context, lines: &[TicketLine]) {
    let out = &context.out;
    let shown: Vec<_> = lines.iter().map(|line| Shown { line, state: line.state() }).collect();
    let text = |n: Option<i64>| n.map(|n| n.to_string()).unwrap_or_default();
    let row = |l: &TicketLine| {
        vec![
            l.number.clone().or_else(|| l.void.clone()).unwrap_or_default(),
            out.locale.word(&format!("ticket_state.{}", l.state().code())).to_owned(),
            l.name.clone(),
            identity::mask(&l.id_number),
            l.occupation_name.clone(),
            out.locale.word(&l.level.key()).to_owned(),
            text(l.room),
            text(l.seat),
        ]
    };
    let rows: Vec<_> = lines.iter().map(row).collect();
    #[rustfmt::skip]
    let columns = [
        Col::Left("column.ticket"), Col::Left("column.state"), Col::Left("column.person"), Col::Left("column.id_number"),
        Col::Left("column.occupation"), Col::Left("column.level"), Col::Right("column.room"), Col::Right("column.seat"),
    ];
    out.table(&shown, &columns, &rows);
}
