//! `panel.move`: a candidate goes to another open panel, or back to those who wait; somebody who waits is added to one.
use super::form::reviewable;
use super::pool::Ground;
use super::seats::Seats;
use super::{find, find_open};
use crate::model::{ApplicationId, Code, PanelId, Refusal, Role, Subject, fold};
use crate::ops::{Operation, PanelCandidateRow, PanelRow, PanelState, Result, Work};
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

pub const REASON: Code = Code("panel.move_reason");
pub const SAME_PANEL: Code = Code("panel.same_panel");
pub const WAS_HERE: Code = Code("panel.was_here");
pub const MOVE_SEALED: Code = Code("panel.move_sealed");
pub const NOWHERE: Code = Code("panel.moves_nowhere");

#[derive(Debug, Clone, Serialize)]
pub struct Move {
    pub application: ApplicationId,
    /// `None`: back to those who wait.
    pub to: Option<PanelId>,
    /// Needed to leave a panel.
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Moved {
    pub candidate: String,
    pub from: Option<String>,
    pub to: Option<String>,
    /// Sheets of the panel that was left: they do not count.
    pub sheets: usize,
}

impl Operation for Move {
    const KIND: &'static str = "panel.move";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Moved;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Moved> {
        let before = live(work, self.application)?;
        let from = match &before {
            Some(row) => Some(self.leave(work, row)?),
            None => None,
        };
        if from.is_none() && self.to.is_none() {
            return Err(Refusal::new(NOWHERE).into());
        }
        let candidate = super::name_of(work, self.application)?;
        let to = match self.to {
            Some(to) => Some(join(work, self.application, to)?),
            None => None,
        };
        let (from, sheets) = from.unzip();
        Ok(Moved { candidate, from, to, sheets: sheets.unwrap_or(0) })
    }

    fn reason(&self) -> Option<&str> {
        Some(self.reason.as_str()).filter(|r| !r.trim().is_empty())
    }
}

impl Move {
    /// Takes the candidate out of the panel: its name, and how many sheets it had.
    fn leave(&self, work: &mut Work<'_, '_>, before: &PanelCandidateRow) -> Result<(String, usize)> {
        let panel = find(work, before.panel)?;
        if panel.state == PanelState::Sealed {
            let name = super::name_of(work, self.application)?;
            return Err(Refusal::new(MOVE_SEALED).with("name", name).with("panel", panel.name).into());
        }
        if self.to == Some(panel.id) {
            return Err(Refusal::new(SAME_PANEL).with("panel", panel.name).into());
        }
        let reason = fold::text(&self.reason).into_owned();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let sheets = panels::sheets(work.tx.db(), panel.id)?;
        let sheets = sheets.iter().filter(|s| s.application == self.application).count();
        // With sheets the row stays and says why they do not count.
        match sheets {
            0 => work.tx.delete(before)?,
            _ => work.tx.update(before, &PanelCandidateRow { replaced: Some(reason), ..before.clone() })?,
        }
        Ok((panel.name, sheets))
    }
}

/// The panel that has the candidate now.
pub(super) fn live(work: &Work<'_, '_>, application: ApplicationId) -> Result<Option<PanelCandidateRow>> {
    let live = "WHERE application = ?1 AND subject = 'review' AND replaced IS NULL";
    Ok(rows::first::<PanelCandidateRow>(work.tx.db(), live, [application])?)
}

/// Gives somebody without a panel to an open one whose members may all judge them.
pub(super) fn join(work: &mut Work<'_, '_>, application: ApplicationId, to: PanelId) -> Result<String> {
    let panel = find_open(work, to)?;
    let key = "WHERE panel = ?1 AND application = ?2";
    if rows::first::<PanelCandidateRow>(work.tx.db(), key, (to, application))?.is_some() {
        let name = super::name_of(work, application)?;
        return Err(Refusal::new(WAS_HERE).with("name", name).with("panel", panel.name).into());
    }
    let ground = Ground::of_work(work)?;
    reviewable(work, &ground, application)?;
    may_join(work, &ground, &panel, application)?;
    drop(ground);
    work.tx.insert(&PanelCandidateRow::new(to, application, Subject::Review))?;
    Ok(panel.name)
}

fn may_join(work: &Work<'_, '_>, ground: &Ground<'_>, panel: &PanelRow, application: ApplicationId) -> Result<()> {
    let seats = Seats::load(work.tx.db(), panel.id)?;
    for member in seats.of(application) {
        ground.may_judge(&ground.member(member), &[application])?;
    }
    Ok(seats.enough(&ground.policy.panel, application)?)
}
