//! `panel.reopen`: takes a ruling back, with a reason. Marks that certificates rest on stay.
use super::find;
use crate::model::{Code, PanelId, Refusal, Role, Subject};
use crate::ops::{MarkRow, Operation, PanelRow, PanelState, Result, Undo, Work};
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

pub const NOT_SEALED: Code = Code("panel.not_sealed");
pub const REASON: Code = Code("panel.reason_needed");

#[derive(Debug, Clone, Serialize)]
pub struct Reopen {
    pub panel: PanelId,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Reopened {
    pub panel: String,
    /// Review marks taken back.
    pub taken_back: usize,
    /// Review marks that stay, because a certificate was issued.
    pub kept: usize,
}

impl Operation for Reopen {
    const KIND: &'static str = "panel.reopen";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("panel.seal");
    type Out = Reopened;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Reopened> {
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        let panel = find(work, self.panel)?;
        if panel.state != PanelState::Sealed {
            return Err(Refusal::new(NOT_SEALED).with("panel", panel.name).into());
        }
        let (mut taken_back, mut kept) = (0, 0);
        for candidate in panels::candidates(work.tx.db(), panel.id)? {
            let key = (candidate.application, Subject::Review);
            let mark = rows::first::<MarkRow>(work.tx.db(), "WHERE application = ?1 AND subject = ?2", key)?;
            match mark {
                Some(_) if candidate.certified => kept += 1,
                Some(mark) => {
                    work.tx.delete(&mark)?;
                    taken_back += 1;
                }
                None => {}
            }
        }
        work.tx.update(&panel, &PanelRow { state: PanelState::Open, sealed_at: None, ..panel.clone() })?;
        Ok(Reopened { panel: panel.name, taken_back, kept })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
