//! `kaowu panel begin | end | rule | sign | seal | reopen | minutes`: from the first sheet to the seal.
use super::panel::{answer, who};
use crate::cli::Context;
use crate::model::{ApplicationId, MemberId, Refusal};
use crate::ops::panel::{
    self, Begin, Candidate, End, Minutes, Needs, Proof, Reopen, Rule, Seal, Sign, UNKNOWN_MEMBER, View, read_points,
};
use crate::ops::{Error, Result, Site};
use serde_json::json;
use std::path::{Path, PathBuf};

#[derive(Debug, clap::Args)]
pub struct Timed {
    /// Name of the panel or group
    #[arg(long)]
    panel: String,
    /// Tickets or ID numbers; default: everybody of whom it is due
    tickets: Vec<String>,
}

#[derive(Debug, clap::Args)]
pub struct Ruled {
    /// Name of the panel or group
    #[arg(long)]
    panel: String,
    /// Ticket or ID number
    ticket: String,
    /// Between the lowest sheet and the highest
    points: String,
    /// First line: the PIN of the chair, when somebody else is signed on
    #[arg(long)]
    member_pin_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Signed {
    /// Name of the panel or group
    #[arg(long)]
    panel: String,
    /// Name of the member
    #[arg(long)]
    member: String,
    /// First line: the member's PIN, when somebody else is signed on
    #[arg(long)]
    member_pin_file: Option<PathBuf>,
}

#[derive(Debug, clap::Args)]
pub struct Named {
    /// Name of the panel or group
    #[arg(long)]
    panel: String,
}

#[derive(Debug, clap::Args)]
pub struct Written {
    /// Name of the panel or group
    #[arg(long)]
    panel: String,
    /// What was said; without it the facts are shown
    #[arg(long)]
    text: Option<String>,
}

fn view(site: &Site, name: &str) -> Result<View> {
    panel::show(site, panel::named(site, name)?)
}

/// Those who are named, or those of whom it is due.
fn people(site: &Site, args: &Timed, due: impl Fn(&Candidate) -> bool) -> Result<Vec<ApplicationId>> {
    if !args.tickets.is_empty() {
        return args.tickets.iter().map(|text| who(site, text)).collect();
    }
    let waited = |c: &&Candidate| !c.withdrawn && !c.void && !c.absent && !c.replaced && c.mark.is_none();
    Ok(view(site, &args.panel)?.candidates.iter().filter(waited).filter(|c| due(c)).map(|c| c.application).collect())
}

pub fn begin(context: &mut Context, args: &Timed) -> Result<()> {
    let mut site = context.site()?;
    let panel = panel::named(&site, &args.panel)?;
    for application in people(&site, args, |c| c.began_at.is_none())? {
        let done = site.perform(&Begin { panel, application })?;
        answer(context, &done);
        context.out.say("panel.begun", &[("name", &done.out), ("clock", &site.now().clock())]);
    }
    Ok(())
}

pub fn end(context: &mut Context, args: &Timed) -> Result<()> {
    let mut site = context.site()?;
    let panel = panel::named(&site, &args.panel)?;
    let reason = Some(context.reason()).filter(|r| !r.trim().is_empty());
    for application in people(&site, args, |c| c.began_at.is_some() && c.ended_at.is_none())? {
        let done = site.perform(&End { panel, application, reason: reason.clone() })?;
        answer(context, &done);
        context.out.say("panel.ended", &[("name", &done.out.0), ("took", &done.out.1.to_string())]);
    }
    Ok(())
}

/// By the PIN in the file, by being signed on, or on paper for whom has no account.
fn prove(site: &Site, member: MemberId, file: Option<&Path>) -> Result<Proof> {
    if panel::needs(site, member)? == Needs::Paper {
        return panel::on_paper(site, member);
    }
    let text = file.map(|path| std::fs::read_to_string(path).map_err(Error::file(path))).transpose()?;
    let pin = text.as_deref().and_then(|t| t.lines().next()).map(str::trim);
    panel::prove(site, member, pin)
}

pub fn rule(context: &mut Context, args: &Ruled) -> Result<()> {
    let points = read_points(&args.points)?;
    let mut site = context.site()?;
    let view = view(&site, &args.panel)?;
    let unknown = || Refusal::new(UNKNOWN_MEMBER).with("member", "-");
    let chair = view.chair().ok_or_else(unknown)?.id;
    let application = who(&site, &args.ticket)?;
    let proof = prove(&site, chair, args.member_pin_file.as_deref())?;
    let done = site.perform(&Rule { application, points, reason: context.reason(), proof })?;
    answer(context, &done);
    context.out.say("panel.ruled", &[("name", &done.out)]);
    Ok(())
}

pub fn sign(context: &mut Context, args: &Signed) -> Result<()> {
    let mut site = context.site()?;
    let view = view(&site, &args.panel)?;
    let unknown = || Refusal::new(UNKNOWN_MEMBER).with("member", args.member.as_str());
    let member = view.members.iter().find(|m| m.name == args.member).ok_or_else(unknown)?.id;
    let proof = prove(&site, member, args.member_pin_file.as_deref())?;
    let reason = Some(context.reason()).filter(|r| !r.trim().is_empty());
    let done = site.perform(&Sign { proof, reason })?;
    answer(context, &done);
    let key = if done.out.on_paper { "panel.signed_on_paper" } else { "panel.signed_by_pin" };
    context.out.say(key, &[("member", &done.out.member), ("left", &done.out.left.to_string())]);
    Ok(())
}

pub fn seal(context: &mut Context, args: &Named) -> Result<()> {
    let mut site = context.site()?;
    let done = site.perform(&Seal { panel: panel::named(&site, &args.panel)? })?;
    answer(context, &done);
    let out = &done.out;
    context.out.say("panel.sealed", &[("panel", &out.panel), ("candidates", &out.candidates.to_string())]);
    let lists =
        [("panel.wide_list", &out.wide), ("panel.ruled_list", &out.ruled), ("panel.on_paper_list", &out.on_paper)];
    for (key, names) in lists.into_iter().filter(|(_, names)| !names.is_empty()) {
        context.out.say(key, &[("names", &names.join(" "))]);
    }
    Ok(())
}

pub fn reopen(context: &mut Context, args: &Named) -> Result<()> {
    let mut site = context.site()?;
    let done = site.perform(&Reopen { panel: panel::named(&site, &args.panel)?, reason: context.reason() })?;
    answer(context, &done);
    let (back, kept) = (done.out.taken_back.to_string(), done.out.kept.to_string());
    context.out.say("panel.reopened", &[("panel", &done.out.panel), ("marks", &back), ("kept", &kept)]);
    Ok(())
}

pub fn minutes(context: &mut Context, args: Written) -> Result<()> {
    let Some(text) = args.text else { return facts(context, &args.panel) };
    let mut site = context.site()?;
    let done = site.perform(&Minutes { panel: panel::named(&site, &args.panel)?, text })?;
    answer(context, &done);
    context.out.say("panel.minutes_kept", &[]);
    Ok(())
}

fn facts(context: &mut Context, name: &str) -> Result<()> {
    let site = context.look()?;
    let facts = panel::minutes(&site, panel::named(&site, name)?)?;
    if context.out.is_json() {
        context.out.json(&json!(facts));
        return Ok(());
    }
    let locale = &context.out.locale;
    let line = |c: &panel::CandidateFact| {
        let clock = |at: Option<crate::model::Stamp>| at.map(crate::model::Stamp::clock).unwrap_or_default();
        let note = c.decided_reason.as_deref().or(c.short_reason.as_deref()).unwrap_or_default();
        let times = format!("{}-{}", clock(c.began_at), clock(c.ended_at));
        let points = c.points.map(|p| p.to_string()).unwrap_or_default();
        vec![c.ticket.clone().unwrap_or_default(), c.name.clone(), times, points, note.to_owned()]
    };
    let rows: Vec<Vec<String>> = facts.candidates.iter().map(line).collect();
    use crate::cli::out::Col::{Left, Right};
    let columns = [
        Left("panel.column.ticket"),
        Left("panel.column.candidate"),
        Left("panel.column.time"),
        Right("panel.column.ruling"),
        Left("panel.column.note"),
    ];
    let signed = |m: &panel::MemberFact| {
        let state = match (m.signed_at, m.with_pin) {
            (None, _) => "no",
            (Some(_), true) => "pin",
            (Some(_), false) => "paper",
        };
        format!("{} {}", m.name, locale.word(&format!("panel.signed_state.{state}")))
    };
    let members: Vec<String> = facts.members.iter().map(signed).collect();
    context.out.table(&facts, &columns, &rows);
    context.out.say("panel.members", &[("names", &members.join(" / "))]);
    if let Some(text) = &facts.text {
        context.out.say("panel.minutes_text", &[("text", text)]);
    }
    Ok(())
}
