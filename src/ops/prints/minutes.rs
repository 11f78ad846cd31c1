//! Minutes of panels (评审记录): who sat, who left and why, who did not judge whom, how long, and what was found.
//!
//! Before a panel is sealed the columns of what was found are empty, whatever the room may see already.
use super::judging::{owner, panels_of};
use super::person::{day, names};
use super::{Asked, Filled, Ids, Notice};
use crate::model::{Points, Stamp};
use crate::ops::panel::{CandidateFact, MemberFact, MinutesFacts, RecusalFact};
use crate::ops::{PanelRow, PanelState, Result};
use serde::Serialize;

#[derive(Serialize)]
struct Minutes<'a> {
    notice: Notice<'a>,
    pages: Vec<Page>,
}

#[derive(Serialize)]
struct Page {
    panel: String,
    subject: &'static str,
    unit: String,
    /// Nothing before the panel is sealed.
    sealed: Option<String>,
    /// Of the draw; nothing where members were named.
    seed: Option<String>,
    members: Vec<Member>,
    recusals: Vec<Recusal>,
    candidates: Vec<Line>,
    said: Option<String>,
    /// Of what was signed, in groups of four; nothing before the panel is sealed.
    digest: Vec<String>,
}

#[derive(Serialize)]
struct Member {
    name: String,
    unit: String,
    chair: bool,
    instead_of: Option<String>,
    left: Option<String>,
    reason: Option<String>,
    signed: Option<String>,
    with_pin: bool,
}

#[derive(Serialize)]
struct Recusal {
    member: String,
    candidate: String,
    kind: &'static str,
    note: Option<String>,
    declared: bool,
    at: String,
}

#[derive(Serialize)]
struct Line {
    name: String,
    ticket: Option<String>,
    occupation: String,
    level: &'static str,
    began: Option<String>,
    ended: Option<String>,
    minutes: Option<i64>,
    /// Why it was shorter than the rule says.
    short: Option<String>,
    absent: bool,
    void: bool,
    /// Why another panel judges anew.
    replaced: Option<String>,
    /// Empty before the panel is sealed.
    found: Found,
}

#[derive(Default, Serialize)]
struct Found {
    judges: Option<usize>,
    lowest: Option<String>,
    highest: Option<String>,
    spread: Option<String>,
    wide: bool,
    decided: Option<Decided>,
    mark: Option<String>,
}

/// The chair's word where the rule leaves it open.
#[derive(Serialize)]
struct Decided {
    points: String,
    reason: Option<String>,
    by: Option<String>,
}

pub fn minutes(asked: &Asked<'_>) -> Result<Filled> {
    let panels = panels_of(asked, None)?;
    let pages: Vec<Page> = panels.iter().map(|panel| page(asked, panel)).collect::<Result<_>>()?;
    let people = pages.iter().map(|p| p.candidates.len()).sum();
    Filled::of(&Minutes { notice: Notice::of(asked.policy), pages }, people, Ids::Masked)
}

fn page(asked: &Asked<'_>, panel: &PanelRow) -> Result<Page> {
    let MinutesFacts {
        panel: name, subject, state, sealed_at, seed, text, members, recusals, candidates, digest, ..
    } = crate::ops::panel::minutes(asked.site, panel.id)?;
    let digest: Vec<char> = if state == PanelState::Sealed { digest.chars().collect() } else { Vec::new() };
    Ok(Page {
        panel: name,
        subject: subject.code(),
        unit: owner(asked, panel)?,
        sealed: sealed_at.map(|t| format!("{} {}", day(t.day()), t.clock())),
        seed,
        members: members.into_iter().map(member).collect(),
        recusals: recusals.into_iter().map(recusal).collect(),
        candidates: candidates.into_iter().map(|c| line(c, state)).collect(),
        said: text,
        digest: digest.chunks(4).map(|four| four.iter().collect()).collect(),
    })
}

fn member(m: MemberFact) -> Member {
    let MemberFact { name, unit, chair, instead_of, left_at, left_reason, signed_at, with_pin } = m;
    let (left, signed) = (left_at.map(Stamp::minute), signed_at.map(Stamp::minute));
    Member { name, unit, chair, instead_of, left, reason: left_reason, signed, with_pin }
}

fn recusal(r: RecusalFact) -> Recusal {
    let RecusalFact { member, candidate, kind, note, declared, at } = r;
    Recusal { member, candidate, kind: kind.code(), note, declared, at: at.minute() }
}

fn line(c: CandidateFact, state: PanelState) -> Line {
    let found = if state == PanelState::Sealed { found(&c) } else { Found::default() };
    Line {
        name: c.name,
        ticket: c.ticket,
        occupation: c.occupation_name,
        level: names(c.level).0,
        began: c.began_at.map(Stamp::minute),
        ended: c.ended_at.map(Stamp::clock),
        minutes: c.minutes,
        short: c.short_reason,
        absent: c.absent,
        void: c.void,
        replaced: c.replaced,
        found,
    }
}

fn found(c: &CandidateFact) -> Found {
    let points: Vec<Points> = c.sheets.iter().copied().flatten().collect();
    let text = |points: Option<Points>| points.map(|p| p.to_string());
    let decided = c.decided.map(|points| Decided {
        points: points.to_string(),
        reason: c.decided_reason.clone(),
        by: c.decided_by.clone(),
    });
    Found {
        judges: Some(points.len()),
        lowest: text(points.iter().min().copied()),
        highest: text(points.iter().max().copied()),
        spread: text(c.spread),
        wide: c.wide,
        decided,
        mark: text(c.points.filter(|_| c.replaced.is_none())),
    }
}
