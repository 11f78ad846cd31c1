//! `rosters.make`: who stands on a roster, and a digest of everything that it says, so that a later change shows.
use super::index;
use super::read::{self, kind_of, rule};
use crate::model::{ApplicationId, BatchId, Code, Refusal, Role};
use crate::ops::{Operation, Result, Undo, Work, results};
use crate::policy::Policy;
use crate::policy::rosters::Kind;
use crate::store::rows::{self, Connection};
use crate::store::{ApplicationRow, RosterLineRow, RosterRow, RosterState};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashSet;

pub const NOT_IN_THE_NOTICE: Code = Code("rosters.not_in_the_notice");
pub const NO_UNIT: Code = Code("rosters.unknown_unit");
pub const UNIT_NEEDED: Code = Code("rosters.unit_needed");
pub const FILLED_BY: Code = Code("rosters.filled_by_needed");
pub const NOBODY: Code = Code("rosters.nobody");
pub const THERE_IS_ONE: Code = Code("rosters.there_is_one");

#[derive(Debug, Clone, Serialize)]
pub struct Make {
    pub kind: Kind,
    /// Code of a unit of the notice, where each has its own.
    pub unit: Option<String>,
    /// 填报人
    pub filled_by: String,
    /// 填报人联系电话
    pub phone: Option<String>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Made {
    pub roster: i64,
    pub people: usize,
}

impl Operation for Make {
    const KIND: &'static str = "rosters.make";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("rosters.drop");
    type Out = Made;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Made> {
        let (batch, policy) = (work.batch()?.id, work.policy()?.clone());
        let rule = rule(&policy, self.kind)?;
        let filled_by = Some(self.filled_by.trim()).filter(|name| !name.is_empty());
        let filled_by = filled_by.ok_or_else(|| Refusal::new(FILLED_BY))?.to_owned();
        let unit = self.unit.as_deref().map(str::trim).filter(|unit| !unit.is_empty());
        if let Some(unit) = unit.filter(|unit| !policy.units.list.iter().any(|u| u.code == *unit)) {
            return Err(Refusal::new(NO_UNIT).with("unit", unit).into());
        }
        if rule.by_unit && unit.is_none() {
            return Err(Refusal::new(UNIT_NEEDED).into());
        }
        let db = work.tx.db();
        let kind = kind_of(self.kind);
        let open = "WHERE batch = ?1 AND kind = ?2 AND unit IS ?3 AND state = 'made'";
        if let Some(other) = rows::first::<RosterRow>(db, open, (batch, kind, unit))? {
            return Err(Refusal::new(THERE_IS_ONE).with("roster", other.id).into());
        }
        let people = who(db, &policy, batch, (self.kind, unit))?;
        if people.is_empty() {
            return Err(Refusal::new(NOBODY).word("kind", format!("roster_kind.{}", self.kind.code())).into());
        }
        let lines = lines(db, &policy, &people)?;
        let roster = work.tx.next_id::<RosterRow>()?;
        work.tx.insert(&RosterRow {
            id: roster,
            batch,
            kind,
            unit: unit.map(str::to_owned),
            filled_by,
            phone: self.phone.as_deref().map(str::trim).filter(|t| !t.is_empty()).map(str::to_owned),
            digest: digest(&people, &lines),
            state: RosterState::Made,
            made_at: work.now,
            made_by: work.actor.operator()?,
            sent_on: None,
            sent_to: None,
            sent_by: None,
            dropped_reason: None,
        })?;
        let first = work.tx.next_id::<RosterLineRow>()?;
        for (((id, position), person), materials) in (first..).zip(1..).zip(&people).zip(lines) {
            work.tx.insert(&RosterLineRow { id, roster, position, application: person.id, materials })?;
        }
        Ok(Made { roster, people: people.len() })
    }
}

/// Who stands on such a roster now, by unit of work and name.
pub(super) fn who(
    db: &Connection,
    policy: &Policy,
    batch: BatchId,
    (kind, unit): (Kind, Option<&str>),
) -> Result<Vec<ApplicationRow>> {
    let passed: Option<HashSet<ApplicationId>> = match kind {
        Kind::Applicants => None,
        Kind::Passed => Some(results::passed_in(db, policy, batch)?.iter().map(|row| row.application).collect()),
    };
    let tail = "WHERE batch = ?1 AND state = 'approved' ORDER BY employer, initials, pinyin, id";
    let mut people = rows::select::<ApplicationRow>(db, tail, [batch])?;
    people.retain(|a| passed.as_ref().is_none_or(|all| all.contains(&a.id)));
    people.retain(|a| unit.is_none_or(|unit| read::unit_of(policy, a) == Some(unit)));
    Ok(people)
}

/// The index of materials of each of them, where the notice asks for one.
pub(super) fn lines(db: &Connection, policy: &Policy, people: &[ApplicationRow]) -> Result<Vec<String>> {
    people.iter().map(|a| Ok(index::written(&index::of_person(db, policy, a)?))).collect()
}

/// Over everything that stands on the roster.
pub(super) fn digest(people: &[ApplicationRow], materials: &[String]) -> String {
    let mut hash = Sha256::new();
    for (a, materials) in people.iter().zip(materials) {
        let own = [&a.name, &a.id_number, &a.occupation, materials].map(String::as_str);
        let may = [&a.employer, &a.phone, &a.ethnic_group].map(|text| text.as_deref().unwrap_or_default());
        for text in own.into_iter().chain(may).chain([a.level.official()]) {
            hash.update((text.len() as u64).to_le_bytes());
            hash.update(text.as_bytes());
        }
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
