//! `applications.amend`: a filed application is corrected, with what stood there before and why.
use super::file::{judged, refuse_barred, refuse_duplicate, store_evidence};
use super::form::Typed;
use super::record_fee::UNKNOWN;
use crate::bundle::layout::Layout;
use crate::model::{ApplicationId, Code, Evidence, Refusal, Role};
use crate::ops::{ApplicationRow, ApplicationState, EvidenceRow, Operation, Result, TicketRow, Work};
use crate::store::rows;
use serde::Serialize;

/// Every review is passed: nothing of it changes any more (S1-72).
pub const FROZEN: Code = Code("applications.frozen");
/// It is out of the batch.
pub const NOT_LIVE: Code = Code("applications.not_live");
pub const AMEND_REASON: Code = Code("applications.amend_reason_needed");
/// A ticket is issued for this name, document, occupation and level.
pub const TICKETED: Code = Code("applications.ticketed");

#[derive(Serialize)]
pub struct Amend<'a> {
    pub application: ApplicationId,
    /// The whole form as it shall be.
    #[serde(skip)]
    pub typed: &'a Typed,
    /// As it stood when somebody began to change it: what others have changed since stays.
    #[serde(skip)]
    pub seen: &'a Typed,
    pub reason: String,
    #[serde(skip)]
    pub layout: &'a Layout,
}

#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Amended {
    pub name: String,
    /// Columns whose value changed; `evidence` for the pieces.
    pub changed: Vec<&'static str>,
}

impl Operation for Amend<'_> {
    const KIND: &'static str = "applications.amend";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = Amended;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Amended> {
        let before = found(work, self.application)?;
        may_change(&before)?;
        if self.reason.trim().is_empty() {
            return Err(Refusal::new(AMEND_REASON).with("name", before.name).into());
        }
        let held = evidence(work, before.id)?;
        let stored = Typed::of(&before, &held);
        let typed = self.typed.rebased(self.seen, &stored);
        let judged = judged(work, self.layout, &typed, Some(&stored))?;
        let Some(row) = judged.row else { return Err(Refusal::new(UNKNOWN).with("id", before.id).into()) };
        let after = keeping(row, &before);
        let changed = changes(work, &before, &after, (&held, &judged.evidence))?;
        if changed.iter().any(|c| *c != "evidence") {
            work.tx.update(&before, &after)?;
        }
        if changed.contains(&"evidence") {
            store_evidence(work, before.id, &judged.evidence)?;
        }
        Ok(Amended { name: after.name, changed })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}

pub(super) fn found(work: &Work<'_, '_>, application: ApplicationId) -> Result<ApplicationRow> {
    let batch = work.batch()?.id;
    let row = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1 AND batch = ?2", (application, batch))?;
    row.ok_or_else(|| Refusal::new(UNKNOWN).with("id", application).into())
}

/// Whether the form of an application may still be changed. The screen asks before it opens the form.
pub fn may_change(row: &ApplicationRow) -> Result<(), Refusal> {
    let refusal = match row.state {
        ApplicationState::Submitted | ApplicationState::Returned => return Ok(()),
        ApplicationState::Approved => Refusal::new(FROZEN),
        ApplicationState::Rejected | ApplicationState::Excluded | ApplicationState::Withdrawn => Refusal::new(NOT_LIVE),
    };
    let state = format!("application_state.{}", row.state.code());
    Err(refusal.with("name", row.name.as_str()).with("id", row.id).word("state", state))
}

/// What the form does not say stays as it is stored.
fn keeping(row: ApplicationRow, before: &ApplicationRow) -> ApplicationRow {
    let same_route = before.route == row.route;
    ApplicationRow {
        id: before.id,
        batch: before.batch,
        sequence: before.sequence.clone(),
        // The sheet's own word, while it still means the same.
        category: if same_route { before.category.clone().or(row.category) } else { row.category },
        original_at: before.original_at,
        state: before.state,
        paid_at: before.paid_at,
        // A sheet without an answer is not an answer.
        has_certificate: row.has_certificate.filter(|has| *has || before.has_certificate.is_some()),
        ..row
    }
}

/// The columns that change, refused where a ticket stands against it or somebody else has the key.
fn changes(
    work: &Work<'_, '_>,
    before: &ApplicationRow,
    after: &ApplicationRow,
    evidence: (&[Evidence], &[Evidence]),
) -> Result<Vec<&'static str>> {
    let mut changed = differing(before, after);
    if evidence.0 != evidence.1 {
        changed.push("evidence");
    }
    let key = ["name", "document", "id_number", "occupation", "level"];
    if changed.iter().any(|column| key.contains(column)) {
        let ticket = rows::first::<TicketRow>(work.tx.db(), "WHERE application = ?1", [before.id])?;
        if let Some(ticket) = ticket {
            let refusal = Refusal::new(TICKETED).with("name", before.name.as_str()).with("ticket", ticket.number);
            return Err(refusal.with("id", before.id).into());
        }
        refuse_duplicate(work, after)?;
    }
    if changed.iter().any(|column| ["document", "id_number"].contains(column)) {
        refuse_barred(work, after)?;
    }
    Ok(changed)
}

/// Names of the columns in which two rows differ, those made from others left out.
fn differing(before: &ApplicationRow, after: &ApplicationRow) -> Vec<&'static str> {
    use crate::store::record::Record;
    let made = ["id_reversed", "name_chars", "pinyin", "initials", "other_readings", "occupation_name"];
    let image = |row: &ApplicationRow| row.values().unwrap_or_default();
    let pairs = image(before).into_iter().zip(image(after));
    let columns = ApplicationRow::COLUMNS.iter().zip(pairs);
    columns.filter(|(c, (a, b))| a != b && !made.contains(c)).map(|(c, _)| *c).collect()
}

pub(super) fn evidence(work: &Work<'_, '_>, application: ApplicationId) -> Result<Vec<Evidence>> {
    let rows = rows::select::<EvidenceRow>(work.tx.db(), "WHERE application = ?1 ORDER BY id", [application])?;
    Ok(rows.iter().map(EvidenceRow::evidence).collect())
}
