//! `duty.import`: a sheet of people on duty. People already on the list are brought up to date, by their identity.
use super::Particulars;
use super::duty::SAME;
use crate::bundle::duty_sheet::{self, DutyLine};
use crate::bundle::row_fault::{Form, Report, RowFault};
use crate::bundle::sheet::SheetFault;
use crate::model::Role;
use crate::ops::{Error, Operation, Result, Work};
use crate::store::{DutyPersonRow, rows};
use serde::{Serialize, Serializer};
use std::collections::HashSet;
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
    /// On duty by our list, and not on the sheet: they stay.
    pub not_on_sheet: usize,
}

/// Reads a sheet. With any fault nothing of it is taken: they come back as [`Error::Rejected`].
pub fn read_file(path: &Path) -> Result<Import> {
    let file = file_name(path);
    let lines = sound(duty_sheet::people(path, &file), path, "duty")?;
    Ok(Import { file, people: lines.into_iter().map(particulars).collect() })
}

pub(super) fn file_name(path: &Path) -> String {
    path.file_name().map_or_else(|| path.display().to_string(), |n| n.to_string_lossy().into_owned())
}

/// The lines, if every one could be read.
pub(super) fn sound<T>(read: duty_sheet::Read<T>, path: &Path, what: &'static str) -> Result<Vec<T>> {
    let (lines, faults) = read.map_err(|fault| match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(error) => Error::file(path)(error),
    })?;
    if faults.is_empty() { Ok(lines) } else { Err(Error::Rejected(Box::new(report(what, lines.len(), faults)))) }
}

fn report(what: &'static str, read: usize, faults: Vec<RowFault>) -> Report {
    let mut report = Report::new(what, Form::Xlsx);
    let wrong: HashSet<u64> = faults.iter().map(|f| f.line).collect();
    report.counts.refused = wrong.len() as u64;
    report.counts.read = read as u64 + report.counts.refused;
    faults.into_iter().for_each(|fault| report.push(fault));
    report
}

fn particulars(line: DutyLine) -> Particulars {
    let DutyLine { name, document, id_number, department, post, since, until, held, held_no, held_on } = line;
    let document = Some(document);
    Particulars { name, document, id_number, department, post, since, until, held, held_no, held_on }
}

impl Operation for Import {
    const KIND: &'static str = "duty.import";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Imported;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Imported> {
        let (batch, today) = (work.batch()?.id, work.now.day());
        let (mut done, mut seen) = (Imported::default(), HashSet::new());
        for person in &self.people {
            let new = person.row((work.tx.next_id::<DutyPersonRow>()?, batch), today)?;
            let before = rows::first::<DutyPersonRow>(work.tx.db(), SAME, (batch, new.document, &new.id_number))?;
            let Some(before) = before else {
                work.tx.insert(&new)?;
                seen.insert(new.id);
                done.added += 1;
                continue;
            };
            seen.insert(before.id);
            // What the sheet leaves out stays.
            let kept = person.held.is_none();
            let after = DutyPersonRow {
                id: before.id,
                since: person.since.unwrap_or(before.since),
                post: new.post.clone().or_else(|| before.post.clone()),
                until: new.until.or(before.until),
                held_occupation: if kept { before.held_occupation.clone() } else { new.held_occupation.clone() },
                held_level: if kept { before.held_level } else { new.held_level },
                held_no: if kept { before.held_no.clone() } else { new.held_no.clone() },
                held_on: if kept { before.held_on } else { new.held_on },
                ..new
            };
            if before == after {
                done.unchanged += 1;
            } else {
                work.tx.update(&before, &after)?;
                done.changed += 1;
            }
        }
        let tail = "WHERE batch = ?1 AND (until IS NULL OR until >= ?2)";
        let there = rows::select::<DutyPersonRow>(work.tx.db(), tail, (batch, today))?;
        done.not_on_sheet = there.iter().filter(|p| !seen.contains(&p.id)).count();
        Ok(done)
    }
}
