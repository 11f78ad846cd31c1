//! Who passed, from settled marks.
use crate::model::{ApplicationId, BatchId, Level};
use crate::ops::{Result, Site, Work};
use crate::policy::Policy;
use crate::policy::passing::{Marks, Outcome, outcome};
use crate::store::views::certificates::{Standing, standings};

/// Somebody who passed every required part.
#[derive(Debug, Clone, PartialEq)]
pub struct Passed {
    pub application: ApplicationId,
    pub level: Level,
    /// The number they have already.
    pub number: Option<String>,
}

/// Everybody of the batch who passed, by occupation, level and ticket.
pub fn passed(work: &Work<'_, '_>) -> Result<Vec<Passed>> {
    let batch: BatchId = work.batch()?.id;
    Ok(those(standings(work.tx.db(), batch)?, work.policy()?))
}

/// The same for a screen.
pub fn passed_at(site: &Site) -> Result<Vec<Passed>> {
    Ok(those(standings(site.store().db(), site.batch()?.id)?, &*site.policy()?))
}

fn those(people: Vec<Standing>, policy: &Policy) -> Vec<Passed> {
    let has_passed = |person: &Standing| {
        let mut marks = Marks::default();
        person.marks.iter().for_each(|(part, mark)| marks.set(*part, Some(*mark)));
        outcome(policy.subjects.required(person.level), &marks, &policy.passing) == Outcome::Passed
    };
    let passed = people.into_iter().filter(has_passed);
    passed.map(|p| Passed { application: p.application, level: p.level, number: p.number }).collect()
}
