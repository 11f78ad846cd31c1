//! `panel.rule`: the chair decides where the rule leaves a mark open.
use super::board::{self, Board, Judged};
use super::proof::Proof;
use super::timing::candidate;
use super::{find_open, right};
use crate::model::{ApplicationId, Code, Points, Refusal, Role};
use crate::ops::{Operation, PanelCandidateRow, Result, Site, Work};
use crate::policy::panel::{Ask, may_rule};
use crate::store::rows;
use serde::Serialize;

pub const NOT_ASKED: Code = Code("panel.not_asked");
pub const REASON_NEEDED: Code = Code("panel.ruling_reason");

#[derive(Debug, Clone, Serialize)]
pub struct Rule {
    pub application: ApplicationId,
    pub points: Points,
    pub reason: String,
    /// Of the chair.
    pub proof: Proof,
}

impl Operation for Rule {
    const KIND: &'static str = "panel.rule";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    /// The candidate's name.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let member = rows::first::<crate::ops::PanelMemberRow>(work.tx.db(), "WHERE id = ?1", [self.proof.member])?;
        let unknown = || Refusal::new(super::score::UNKNOWN_MEMBER).with("member", self.proof.member.to_string());
        let panel = find_open(work, member.ok_or_else(unknown)?.panel)?;
        let board = Board::load(work.tx.db(), work.policy()?, panel)?;
        if board.chair().map(|m| m.id) != Some(self.proof.member) {
            return Err(right::chair_only(&board).into());
        }
        let judged = candidate(&board, self.application)?;
        let name = judged.person.name.clone();
        asked(&board, judged)?;
        let reason = self.reason.trim();
        if reason.is_empty() {
            return Err(Refusal::new(REASON_NEEDED).with("name", name).into());
        }
        may_rule(&board.rule, &board.ruling(judged)?, self.points)?;
        let after = PanelCandidateRow {
            ruling: Some(self.points),
            ruling_reason: Some(reason.to_owned()),
            ruled_by: Some(self.proof.member),
            ..judged.row.clone()
        };
        if after != judged.row {
            work.tx.update(&judged.row, &after)?;
        }
        Ok(name)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

fn asked(board: &Board, judged: &Judged) -> Result<Ask, Refusal> {
    board.ruling(judged)?;
    board.asks(judged).ok_or_else(|| Refusal::new(NOT_ASKED).with("name", judged.person.name.as_str()))
}

/// What a chair who has proved who they are may know before deciding: no names, only how far the sheets reach.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Question {
    pub ask: Ask,
    pub lowest: Points,
    pub highest: Points,
}

pub fn question(site: &Site, proof: &Proof, application: ApplicationId) -> Result<Question> {
    let db = site.store().db();
    let member = rows::first::<crate::ops::PanelMemberRow>(db, "WHERE id = ?1", [proof.member])?;
    let unknown = || Refusal::new(super::score::UNKNOWN_MEMBER).with("member", proof.member.to_string());
    let board = board::of_panel(db, &*site.policy()?, member.ok_or_else(unknown)?.panel)?;
    if board.chair().map(|m| m.id) != Some(proof.member) {
        return Err(right::chair_only(&board).into());
    }
    let judged = candidate(&board, application)?;
    let (ask, ruling) = (asked(&board, judged)?, board.ruling(judged)?);
    Ok(Question { ask, lowest: ruling.lowest, highest: ruling.highest })
}
