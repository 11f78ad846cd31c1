//! `subsidy.insure`: a sheet with the months of unemployment insurance of each holder (S4-12).
use super::import::{file_name, sound};
use crate::bundle::duty_sheet::{self, InsuredLine};
use crate::model::{Day, DocumentKind, Role};
use crate::ops::{Operation, Result, Work};
use crate::store::{InsuranceRow, rows};
use serde::{Serialize, Serializer};
use std::path::Path;

#[derive(Debug, Serialize)]
pub struct Insure {
    /// Name of the file; empty when typed.
    pub file: String,
    #[serde(serialize_with = "count")]
    pub people: Vec<Insured>,
}

fn count<S: Serializer>(people: &[Insured], s: S) -> Result<S::Ok, S::Error> {
    people.len().serialize(s)
}

#[derive(Debug, Clone, PartialEq)]
pub struct Insured {
    pub document: DocumentKind,
    pub id_number: String,
    pub months: i64,
    /// `None`: today.
    pub as_of: Option<Day>,
}

/// Reads a sheet; with any fault nothing of it is taken.
pub fn read_insurance(path: &Path) -> Result<Insure> {
    let file = file_name(path);
    let lines = sound(duty_sheet::insured(path, &file), path, "insurance")?;
    let insured = |line: InsuredLine| {
        let InsuredLine { document, id_number, months, as_of } = line;
        Insured { document, id_number, months, as_of }
    };
    Ok(Insure { file, people: lines.into_iter().map(insured).collect() })
}

impl Operation for Insure {
    const KIND: &'static str = "subsidy.insure";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// How many rows are new or changed.
    type Out = usize;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<usize> {
        let (batch, today) = (work.batch()?.id, work.now.day());
        let same = "WHERE batch = ?1 AND document = ?2 AND id_number = ?3";
        let mut done = 0;
        for one in &self.people {
            let (document, id_number) = super::identity(Some(one.document), &one.id_number)?;
            let before = rows::first::<InsuranceRow>(work.tx.db(), same, (batch, document, &id_number))?;
            let id = match &before {
                Some(before) => before.id,
                None => work.tx.next_id::<InsuranceRow>()?,
            };
            let as_of = one.as_of.unwrap_or(today);
            let after = InsuranceRow { id, batch, document, id_number, months: one.months, as_of };
            match before {
                // A sheet of an earlier day does not undo a later one.
                Some(before) if before == after || before.as_of > after.as_of => continue,
                Some(before) => work.tx.update(&before, &after)?,
                None => work.tx.insert(&after)?,
            }
            done += 1;
        }
        Ok(done)
    }
}
