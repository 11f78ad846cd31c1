//! Rosters with their boxes, and what stands in the way of handing one on.
use super::make::{NOT_IN_THE_NOTICE, digest, lines, who};
use crate::model::{ApplicationId, BatchId, Code, Refusal};
use crate::ops::{Result, Site};
use crate::policy::Policy;
use crate::policy::rosters::{BoxState, Kind, RosterRule};
use crate::policy::signatures::Signed;
use crate::policy::stamps::StampBy;
use crate::store::rows::{self, Connection};
use crate::store::{ApplicationRow, RosterBoxRow, RosterKind, RosterLineRow, RosterRow, RosterState};
use serde::Serialize;
use std::collections::HashSet;

pub const NOT_FOUND: Code = Code("rosters.not_found");
pub const CHANGED: Code = Code("rosters.changed_since");
pub const BOX_VOID: Code = Code("rosters.box_void");

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Roster {
    #[serde(flatten)]
    pub row: RosterRow,
    pub people: usize,
    pub boxes: Vec<BoxLine>,
    /// Every box counts.
    pub whole: bool,
    /// Whether it says what would be drawn up now; `None` once it was handed on or dropped.
    pub current: Option<bool>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct BoxLine {
    pub node: StampBy,
    pub state: BoxState,
    pub handled_by: Option<String>,
    pub responsible: Option<String>,
    pub dated: Option<crate::model::Day>,
    pub head_count: Option<i64>,
}

/// The unit that somebody is counted to: the one they registered with.
pub(super) fn unit_of<'p>(policy: &'p Policy, a: &ApplicationRow) -> Option<&'p str> {
    let own = a.unit.as_deref()?;
    policy.units.list.iter().find(|u| u.code == own || u.name == own).map(|u| u.code.as_str())
}

pub(super) fn kind_of(kind: Kind) -> RosterKind {
    match kind {
        Kind::Applicants => RosterKind::Applicants,
        Kind::Passed => RosterKind::Passed,
    }
}

pub(super) fn kind_from(kind: RosterKind) -> Kind {
    match kind {
        RosterKind::Applicants => Kind::Applicants,
        RosterKind::Passed => Kind::Passed,
    }
}

pub(super) fn rule(policy: &Policy, kind: Kind) -> Result<&RosterRule, Refusal> {
    let missing = || Refusal::new(NOT_IN_THE_NOTICE).word("kind", format!("roster_kind.{}", kind.code()));
    policy.rosters.iter().find(|rule| rule.kind == kind).ok_or_else(missing)
}

pub(super) fn by_id(db: &Connection, batch: BatchId, id: i64) -> Result<RosterRow> {
    let found = rows::first::<RosterRow>(db, "WHERE id = ?1 AND batch = ?2", (id, batch))?;
    found.ok_or_else(|| Refusal::new(NOT_FOUND).with("roster", id).into())
}

pub(super) fn box_state(rule: &RosterRule, at: usize, own: &[RosterBoxRow], people: i64) -> BoxState {
    let Some(one) = rule.boxes.get(at) else { return BoxState::Blank };
    let row = own.iter().find(|row| row.node == one.by.code());
    let signed = row.map(|row| Signed {
        handled_by: row.handled_by.clone(),
        responsible: row.responsible.clone(),
        legible: row.legible,
        stamped: row.stamped,
        dated: Some(row.dated),
    });
    one.state(signed.as_ref().zip(row).map(|(signed, row)| (signed, row.head_count)), people)
}

/// Everybody on a roster that was not dropped and of which every box counts, where the notice wants that before a document.
pub fn on_good_ones(db: &Connection, policy: &Policy, batch: BatchId) -> Result<HashSet<ApplicationId>> {
    let mut found = HashSet::new();
    for row in rows::select::<RosterRow>(db, "WHERE batch = ?1 AND state <> 'dropped'", [batch])? {
        let Ok(rule) = rule(policy, kind_from(row.kind)) else { continue };
        let on = rows::select::<RosterLineRow>(db, "WHERE roster = ?1", [row.id])?;
        let own = rows::select::<RosterBoxRow>(db, "WHERE roster = ?1", [row.id])?;
        let people = i64::try_from(on.len()).unwrap_or(i64::MAX);
        let whole = (0..rule.boxes.len()).all(|at| box_state(rule, at, &own, people) == BoxState::Good);
        if rule.before_document && whole {
            found.extend(on.iter().map(|line| line.application));
        }
    }
    Ok(found)
}

/// All of the batch, the newest first.
pub fn rosters(site: &Site) -> Result<Vec<Roster>> {
    let all = rows::select::<RosterRow>(site.store().db(), "WHERE batch = ?1 ORDER BY id DESC", [site.batch()?.id])?;
    all.into_iter().map(|row| whole(site, row)).collect()
}

pub fn roster(site: &Site, id: i64) -> Result<Roster> {
    whole(site, by_id(site.store().db(), site.batch()?.id, id)?)
}

fn whole(site: &Site, row: RosterRow) -> Result<Roster> {
    let (db, policy) = (site.store().db(), site.policy()?);
    let people = rows::count::<RosterLineRow>(db, "WHERE roster = ?1", [row.id])?;
    let own = rows::select::<RosterBoxRow>(db, "WHERE roster = ?1", [row.id])?;
    let rule = rule(&policy, kind_from(row.kind));
    let mut boxes = Vec::new();
    if let Ok(rule) = rule {
        for (at, one) in rule.boxes.iter().enumerate() {
            let filled = own.iter().find(|b| b.node == one.by.code());
            boxes.push(BoxLine {
                node: one.by,
                state: box_state(rule, at, &own, people),
                handled_by: filled.and_then(|b| b.handled_by.clone()),
                responsible: filled.and_then(|b| b.responsible.clone()),
                dated: filled.map(|b| b.dated),
                head_count: filled.and_then(|b| b.head_count),
            });
        }
    }
    let current = match row.state {
        RosterState::Made => Some(now(db, &policy, &row)? == row.digest),
        RosterState::Sent | RosterState::Dropped => None,
    };
    let whole = boxes.iter().all(|b| b.state == BoxState::Good);
    Ok(Roster { people: usize::try_from(people).unwrap_or(0), boxes, whole, current, row })
}

/// The digest that the roster would have if it were drawn up now.
fn now(db: &Connection, policy: &Policy, row: &RosterRow) -> Result<String> {
    let people = who(db, policy, row.batch, (kind_from(row.kind), row.unit.as_deref()))?;
    Ok(digest(&people, &lines(db, policy, &people)?))
}

/// Everything that stands in the way of handing a roster on.
pub fn stops(site: &Site, id: i64) -> Result<Vec<Refusal>> {
    let (db, policy, batch) = (site.store().db(), site.policy()?, site.batch()?.id);
    stops_of(db, &policy, batch, &by_id(db, batch, id)?)
}

pub(super) fn stops_of(db: &Connection, policy: &Policy, _: BatchId, row: &RosterRow) -> Result<Vec<Refusal>> {
    let rule = rule(policy, kind_from(row.kind))?;
    let people = rows::count::<RosterLineRow>(db, "WHERE roster = ?1", [row.id])?;
    let own = rows::select::<RosterBoxRow>(db, "WHERE roster = ?1", [row.id])?;
    let mut found = Vec::new();
    if now(db, policy, row)? != row.digest {
        found.push(Refusal::new(CHANGED).with("roster", row.id));
    }
    for (at, one) in rule.boxes.iter().enumerate() {
        let state = box_state(rule, at, &own, people);
        if state != BoxState::Good {
            let refusal = Refusal::new(BOX_VOID).with("roster", row.id);
            found.push(refusal.word("box", one.by.key()).word("state", state.key()));
        }
    }
    Ok(found)
}

/// The people of a roster, in its order.
pub fn people(site: &Site, id: i64) -> Result<Vec<(ApplicationRow, String)>> {
    let db = site.store().db();
    by_id(db, site.batch()?.id, id)?;
    let mut found = Vec::new();
    for line in rows::select::<RosterLineRow>(db, "WHERE roster = ?1 ORDER BY position", [id])? {
        if let Some(a) = rows::first::<ApplicationRow>(db, "WHERE id = ?1", [line.application])? {
            found.push((a, line.materials));
        }
    }
    Ok(found)
}

/// Names of units by code.
pub fn unit_names(site: &Site) -> Result<Vec<(String, String)>> {
    Ok(site.policy()?.units.list.iter().map(|unit| (unit.code.clone(), unit.name.clone())).collect())
}

/// Units with people for such a roster, with how many.
pub fn units(site: &Site, kind: Kind) -> Result<Vec<(String, String, usize)>> {
    let policy = site.policy()?;
    let all = who(site.store().db(), &policy, site.batch()?.id, (kind, None))?;
    let count = |code: &str| all.iter().filter(|a| unit_of(&policy, a) == Some(code)).count();
    let units = policy.units.list.iter().map(|u| (u.code.clone(), u.name.clone(), count(&u.code)));
    Ok(units.filter(|(_, _, people)| *people > 0).collect())
}
