//! `panel.seal`: the sheets become marks.
use super::board::{Board, Judged};
use super::missing::Missing;
use super::{find_open, refuse_conflicts, right};
use crate::model::{Code, Mark, PanelId, Points, Refusal, Role};
use crate::ops::{MarkKind, MarkRow, Operation, PanelRow, PanelState, Result, Undo, Work};
use crate::policy::panel::Signing;
use crate::store::rows;
use crate::store::views::panels;
use serde::Serialize;

pub const LOCKED: Code = Code("panel.marks_locked");

#[derive(Debug, Clone, Serialize)]
pub struct Seal {
    pub panel: PanelId,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Sealed {
    pub panel: String,
    pub candidates: usize,
    /// Candidates whose sheets lie further apart than the policy's warning.
    pub wide: Vec<String>,
    /// Candidates whom the chair decided.
    pub ruled: Vec<String>,
    /// Members whose hand stands on paper only.
    pub on_paper: Vec<String>,
}

impl Operation for Seal {
    const KIND: &'static str = "panel.seal";
    const ROLES: &'static [Role] = &[Role::Coordinator, Role::Reviewer];
    const UNDO: Undo = Undo::Instead("panel.reopen");
    type Out = Sealed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Sealed> {
        let board = Board::load(work.tx.db(), work.policy()?, find_open(work, self.panel)?)?;
        right::leads(work, &board)?;
        refuse_conflicts(work, &board.panel)?;
        let missing = Missing::of(&board);
        if !missing.is_empty() {
            return Err(missing.refusal(&board.panel.name).into());
        }
        // Nobody is asked for the sheets of a void part; a ruling that is whole stands for the day the void is lifted.
        let void = |j: &&Judged| j.person.void && !j.person.certified && j.row.replaced.is_none();
        let whole: Vec<(&Judged, Points)> = (board.open().chain(board.judged.iter().filter(void)))
            .filter_map(|j| Some((j, board.settled(j)?)))
            .collect();
        for (judged, points) in &whole {
            mark(work, judged, Mark::Points(*points))?;
        }
        let absent = |j: &&Judged| j.person.absent && j.person.state.is_live() && j.row.replaced.is_none();
        for judged in board.judged.iter().filter(absent).filter(|j| !j.person.void) {
            mark(work, judged, Mark::Absent)?;
        }
        let panel = &board.panel;
        work.tx.update(panel, &PanelRow { state: PanelState::Sealed, sealed_at: Some(work.now), ..panel.clone() })?;
        let names = |wanted: &dyn Fn(&Judged) -> bool| -> Vec<String> {
            whole.iter().filter(|(j, _)| wanted(j)).map(|(j, _)| j.person.name.clone()).collect()
        };
        Ok(Sealed {
            panel: panel.name.clone(),
            candidates: whole.len(),
            wide: names(&|j| board.ruling(j).is_ok_and(|r| r.wide)),
            ruled: names(&|j| board.asks(j).is_some()),
            on_paper: on_paper(&board),
        })
    }
}

/// Settles the mark of the panel's part. One that was settled before the judging began anew gives way.
fn mark(work: &mut Work<'_, '_>, judged: &Judged, mark: Mark) -> Result<()> {
    let (application, subject) = (judged.row.application, judged.row.subject);
    if panels::is_locked(work.tx.db(), application, subject)? {
        return Err(Refusal::new(LOCKED).with("name", judged.person.name.as_str()).into());
    }
    let points = match mark {
        Mark::Points(points) => Some(points),
        Mark::Absent | Mark::Void => None,
    };
    let row = MarkRow { application, subject, mark: MarkKind::of(mark), points };
    let key = (application, subject);
    match rows::first::<MarkRow>(work.tx.db(), "WHERE application = ?1 AND subject = ?2", key)? {
        None => work.tx.insert(&row)?,
        Some(before) if before == row => {}
        Some(before) => work.tx.update(&before, &row)?,
    }
    Ok(())
}

fn on_paper(board: &Board) -> Vec<String> {
    if board.rule.signing == Signing::Paper {
        return Vec::new();
    }
    let digest = board.digest();
    let by_hand = |m: &&crate::ops::PanelMemberRow| board.signature(m.id, &digest).is_some_and(|s| !s.with_pin);
    board.sitting().filter(by_hand).map(|m| m.name.clone()).collect()
}
