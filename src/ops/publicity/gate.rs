//! The one answer to whether somebody may be given a result document: a certificate number, a place in a document.
use super::standing;
use super::stop::Stop;
use crate::model::{ApplicationId, BatchId, Refusal};
use crate::ops::{Result, Site, results};
use crate::policy::Policy;
use crate::policy::publicity::PublicityOf;
use crate::policy::sanctions::Effect;
use crate::store::rows::{self, Connection};
use crate::store::views::publicity as view;
use crate::store::{PublicationRow, PublicationState, SanctionRow};
use std::collections::HashMap;

/// As it stands at one moment, for a whole batch.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Gate {
    stops: Vec<Stop>,
    held: HashMap<ApplicationId, Stop>,
}

impl Gate {
    pub(in crate::ops) fn of(db: &Connection, policy: &Policy, batch: BatchId) -> Result<Gate> {
        let mut stops = computation(db, policy, batch)?;
        let shown = standing(db, batch)?;
        stops.extend(release(db, policy, shown.as_ref())?);
        Ok(Gate { stops, held: held(db, batch)? })
    }

    /// What keeps everybody from a result document, in the order in which it is put right; empty: nothing does.
    pub fn stops(&self) -> &[Stop] {
        &self.stops
    }

    /// What keeps this person alone from one.
    pub fn held(&self, application: ApplicationId) -> Option<&Stop> {
        self.held.get(&application)
    }

    /// How many people are held.
    pub fn held_count(&self) -> usize {
        self.held.len()
    }

    /// Refused with the first thing that has to be put right.
    pub fn open(&self) -> Result<(), Refusal> {
        self.stops.first().map_or(Ok(()), |stop| Err(stop.refusal()))
    }
}

/// The gate of the batch at hand.
pub fn gate(site: &Site) -> Result<Gate> {
    let policy = site.policy()?;
    Gate::of(site.store().db(), &policy, site.batch()?.id)
}

/// What is missing before results can be shown or made final: computed, still true, audited.
pub(super) fn computation(db: &Connection, policy: &Policy, batch: BatchId) -> Result<Vec<Stop>> {
    let Some(latest) = results::latest(db, batch)? else { return Ok(vec![Stop::NotComputed]) };
    let mut stops = Vec::new();
    if latest.inputs != results::inputs(db, policy, batch)? {
        stops.push(Stop::ChangedSince);
    }
    if !results::audited(db, policy, latest.id)? {
        stops.push(Stop::AuditMissing);
    }
    Ok(stops)
}

/// What is missing of publication and finalising. Where the notice shows no results, finalising is still an act.
fn release(db: &Connection, policy: &Policy, shown: Option<&PublicationRow>) -> Result<Vec<Stop>> {
    let Some(row) = shown else {
        let shows = policy.publicity.of == PublicityOf::Results;
        return Ok(if shows { vec![Stop::NotPublished, Stop::NotFinal] } else { vec![Stop::NotFinal] });
    };
    let mut stops = Vec::new();
    let latest = results::latest(db, row.batch)?;
    if latest.is_some_and(|latest| latest.inputs != row.inputs) {
        stops.push(Stop::Outdated { number: row.number });
    }
    if row.state != PublicationState::Final {
        stops.push(Stop::NotFinal);
    }
    Ok(stops)
}

/// Everybody with something open or against them. What weighs most is told.
fn held(db: &Connection, batch: BatchId) -> Result<HashMap<ApplicationId, Stop>> {
    let mut held = HashMap::new();
    let mut hold = |found: Vec<(ApplicationId, Stop)>| held.extend(found);
    let of = |rows: Vec<(ApplicationId, i64)>, stop: fn(i64) -> Stop| rows.into_iter().map(move |(a, n)| (a, stop(n)));
    hold(of(view::open_list_objections(db, batch)?, |number| Stop::ListObjection { number }).collect());
    hold(of(view::open_incidents(db, batch)?, |number| Stop::Incident { number }).collect());
    hold(view::open_objections(db, batch)?.into_iter().map(|open| (open.application, of_objection(&open))).collect());
    let tail = "WHERE lifted = 0 AND application IN (SELECT id FROM application WHERE batch = ?1) ORDER BY id";
    let sanctions = rows::select::<SanctionRow>(db, tail, [batch])?;
    let takes = |s: &SanctionRow| s.effects.split(',').filter_map(Effect::parse).any(takes_result);
    let sanctions = sanctions.into_iter().filter(takes);
    hold(sanctions.filter_map(|s| Some((s.application?, Stop::Sanction { number: s.id }))).collect());
    Ok(held)
}

fn of_objection(open: &view::Open) -> Stop {
    match open.change {
        Some(number) if open.change_waits => Stop::ChangeWaits { number },
        _ if open.recheck => Stop::Recheck { number: open.number },
        _ if open.founded => Stop::Founded { number: open.number },
        _ => Stop::Objection { number: open.number },
    }
}

/// Criticism and an inquiry leave the result as it is.
fn takes_result(effect: Effect) -> bool {
    match effect {
        Effect::LoseExam | Effect::LoseMarks | Effect::LoseCertificate => true,
        // The part that is lost is void by itself, and the outcome says so.
        Effect::LoseSubject | Effect::Criticism | Effect::Inquiry => false,
    }
}
