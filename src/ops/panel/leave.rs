//! `panel.leave`: a member falls ill or has to go. Candidates who were fully judged by then keep the member's sheet; for all
//! others the seat is empty until somebody stands in (`panel.replace`) or another panel takes the candidate.
use super::form::may_chair;
use super::pool::Ground;
use super::seats::Seats;
use super::stand_in::{Chair, Short, StandIn, choose, short, take_place};
use super::{find_open, member_of};
use crate::model::{ApplicationId, Code, MemberId, PanelId, Refusal, Role, TieKind, fold};
use crate::ops::{Operation, PanelMemberRow, PanelRecusalRow, PanelRow, Result, Work};
use crate::store::views::panels;
use serde::Serialize;

pub const REASON: Code = Code("panel.leave_reason");
pub const HAS_LEFT: Code = Code("panel.has_left");
pub const CHAIR_NEEDED: Code = Code("panel.chair_needed");
pub const NO_SUBSTITUTE: Code = Code("panel.no_substitute_named");
pub const NO_OPEN_SEAT: Code = Code("panel.no_open_seat");

#[derive(Debug, Clone, Serialize)]
pub struct Leave {
    pub member: MemberId,
    pub reason: String,
    pub stand_in: Option<StandIn>,
    /// Who takes the chair, when the member has it.
    pub chair: Option<NewChair>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum NewChair {
    Member(MemberId),
    /// Whoever stands in.
    StandIn,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gone {
    pub panel: PanelId,
    pub panel_name: String,
    pub member: String,
    pub stand_in: Option<String>,
    /// Candidates who keep the member's sheet.
    pub kept: usize,
    /// Candidates for whom the seat is open, or taken by whoever stands in.
    pub open: usize,
    pub short: Vec<Short>,
}

impl Operation for Leave {
    const KIND: &'static str = "panel.leave";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Gone;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Gone> {
        let reason = fold::text(&self.reason).into_owned();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let before = member_of(work, self.member)?;
        let panel = find_open(work, before.panel)?;
        if before.left_at.is_some() {
            return Err(Refusal::new(HAS_LEFT).with("member", before.name).into());
        }
        if before.chair && self.chair.is_none() {
            return Err(Refusal::new(CHAIR_NEEDED).with("member", before.name).into());
        }
        let (kept, open) = split(work, &panel, self.member)?;
        let expert = match &self.stand_in {
            Some(who) => {
                let seats = Seats::load(work.tx.db(), panel.id)?;
                Some(choose(&Ground::of_work(work)?, &panel, &seats, (who, &open))?)
            }
            None => None,
        };
        let stand_in = expert.as_ref().map(|e| e.who.name.clone());
        let chair = if before.chair && self.chair == Some(NewChair::StandIn) { Chair::Takes } else { Chair::Not };
        if let (Chair::Takes, Some(expert)) = (chair, &expert) {
            may_chair(work.policy()?, expert)?;
        }
        let left_reason = Some(reason.clone());
        work.tx.update(&before, &PanelMemberRow { left_at: Some(work.now), left_reason, ..before.clone() })?;
        drop_sheets(work, (self.member, &open), &reason)?;
        match (self.chair.filter(|_| before.chair), expert) {
            (Some(NewChair::StandIn), None) => return Err(Refusal::new(NO_SUBSTITUTE).into()),
            (chaired, expert) => {
                if let Some(NewChair::Member(member)) = chaired {
                    seat_chair(work, &panel, member)?;
                }
                if let Some(expert) = expert {
                    take_place(work, &panel, (expert, self.member, chair))?;
                }
            }
        }
        let (panel_name, kept, open) = (panel.name.clone(), kept.len(), open.len());
        Ok(Gone { panel: panel.id, panel_name, member: before.name, stand_in, kept, open, short: short(work, &panel)? })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// The candidates who keep the sheet of this member, and those who need another.
fn split(work: &Work<'_, '_>, panel: &PanelRow, member: MemberId) -> Result<(Vec<ApplicationId>, Vec<ApplicationId>)> {
    let (db, rule) = (work.tx.db(), &work.policy()?.panel);
    let seats = Seats::load(db, panel.id)?;
    let all = panels::candidates(db, panel.id)?.into_iter().map(|c| c.application);
    Ok(all.filter(|c| seats.judges(member, *c)).partition(|c| seats.is_complete(rule, *c)))
}

/// Sheets of candidates who were not fully judged stay stored and do not count.
fn drop_sheets(work: &mut Work<'_, '_>, (member, open): (MemberId, &[ApplicationId]), reason: &str) -> Result<()> {
    let seats = Seats::load(work.tx.db(), member_of(work, member)?.panel)?;
    let (operator, at) = (work.actor.operator()?, work.now);
    for application in open.iter().copied().filter(|c| seats.has_sheet(member, *c)) {
        let (kind, note) = (TieKind::Other, Some(reason.to_owned()));
        work.tx.insert(&PanelRecusalRow { member, application, kind, note, declared: false, operator, at })?;
    }
    Ok(())
}

/// Gives the chair to somebody who sits on the panel.
pub(super) fn seat_chair(work: &mut Work<'_, '_>, panel: &PanelRow, member: MemberId) -> Result<PanelMemberRow> {
    let before = member_of(work, member)?;
    if before.panel != panel.id {
        let unknown = Refusal::new(super::score::UNKNOWN_MEMBER).with("member", before.name);
        return Err(unknown.into());
    }
    if before.left_at.is_some() {
        return Err(Refusal::new(HAS_LEFT).with("member", before.name).into());
    }
    let ground = Ground::of_work(work)?;
    may_chair(ground.policy, &ground.member(&before))?;
    drop(ground);
    let after = PanelMemberRow { chair: true, ..before.clone() };
    if before != after {
        work.tx.update(&before, &after)?;
    }
    Ok(after)
}

/// `panel.replace`: somebody stands in for a member who has left, or who does not judge a candidate.
#[derive(Debug, Clone, Serialize)]
pub struct Replace {
    pub member: MemberId,
    pub stand_in: StandIn,
}

impl Operation for Replace {
    const KIND: &'static str = "panel.replace";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Gone;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Gone> {
        let before = member_of(work, self.member)?;
        let panel = find_open(work, before.panel)?;
        let seats = Seats::load(work.tx.db(), panel.id)?;
        let all: Vec<_> = panels::candidates(work.tx.db(), panel.id)?.into_iter().map(|c| c.application).collect();
        let is_open = |c: &ApplicationId| seats.open_seats(*c).iter().any(|m| m.id == self.member);
        let open: Vec<_> = all.iter().copied().filter(is_open).collect();
        if open.is_empty() {
            return Err(Refusal::new(NO_OPEN_SEAT).with("member", before.name).into());
        }
        let expert = choose(&Ground::of_work(work)?, &panel, &seats, (&self.stand_in, &open))?;
        let stand_in = Some(expert.who.name.clone());
        let kept = all.iter().filter(|c| seats.judges(self.member, **c)).count();
        take_place(work, &panel, (expert, self.member, Chair::Not))?;
        let (panel_name, open) = (panel.name.clone(), open.len());
        Ok(Gone { panel: panel.id, panel_name, member: before.name, stand_in, kept, open, short: short(work, &panel)? })
    }
}
