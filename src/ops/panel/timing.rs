//! `panel.begin` and `panel.end`: how long a candidate's judging lasts, by the clock of the site.
use super::board::{self, Board, Judged};
use super::{find_open, right};
use crate::model::{ApplicationId, Code, PanelId, Refusal, Role};
use crate::ops::{Operation, PanelCandidateRow, Result, Work};
use serde::Serialize;

pub const BEGUN: Code = Code("panel.begun");
pub const NOT_BEGUN: Code = Code("panel.not_begun");
pub const ENDED: Code = Code("panel.ended");
pub const TOO_SHORT: Code = Code("panel.too_short");

#[derive(Debug, Clone, Serialize)]
pub struct Begin {
    pub panel: PanelId,
    pub application: ApplicationId,
}

/// Sooner than the rule asks needs a reason, by the chair or a coordinator; it stands in the minutes.
#[derive(Debug, Clone, Serialize)]
pub struct End {
    pub panel: PanelId,
    pub application: ApplicationId,
    pub reason: Option<String>,
}

impl Operation for Begin {
    const KIND: &'static str = "panel.begin";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    /// The candidate's name.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let board = open(work, self.panel)?;
        let judged = candidate(&board, self.application)?;
        let name = judged.person.name.clone();
        if let Some(at) = judged.row.began_at {
            return Err(Refusal::new(BEGUN).with("name", name).with("clock", at.clock()).into());
        }
        let began_at = Some(work.now);
        work.tx.update(&judged.row, &PanelCandidateRow { began_at, ..judged.row.clone() })?;
        Ok(name)
    }
}

impl Operation for End {
    const KIND: &'static str = "panel.end";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    /// The candidate's name, and the minutes that it took.
    type Out = (String, i64);

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<(String, i64)> {
        let board = open(work, self.panel)?;
        let judged = candidate(&board, self.application)?;
        let name = judged.person.name.clone();
        let began = judged.row.began_at.ok_or_else(|| Refusal::new(NOT_BEGUN).with("name", name.as_str()))?;
        if let Some(at) = judged.row.ended_at {
            return Err(Refusal::new(ENDED).with("name", name).with("clock", at.clock()).into());
        }
        let ended = work.now.max(began);
        let (took, least) = (ended.minutes_since(began), i64::from(board.rule.min_minutes));
        let reason = self.reason.as_deref().map(str::trim).filter(|r| !r.is_empty() && took < least);
        if took < least {
            if reason.is_none() {
                return Err(Refusal::new(TOO_SHORT).with("name", name).with("took", took).with("least", least).into());
            }
            right::leads(work, &board)?;
        }
        let (ended_at, short_reason) = (Some(ended), reason.map(str::to_owned));
        work.tx.update(&judged.row, &PanelCandidateRow { ended_at, short_reason, ..judged.row.clone() })?;
        Ok((name, took))
    }

    fn reason(&self) -> Option<&str> {
        self.reason.as_deref()
    }
}

fn open(work: &Work<'_, '_>, panel: PanelId) -> Result<Board> {
    let row = find_open(work, panel)?;
    let board = Board::load(work.tx.db(), work.policy()?, row)?;
    right::keeps(work, &board)?;
    Ok(board)
}

/// Somebody whose judging is waited for.
pub(super) fn candidate(board: &board::Board, application: ApplicationId) -> Result<&Judged, Refusal> {
    let found = board.judged.iter().find(|j| j.row.application == application);
    let missing = || Refusal::new(super::score::NOT_A_CANDIDATE).with("id", application);
    let judged = found.ok_or_else(|| missing().with("panel", board.panel.name.as_str()))?;
    let name = || judged.person.name.clone();
    match judged {
        j if board.waited(j) => Ok(j),
        j if j.row.replaced.is_some() => Err(Refusal::new(super::REPLACED).with("name", name())),
        j if j.person.void => Err(Refusal::new(super::form::VOID_REVIEW).with("name", name())),
        j if j.person.absent => Err(Refusal::new(super::score::ABSENT).with("name", name())),
        j if j.person.certified => Err(Refusal::new(super::score::CERTIFIED).with("name", name())),
        _ => Err(Refusal::new(super::score::WITHDRAWN).with("name", name())),
    }
}
