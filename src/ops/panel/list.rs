//! The panels of a batch, of both kinds.
use super::board::Board;
use super::missing::{Missing, Next};
use super::pool::Ground;
use super::recuse;
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
    let open = rows.iter().any(|row| row.state == PanelState::Open);
    let ground = if open { Some(Ground::of_site(site, &policy)?) } else { None };
    let conflicts = |row: &PanelRow| ground.as_ref().map_or(Ok(Vec::new()), |ground| recuse::named(db, ground, row));
    let reader = site.actor().id;
    let one = |row: PanelRow| {
        let named = conflicts(&row)?;
        let board = Board::load(db, &policy, row)?;
        let mine = member_of(db, &board, reader)?.is_some();
        Ok(summary(named, board, mine))
    };
    rows.into_iter().map(one).collect()
}

fn summary(conflicts: Vec<String>, board: Board, mine: bool) -> Summary {
    let missing = Missing::of(&board).with(conflicts);
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
