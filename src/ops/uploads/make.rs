//! `uploads.prepare`: the records of an upload, frozen cell by cell with a digest over all of them.
use super::choose::{Past, Standing, belongs, standing};
use super::facts::{Base, Facts, outgoing};
use crate::bundle::upload::Outgoing;
use crate::model::{BatchId, Code, Refusal, Role};
use crate::ops::{Error, Operation, Result, Undo, Work};
use crate::policy::certificate::ResultDocument;
use crate::store::rows::{self, Connection};
use crate::store::views::certificates::Certified;
use crate::store::{UploadKind, UploadLineRow, UploadRow, UploadState};
use serde::Serialize;
use sha2::{Digest, Sha256};
use std::collections::HashMap;

pub const NOT_GIVEN: Code = Code("uploads.no_certificates_here");
pub const NOBODY: Code = Code("uploads.nobody");
pub const DRAFT_THERE: Code = Code("uploads.draft_there");

#[derive(Debug, Clone, Serialize)]
pub struct Prepare {
    pub kind: UploadKind,
    /// Name of a file of `data/sheets`.
    pub layout: String,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prepared {
    pub upload: i64,
    pub people: usize,
    pub digest: String,
}

impl Operation for Prepare {
    const KIND: &'static str = "uploads.prepare";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("uploads.drop");
    type Out = Prepared;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Prepared> {
        let (batch, policy) = (work.batch()?.clone(), work.policy()?.clone());
        if policy.certificate.document == ResultDocument::QualificationDocument {
            return Err(Refusal::new(NOT_GIVEN).into());
        }
        let layout = outgoing(work.assets, &self.layout)?;
        let open = "WHERE batch = ?1 AND layout = ?2 AND state = ?3";
        let draft = rows::first::<UploadRow>(work.tx.db(), open, (batch.id, &self.layout, UploadState::Draft))?;
        if let Some(draft) = draft {
            return Err(Refusal::new(DRAFT_THERE).with("upload", draft.id).into());
        }
        let from = Base { db: work.tx.db(), site: work.site, batch: &batch, policy: &policy };
        let facts = Facts::of(from)?;
        let past = past(work.tx.db(), batch.id, &self.layout)?;
        let mut chosen = Vec::new();
        for c in &facts.certificates {
            let own = past.get(&c.number).map(Vec::as_slice).unwrap_or_default();
            if belongs(self.kind, where_it_stands(&facts, &layout, own, c)?) {
                chosen.push((c, json(&facts.cells(&layout, self.kind, c)?)?));
            }
        }
        if chosen.is_empty() {
            let refusal = Refusal::new(NOBODY).word("kind", format!("upload_kind.{}", self.kind.code()));
            return Err(refusal.with("valid", facts.certificates.len()).into());
        }
        let headings: Vec<String> = layout.headings().into_iter().map(|(name, _)| name).collect();
        let headings = json(&headings)?;
        let plan = facts.plan(&layout, self.kind, chosen.len())?;
        let plan = if plan.is_empty() { None } else { Some(json(&plan)?) };
        let digest = digest(&headings, plan.as_deref(), chosen.iter().map(|(_, cells)| cells.as_str()));
        let upload = work.tx.next_id::<UploadRow>()?;
        work.tx.insert(&UploadRow {
            id: upload,
            batch: batch.id,
            kind: self.kind,
            layout: self.layout.clone(),
            headings,
            plan,
            digest: digest.clone(),
            state: UploadState::Draft,
            made_at: work.now,
            made_by: work.actor.operator()?,
            manager: None,
            head: None,
            submitted_on: None,
            submitted_to: None,
            submitted_by: None,
            receipt_no: None,
            answered_on: None,
            answered_by: None,
            note: None,
        })?;
        let first = work.tx.next_id::<UploadLineRow>()?;
        let people = chosen.len();
        work.tx.insert_run(first, lines(upload, first, chosen).into_iter())?;
        Ok(Prepared { upload, people, digest })
    }
}

/// One for each certificate with its cells, in their order.
fn lines(upload: i64, first: i64, chosen: Vec<(&Certified, String)>) -> Vec<UploadLineRow> {
    let line = |((id, position), (c, cells)): ((i64, i64), (&Certified, String))| UploadLineRow {
        id,
        upload,
        position,
        application: c.application,
        number: c.number.clone(),
        cells,
        answer: None,
        fault: None,
    };
    (first..).zip(1..).zip(chosen).map(line).collect()
}

/// Compared as a correction would be written: the kind itself is no difference.
pub(super) fn where_it_stands(
    facts: &Facts<'_>,
    layout: &Outgoing,
    past: &[(UploadKind, Past)],
    c: &Certified,
) -> Result<Standing> {
    let Some((kind, _)) = past.iter().rfind(|(_, p)| p.answer == Some(crate::store::UploadAnswer::Accepted)) else {
        return Ok(standing(&own(past), ""));
    };
    Ok(standing(&own(past), &json(&facts.cells(layout, *kind, c)?)?))
}

fn own(past: &[(UploadKind, Past)]) -> Vec<Past> {
    past.iter().map(|(_, p)| p.clone()).collect()
}

/// What was sent of each certificate in this layout, by number, in the order of sending.
pub(super) fn past(db: &Connection, batch: BatchId, layout: &str) -> Result<HashMap<String, Vec<(UploadKind, Past)>>> {
    let mut found: HashMap<String, Vec<_>> = HashMap::new();
    for upload in rows::select::<UploadRow>(db, "WHERE batch = ?1 AND layout = ?2 ORDER BY id", (batch, layout))? {
        for line in rows::select::<UploadLineRow>(db, "WHERE upload = ?1 ORDER BY position", [upload.id])? {
            let one = Past { state: upload.state, answer: line.answer, cells: line.cells };
            found.entry(line.number).or_default().push((upload.kind, one));
        }
    }
    Ok(found)
}

pub(super) fn json<T: Serialize>(value: &T) -> Result<String> {
    serde_json::to_string(value).map_err(|e| Error::file("upload")(e.into()))
}

/// Over everything that is sent, in its order.
pub(super) fn digest<'a>(headings: &'a str, plan: Option<&'a str>, rows: impl Iterator<Item = &'a str>) -> String {
    let mut hash = Sha256::new();
    for text in [headings, plan.unwrap_or_default()].into_iter().chain(rows) {
        hash.update((text.len() as u64).to_le_bytes());
        hash.update(text.as_bytes());
    }
    hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect()
}
