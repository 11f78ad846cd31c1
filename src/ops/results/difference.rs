//! What differs between two computations, and between the newest one and the marks as they are now.
use super::computed::{Computation, cases, digest, latest};
use crate::model::{ApplicationId, Code, ComputationId, Level, Mark, Refusal};
use crate::ops::{Result, Site};
use crate::store::rows::{self, Connection};
use crate::store::views::results as view;
use crate::store::{ComputationRow, OutcomeRow, OutcomeState};
use serde::Serialize;
use std::collections::BTreeMap;

pub const NO_COMPUTATION: Code = Code("results.no_computation");

/// What somebody came to: outcome and the marks that counted.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Came {
    pub outcome: OutcomeState,
    pub marks: [Option<Mark>; 3],
}

impl Came {
    fn of(row: &OutcomeRow) -> Came {
        Came { outcome: row.outcome, marks: row.boxes() }
    }
}

/// One person who came to something else.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Changed {
    pub application: ApplicationId,
    pub name: String,
    pub ticket: Option<String>,
    pub occupation_name: String,
    pub level: Level,
    /// `None`: was not in the batch then.
    pub before: Option<Came>,
    /// `None`: is no longer in the batch.
    pub after: Option<Came>,
}

/// The computations of the batch, the newest first.
pub fn computations(site: &Site) -> Result<Vec<Computation>> {
    let tail = "WHERE batch = ?1 ORDER BY at DESC, id DESC";
    Ok(rows::select::<ComputationRow>(site.store().db(), tail, [site.batch()?.id])?)
}

/// Who came to something else in `after` than in `before`, in the order of filing.
pub fn between(site: &Site, before: ComputationId, after: ComputationId) -> Result<Vec<Changed>> {
    let db = site.store().db();
    let all = |id| -> Result<BTreeMap<ApplicationId, (Came, String)>> {
        let rows = super::computed::stored(db, id)?;
        Ok(rows.into_iter().map(|r| (r.application, (Came::of(&r), r.required))).collect())
    };
    named(db, &all(before)?, &all(after)?)
}

type Came3 = BTreeMap<ApplicationId, (Came, String)>;

fn named(db: &Connection, before: &Came3, after: &Came3) -> Result<Vec<Changed>> {
    let everybody: std::collections::BTreeSet<_> = before.keys().chain(after.keys()).copied().collect();
    let mut changed = Vec::new();
    for application in everybody {
        let (old, new) = (before.get(&application), after.get(&application));
        if old == new {
            continue;
        }
        let Some(who) = view::named(db, application)? else { continue };
        changed.push(Changed {
            application,
            name: who.name,
            ticket: who.ticket,
            occupation_name: who.occupation_name,
            level: who.level,
            before: old.map(|(came, _)| *came),
            after: new.map(|(came, _)| *came),
        });
    }
    Ok(changed)
}

/// How the newest computation stands against the marks as they are.
#[derive(Debug, Clone, PartialEq, Serialize)]
#[serde(rename_all = "snake_case", tag = "standing")]
pub enum Standing {
    /// Nothing was computed yet.
    None,
    /// It still holds.
    Holds,
    /// People, marks or rules changed since; who would come to something else.
    Changed { people: Vec<Changed> },
}

impl Standing {
    pub fn code(&self) -> &'static str {
        match self {
            Standing::None => "none",
            Standing::Holds => "holds",
            Standing::Changed { .. } => "changed",
        }
    }
}

pub fn standing(site: &Site) -> Result<Standing> {
    let (db, batch, policy) = (site.store().db(), site.batch()?.id, site.policy()?);
    let Some(newest) = latest(db, batch)? else { return Ok(Standing::None) };
    let cases = cases(db, &policy, batch)?;
    if digest(&policy, &cases) == newest.inputs {
        return Ok(Standing::Holds);
    }
    let rows = super::computed::stored(db, newest.id)?;
    let before = rows.into_iter().map(|r| (r.application, (Came::of(&r), r.required))).collect();
    let after = cases.iter().map(|case| case.row(0, newest.id));
    let after = after.map(|r| (r.application, (Came::of(&r), r.required))).collect();
    Ok(Standing::Changed { people: named(db, &before, &after)? })
}

/// The computation that stands for the batch now: refused where there is none, or things changed since.
pub(super) fn standing_one(work: &crate::ops::Work<'_, '_>) -> Result<Computation> {
    let (db, batch) = (work.tx.db(), work.batch()?.id);
    let newest = latest(db, batch)?.ok_or_else(|| Refusal::new(NO_COMPUTATION))?;
    if super::inputs(db, work.policy()?, batch)? != newest.inputs {
        return Err(Refusal::new(super::CHANGED_SINCE).into());
    }
    Ok(newest)
}
