//! `panel.reopen`: takes a ruling back, with a reason, by a coordinator who had no part in it. Marks that certificates
//! rest on stay; everybody signs anew.
use super::board::{Board, Judged};
use super::seal::LOCKED;
use super::{find, right};
use crate::model::{Code, PanelId, Refusal, Role};
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
    /// Marks taken back.
    pub taken_back: usize,
    /// Marks that stay, because a certificate was issued.
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
        let board = Board::load(work.tx.db(), work.policy()?, panel)?;
        right::outside(work, &board)?;
        let panel = &board.panel;
        work.tx.update(panel, &PanelRow { state: PanelState::Open, sealed_at: None, ..panel.clone() })?;
        let (mut taken_back, mut kept) = (0, 0);
        // A mark that another panel gave since is not this one's to take.
        for judged in board.judged.iter().filter(|j| j.row.replaced.is_none()) {
            match take_back(work, judged)? {
                Some(true) => taken_back += 1,
                Some(false) => kept += 1,
                None => {}
            }
        }
        for signature in &board.signatures {
            work.tx.delete(signature)?;
        }
        Ok(Reopened { panel: panel.name.clone(), taken_back, kept })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

/// Whether the mark went; `None` where there was none. Locked marks change by two persons only.
fn take_back(work: &mut Work<'_, '_>, judged: &Judged) -> Result<Option<bool>> {
    let key = (judged.row.application, judged.row.subject);
    let Some(mark) = rows::first::<MarkRow>(work.tx.db(), "WHERE application = ?1 AND subject = ?2", key)? else {
        return Ok(None);
    };
    if judged.person.certified {
        return Ok(Some(false));
    }
    if panels::is_locked(work.tx.db(), key.0, key.1)? {
        return Err(Refusal::new(LOCKED).with("name", judged.person.name.as_str()).into());
    }
    work.tx.delete(&mark)?;
    Ok(Some(true))
}
