//! `kaowu panel`: form, score, list, show; what follows is in `panel_close`.
use super::panel_close as close;
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{ApplicationId, Code, Refusal};
use crate::ops::panel::{self, Candidate, Form, Formed, NewMember, Next, Sheet, Summary, View};
use crate::ops::{Done, Result, Site, search};
use serde_json::json;

pub const BAD_MEMBER: Code = Code("panel.bad_member");
pub const WHO: Code = Code("panel.who");

/// Review panels for levels 2 and 1 (综合评审)
#[derive(Debug, clap::Args)]
pub struct Args {
    #[command(subcommand)]
    what: What,
}

#[derive(Debug, clap::Subcommand)]
enum What {
    #[command(flatten)]
    Seats(super::panel_seats::What),
    /// Form a panel of an odd number of members
    Form {
        /// Name of the new panel
        #[arg(long)]
        name: String,
        /// A member as 姓名,单位 - the chair with ,chair behind it; once for each member
        #[arg(long = "member", required = true, value_name = "NAME,UNIT[,chair]")]
        members: Vec<String>,
        /// Only these candidates, by ticket or ID number; default: everybody without a panel
        tickets: Vec<String>,
    },
    /// Enter one member's sheet for one candidate
    Score(super::panel_score::Args),
    /// The panels of the batch
    List,
    /// Candidates and sheets; values only where all sheets of a candidate are in
    Show {
        /// Name of the panel
        #[arg(long)]
        panel: String,
    },
    /// Begin the judging of candidates, by the clock
    Begin(close::Timed),
    /// End it; sooner than the notice asks only with --reason
    End(close::Timed),
    /// The chair decides a mark that the rule leaves open, with --reason
    Rule(close::Ruled),
    /// A member signs the sheets as they are; the chair last
    Sign(close::Signed),
    /// Turn the sheets into marks; sheets, times, decisions and signatures must be there
    Seal(close::Named),
    /// Take the ruling back, with --reason; marks with a certificate stay
    Reopen(close::Named),
    /// Write the minutes, or show the facts
    Minutes(close::Written),
}

pub fn run(context: &mut Context, args: Args) -> Result<Exit> {
    match args.what {
        What::Seats(what) => return super::panel_seats::run(context, what),
        What::Form { name, members, tickets } => form(context, name, &members, &tickets)?,
        What::Score(args) => super::panel_score::run(context, args)?,
        What::List => list(context, &panel::panels(&context.look()?)?),
        What::Show { panel } => {
            let site = context.look()?;
            show(context, &panel::show(&site, panel::named(&site, &panel)?)?);
        }
        What::Begin(args) => close::begin(context, &args)?,
        What::End(args) => close::end(context, &args)?,
        What::Rule(args) => close::rule(context, &args)?,
        What::Sign(args) => close::sign(context, &args)?,
        What::Seal(args) => close::seal(context, &args)?,
        What::Reopen(args) => close::reopen(context, &args)?,
        What::Minutes(args) => close::minutes(context, args)?,
    }
    Ok(Exit::Done)
}

/// What an operation answered, for scripts.
pub(super) fn answer<T: serde::Serialize>(context: &Context, done: &Done<T>) {
    if context.out.is_json() {
        context.out.json(&json!({ "result": done.out, "operation": done.op }));
    }
}

fn form(context: &mut Context, name: String, members: &[String], tickets: &[String]) -> Result<()> {
    let members = members.iter().map(|text| member(text)).collect::<Result<Vec<_>, Refusal>>()?;
    let mut site = context.site()?;
    let ids = tickets.iter().map(|text| who(&site, text)).collect::<Result<Vec<_>>>()?;
    let candidates = (!ids.is_empty()).then_some(ids);
    let done = site.perform(&Form { name, members, candidates })?;
    answer(context, &done);
    let Formed { name, members, candidates, recused, unlisted, .. } = &done.out;
    let counts = [("panel", name.as_str()), ("members", &members.to_string()), ("candidates", &candidates.to_string())];
    context.out.say("panel.formed", &counts);
    for r in recused {
        let why = crate::text::experts::why(&context.out.locale, &r.why);
        context.out.say("panel.recused", &[("candidate", &r.candidate), ("why", &why)]);
    }
    if !unlisted.is_empty() {
        context.out.say("experts.unlisted", &[("names", &unlisted.join(" "))]);
    }
    Ok(())
}

/// `姓名,单位` or `姓名,单位,chair`; full-width commas count too.
fn member(text: &str) -> Result<NewMember, Refusal> {
    let folded = text.replace('，', ",");
    let parts: Vec<&str> = folded.split(',').map(str::trim).collect();
    let bad = || Refusal::new(BAD_MEMBER).with("value", text);
    match parts.as_slice() {
        [name, rest @ ..] if !name.is_empty() => {
            let (unit, chair) = match rest {
                [] => ("", false),
                [unit] => (*unit, false),
                [unit, "chair"] => (*unit, true),
                _ => return Err(bad()),
            };
            Ok(NewMember { name: (*name).to_owned(), unit: unit.to_owned(), chair })
        }
        _ => Err(bad()),
    }
}

/// The one person that a text finds.
pub(super) fn who(site: &Site, text: &str) -> Result<ApplicationId> {
    match search::find(site, text)?.as_slice() {
        [one] => Ok(*one),
        found => Err(Refusal::new(WHO).with("value", text).with("found", found.len()).into()),
    }
}

fn list(context: &Context, panels: &[Summary]) {
    let rows: Vec<_> = panels
        .iter()
        .map(|p| {
            let state = context.out.locale.word(&format!("panel_state.{}", p.state.code())).to_owned();
            let sheets = format!("{}/{}", p.sheets, p.expected);
            let kind = context.out.locale.word(&format!("panel.kind.{}", p.subject.code())).to_owned();
            vec![p.name.clone(), kind, state, p.members.to_string(), p.candidates.to_string(), sheets]
        })
        .collect();
    let columns = [
        Col::Left("column.name"),
        Col::Left("panel.column.kind"),
        Col::Left("column.state"),
        Col::Right("panel.column.members"),
        Col::Right("panel.column.candidates"),
        Col::Right("panel.column.sheets"),
    ];
    context.out.table(&panels, &columns, &rows);
}

/// One line for each candidate; members as columns, in the order of `members`.
fn show(context: &Context, view: &View) {
    let locale = &context.out.locale;
    let sheet = |s: &Sheet| match s {
        Sheet::Out => locale.word("panel.sheet.out").to_owned(),
        Sheet::In => locale.word("panel.sheet.in").to_owned(),
        Sheet::Recused => locale.word("panel.sheet.recused").to_owned(),
        Sheet::NotAsked => locale.word("panel.sheet.not_asked").to_owned(),
        Sheet::Shown(points) => points.to_string(),
    };
    let line = |c: &Candidate| {
        let sheets: Vec<_> = c.sheets.iter().map(sheet).collect();
        let mean = c.mark.or(c.ruling.map(|r| r.points)).map(|p| p.to_string()).unwrap_or_default();
        let note = if c.withdrawn {
            locale.word("panel.withdrawn").to_owned()
        } else if c.void {
            locale.word("panel.void").to_owned()
        } else if c.absent {
            locale.word("panel.absent").to_owned()
        } else if c.asks.is_some() {
            locale.word(if c.decided { "panel.decided" } else { "panel.undecided" }).to_owned()
        } else if c.wide {
            locale.word("panel.wide").to_owned()
        } else {
            String::new()
        };
        let level = locale.word(&c.level.key()).to_owned();
        vec![c.ticket.clone().unwrap_or_default(), c.name.clone(), level, sheets.join(" / "), mean, note]
    };
    let rows: Vec<_> = view.candidates.iter().map(line).collect();
    let columns = [
        Col::Left("panel.column.ticket"),
        Col::Left("panel.column.candidate"),
        Col::Left("panel.column.level"),
        Col::Left("panel.column.sheets"),
        Col::Right("panel.column.ruling"),
        Col::Left("panel.column.note"),
    ];
    context.out.table(view, &columns, &rows);
    let members: Vec<_> = view.members.iter().map(|m| m.name.as_str()).collect();
    let (sheets, expected) = (view.sheets.to_string(), view.expected.to_string());
    context.out.say("panel.members", &[("names", &members.join(" / "))]);
    context.out.say("panel.scored_count", &[("sheets", &sheets), ("expected", &expected)]);
    if view.next != Next::Done {
        context.out.say("panel.next_line", &[("next", &crate::text::panel::next(locale, view, "kaowu panel"))]);
    }
}
