//! Minutes of panels (评审记录): who sat, who left and why, who did not judge whom, how long, and what was found.
//!
//! Before a panel is sealed the columns of what was found are empty.
use super::judging::{owner, panels_of, signatures};
use super::person::{day, names};
use super::{Asked, Filled, Ids, Notice};
use crate::model::{ApplicationId, MemberId, Points, Subject};
use crate::ops::panel::{Seats, rule_of};
use crate::ops::{
    MarkRow, PanelCandidateRow, PanelMemberRow, PanelRecusalRow, PanelRow, PanelSheetRow, PanelSignatureRow,
    PanelState, Result, TicketRow,
};
use crate::policy::panel::PanelRule;
use crate::store::rows;
use crate::store::views::panels;
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
    judges: usize,
    /// What follows is empty before the panel is sealed.
    lowest: Option<String>,
    highest: Option<String>,
    spread: Option<String>,
    wide: bool,
    ruled: Option<Ruled>,
    mark: Option<String>,
    /// Why another panel judges anew.
    replaced: Option<String>,
}

/// The chair's word where the rule leaves it open.
#[derive(Serialize)]
struct Ruled {
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
    let db = asked.site.store().db();
    let seats = Seats::load(db, panel.id)?;
    let signatures = signatures(asked, panel.id)?;
    let (members, open) = (seats.members(), panel.state == PanelState::Open);
    let sheets = if open { Vec::new() } else { panels::sheets(db, panel.id)? };
    let tail = "WHERE panel = ?1 ORDER BY application";
    let mut candidates = Vec::new();
    for row in rows::select::<PanelCandidateRow>(db, tail, [panel.id])? {
        candidates.push(line(asked, panel, row, &seats, &sheets)?);
    }
    let own = "WHERE member IN (SELECT id FROM panel_member WHERE panel = ?1) ORDER BY at, member, application";
    let recusals = rows::select::<PanelRecusalRow>(db, own, [panel.id])?;
    Ok(Page {
        panel: panel.name.clone(),
        subject: panel.subject.code(),
        unit: owner(asked, panel)?,
        sealed: panel.sealed_at.map(|t| format!("{} {}", day(t.day()), t.clock())),
        seed: panel.seed.clone(),
        members: members.iter().map(|m| member(m, members, &signatures)).collect(),
        recusals: recusals.into_iter().map(|r| recusal(asked, members, r)).collect::<Result<_>>()?,
        candidates,
        said: panel.minutes.clone(),
    })
}

fn called(members: &[PanelMemberRow], id: MemberId) -> String {
    members.iter().find(|m| m.id == id).map(|m| m.name.clone()).unwrap_or_default()
}

fn member(m: &PanelMemberRow, all: &[PanelMemberRow], signatures: &[PanelSignatureRow]) -> Member {
    let signed = signatures.iter().find(|s| s.member == m.id);
    Member {
        name: m.name.clone(),
        unit: m.unit.clone(),
        chair: m.chair,
        instead_of: m.instead_of.map(|before| called(all, before)),
        left: m.left_at.map(|t| t.minute()),
        reason: m.left_reason.clone(),
        signed: signed.map(|s| s.at.minute()),
        with_pin: signed.is_some_and(|s| s.with_pin),
    }
}

fn recusal(asked: &Asked<'_>, members: &[PanelMemberRow], r: PanelRecusalRow) -> Result<Recusal> {
    let candidate = crate::ops::applications::by_id(asked.site, r.application)?.name;
    let (kind, member) = (r.kind.code(), called(members, r.member));
    Ok(Recusal { member, candidate, kind, note: r.note, declared: r.declared })
}

fn line(
    asked: &Asked<'_>,
    panel: &PanelRow,
    row: PanelCandidateRow,
    seats: &Seats,
    sheets: &[PanelSheetRow],
) -> Result<Line> {
    let db = asked.site.store().db();
    let person = crate::ops::applications::by_id(asked.site, row.application)?;
    let ticket = rows::first::<TicketRow>(db, "WHERE application = ?1", [row.application])?;
    let judges = seats.of(row.application);
    let found = sheets.iter().filter(|s| s.application == row.application && judges.iter().any(|m| m.id == s.member));
    let found: Vec<Points> = found.map(|s| s.points).collect();
    let (lowest, highest) = (found.iter().min().copied(), found.iter().max().copied());
    let spread = lowest.zip(highest).map(|(low, high)| Points::new(high.hundredths() - low.hundredths()));
    let is_sealed = panel.state == PanelState::Sealed;
    let members = seats.members();
    let by = row.ruled_by.map(|id| called(members, id));
    let ruled =
        row.ruling.filter(|_| is_sealed).map(|p| Ruled { points: p.to_string(), reason: row.ruling_reason, by });
    let rule: &PanelRule = rule_of(asked.policy, panel.subject);
    Ok(Line {
        name: person.name,
        ticket: ticket.map(|t| t.number),
        occupation: person.occupation_name,
        level: names(person.level).0,
        began: row.began_at.map(|t| t.minute()),
        ended: row.ended_at.map(|t| t.clock()),
        minutes: row.began_at.zip(row.ended_at).map(|(from, to)| to.minutes_since(from)),
        judges: judges.len(),
        lowest: lowest.map(|p| p.to_string()),
        highest: highest.map(|p| p.to_string()),
        spread: spread.map(|p| p.to_string()),
        wide: spread.is_some_and(|p| p > rule.spread_warning),
        ruled,
        mark: if is_sealed && row.replaced.is_none() { mark(asked, row.application, panel.subject)? } else { None },
        replaced: row.replaced,
    })
}

fn mark(asked: &Asked<'_>, application: ApplicationId, subject: Subject) -> Result<Option<String>> {
    let tail = "WHERE application = ?1 AND subject = ?2";
    let row = rows::first::<MarkRow>(asked.site.store().db(), tail, (application, subject))?;
    Ok(row.and_then(|m| m.points).map(|p| p.to_string()))
}
