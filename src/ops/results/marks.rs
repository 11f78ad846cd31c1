//! The one place where settled marks are read for outcomes: what confirmed incidents do to them is done here.
use crate::model::{ApplicationId, BatchId, Subject};
use crate::ops::Result;
use crate::policy::Policy;
use crate::policy::conduct::{OnMark, after_effects};
use crate::store::rows::Connection;
use crate::store::views::conduct::{self, OnPart};
use crate::store::views::results::{self, Boxes, Person, Tally};
use std::collections::HashMap;

/// What stands against marks of a batch.
pub(super) struct Effects<'p> {
    policy: &'p Policy,
    of: HashMap<ApplicationId, Vec<OnPart>>,
}

impl Effects<'_> {
    pub fn of_batch<'p>(db: &Connection, policy: &'p Policy, batch: BatchId) -> Result<Effects<'p>> {
        Ok(Effects::new(policy, conduct::effects(db, batch)?))
    }

    fn of_person<'p>(db: &Connection, policy: &'p Policy, application: ApplicationId) -> Result<Effects<'p>> {
        Ok(Effects::new(policy, conduct::effects_of(db, application)?))
    }

    fn new(policy: &Policy, all: Vec<OnPart>) -> Effects<'_> {
        let mut of: HashMap<_, Vec<_>> = HashMap::new();
        all.into_iter().for_each(|e| of.entry(e.application).or_default().push(e));
        Effects { policy, of }
    }

    /// The marks that count.
    pub fn apply(&self, application: ApplicationId, given: Boxes) -> Boxes {
        let Some(own) = self.of.get(&application) else { return given };
        let mut counted = given;
        for (part, mark) in Subject::ALL.into_iter().zip(&mut counted) {
            let on = own.iter().filter(|e| e.subject == part);
            let on: Vec<_> = on.map(|e| OnMark { effect: e.effect, amount: e.points.unwrap_or(0) }).collect();
            *mark = after_effects(*mark, &on, step(self.policy, part));
        }
        counted
    }
}

/// What marks of a part are rounded to.
pub(in crate::ops) fn step(policy: &Policy, part: Subject) -> i32 {
    match part {
        Subject::Review => policy.panel.step,
        Subject::Theory | Subject::Practical => policy.marking.step,
    }
}

pub(super) fn tally(db: &Connection, policy: &Policy, batch: BatchId, mut visit: impl FnMut(Tally<'_>)) -> Result<()> {
    let effects = Effects::of_batch(db, policy, batch)?;
    results::tally(db, batch, |row| visit(Tally { boxes: effects.apply(row.application, row.boxes), ..row }))?;
    Ok(())
}

pub(super) fn people(db: &Connection, policy: &Policy, batch: BatchId, mut visit: impl FnMut(Person)) -> Result<()> {
    let effects = Effects::of_batch(db, policy, batch)?;
    results::people(db, batch, |row| visit(Person { boxes: effects.apply(row.application, row.boxes), ..row }))?;
    Ok(())
}

pub(super) fn person(
    db: &Connection,
    policy: &Policy,
    batch: BatchId,
    application: ApplicationId,
) -> Result<Option<Person>> {
    let found = results::person(db, batch, application)?;
    let effects = Effects::of_person(db, policy, application)?;
    Ok(found.map(|row| Person { boxes: effects.apply(row.application, row.boxes), ..row }))
}
