//! `staff.add`, `staff.change`, `staff.retire`: the list of staff, which outlasts batches.
use super::{Particulars, row};
use crate::model::{Code, Refusal, Role, StaffId, fold};
use crate::ops::{Operation, Result, Work, unit};
use crate::store::{SessionRow, StaffRow, rows};
use serde::Serialize;

pub const EXISTS: Code = Code("staff.exists");
pub const REASON: Code = Code("staff.reason_needed");
pub const STILL_WORKS: Code = Code("staff.still_works");
pub const OPERATOR_TAKEN: Code = Code("staff.operator_taken");
pub const RETIRED: Code = Code("staff.already_retired");

#[derive(Debug, Serialize)]
pub struct Add {
    #[serde(flatten)]
    pub who: Particulars,
}

impl Operation for Add {
    const KIND: &'static str = "staff.add";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StaffRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StaffRow> {
        let added = self.who.row(StaffId(work.tx.next_id::<StaffRow>()?), work.codes, None)?;
        let added = kept(work, added, None)?;
        refuse_twice(work, &added)?;
        work.tx.insert(&added)?;
        Ok(added)
    }
}

#[derive(Debug, Serialize)]
pub struct Change {
    pub staff: StaffId,
    /// Everything as it is from now on.
    #[serde(flatten)]
    pub now: Particulars,
}

impl Operation for Change {
    const KIND: &'static str = "staff.change";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StaffRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StaffRow> {
        let before = row(work.tx.db(), self.staff)?;
        let after = self.now.row(self.staff, work.codes, Some(&before))?;
        let after = kept(work, after, Some(&before))?;
        refuse_twice(work, &after)?;
        if before != after {
            work.tx.update(&before, &after)?;
        }
        Ok(after)
    }
}

/// Whose expert somebody is: of the unit that the operator acts for; the site may name any unit of the notice. Nobody takes
/// an expert from another unit.
pub(super) fn kept(work: &Work<'_, '_>, row: StaffRow, before: Option<&StaffRow>) -> Result<StaffRow> {
    // Without a batch there is no notice whose units could be meant.
    let Ok(policy) = work.policy() else { return Ok(row) };
    let own = unit::of_actor(work.tx.db(), policy, work.actor)?;
    match (&own, before.and_then(|b| b.kept_by.as_ref())) {
        (Some(own), Some(other)) if own != other => {
            let (unit, own) = (unit::name(policy, other), unit::name(policy, own));
            Err(Refusal::new(unit::OTHER_UNIT).with("unit", unit).with("own", own).into())
        }
        // Nothing of it was touched, perhaps it is of a notice before this one.
        (_, kept) if kept == row.kept_by.as_ref() && kept.is_some() => Ok(row),
        // Whoever is the site's stays the site's.
        (Some(_), None) if before.is_some() && row.kept_by.is_none() => Ok(row),
        _ => Ok(StaffRow { kept_by: unit::given(policy, own, row.kept_by.as_deref())?, ..row }),
    }
}

/// Two of one name and unit are told apart by nobody.
fn refuse_twice(work: &Work<'_, '_>, new: &StaffRow) -> Result<()> {
    let same = "WHERE name = ?1 AND unit = ?2 AND id <> ?3";
    match rows::first::<StaffRow>(work.tx.db(), same, (&new.name, &new.unit, new.id))? {
        Some(other) => {
            let refusal = Refusal::new(EXISTS).with("name", new.name.as_str()).with("unit", new.unit.as_str());
            Err(refusal.with("number", other.id).into())
        }
        None => refuse_shared(work, new),
    }
}

/// Somebody signs on as themself: nobody else signs on as the same operator.
fn refuse_shared(work: &Work<'_, '_>, new: &StaffRow) -> Result<()> {
    let Some(operator) = new.operator else { return Ok(()) };
    match rows::first::<StaffRow>(work.tx.db(), "WHERE operator = ?1 AND id <> ?2", (operator, new.id))? {
        Some(other) => Err(Refusal::new(OPERATOR_TAKEN).with("name", other.name).into()),
        None => Ok(()),
    }
}

/// Not asked for any more; what they did stays. With work to come they are replaced first.
#[derive(Debug, Serialize)]
pub struct Retire {
    pub staff: StaffId,
    pub reason: String,
}

impl Operation for Retire {
    const KIND: &'static str = "staff.retire";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = StaffRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<StaffRow> {
        let (db, before) = (work.tx.db(), row(work.tx.db(), self.staff)?);
        if fold::text(&self.reason).is_empty() {
            return Err(Refusal::new(REASON).into());
        }
        if before.retired {
            return Err(Refusal::new(RETIRED).with("name", before.name).into());
        }
        let to_come =
            "WHERE starts_at > ?1 AND id IN (SELECT session FROM assignment WHERE staff = ?2) ORDER BY starts_at";
        if let Some(session) = rows::first::<SessionRow>(db, to_come, (work.now, self.staff))? {
            return Err(Refusal::new(STILL_WORKS).with("name", before.name).with("session", session.code).into());
        }
        let after = StaffRow { retired: true, ..before.clone() };
        work.tx.update(&before, &after)?;
        Ok(after)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
