//! How far the bags are and how their typists do. Counts and times only: no value, and nobody's slips but one's own,
//! unless the reader answers for the marking.
use super::claim::{Claimed, claims};
use super::control::{ControlState, state_of};
use super::queue::{Pile, piles};
use crate::model::Role;
use crate::ops::{Result, Site};
use crate::policy::pace::{self, Fate, Report, Stroke};
use crate::store::views::typing::{self, TypedEntry};
use serde::Serialize;

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BagProgress {
    #[serde(flatten)]
    pub pile: Pile,
    pub claims: Vec<Claimed>,
    pub control: ControlState,
}

pub fn bag_progress(site: &Site) -> Result<Vec<BagProgress>> {
    let policy = site.policy()?;
    let seen = |pile: Pile| {
        let control = state_of(site.store().db(), &policy, (pile.session, pile.room))?;
        Ok(BagProgress { claims: claims(site, pile.session, pile.room)?, control, pile })
    };
    piles(site)?.into_iter().map(seen).collect()
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TypistProgress {
    pub operator: String,
    pub mine: bool,
    /// Entries that came from filled sheets: no part of the pace.
    pub from_sheets: i64,
    pub discarded: i64,
    #[serde(flatten)]
    pub report: Report,
}

/// A coordinator or an auditor sees everybody, a typist their own line.
pub fn typist_progress(site: &Site) -> Result<Vec<TypistProgress>> {
    let (me, now) = (site.actor().id, site.now());
    let all_seen = [Role::Coordinator, Role::ScoreManager, Role::Auditor].iter().any(|role| site.actor().has(*role));
    let all = typing::entries(site.store().db(), site.batch()?.id)?;
    let mut lines = Vec::new();
    for own in all.chunk_by(|a, b| a.operator == b.operator) {
        let Some(first) = own.first() else { continue };
        let mine = Some(first.operator) == me;
        if !mine && !all_seen {
            continue;
        }
        let strokes: Vec<_> = own.iter().filter(|e| !e.sheet).map(stroke).collect();
        let count = |wanted: fn(&TypedEntry) -> bool| i64::try_from(own.iter().filter(|e| wanted(e)).count());
        lines.push(TypistProgress {
            operator: first.name.clone(),
            mine,
            from_sheets: count(|e| e.sheet).unwrap_or(i64::MAX),
            discarded: count(|e| e.discarded).unwrap_or(i64::MAX),
            report: pace::report(&strokes, now),
        });
    }
    Ok(lines)
}

fn stroke(entry: &TypedEntry) -> Stroke {
    let fate = match (entry.discarded || entry.changed, entry.matched) {
        (true, _) => Fate::Against,
        (false, true) => Fate::Stood,
        (false, false) => Fate::Open,
    };
    Stroke { at: entry.at, fate }
}
