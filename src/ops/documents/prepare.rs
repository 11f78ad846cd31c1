//! `documents.prepare`: the list of those who passed and have no document yet, as it will be signed.
use super::stops::{self, Ground};
use crate::model::{ApplicationId, Code, Points, Refusal, Role};
use crate::ops::results::{ResultRow, Standing};
use crate::ops::{Operation, Result, Undo, Work};
use crate::policy::Policy;
use crate::policy::certificate::ResultDocument;
use crate::store::{ApplicationRow, QualificationRow, QualificationState, QualifiedRow, QualifiedState, rows};
use serde::Serialize;

pub const NOT_IN_THE_NOTICE: Code = Code("documents.not_in_the_notice");
pub const TITLE: Code = Code("documents.title_needed");
pub const NOBODY: Code = Code("documents.nobody");

/// Refused where the notice gives certificates.
pub(super) fn given(policy: &Policy) -> Result<(), Refusal> {
    match policy.certificate.document {
        ResultDocument::QualificationDocument => Ok(()),
        ResultDocument::Certificate => Err(Refusal::new(NOT_IN_THE_NOTICE)),
    }
}

#[derive(Debug, Clone, Serialize)]
pub struct Prepare {
    pub title: String,
    /// Empty: everybody who passed and may have one.
    pub who: Vec<ApplicationId>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Prepared {
    pub document: i64,
    pub people: usize,
    /// Passed, but not on it, each with why.
    pub left: Vec<LeftOut>,
}

#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct LeftOut {
    pub application: ApplicationId,
    pub name: String,
    pub why: Refusal,
}

impl Operation for Prepare {
    const KIND: &'static str = "documents.prepare";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    const UNDO: Undo = Undo::Instead("documents.end");
    type Out = Prepared;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Prepared> {
        let (batch, policy) = (work.batch()?.id, work.policy()?.clone());
        given(&policy)?;
        if self.title.trim().is_empty() {
            return Err(Refusal::new(TITLE).into());
        }
        let ground = Ground::of(work.tx.db(), &policy, batch)?;
        ground.open()?;
        let (mut fit, mut left) = (Vec::new(), Vec::new());
        for row in ground.passed.iter().filter(|row| self.who.is_empty() || self.who.contains(&row.application)) {
            match ground.person(row) {
                Ok(()) => fit.push(row),
                Err(why) => left.push(LeftOut { application: row.application, name: row.name.clone(), why }),
            }
        }
        // Somebody asked for by name is not left out in silence.
        if let (false, Some(first)) = (self.who.is_empty(), left.first()) {
            return Err(first.why.clone().into());
        }
        if fit.is_empty() {
            let refusal = Refusal::new(NOBODY).with("passed", ground.passed.len());
            let why = left.first().map_or_else(|| refusal.clone(), |first| first.why.clone());
            return Err(if left.len() == 1 { why.into() } else { refusal.into() });
        }
        let document = work.tx.next_id::<QualificationRow>()?;
        work.tx.insert(&draft(work, document, self.title.trim())?)?;
        let first = work.tx.next_id::<QualifiedRow>()?;
        for ((id, position), row) in (first..).zip(1..).zip(&fit) {
            let line = line(work, (id, position), document, row)?;
            work.tx.insert(&line)?;
        }
        Ok(Prepared { document, people: fit.len(), left })
    }
}

fn draft(work: &Work<'_, '_>, id: i64, title: &str) -> Result<QualificationRow> {
    Ok(QualificationRow {
        id,
        batch: work.batch()?.id,
        title: title.to_owned(),
        state: QualificationState::Draft,
        prepared_at: work.now,
        prepared_by: work.actor.operator()?,
        document_no: None,
        issuer: None,
        handled_by: None,
        responsible: None,
        dated: None,
        digest: None,
        issued_at: None,
        issued_by: None,
        ended_at: None,
        ended_by: None,
        ended_reason: None,
    })
}

fn line(work: &Work<'_, '_>, (id, position): (i64, i64), document: i64, row: &ResultRow) -> Result<QualifiedRow> {
    let unknown = || Refusal::new(stops::UNKNOWN).with("id", row.application);
    let person = rows::first::<ApplicationRow>(work.tx.db(), "WHERE id = ?1", [row.application])?;
    let a = person.ok_or_else(unknown)?;
    Ok(QualifiedRow {
        id,
        qualification: document,
        position,
        application: a.id,
        name: a.name,
        sex: a.sex,
        ethnic_group: a.ethnic_group,
        id_number: a.id_number,
        employer: a.employer,
        occupation_name: a.occupation_name,
        level: a.level,
        theory: points(row.theory),
        practical: points(row.practical),
        review: points(row.review),
        state: QualifiedState::Listed,
        struck_at: None,
        struck_by: None,
        reason: None,
    })
}

pub(super) fn points(standing: Standing) -> Option<Points> {
    match standing {
        Standing::Points(points) => Some(points),
        _ => None,
    }
}
