//! `panel.recuse`: a member does not judge one candidate, as they declare or a rule finds after the panel was formed. Their
//! sheet for that candidate does not count any more, or is never asked for.
use super::pool::Ground;
use super::seats::Seats;
use super::stand_in::{Chair, Short, StandIn, choose, short, take_place};
use super::{find_open, member_of};
use crate::model::{ApplicationId, Code, MemberId, PanelId, Refusal, Role, Subject, TieKind, fold};
use crate::ops::{Operation, PanelRecusalRow, PanelRow, PanelState, Result, Site, Work};
use crate::policy::experts::recusals;
use crate::store::rows::Connection;
use crate::store::views::panels;
use serde::Serialize;

pub const REASON: Code = Code("panel.recuse_reason");
pub const NOT_JUDGING: Code = Code("panel.does_not_judge");

#[derive(Debug, Clone, Serialize)]
pub struct Recuse {
    pub member: MemberId,
    pub application: ApplicationId,
    pub kind: TieKind,
    pub reason: String,
    /// Who judges this candidate in their place.
    pub stand_in: Option<StandIn>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Recusal {
    pub panel: PanelId,
    pub panel_name: String,
    pub member: String,
    pub candidate: String,
    /// Whether a sheet that was in is dropped.
    pub dropped: bool,
    pub stand_in: Option<String>,
    pub short: Vec<Short>,
}

impl Operation for Recuse {
    const KIND: &'static str = "panel.recuse";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Recusal;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Recusal> {
        let reason = fold::text(&self.reason).into_owned();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let member = member_of(work, self.member)?;
        let panel = find_open(work, member.panel)?;
        let candidate = super::candidate_of(work, &panel, self.application)?;
        let seats = Seats::load(work.tx.db(), panel.id)?;
        if !seats.judges(self.member, self.application) {
            let refusal = Refusal::new(NOT_JUDGING).with("member", member.name).with("candidate", candidate.name);
            return Err(refusal.into());
        }
        let ground = Ground::of_work(work)?;
        let found = ground.person(self.application).map(|p| recusals(&ground.member(&member), &p.is));
        let declared = !found.is_some_and(|blocks| blocks.iter().any(|b| b.why.tie() == Some(self.kind)));
        let whom = [self.application];
        // Whoever stands in for the member already judges this candidate too.
        let standing = seats.members().iter().find(|m| m.instead_of == Some(self.member)).map(|m| m.name.clone());
        let stand_in = self.stand_in.as_ref().filter(|_| standing.is_none());
        let expert = stand_in.map(|who| choose(&ground, &panel, &seats, (who, &whom))).transpose()?;
        drop(ground);
        let (application, kind, note) = (self.application, self.kind, Some(reason));
        let (operator, at, who) = (work.actor.operator()?, work.now, self.member);
        work.tx.insert(&PanelRecusalRow { member: who, application, kind, note, declared, operator, at })?;
        let name = expert.as_ref().map(|e| e.who.name.clone()).or(standing);
        if let Some(expert) = expert {
            take_place(work, &panel, (expert, self.member, Chair::Not))?;
        }
        Ok(Recusal {
            panel: panel.id,
            panel_name: panel.name.clone(),
            member: member.name,
            candidate: candidate.name,
            dropped: seats.has_sheet(self.member, self.application),
            stand_in: name,
            short: short(work, &panel)?,
        })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// A member who judges a candidate although a rule keeps them apart: a tie came to light after the panel was formed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Conflict {
    pub member: MemberId,
    pub application: ApplicationId,
    pub kind: TieKind,
    pub why: Refusal,
}

/// The conflicts of an open panel, looked for anew each time (nothing of it is stored).
pub fn conflicts(site: &Site, panel: &PanelRow) -> Result<Vec<Conflict>> {
    let policy = site.policy()?;
    among(site.store().db(), &Ground::of_site(site, &policy)?, panel)
}

/// The same as the names of member and candidate.
pub(super) fn named(db: &Connection, ground: &Ground<'_>, panel: &PanelRow) -> Result<Vec<String>> {
    let seats = Seats::load(db, panel.id)?;
    let name = |one: Conflict| {
        let member = seats.members().iter().find(|m| m.id == one.member)?;
        Some(format!("{} / {}", member.name, ground.person(one.application)?.row.name))
    };
    Ok(among(db, ground, panel)?.into_iter().filter_map(name).collect())
}

/// Refused while somebody judges whom they must not: such a panel is not sealed.
pub fn refuse_conflicts(work: &Work<'_, '_>, panel: &PanelRow) -> Result<()> {
    let found = among(work.tx.db(), &Ground::of_work(work)?, panel)?;
    found.into_iter().next().map_or(Ok(()), |conflict| Err(conflict.why.into()))
}

/// Assessors at stations stand under the rules of their assignment, which may set a reason aside.
fn among(db: &Connection, ground: &Ground<'_>, panel: &PanelRow) -> Result<Vec<Conflict>> {
    if panel.subject != Subject::Review || panel.state != PanelState::Open {
        return Ok(Vec::new());
    }
    let seats = Seats::load(db, panel.id)?;
    let mut found = Vec::new();
    for candidate in panels::candidates(db, panel.id)? {
        let (application, person) = (candidate.application, ground.person(candidate.application));
        // Whom nobody judges any more keeps no panel open.
        let judged =
            candidate.state.is_live() && !candidate.void && !(candidate.certified && candidate.ruled.is_some());
        let Some(person) = person.filter(|_| judged) else { continue };
        for member in seats.of(application) {
            let blocks = recusals(&ground.member(member), &person.is);
            let first = blocks.into_iter().find_map(|b| Some((b.why.tie()?, b.refusal)));
            found.extend(first.map(|(kind, why)| Conflict { member: member.id, application, kind, why }));
        }
    }
    Ok(found)
}
