//! `uploads.submit`: the file went out with its audit form (表5) signed; `uploads.drop`: it never will.
use super::facts::{Base, Facts, outgoing};
use super::make::{digest, json};
use super::read::{by_id, rows_of};
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Undo, Work};
use crate::policy::signatures::FUTURE;
use crate::store::{UploadRow, UploadState};
use serde::Serialize;

pub const NOT_A_DRAFT: Code = Code("uploads.not_a_draft");
pub const CHANGED: Code = Code("uploads.changed_since");
pub const NOT_WHOLE: Code = Code("uploads.not_whole");
pub const NAMES: Code = Code("uploads.names_needed");
pub const TO_WHOM: Code = Code("uploads.to_needed");
pub const REASON: Code = Code("uploads.reason_needed");

#[derive(Debug, Clone, Serialize)]
pub struct Submit {
    pub upload: i64,
    /// 信息管理员, as signed on the audit form.
    pub manager: String,
    /// 单位负责人
    pub head: String,
    /// Which register or office.
    pub to: String,
    /// `None`: today.
    pub on: Option<Day>,
}

impl Operation for Submit {
    const KIND: &'static str = "uploads.submit";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Never;
    type Out = UploadRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<UploadRow> {
        let (batch, policy) = (work.batch()?.clone(), work.policy()?.clone());
        let before = draft(work, self.upload)?;
        let own = |text: &str, code| Some(text.trim().to_owned()).filter(|t| !t.is_empty()).ok_or(Refusal::new(code));
        let (manager, head) = (own(&self.manager, NAMES)?, own(&self.head, NAMES)?);
        let to = own(&self.to, TO_WHOM)?;
        let on = self.on.unwrap_or_else(|| work.now.day());
        if on > work.now.day() {
            return Err(Refusal::new(FUTURE).with("day", on.to_string()).into());
        }
        let from = Base { db: work.tx.db(), site: work.site, batch: &batch, policy: &policy };
        if let Some(first) = stops_of(from, work.assets, &before)?.into_iter().next() {
            return Err(first.into());
        }
        let after = UploadRow {
            state: UploadState::Submitted,
            manager: Some(manager),
            head: Some(head),
            submitted_on: Some(on),
            submitted_to: Some(to),
            submitted_by: Some(work.actor.operator()?),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(after)
    }
}

fn draft(work: &Work<'_, '_>, id: i64) -> Result<UploadRow> {
    let row = by_id(work.tx.db(), work.batch()?.id, id)?;
    if row.state != UploadState::Draft {
        let state = format!("upload_state.{}", row.state.code());
        return Err(Refusal::new(NOT_A_DRAFT).with("upload", id).word("state", state).into());
    }
    Ok(row)
}

/// What stands in the way of sending a draft: a certificate that is void or says something else by now.
pub fn stops(site: &Site, upload: i64) -> Result<Vec<Refusal>> {
    let (row, batch, policy) = (site.row()?, site.batch()?, site.policy()?);
    let upload = by_id(site.store().db(), batch.id, upload)?;
    stops_of(Base { db: site.store().db(), site: &row, batch: &batch, policy: &policy }, site.assets(), &upload)
}

fn stops_of(from: Base<'_>, assets: &crate::config::Assets, upload: &UploadRow) -> Result<Vec<Refusal>> {
    let (facts, lines) = (Facts::of(from)?, rows_of(from.db, upload.id)?);
    let now = digest(&upload.headings, upload.plan.as_deref(), lines.iter().map(|line| line.cells.as_str()));
    if now != upload.digest {
        return Ok(vec![Refusal::new(NOT_WHOLE).with("upload", upload.id)]);
    }
    let layout = outgoing(assets, &upload.layout)?;
    let mut found = Vec::new();
    for line in &lines {
        let current = facts.certificates.iter().find(|c| c.number == line.number);
        let cells = current.map(|c| facts.cells(&layout, upload.kind, c)).transpose();
        let same = match cells {
            Ok(Some(cells)) => json(&cells)? == line.cells,
            Ok(None) | Err(_) => false,
        };
        if !same {
            found.push(Refusal::new(CHANGED).with("upload", upload.id).with("number", line.number.as_str()));
        }
    }
    Ok(found)
}

#[derive(Debug, Clone, Serialize)]
pub struct Drop {
    pub upload: i64,
    pub reason: String,
}

impl Operation for Drop {
    const KIND: &'static str = "uploads.drop";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = UploadRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<UploadRow> {
        let reason = Some(self.reason.trim()).filter(|r| !r.is_empty()).ok_or_else(|| Refusal::new(REASON))?;
        let before = draft(work, self.upload)?;
        let after = UploadRow { state: UploadState::Dropped, note: Some(reason.to_owned()), ..before.clone() };
        work.tx.update(&before, &after)?;
        Ok(after)
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }
}
