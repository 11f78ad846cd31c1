//! `panel.rereview`: a sealed ruling does not count any more, and a panel with none of its members judges anew. The mark
//! leaves; the journal keeps what it was.
use super::move_to::{join, live};
use super::{find, name_of};
use crate::model::{ApplicationId, Code, PanelId, Points, Refusal, Role, Subject, fold};
use crate::ops::{MarkRow, Operation, PanelCandidateRow, PanelState, Result, Undo, Work};
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

pub const REASON: Code = Code("panel.rereview_reason");
pub const NOT_RULED: Code = Code("panel.not_ruled");

#[derive(Debug, Clone, Serialize)]
pub struct Rereview {
    pub application: ApplicationId,
    pub reason: String,
    /// An open panel; `None`: the candidate waits for a new one.
    pub to: Option<PanelId>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Superseded {
    pub candidate: String,
    pub from: String,
    /// What the ruling came to.
    pub was: Option<Points>,
    pub to: Option<String>,
}

impl Operation for Rereview {
    const KIND: &'static str = "panel.rereview";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Allowed;
    type Out = Superseded;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Superseded> {
        let reason = fold::text(&self.reason).into_owned();
        if reason.is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let candidate = name_of(work, self.application)?;
        let not_ruled = || Refusal::new(NOT_RULED).with("name", candidate.as_str());
        let before = live(work, self.application)?.ok_or_else(not_ruled)?;
        let panel = find(work, before.panel)?;
        if panel.state != PanelState::Sealed {
            return Err(not_ruled().into());
        }
        let all = panels::candidates(work.tx.db(), panel.id)?;
        if all.iter().any(|c| c.application == self.application && c.certified) {
            return Err(Refusal::new(super::score::CERTIFIED).with("name", candidate).into());
        }
        work.tx.update(&before, &PanelCandidateRow { replaced: Some(reason), ..before.clone() })?;
        let key = (self.application, Subject::Review);
        let mark = rows::first::<MarkRow>(work.tx.db(), "WHERE application = ?1 AND subject = ?2", key)?;
        if let Some(mark) = &mark {
            work.tx.delete(mark)?;
        }
        let to = match self.to {
            Some(to) => Some(join(work, self.application, to)?),
            None => None,
        };
        Ok(Superseded { candidate, from: panel.name, was: mark.and_then(|m| m.points), to })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
