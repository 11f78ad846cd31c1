//! One person's outcome and the counts of their occupation and level, as they are and as another mark would make them.
use super::board::{Case, Counts, case};
use super::marks::Effects;
use super::{Judge, Outcome};
use crate::model::{ApplicationId, BatchId, Mark, Subject};
use crate::ops::Result;
use crate::policy::Policy;
use crate::store::rows::Connection;
use crate::store::views::results::{self, Boxes, Person};

/// Somebody and everybody else of the same occupation and level.
pub(in crate::ops) struct WhatIf<'p> {
    /// With the marks as given.
    pub person: Person,
    others: Counts,
    judge: Judge<'p>,
    effects: Effects<'p>,
}

/// What follows from marks.
pub(in crate::ops) struct Follows {
    /// What counts, after what confirmed incidents do to it.
    pub counts: Option<Mark>,
    pub outcome: Outcome,
    /// Of the occupation and level.
    pub board: Counts,
}

impl WhatIf<'_> {
    /// `None` for somebody who is not in the batch or has withdrawn.
    pub fn of<'p>(
        db: &Connection,
        policy: &'p Policy,
        (batch, application): (BatchId, ApplicationId),
    ) -> Result<Option<WhatIf<'p>>> {
        let Some(person) = results::person(db, batch, application)? else { return Ok(None) };
        let (judge, effects) = (Judge::of(policy), Effects::of_batch(db, policy, batch)?);
        let mut others = Counts::default();
        results::tally(db, batch, |row| {
            let same = row.level == person.level && row.occupation == person.occupation;
            if same && row.application != application {
                others.add(&case(&judge, row.level, &effects.apply(row.application, row.boxes)));
            }
        })?;
        Ok(Some(WhatIf { person, others, judge, effects }))
    }

    /// With `mark` given in one part.
    pub fn with(&self, subject: Subject, mark: Option<Mark>) -> Follows {
        let mut given: Boxes = self.person.boxes;
        for (part, held) in Subject::ALL.into_iter().zip(&mut given) {
            if part == subject {
                *held = mark;
            }
        }
        let counted = self.effects.apply(self.person.application, given);
        let own: Case = case(&self.judge, self.person.level, &counted);
        let mut board = self.others;
        board.add(&own);
        let counts =
            Subject::ALL.into_iter().zip(counted).find(|(part, _)| *part == subject).and_then(|(_, mark)| mark);
        Follows { counts, outcome: own.outcome, board }
    }

    /// As given in this part.
    pub fn given(&self, subject: Subject) -> Option<Mark> {
        Subject::ALL.into_iter().zip(self.person.boxes).find(|(part, _)| *part == subject).and_then(|(_, mark)| mark)
    }
}
