//! `enterprise.file`: a filing comes in, or comes in again corrected. It is a draft until it is submitted.
use super::last_result;
use crate::bundle::enterprise;
use crate::bundle::row_fault::Report;
use crate::bundle::sheet::SheetFault;
use crate::model::filing::{Filing, FilingState, Organisation};
use crate::model::{Code, Refusal, Role};
use crate::ops::{Error, Operation, Result, Site, Work};
use crate::policy::enterprise::{Missing, may_file, missing};
use crate::store::rows;
use crate::store::{
    FiledAttachmentRow, FiledConditionRow, FiledEquipmentRow, FiledOccupationRow, FiledStaffRow, FilingRow,
    OrganisationRow,
};
use serde::{Serialize, Serializer};
use std::path::Path;

pub const PREFIX_TAKEN: Code = Code("enterprise.prefix_taken");

#[derive(Debug, Serialize)]
pub struct File {
    #[serde(serialize_with = "head_only")]
    pub filing: Filing,
}

/// The rows themselves are in the journal already.
fn head_only<S: Serializer>(filing: &Filing, s: S) -> Result<S::Ok, S::Error> {
    (&filing.organisation.credit_code, filing.organisation.round).serialize(s)
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filed {
    pub credit_code: String,
    pub name: String,
    pub round: i64,
    /// What must be filled in before it can be submitted.
    pub missing: Vec<Missing>,
}

/// Reads a folder of tables or a JSON file; faults come back as [`Error::Rejected`].
pub fn read_file(site: &Site, path: &Path) -> Result<(Filing, Report)> {
    let codes = site.codes()?;
    let fault = |fault| match fault {
        SheetFault::Refused(refusal) => Error::Refused(refusal),
        SheetFault::Io(error) => Error::file(path)(error),
    };
    match enterprise::read(path, &codes).map_err(fault)? {
        (Some(filing), report) => Ok((filing, report)),
        (None, report) => Err(Error::Rejected(Box::new(report))),
    }
}

impl Operation for File {
    const KIND: &'static str = "enterprise.file";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Filed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Filed> {
        let head = &self.filing.organisation;
        let organisation = organisation(work, head)?;
        let filing = filing(work, head, organisation)?;
        self.fill(work, filing)?;
        Ok(Filed {
            credit_code: head.credit_code.clone(),
            name: head.name.clone(),
            round: head.round,
            missing: missing(&self.filing),
        })
    }
}

/// The organisation's row with its particulars as they are now; answers its id.
fn organisation(work: &mut Work<'_, '_>, head: &Organisation) -> Result<i64> {
    let db = work.tx.db();
    if let Some(prefix) = &head.certificate_prefix {
        let other = "WHERE certificate_prefix = ?1 AND credit_code <> ?2";
        if let Some(other) = rows::first::<OrganisationRow>(db, other, [prefix, &head.credit_code])? {
            let refusal = Refusal::new(PREFIX_TAKEN).with("prefix", prefix.as_str());
            return Err(refusal.with("organisation", other.name).into());
        }
    }
    let before = rows::first::<OrganisationRow>(db, "WHERE credit_code = ?1", [&head.credit_code])?;
    let id = before.as_ref().map_or_else(|| work.tx.next_id::<OrganisationRow>(), |row| Ok(row.id))?;
    let after = OrganisationRow {
        id,
        credit_code: head.credit_code.clone(),
        name: head.name.clone(),
        address: head.address.clone(),
        kind: head.kind,
        certificate_prefix: head.certificate_prefix.clone(),
    };
    match before {
        None => work.tx.insert(&after)?,
        Some(before) if before != after => work.tx.update(&before, &after)?,
        Some(_) => {}
    }
    Ok(id)
}

/// The filing's own row as a draft, the parts of an earlier one gone; answers its id.
fn filing(work: &mut Work<'_, '_>, head: &Organisation, organisation: i64) -> Result<i64> {
    let db = work.tx.db();
    let before = rows::first::<FilingRow>(db, "WHERE organisation = ?1 AND round = ?2", (organisation, head.round))?;
    let id = before.as_ref().map_or_else(|| work.tx.next_id::<FilingRow>(), |row| Ok(row.id))?;
    let after = FilingRow {
        id,
        organisation,
        round: head.round,
        state: FilingState::Draft,
        unit: head.unit.clone(),
        contact: head.contact.clone(),
        post: head.post.clone(),
        landline: head.landline.clone(),
        mobile: head.mobile.clone(),
        email: head.email.clone(),
        strengths: head.strengths.clone(),
        venue: head.venue.clone(),
        systems: head.systems.clone(),
        paper_on: None,
        electronic_on: None,
        valid_from: None,
        valid_to: None,
        reason: None,
    };
    let Some(before) = before else {
        work.tx.insert(&after)?;
        return Ok(id);
    };
    may_file(before.state, last_result(db, id)?)?;
    if before != after {
        work.tx.update(&before, &after)?;
    }
    macro_rules! clear {
        ($($row:ty),+) => {$(
            for row in rows::select::<$row>(work.tx.db(), "WHERE filing = ?1", [id])? {
                work.tx.delete(&row)?;
            }
        )+};
    }
    clear!(FiledOccupationRow, FiledEquipmentRow, FiledStaffRow, FiledAttachmentRow, FiledConditionRow);
    Ok(id)
}

impl File {
    fn fill(&self, work: &mut Work<'_, '_>, filing: i64) -> Result<()> {
        for (place, one) in (1..).zip(&self.filing.occupations) {
            let id = work.tx.next_id::<FiledOccupationRow>()?;
            work.tx.insert(&FiledOccupationRow::of(id, filing, place, one))?;
        }
        for (place, one) in (1..).zip(&self.filing.equipment) {
            let id = work.tx.next_id::<FiledEquipmentRow>()?;
            work.tx.insert(&FiledEquipmentRow::of(id, filing, place, one))?;
        }
        for (place, one) in (1..).zip(&self.filing.staff) {
            let id = work.tx.next_id::<FiledStaffRow>()?;
            work.tx.insert(&FiledStaffRow::of(id, filing, place, one))?;
        }
        for one in &self.filing.attachments {
            let id = work.tx.next_id::<FiledAttachmentRow>()?;
            work.tx.insert(&FiledAttachmentRow::of(id, filing, one))?;
        }
        for one in &self.filing.conditions {
            let (number, evidence) = (one.number, one.evidence.clone());
            let row = FiledConditionRow { filing, number, evidence, met: None, note: None, judged_by: None, at: None };
            work.tx.insert(&row)?;
        }
        Ok(())
    }
}
