//! 结果审核 (S3-24): where the notice asks for it, an office looks at the results before anybody is given a document.
//! One person here sends them, another records the answer.
use super::computed::{Computation, audited, latest};
use super::difference::standing_one;
use crate::model::{Code, Day, Refusal, Role};
use crate::ops::{Operation, Result, Site, Work};
use crate::policy::reviews::Body;
use crate::store::{AuditState, ResultAuditRow, rows};
use serde::Serialize;

pub const NOT_ASKED_FOR: Code = Code("results.audit_not_asked_for");
pub const AUDIT_WAITS: Code = Code("results.audit_waits");
pub const AUDITED: Code = Code("results.audited_already");
pub const AUDIT_NOT_SENT: Code = Code("results.audit_not_sent");
pub const AUDIT_OWN: Code = Code("results.audit_own");
pub const AUDITOR: Code = Code("results.audit_by_whom");
pub const AUDIT_NOTE: Code = Code("results.audit_note");
pub const AUDIT_DATE: Code = Code("results.audit_date");
pub const AUDIT_INCOMPLETE: Code = Code("results.audit_incomplete");

/// Sends the newest computation to the office.
#[derive(Debug, Clone, Default, Serialize)]
pub struct AskAudit {
    /// To whom it went, and how.
    pub note: Option<String>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Answer {
    Approve,
    /// With a note that says what is to be mended.
    Return,
}

/// Records what the office answered.
#[derive(Debug, Clone, Serialize)]
pub struct AnswerAudit {
    pub answer: Answer,
    /// Who answered, at the office.
    pub auditor: String,
    /// `None`: today.
    pub on: Option<Day>,
    pub document_no: Option<String>,
    pub note: Option<String>,
}

impl Operation for AskAudit {
    const KIND: &'static str = "results.ask_audit";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ResultAuditRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<ResultAuditRow> {
        if work.policy()?.responsible.results_audit.is_none() {
            return Err(Refusal::new(NOT_ASKED_FOR).into());
        }
        let computation = standing_one(work)?;
        if computation.incomplete > 0 {
            return Err(Refusal::new(AUDIT_INCOMPLETE).with("count", computation.incomplete).into());
        }
        match newest(work, &computation)?.map(|a| a.state) {
            Some(AuditState::Asked) => return Err(Refusal::new(AUDIT_WAITS).into()),
            Some(AuditState::Approved) => return Err(Refusal::new(AUDITED).into()),
            Some(AuditState::Returned) | None => {}
        }
        let row = ResultAuditRow {
            id: work.tx.next_id::<ResultAuditRow>()?,
            computation: computation.id,
            state: AuditState::Asked,
            asked_by: work.actor.operator()?,
            asked_at: work.now,
            asked_note: filled(self.note.as_deref()),
            auditor: None,
            audited_on: None,
            document_no: None,
            note: None,
            decided_by: None,
            decided_at: None,
        };
        work.tx.insert(&row)?;
        Ok(row)
    }
}

impl Operation for AnswerAudit {
    const KIND: &'static str = "results.answer_audit";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    type Out = ResultAuditRow;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<ResultAuditRow> {
        let computation = latest(work.tx.db(), work.batch()?.id)?;
        let waits = match &computation {
            Some(computation) => newest(work, computation)?.filter(|a| a.state == AuditState::Asked),
            None => None,
        };
        let before = waits.ok_or_else(|| Refusal::new(AUDIT_NOT_SENT))?;
        // Marks that changed meanwhile are not what the office saw.
        if self.answer == Answer::Approve {
            standing_one(work)?;
        }
        let operator = work.actor.operator()?;
        if before.asked_by == operator {
            return Err(Refusal::new(AUDIT_OWN).into());
        }
        let auditor = filled(Some(&self.auditor)).ok_or_else(|| Refusal::new(AUDITOR))?;
        let note = filled(self.note.as_deref());
        if self.answer == Answer::Return && note.is_none() {
            return Err(Refusal::new(AUDIT_NOTE).into());
        }
        let (on, sent, today) = (self.on.unwrap_or(work.now.day()), before.asked_at.day(), work.now.day());
        if on < sent || on > today {
            let refusal = Refusal::new(AUDIT_DATE).with("date", on.to_string()).with("sent", sent.to_string());
            return Err(refusal.with("today", today.to_string()).into());
        }
        let state = match self.answer {
            Answer::Approve => AuditState::Approved,
            Answer::Return => AuditState::Returned,
        };
        let after = ResultAuditRow {
            state,
            auditor: Some(auditor),
            audited_on: Some(on),
            document_no: filled(self.document_no.as_deref()),
            note,
            decided_by: Some(operator),
            decided_at: Some(work.now),
            ..before.clone()
        };
        work.tx.update(&before, &after)?;
        Ok(after)
    }

    fn reason(&self) -> Option<&str> {
        self.note.as_deref().filter(|note| !note.trim().is_empty())
    }
}

fn newest(work: &Work<'_, '_>, computation: &Computation) -> Result<Option<ResultAuditRow>> {
    let tail = "WHERE computation = ?1 ORDER BY asked_at DESC, id DESC";
    Ok(rows::first::<ResultAuditRow>(work.tx.db(), tail, [computation.id])?)
}

pub(super) fn filled(text: Option<&str>) -> Option<String> {
    text.map(str::trim).filter(|text| !text.is_empty()).map(str::to_owned)
}

/// How the audit of the newest computation stands.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Audit {
    /// Who audits; `None`: the notice does not ask for it.
    pub by: Option<Body>,
    pub state: AuditStanding,
    /// The newest computation may be used.
    pub passed: bool,
    /// Every asking of the batch, the newest first.
    pub rows: Vec<ResultAuditRow>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum AuditStanding {
    NotAskedFor,
    NotSent,
    /// 结果待审核
    Waits,
    /// 已审核
    Approved,
    Returned,
}

impl AuditStanding {
    pub fn code(self) -> &'static str {
        match self {
            AuditStanding::NotAskedFor => "not_asked_for",
            AuditStanding::NotSent => "not_sent",
            AuditStanding::Waits => "waits",
            AuditStanding::Approved => "approved",
            AuditStanding::Returned => "returned",
        }
    }

    pub fn key(self) -> String {
        format!("results.audit.{}", self.code())
    }
}

pub fn audit(site: &Site) -> Result<Audit> {
    let (db, batch, policy) = (site.store().db(), site.batch()?.id, site.policy()?);
    let tail = "WHERE computation IN (SELECT id FROM computation WHERE batch = ?1) ORDER BY asked_at DESC, id DESC";
    let rows = rows::select::<ResultAuditRow>(db, tail, [batch])?;
    let by = policy.responsible.results_audit;
    let newest = latest(db, batch)?;
    let own = newest.as_ref().and_then(|c| rows.iter().find(|a| a.computation == c.id));
    let state = match (by, own.map(|a| a.state)) {
        (None, _) => AuditStanding::NotAskedFor,
        (Some(_), None) => AuditStanding::NotSent,
        (Some(_), Some(AuditState::Asked)) => AuditStanding::Waits,
        (Some(_), Some(AuditState::Approved)) => AuditStanding::Approved,
        (Some(_), Some(AuditState::Returned)) => AuditStanding::Returned,
    };
    let passed = match &newest {
        Some(computation) => audited(db, &policy, computation.id)?,
        None => false,
    };
    Ok(Audit { by, state, passed, rows })
}
