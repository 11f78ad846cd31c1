//! `publicity.finalise`: the period is over, results are final. Where the notice shows none it is still an act.
use super::gate::{Gate, computation};
use super::hindrance::Hindrances;
use super::publish::{NOBODY, Release};
use super::standing;
use super::stop::Stop;
use crate::model::{BatchId, Code, Day, Refusal, Role};
use crate::ops::{Operation, People, Result, Site, Undo, Work, results, together};
use crate::policy::Policy;
use crate::policy::publicity::PublicityOf;
use crate::store::rows::Connection;
use crate::store::{PublicationRow, PublicationState, PublishedRow, rows};
use serde::Serialize;

pub const ALREADY_FINAL: Code = Code("publicity.already_final");

#[derive(Debug, Clone, Default, Serialize)]
pub struct Finalise {
    /// Codes of warnings that are accepted.
    pub accepted: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Finalised {
    pub number: i64,
    pub people: usize,
    /// With something open or against them: final for everybody else.
    pub held: usize,
}

impl Operation for Finalise {
    const KIND: &'static str = "publicity.finalise";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("publicity.withdraw");
    const PEOPLE: People = People::Two(together::COSIGN);
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Finalised;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Finalised> {
        let (batch, today) = (work.batch()?.id, work.now.day());
        let found = look(work.tx.db(), work.policy()?, (batch, today))?;
        let accepted = found.settle(&self.accepted)?;
        let (number, people) = match standing(work.tx.db(), batch)?.filter(|s| s.state == PublicationState::Open) {
            Some(before) => {
                let me = work.actor.operator()?;
                let (finalised_at, finalised_by) = (Some(work.now), Some(me));
                let state = PublicationState::Final;
                work.tx.update(&before, &PublicationRow { state, finalised_at, finalised_by, ..before.clone() })?;
                let people = rows::count::<PublishedRow>(work.tx.db(), "WHERE publication = ?1", [before.id])?;
                (before.number, usize::try_from(people).unwrap_or(0))
            }
            None => {
                let (row, people) = Release { shown: None, accepted }.put(work)?;
                (row.number, people)
            }
        };
        if people == 0 {
            return Err(Refusal::new(NOBODY).into());
        }
        let held = Gate::of(work.tx.db(), work.policy()?, batch)?.held_count();
        Ok(Finalised { number, people, held })
    }

    /// The list that is up, or the newest computation where none is.
    fn seen(&self, db: &Connection, batch: Option<BatchId>) -> Result<String> {
        let Some(batch) = batch else { return Ok(String::new()) };
        if let Some(shown) = standing(db, batch)? {
            return Ok(shown.digest);
        }
        Ok(results::latest(db, batch)?.map(|latest| latest.inputs).unwrap_or_default())
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

/// What stands in the way of making results final now.
pub fn finalise_check(site: &Site) -> Result<Hindrances> {
    let policy = site.policy()?;
    look(site.store().db(), &policy, (site.batch()?.id, site.now().day()))
}

fn look(db: &Connection, policy: &Policy, (batch, today): (BatchId, Day)) -> Result<Hindrances> {
    let mut stops = computation(db, policy, batch)?;
    let mut found = Hindrances::default();
    let latest = results::latest(db, batch)?;
    match standing(db, batch)? {
        None if policy.publicity.of == PublicityOf::Results => stops.push(Stop::NotPublished),
        None => {}
        Some(row) => {
            let outdated = latest.is_some_and(|latest| latest.inputs != row.inputs);
            if outdated && policy.publicity.of == PublicityOf::Results {
                stops.push(Stop::Outdated { number: row.number });
            } else if row.state == PublicationState::Final && !outdated {
                found.stops.push(Refusal::new(ALREADY_FINAL).with("number", row.number));
            }
            if let Some(until) = row.until_day.filter(|until| row.state == PublicationState::Open && today <= *until) {
                stops.push(Stop::WindowOpen { number: row.number, until });
            }
        }
    }
    found.stops.extend(stops.iter().map(Stop::refusal));
    Ok(found)
}
