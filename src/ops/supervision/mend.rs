//! `supervision.mend`: what an inspection asked for was put right.
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{InspectionRow, rows};
use serde::Serialize;

pub const UNKNOWN_INSPECTION: Code = Code("supervision.unknown_inspection");
pub const NOTHING_TO_MEND: Code = Code("supervision.nothing_to_mend");
pub const MENDED: Code = Code("supervision.mended_already");
pub const WHAT_WAS_DONE: Code = Code("supervision.what_was_done");
pub const MENDED_EARLY: Code = Code("supervision.mended_early");

#[derive(Debug, Clone, Serialize)]
pub struct Mend {
    pub inspection: i64,
    /// What was done.
    pub mended: String,
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for Mend {
    const KIND: &'static str = "supervision.mend";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// What was inspected.
    type Out = String;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<String> {
        let before = inspection(work, self.inspection)?;
        may_mend(&before)?;
        if self.mended.trim().is_empty() {
            return Err(Refusal::new(WHAT_WAS_DONE).into());
        }
        let on = self.on.unwrap_or_else(|| work.now.day());
        if on < before.inspected_on || on > work.now.day() {
            return Err(Refusal::new(MENDED_EARLY).with("day", on.to_string()).into());
        }
        let (mended_on, mended) = (Some(on), Some(self.mended.trim().to_owned()));
        work.tx.update(&before, &InspectionRow { mended_on, mended, ..before.clone() })?;
        Ok(before.object)
    }
}

pub fn may_mend(inspection: &InspectionRow) -> Result<(), Refusal> {
    match (inspection.mend_by, inspection.mended_on) {
        (None, _) => Err(Refusal::new(NOTHING_TO_MEND).with("object", inspection.object.as_str())),
        (_, Some(day)) => Err(Refusal::new(MENDED).with("day", day.to_string())),
        (Some(_), None) => Ok(()),
    }
}

pub(super) fn inspection(work: &Work<'_, '_>, id: i64) -> Result<InspectionRow> {
    let find = "WHERE id = ?1 AND batch = ?2";
    let found = rows::first::<InspectionRow>(work.tx.db(), find, (id, work.batch()?.id))?;
    found.ok_or_else(|| Refusal::new(UNKNOWN_INSPECTION).with("inspection", id).into())
}
