//! `staff.import`: a sheet of staff. People already on the list are brought up to date, by name and unit.
use super::Particulars;
use super::people::kept;
use crate::bundle::row_fault::{Form, Report};
use crate::bundle::sheet::SheetFault;
use crate::bundle::staff_sheet::{self, StaffLine};
use crate::model::{Role, StaffId};
use crate::ops::{Error, Operation, Result, Site, Work};
use crate::store::{StaffRow, rows};
use serde::{Serialize, Serializer};
use std::path::Path;

#[derive(Debug, Serialize)]
pub struct Import {
    /// Name of the file.
    pub file: String,
    #[serde(serialize_with = "count")]
    pub people: Vec<Particulars>,
}

/// The rows themselves are in the journal already.
fn count<S: Serializer>(people: &[Particulars], s: S) -> Result<S::Ok, S::Error> {
    people.len().serialize(s)
}

#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, Serialize)]
pub struct Imported {
    pub added: usize,
    pub changed: usize,
    pub unchanged: usize,
}

/// Reads a sheet. With any fault nothing of it is taken: they come back as [`Error::Rejected`].
pub fn read_file(site: &Site, path: &Path) -> Result<Import> {
    let name = path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned());
    let (lines, faults) = staff_sheet::read(path, &name, &*site.codes()?).map_err(|fault| match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(error) => Error::file(path)(error),
    })?;
    if faults.is_empty() {
        return Ok(Import { file: name, people: lines.into_iter().map(particulars).collect() });
    }
    let mut report = Report::new("staff", Form::Xlsx);
    let mut wrong: Vec<u64> = faults.iter().map(|f| f.line).collect();
    wrong.dedup();
    report.counts.refused = wrong.len() as u64;
    report.counts.read = lines.len() as u64 + report.counts.refused;
    faults.into_iter().for_each(|fault| report.push(fault));
    Err(Error::Rejected(Box::new(report)))
}

fn particulars(line: StaffLine) -> Particulars {
    let StaffLine { name, unit, phone, id_number, grade, card_no, card_until, occupations, duties, kept_by, .. } = line;
    Particulars {
        name,
        unit,
        phone,
        id_number,
        grade,
        card_no,
        card_until,
        occupations,
        duties,
        kept_by,
        operator: None,
    }
}

impl Operation for Import {
    const KIND: &'static str = "staff.import";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Imported;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Imported> {
        let mut done = Imported::default();
        for person in &self.people {
            let next = StaffId(work.tx.next_id::<StaffRow>()?);
            let new = person.row(next, work.codes, None)?;
            let same = "WHERE name = ?1 AND unit = ?2";
            match rows::first::<StaffRow>(work.tx.db(), same, (&new.name, &new.unit))? {
                None => {
                    let new = kept(work, new, None)?;
                    work.tx.insert(&new)?;
                    done.added += 1;
                }
                Some(before) => {
                    let kept_by = new.kept_by.clone().or_else(|| before.kept_by.clone());
                    let (operator, retired) = (before.operator, before.retired);
                    let after = StaffRow { id: before.id, operator, retired, kept_by, ..new };
                    let after = kept(work, after, Some(&before))?;
                    if before == after {
                        done.unchanged += 1;
                    } else {
                        work.tx.update(&before, &after)?;
                        done.changed += 1;
                    }
                }
            }
        }
        Ok(done)
    }
}
