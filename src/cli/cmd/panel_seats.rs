//! `kaowu panel`: draw, leave, replace, recuse, move, rereview, chair, experts.
use super::panel::{answer, who};
use crate::cli::out::Col;
use crate::cli::{Context, Exit};
use crate::model::{ApplicationId, Code, MemberId, Refusal, TieKind};
use crate::ops::panel::{
    self, Draw, DrawPlan, Leave, Move, NewChair, Recuse, Replace, Rereview, StandIn, TakeChair, draw_plan, experts,
};
use crate::ops::{Result, Site};
use crate::text::experts as words;

pub const BAD_STAND_IN: Code = Code("panel.bad_stand_in");

#[derive(Debug, clap::Subcommand)]
pub enum What {
    /// Draw panels by lot over those who wait; shown only, until --yes saves it
    Draw {
        /// How many panels
        #[arg(long, default_value_t = 1)]
        panels: usize,
        /// Members of each
        #[arg(long, default_value_t = 3)]
        size: usize,
        /// The same seed over the same lists draws the same
        #[arg(long, default_value_t = 1)]
        seed: u64,
        /// Name of each panel; default: numbered on
        #[arg(long = "name")]
        names: Vec<String>,
        /// Save it
        #[arg(long)]
        yes: bool,
        /// Only these candidates, by ticket or ID number; default: everybody without a panel
        tickets: Vec<String>,
    },
    /// A member leaves, with --reason; candidates with every sheet in keep theirs
    Leave {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        stand_in: StandInArgs,
        /// Who takes the chair, when the chair leaves: a member's name, or the substitute's
        #[arg(long, value_name = "NAME")]
        chair: Option<String>,
    },
    /// Somebody stands in for a member who has left or does not judge a candidate
    Replace {
        #[command(flatten)]
        of: Of,
        #[command(flatten)]
        stand_in: StandInArgs,
    },
    /// A member does not judge one candidate, with --reason
    Recuse {
        #[command(flatten)]
        of: Of,
        /// Ticket or ID number
        ticket: String,
        /// self, kin, master, teacher, colleague or other
        #[arg(long, default_value = "other")]
        kind: String,
        #[command(flatten)]
        stand_in: StandInArgs,
    },
    /// Give a candidate to another open panel, or back to those who wait; --reason to leave one
    Move {
        /// Ticket or ID number
        ticket: String,
        /// Name of the panel; default: back to those who wait
        #[arg(long)]
        to: Option<String>,
    },
    /// A sealed ruling does not count any more, with --reason; others judge anew
    Rereview {
        /// Ticket or ID number
        ticket: String,
        /// Name of an open panel; default: waits for a new one
        #[arg(long)]
        to: Option<String>,
    },
    /// Another member takes the chair
    Chair {
        #[command(flatten)]
        of: Of,
    },
    /// The experts, with whom each may judge and why not
    Experts {
        /// Only these candidates, by ticket or ID number
        tickets: Vec<String>,
    },
}

#[derive(Debug, clap::Args)]
pub struct Of {
    /// Name of the panel
    #[arg(long)]
    panel: String,
    /// Name of the member
    #[arg(long)]
    member: String,
}

#[derive(Debug, clap::Args)]
pub struct StandInArgs {
    /// Who stands in; a name is enough for somebody on the list
    #[arg(long, value_name = "NAME[,UNIT]")]
    substitute: Option<String>,
    /// Draw the substitute with this seed
    #[arg(long, value_name = "SEED")]
    draw: Option<u64>,
}

impl StandInArgs {
    fn read(&self) -> Result<Option<StandIn>, Refusal> {
        match (&self.substitute, self.draw) {
            (Some(_), Some(_)) => Err(Refusal::new(BAD_STAND_IN)),
            (Some(text), None) => {
                let (name, unit) = text.split_once([',', '，']).unwrap_or((text, ""));
                Ok(Some(StandIn::Named { name: name.to_owned(), unit: unit.to_owned() }))
            }
            (None, Some(seed)) => Ok(Some(StandIn::Drawn { seed })),
            (None, None) => Ok(None),
        }
    }
}

pub fn run(context: &mut Context, what: What) -> Result<Exit> {
    match what {
        What::Draw { panels, size, seed, names, yes, tickets } => {
            let site = context.look()?;
            let names = panel_names(context, &site, (names, panels))?;
            let candidates = ids(&site, &tickets)?;
            drop(site);
            return draw(context, &Draw { names, size, seed, candidates }, yes);
        }
        What::Leave { of, stand_in, chair } => leave(context, &of, (&stand_in, chair.as_deref()))?,
        What::Replace { of, stand_in } => {
            let mut site = context.site()?;
            let stand_in = stand_in.read()?.ok_or_else(|| Refusal::new(BAD_STAND_IN))?;
            let done = site.perform(&Replace { member: member(&site, &of)?, stand_in })?;
            answer(context, &done);
            tell(context, words::replaced(&context.out.locale, &done.out));
        }
        What::Recuse { of, ticket, kind, stand_in } => recuse(context, &of, (&ticket, &kind), &stand_in)?,
        What::Move { ticket, to } => {
            let mut site = context.site()?;
            let to = to.map(|name| panel::named(&site, &name)).transpose()?;
            let done = site.perform(&Move { application: who(&site, &ticket)?, to, reason: context.reason() })?;
            answer(context, &done);
            tell(context, vec![words::moved(&context.out.locale, &done.out)]);
        }
        What::Rereview { ticket, to } => {
            let mut site = context.site()?;
            let to = to.map(|name| panel::named(&site, &name)).transpose()?;
            let done = site.perform(&Rereview { application: who(&site, &ticket)?, to, reason: context.reason() })?;
            answer(context, &done);
            tell(context, vec![words::rereviewed(&context.out.locale, &done.out)]);
        }
        What::Chair { of } => {
            let mut site = context.site()?;
            let done = site.perform(&TakeChair { member: member(&site, &of)? })?;
            answer(context, &done);
            context.out.say("experts.chaired", &[("name", &done.out.name), ("panel", &of.panel)]);
        }
        What::Experts { tickets } => list(context, &tickets)?,
    }
    Ok(Exit::Done)
}

/// Lines for people; a script has its answer already.
fn tell(context: &Context, lines: Vec<String>) {
    if !context.out.is_json() {
        lines.iter().for_each(|line| context.out.line(line));
    }
}

fn ids(site: &Site, tickets: &[String]) -> Result<Option<Vec<ApplicationId>>> {
    let ids = tickets.iter().map(|text| who(site, text)).collect::<Result<Vec<_>>>()?;
    Ok((!ids.is_empty()).then_some(ids))
}

/// The one who sits under this name: names are given once in a panel.
fn member(site: &Site, of: &Of) -> Result<MemberId> {
    let view = panel::show(site, panel::named(site, &of.panel)?)?;
    let unknown = || Refusal::new(Code("panel.unknown_member")).with("member", of.member.as_str());
    Ok(view.members.iter().find(|m| m.name == of.member).ok_or_else(unknown)?.id)
}

/// The names given, or numbers after the panels that there are.
fn panel_names(context: &Context, site: &Site, (names, panels): (Vec<String>, usize)) -> Result<Vec<String>> {
    if !names.is_empty() {
        return Ok(names);
    }
    let there: Vec<_> = panel::panels(site)?.into_iter().map(|p| p.name).collect();
    let name = |n: usize| context.out.locale.say("panel.default_name", &[("number", &n.to_string())]);
    Ok((1..).map(name).filter(|name| !there.contains(name)).take(panels).collect())
}

fn draw(context: &mut Context, draw: &Draw, yes: bool) -> Result<Exit> {
    let mut site = context.site()?;
    let plan = draw_plan(&site, draw)?;
    show_plan(context, draw.seed, &plan);
    if let Some(refusal) = plan.refusal {
        return Err(refusal.into());
    }
    if !yes {
        return Ok(Exit::Done);
    }
    let done = site.perform(draw)?;
    let seated: usize = done.out.plan.panels.iter().map(|p| p.candidates.len()).sum();
    let (seed, panels, left) =
        (draw.seed.to_string(), done.out.panels.len().to_string(), done.out.plan.unseated.len().to_string());
    let (seated, op) = (seated.to_string(), done.op.map_or(0, |n| n.0).to_string());
    let args =
        [("seed", seed.as_str()), ("panels", &panels), ("candidates", &seated), ("unseated", &left), ("op", &op)];
    context.out.say("experts.drawn", &args);
    Ok(Exit::Done)
}

fn show_plan(context: &Context, seed: u64, plan: &DrawPlan) {
    let locale = &context.out.locale;
    let comma = locale.word("experts.comma");
    let row = |p: &panel::Planned| {
        let members: Vec<_> = p.members.iter().map(|m| m.name.as_str()).collect();
        let candidates: Vec<_> = p.candidates.iter().map(|c| c.name.as_str()).collect();
        vec![p.name.clone(), members.join(comma), p.candidates.len().to_string(), candidates.join(comma)]
    };
    let rows: Vec<_> = plan.panels.iter().map(row).collect();
    let columns = [
        Col::Left("column.drawn_panel"),
        Col::Left("column.drawn_members"),
        Col::Right("column.drawn_candidates"),
        Col::Left("panel.column.candidate"),
    ];
    context.out.table(plan, &columns, &rows);
    if context.out.is_json() {
        return;
    }
    let seated: usize = plan.panels.iter().map(|p| p.candidates.len()).sum();
    let numbers =
        [seed.to_string(), plan.panels.len().to_string(), seated.to_string(), plan.unseated.len().to_string()];
    let ([seed, panels, seated, left], pool) = (&numbers, plan.pool.to_string());
    let args =
        [("seed", seed.as_str()), ("panels", panels), ("candidates", seated), ("unseated", left), ("pool", &pool)];
    context.out.say("experts.drawn_title", &args);
    for line in crate::text::experts::left_out(locale, plan) {
        context.out.line(&line);
    }
}

fn leave(context: &mut Context, of: &Of, (stand_in, chair): (&StandInArgs, Option<&str>)) -> Result<()> {
    let mut site = context.site()?;
    let (leaving, stand_in) = (member(&site, of)?, stand_in.read()?);
    let chair = match chair {
        Some(name) => {
            let named = Of { panel: of.panel.clone(), member: name.to_owned() };
            Some(member(&site, &named).map_or(NewChair::StandIn, NewChair::Member))
        }
        None => None,
    };
    let done = site.perform(&Leave { member: leaving, reason: context.reason(), stand_in, chair })?;
    answer(context, &done);
    tell(context, words::gone(&context.out.locale, &done.out));
    Ok(())
}

fn recuse(context: &mut Context, of: &Of, (ticket, kind): (&str, &str), stand_in: &StandInArgs) -> Result<()> {
    let known = || TieKind::ALL.iter().map(|k| k.code()).collect::<Vec<_>>().join(" ");
    let unknown = || Refusal::new(Code("staff.unknown_word")).with("value", kind).with("known", known());
    let kind = TieKind::parse(kind).ok_or_else(unknown)?;
    let mut site = context.site()?;
    let (member, application) = (member(&site, of)?, who(&site, ticket)?);
    let op = Recuse { member, application, kind, reason: context.reason(), stand_in: stand_in.read()? };
    let done = site.perform(&op)?;
    answer(context, &done);
    tell(context, words::recused(&context.out.locale, &done.out));
    Ok(())
}

fn list(context: &Context, tickets: &[String]) -> Result<()> {
    let site = context.look()?;
    let only = ids(&site, tickets)?;
    let mut found = experts(&site)?;
    for expert in &mut found {
        expert.pairs.retain(|p| only.as_ref().is_none_or(|ids| ids.contains(&p.application)));
    }
    let locale = &context.out.locale;
    let row = |e: &panel::ExpertLine| {
        let pairs = e.pairs.iter().filter(|p| !p.why.is_empty());
        let why = if e.general.is_empty() {
            pairs.filter_map(|p| p.why.first()).map(|w| words::why(locale, w)).collect::<Vec<_>>().join(" ")
        } else {
            words::all(locale, &e.general)
        };
        let may = e.pairs.iter().filter(|p| p.why.is_empty()).count();
        vec![
            e.name.clone(),
            e.unit.clone(),
            e.kept_by.clone().unwrap_or_else(|| locale.word("experts.site").to_owned()),
            e.panel.clone().unwrap_or_default(),
            format!("{may}/{}", e.pairs.len()),
            why,
        ]
    };
    let rows: Vec<_> = found.iter().map(row).collect();
    let columns = [
        Col::Left("column.expert"),
        Col::Left("column.expert_unit"),
        Col::Left("column.expert_of"),
        Col::Left("column.expert_panel"),
        Col::Right("column.expert_may"),
        Col::Left("column.expert_why"),
    ];
    context.out.table(&found, &columns, &rows);
    Ok(())
}
