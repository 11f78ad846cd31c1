//! `panel.sign`: a member puts their name to all sheets as they are. A sheet changed afterwards voids it.
use super::board::Board;
use super::find_open;
use super::missing::Missing;
use super::proof::Proof;
use crate::model::{Code, Refusal, Role};
use crate::ops::{Operation, PanelMemberRow, PanelSignatureRow, Result, Work};
use crate::policy::panel::Signing;
use crate::store::rows;
use serde::Serialize;

pub const PAPER_SIGNED: Code = Code("panel.paper_signed");
pub const LEFT: Code = Code("panel.left");
pub const CHAIR_LAST: Code = Code("panel.chair_last");
pub const PAPER_REASON: Code = Code("panel.paper_reason");

#[derive(Debug, Clone, Serialize)]
pub struct Sign {
    pub proof: Proof,
    /// Where the hand stands on paper: where that paper is, or why.
    pub reason: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Signature {
    pub member: String,
    pub on_paper: bool,
    /// Members who have yet to sign.
    pub left: usize,
}

impl Operation for Sign {
    const KIND: &'static str = "panel.sign";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    type Out = Signature;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Signature> {
        let operator = work.actor.operator()?;
        let id = self.proof.member;
        let unknown = || Refusal::new(super::score::UNKNOWN_MEMBER).with("member", id.to_string());
        let db = work.tx.db();
        let member = rows::first::<PanelMemberRow>(db, "WHERE id = ?1", [id])?.ok_or_else(unknown)?;
        let board = Board::load(db, work.policy()?, find_open(work, member.panel)?)?;
        let missing = Missing::of(&board);
        self.may(&board, &member, &missing)?;
        let digest = board.digest();
        let old = rows::first::<PanelSignatureRow>(db, "WHERE member = ?1", [id])?;
        let new = PanelSignatureRow { member: id, operator, with_pin: !self.proof.on_paper(), digest, at: work.now };
        match old {
            Some(old) if old.digest == new.digest => {}
            Some(old) => work.tx.update(&old, &new)?,
            None => work.tx.insert(&new)?,
        }
        let left = missing.signatures.iter().filter(|name| **name != member.name).count();
        Ok(Signature { member: member.name, on_paper: self.proof.on_paper(), left })
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

impl Sign {
    fn may(&self, board: &Board, member: &PanelMemberRow, missing: &Missing) -> Result<(), Refusal> {
        if board.rule.signing == Signing::Paper {
            return Err(Refusal::new(PAPER_SIGNED).with("panel", board.panel.name.as_str()));
        }
        if member.left_at.is_some() {
            return Err(Refusal::new(LEFT).with("member", member.name.as_str()));
        }
        if !missing.may_sign() {
            return Err(missing.refusal(&board.panel.name));
        }
        let others: Vec<String> = missing.signatures.iter().filter(|name| **name != member.name).cloned().collect();
        if member.chair && !others.is_empty() {
            return Err(Refusal::new(CHAIR_LAST).with("names", super::missing::some(&others)));
        }
        let said = self.reason.as_deref().is_some_and(|r| !r.trim().is_empty());
        if self.proof.on_paper() && !said {
            return Err(Refusal::new(PAPER_REASON).with("member", member.name.as_str()));
        }
        Ok(())
    }
}
