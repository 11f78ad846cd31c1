//! `applications.file`: one application comes in by the form.
use super::form::{Ground, Judged, Typed, judge};
use crate::bundle::decode::Encoding;
use crate::bundle::layout::Layout;
use crate::bundle::row_fault::{Counts, Report};
use crate::model::{ApplicationId, Code, Evidence, Refusal, Role};
use crate::ops::exchange::Limits;
use crate::ops::{ApplicationRow, Error, EvidenceRow, Operation, Result, Work, sanctions};
use crate::policy::windows::WindowKind;
use crate::store::rows;
use serde::Serialize;

pub const DUPLICATE: Code = Code("applications.duplicate");
pub const LATE_REASON: Code = Code("applications.late_reason_needed");

/// What is typed is not among the journal's parameters: the rows themselves are in the journal.
#[derive(Serialize)]
pub struct File<'a> {
    #[serde(skip)]
    pub typed: &'a Typed,
    /// Why it is taken outside the registration period.
    pub late: Option<String>,
    #[serde(skip)]
    pub layout: &'a Layout,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Filed {
    pub application: ApplicationId,
    pub name: String,
    /// Code of the unit that takes the applicant.
    pub unit: Option<String>,
    pub warnings: usize,
}

impl Operation for File<'_> {
    const KIND: &'static str = "applications.file";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Filed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Filed> {
        let batch = work.batch()?.id;
        in_time(work, self.late.as_deref())?;
        let judged = judged(work, self.layout, self.typed, None)?;
        let warnings = judged.faults.len();
        let Some(row) = judged.row else { return Err(rejected(judged.faults)) };
        let id = ApplicationId(work.tx.next_id::<ApplicationRow>()?);
        let row = ApplicationRow { id, batch, ..row };
        refuse_duplicate(work, &row)?;
        refuse_barred(work, &row)?;
        work.tx.insert(&row)?;
        store_evidence(work, id, &judged.evidence)?;
        Ok(Filed { application: id, name: row.name, unit: row.unit, warnings })
    }

    fn reason(&self) -> Option<&str> {
        self.late.as_deref()
    }
}

/// Registration is open, or a coordinator says why an application is taken all the same (S0-28).
pub(super) fn in_time(work: &Work<'_, '_>, reason: Option<&str>) -> Result<()> {
    let Err(refusal) = work.policy()?.windows.check(WindowKind::Registration, work.now) else { return Ok(()) };
    if !work.actor.has(Role::Coordinator) {
        return Err(refusal.into());
    }
    match reason.map(str::trim).filter(|r| !r.is_empty()) {
        Some(_) => Ok(()),
        None => {
            let mut needed = Refusal::new(LATE_REASON);
            needed.data = refusal.data;
            // One of the two is there: it has closed, or is not open yet.
            let when = needed.get("closed").or(needed.get("opens")).cloned();
            Err(match when {
                Some(when) => needed.with("when", when),
                None => needed,
            }
            .into())
        }
    }
}

/// The form judged inside the transaction; its errors keep it out.
pub(super) fn judged(work: &Work<'_, '_>, layout: &Layout, typed: &Typed, before: Option<&Typed>) -> Result<Judged> {
    let (policy, today) = (work.policy()?, work.now.day());
    let here = (work.site.organisation.as_deref(), today);
    let limits = Limits::load(work.tx.db(), work.batch()?.id, (policy, work.codes), here)?;
    let ground = Ground { codes: work.codes, policy, layout, today, limits: Some(&limits) };
    let judged = judge(&ground, typed, before);
    if judged.row.is_none() { Err(rejected(judged.faults)) } else { Ok(judged) }
}

/// The form's faults as those of a file of one row.
fn rejected(faults: Vec<crate::bundle::row_fault::RowFault>) -> Error {
    let mut report = Report::new("application-form", Encoding::Utf8);
    report.counts = Counts { read: 1, refused: 1, ..Counts::default() };
    faults.into_iter().for_each(|fault| report.push(fault));
    Error::Rejected(Box::new(report))
}

/// One application for each person, occupation and level in a batch.
pub(super) fn refuse_duplicate(work: &Work<'_, '_>, row: &ApplicationRow) -> Result<()> {
    let key = (row.batch, &row.id_number, row.document, &row.occupation, row.level, row.id);
    let tail = "WHERE batch = ?1 AND id_number = ?2 AND document = ?3 AND occupation = ?4 AND level = ?5 AND id <> ?6";
    match rows::first::<ApplicationRow>(work.tx.db(), tail, key)? {
        None => Ok(()),
        Some(other) => Err(Refusal::new(DUPLICATE)
            .with("id", other.id)
            .with("name", other.name)
            .with("occupation", other.occupation_name)
            .word("level", other.level.key())
            .word("state", format!("application_state.{}", other.state.code()))
            .into()),
    }
}

/// Nobody who is barred comes in, or comes back, by the form (S2-29).
pub(super) fn refuse_barred(work: &Work<'_, '_>, row: &ApplicationRow) -> Result<()> {
    sanctions::refuse_barred(work.tx.db(), (row.document, &row.id_number), work.now.day())
}

/// Makes the stored pieces those of `wanted`, place by place, so that the journal shows what changed in each.
pub(super) fn store_evidence(work: &mut Work<'_, '_>, application: ApplicationId, wanted: &[Evidence]) -> Result<()> {
    let tail = "WHERE application = ?1 ORDER BY id";
    let stored = rows::select::<EvidenceRow>(work.tx.db(), tail, [application])?;
    for (before, evidence) in stored.iter().zip(wanted) {
        let after = EvidenceRow::of(before.id, application, evidence);
        if *before != after {
            work.tx.update(before, &after)?;
        }
    }
    for evidence in wanted.iter().skip(stored.len()) {
        let id = work.tx.next_id::<EvidenceRow>()?;
        work.tx.insert(&EvidenceRow::of(id, application, evidence))?;
    }
    for before in stored.iter().skip(wanted.len()) {
        work.tx.delete(before)?;
    }
    Ok(())
}
