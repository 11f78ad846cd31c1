//! Whether a batch takes an occupation at a level: one answer for the form, the sheet and the list.
use super::standing;
use crate::bundle::codes::Occupation;
use crate::model::{BatchId, Code, Level, Refusal, Stamp};
use crate::ops::Result;
use crate::policy::Policy;
use crate::store::rows::Connection;
use std::collections::BTreeMap;

pub const UNKNOWN: Code = Code("occupation.unknown");
pub const LEVEL_NOT_ASSESSED: Code = Code("occupation.level_not_assessed");
pub const LEVEL_NOT_HELD: Code = Code("occupation.level_not_held");
pub const EXCLUDED: Code = Code("occupation.excluded");
pub const CLOSED: Code = Code("occupation.closed");

/// A picture of the moment it was made at; nothing in it is asked of the database again.
#[derive(Debug, Clone, Default)]
pub struct Offers {
    held: Vec<Level>,
    excluded: Vec<String>,
    closed: BTreeMap<(String, Level), (Stamp, String)>,
}

impl Offers {
    pub(in crate::ops) fn of(db: &Connection, batch: BatchId, policy: &Policy) -> Result<Offers> {
        let closed = standing(db, batch)?.into_iter().map(|c| ((c.occupation, c.level), (c.closed_at, c.reason)));
        let excluded = policy.occupations.excluded.clone();
        Ok(Offers { held: policy.subjects.levels(), excluded, closed: closed.collect() })
    }

    /// In order: access occupations (S3-12), levels of the catalogue's row (S1-47), levels of the notice, closures (S0-05).
    pub fn check(&self, occupation: &Occupation, level: Level) -> Result<(), Refusal> {
        let refuse =
            |code: Code| Refusal::new(code).with("occupation", occupation.name.as_str()).word("level", level.key());
        if self.excluded.iter().any(|e| *e == occupation.code || *e == occupation.name) {
            return Err(refuse(EXCLUDED));
        }
        if !occupation.has(level) {
            let levels: Vec<_> = occupation.levels().map(|l| l.digit().to_string()).collect();
            return Err(refuse(LEVEL_NOT_ASSESSED).with("levels", levels.join(" ")));
        }
        if !self.held.contains(&level) {
            return Err(refuse(LEVEL_NOT_HELD));
        }
        // Almost always nothing is closed, and a sheet asks for every row.
        if self.closed.is_empty() {
            return Ok(());
        }
        match self.closed.get(&(occupation.code.clone(), level)) {
            Some((since, reason)) => {
                Err(refuse(CLOSED).with("since", since.day().to_string()).with("reason", reason.as_str()))
            }
            None => Ok(()),
        }
    }
}
