//! `enterprise.publish`: qualified organisations come into the directory, all of those named or none (S3-14 to S3-17).
use super::{last_result, latest};
use crate::model::filing::FilingState;
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::policy::enterprise::{REASON, may_list};
use crate::store::{FiledConditionRow, FilingRow, rows};
use serde::Serialize;

pub const NOBODY: Code = Code("enterprise.nobody_named");
/// A second round follows a first one.
pub const FIRST_ROUND: Code = Code("enterprise.first_round");
pub const ENDS_EARLY: Code = Code("enterprise.ends_early");

#[derive(Debug, Serialize)]
pub struct Publish {
    /// Credit codes or names.
    pub organisations: Vec<String>,
    pub from: Day,
    /// Last day; `None`: until further notice.
    pub to: Option<Day>,
    pub reason: String,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Published {
    pub listed: usize,
    /// Organisations that now stand in the directory, by round.
    pub rounds: Vec<(i64, i64)>,
}

impl Operation for Publish {
    const KIND: &'static str = "enterprise.publish";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const BEFORE: crate::ops::Before = crate::ops::Before::Copy;
    type Out = Published;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Published> {
        if self.organisations.is_empty() {
            return Err(Refusal::new(NOBODY).into());
        }
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        if self.to.is_some_and(|to| to < self.from) {
            return Err(Refusal::new(ENDS_EARLY).into());
        }
        for who in &self.organisations {
            self.one(work, who)?;
        }
        let all = rows::select::<FilingRow>(work.tx.db(), "WHERE state = 'listed' ORDER BY round", [])?;
        let mut rounds: Vec<(i64, i64)> = Vec::new();
        for row in all {
            match rounds.last_mut().filter(|(round, _)| *round == row.round) {
                Some((_, count)) => *count += 1,
                None => rounds.push((row.round, 1)),
            }
        }
        Ok(Published { listed: self.organisations.len(), rounds })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

impl Publish {
    fn one(&self, work: &mut Work<'_, '_>, who: &str) -> Result<()> {
        let db = work.tx.db();
        let (organisation, before) = latest(db, who)?;
        let conditions = rows::select::<FiledConditionRow>(db, "WHERE filing = ?1 ORDER BY number", [before.id])?;
        let conditions: Vec<_> = conditions.into_iter().map(FiledConditionRow::value).collect();
        let named = |refusal: Refusal| refusal.with("organisation", organisation.name.as_str());
        may_list(before.state, &conditions, last_result(db, before.id)?).map_err(named)?;
        let earlier = "WHERE round < ?1 AND valid_from IS NOT NULL";
        if before.round > 1 && rows::count::<FilingRow>(db, earlier, [before.round])? == 0 {
            return Err(Refusal::new(FIRST_ROUND).with("round", before.round).into());
        }
        // A newer filing takes the place of the one in force.
        let in_force = "WHERE organisation = ?1 AND state IN ('listed', 'suspended')";
        for old in rows::select::<FilingRow>(db, in_force, [organisation.id])? {
            let reason = Some(self.reason.clone());
            work.tx.update(&old, &FilingRow { state: FilingState::Removed, reason, ..old.clone() })?;
        }
        let after = FilingRow {
            state: FilingState::Listed,
            valid_from: Some(self.from),
            valid_to: self.to,
            reason: Some(self.reason.trim().to_owned()),
            ..before.clone()
        };
        Ok(work.tx.update(&before, &after)?)
    }
}
