//! The panels of a batch, of both kinds.
use super::board::Board;
use super::missing::{Missing, Next};
use super::right::member_of;
use super::show::{counts, next};
use crate::model::{PanelId, Subject};
use crate::ops::{PanelRow, PanelState, Result, Site, unit};
use crate::store::rows;
use serde::Serialize;

/// A panel with its counts.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Summary {
    pub id: PanelId,
    pub name: String,
    pub subject: Subject,
    pub unit: Option<String>,
    pub state: PanelState,
    /// Who sit.
    pub members: usize,
    /// Without those for whom nothing is waited.
    pub candidates: usize,
    pub sheets: usize,
    /// Sheets when all are in.
    pub expected: usize,
    /// Candidates whose sheets lie too far apart.
    pub wide: usize,
    /// Members who have not signed the sheets as they are.
    pub unsigned: usize,
    pub next: Next,
    /// The reader sits on it.
    pub mine: bool,
}

/// Those that are the operator's business, in the order of forming.
pub fn panels(site: &Site) -> Result<Vec<Summary>> {
    let (db, policy) = (site.store().db(), site.policy()?);
    let own = unit::of_actor(db, &policy, site.actor())?;
    let mut rows = rows::select::<PanelRow>(db, "WHERE batch = ?1 ORDER BY id", [site.batch()?.id])?;
    rows.retain(|row| unit::sees(own.as_ref(), row.unit.as_ref()));
    let reader = site.actor().id;
    let one = |row| {
        let board = Board::load(db, &policy, row)?;
        let mine = member_of(db, &board, reader)?.is_some();
        Ok(summary(board, mine))
    };
    rows.into_iter().map(one).collect()
}

fn summary(board: Board, mine: bool) -> Summary {
    let missing = Missing::of(&board);
    let (sheets, expected) = counts(&board);
    Summary {
        id: board.panel.id,
        subject: board.panel.subject,
        state: board.panel.state,
        members: board.sitting().count(),
        candidates: board.open().count(),
        sheets,
        expected,
        wide: board.open().filter(|j| board.ruling(j).is_ok_and(|r| r.wide)).count(),
        unsigned: missing.signatures.len(),
        next: next(&board, &missing),
        name: board.panel.name,
        unit: board.panel.unit,
        mine,
    }
}
