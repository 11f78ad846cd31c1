//! `sanctions.impose`: a decision about an act, with what follows for the application at its stage and for the person.
use crate::model::{ApplicationId, BatchId, Code, Day, Refusal, Role, Subject, VoidKind, fold};
use crate::ops::certificates::{Why, void};
use crate::ops::payments::ledger;
use crate::ops::{Operation, People, Result, Undo, Work, together};
use crate::policy::sanctions::{self, Act, Effect, Stage};
use crate::store::rows::Connection;
use crate::store::{
    ApplicationRow, ApplicationState, AttendanceRow, CertificateRow, MarkKind, MarkRow, SanctionRow, rows,
};
use serde::Serialize;

pub const REASON: Code = Code("sanctions.reason_needed");
pub const BASIS: Code = Code("sanctions.basis_needed");
pub const SUBJECT: Code = Code("sanctions.subject_needed");
pub const ALREADY: Code = Code("sanctions.already_imposed");
pub const YEARS: Code = Code("sanctions.years");

#[derive(Debug, Clone, Serialize)]
pub struct Impose {
    pub application: ApplicationId,
    pub act: Act,
    /// The part that is lost, where the policy takes only one.
    pub subject: Option<Subject>,
    /// What was done.
    pub reason: String,
    /// The notice's clause or the decision's number.
    pub basis: String,
    /// What proves it.
    pub evidence: Option<String>,
}

/// What was done to the application.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Imposed {
    pub number: i64,
    pub name: String,
    pub excluded: bool,
    /// Parts whose marks count for nothing now.
    pub voided: Vec<Subject>,
    /// The certificate that is void now.
    pub revoked: Option<String>,
    /// Last day of the bar, as `YYYY-MM-DD`.
    pub until: Option<String>,
}

impl Operation for Impose {
    const KIND: &'static str = "sanctions.impose";
    const ROLES: &'static [Role] = &[Role::Coordinator];
    /// The decision is told outside.
    const UNDO: Undo = Undo::Instead("sanctions.lift");
    const PEOPLE: People = People::Two(together::COSIGN);
    type Out = Imposed;

    fn apply(&self, work: &mut Work<'_, '_>) -> Result<Imposed> {
        let (reason, basis) = (fold::text(&self.reason).into_owned(), fold::text(&self.basis).into_owned());
        if reason.is_empty() || basis.is_empty() {
            return Err(Refusal::new(if reason.is_empty() { REASON } else { BASIS }).into());
        }
        let person = ledger::one(work, self.application)?;
        let rule = sanctions::rule(&work.policy()?.sanctions, self.act)?.clone();
        self.refuse_again(work, &person)?;
        if rule.effects.contains(&Effect::LoseSubject) && self.subject.is_none() {
            return Err(Refusal::new(SUBJECT).into());
        }
        let day = work.now.day();
        let until = match rule.barred_years.filter(|years| *years > 0) {
            Some(years) => Some(sanctions::last_day(day, years).ok_or_else(|| Refusal::new(YEARS))?),
            None => None,
        };
        let evidence = self.evidence.as_deref().map(|e| fold::text(e).into_owned()).filter(|e| !e.is_empty());
        let number =
            file(work, &person, Filed { act: self.act, effects: &rule.effects, until, basis, reason, evidence })?;
        let done = self.strike(work, (&person, number), &rule.effects)?;
        Ok(Imposed { until: until.map(|d| d.to_string()), ..done })
    }

    fn reason(&self) -> Option<&str> {
        Some(&self.reason)
    }

    /// Two where a certificate may fall with it.
    fn people(&self, db: &Connection, _batch: Option<BatchId>) -> Result<People> {
        let tail = "WHERE application = ?1 AND state = 'valid'";
        let holds = rows::first::<CertificateRow>(db, tail, [self.application])?.is_some();
        Ok(if holds { Self::PEOPLE } else { People::One })
    }

    fn again(&self) -> Option<together::Again> {
        together::again(self)
    }
}

/// What goes into the register.
pub struct Filed<'a> {
    pub act: Act,
    pub effects: &'a [Effect],
    /// Last day of the bar.
    pub until: Option<Day>,
    pub basis: String,
    pub reason: String,
    pub evidence: Option<String>,
}

/// Writes a decision into the register, from today; gives its number. It follows the person into every later batch.
pub fn file(work: &mut Work<'_, '_>, person: &ApplicationRow, filed: Filed<'_>) -> Result<i64> {
    let row = SanctionRow {
        id: work.tx.next_id::<SanctionRow>()?,
        document: person.document,
        id_number: person.id_number.clone(),
        name: person.name.clone(),
        application: Some(person.id),
        act: filed.act.code().to_owned(),
        effects: filed.effects.iter().map(|e| e.code()).collect::<Vec<_>>().join(","),
        basis: filed.basis,
        from_day: work.now.day(),
        until_day: filed.until,
        reason: filed.reason,
        evidence: filed.evidence,
        lifted: false,
        operator: work.actor.operator()?,
        at: work.now,
    };
    work.tx.insert(&row)?;
    Ok(row.id)
}

impl Impose {
    fn refuse_again(&self, work: &Work<'_, '_>, person: &ApplicationRow) -> Result<()> {
        let tail = "WHERE application = ?1 AND act = ?2 AND lifted = 0";
        let same = rows::first::<SanctionRow>(work.tx.db(), tail, (person.id, self.act.code()))?;
        match same {
            Some(row) => {
                let refusal = Refusal::new(ALREADY).with("name", person.name.as_str());
                Err(refusal.with("number", row.id).into())
            }
            None => Ok(()),
        }
    }

    /// Changes the application's own rows. Where a part is not marked yet there is nothing to void, so that nobody
    /// waits for the mark of somebody who lost it: the application leaves the batch.
    fn strike(
        &self,
        work: &mut Work<'_, '_>,
        (person, number): (&ApplicationRow, i64),
        effects: &[Effect],
    ) -> Result<Imposed> {
        let (db, id) = (work.tx.db(), person.id);
        let certificate = rows::first::<CertificateRow>(db, "WHERE application = ?1 AND state = 'valid'", [id])?;
        let measures = sanctions::measures(effects, stage(db, id)?);
        let marks = rows::select::<MarkRow>(db, "WHERE application = ?1 ORDER BY subject", [id])?;
        let only = self.subject.filter(|_| !effects.contains(&Effect::LoseMarks));
        let mut required = Subject::ALL.into_iter().filter(|s| {
            work.policy().is_ok_and(|p| p.subjects.required(person.level).contains(*s)) && only.is_none_or(|o| o == *s)
        });
        let unmarked = measures.void_marks && required.any(|s| !marks.iter().any(|m| m.subject == s));
        let mut voided = Vec::new();
        if measures.void_marks {
            for mark in marks.iter().filter(|m| m.mark != MarkKind::Void && only.is_none_or(|o| o == m.subject)) {
                work.tx.update(mark, &MarkRow { mark: MarkKind::Void, points: None, ..mark.clone() })?;
                voided.push(mark.subject);
            }
        }
        let mut revoked = None;
        if let Some(before) = certificate.filter(|_| measures.revoke) {
            let why = Why { kind: VoidKind::Revoked, reason: &self.reason, sanction: Some(number) };
            void(work, &before, &why)?;
            revoked = Some(before.number);
        }
        let excluded = (measures.exclude || unmarked) && person.state.is_live();
        if excluded {
            work.tx.update(person, &ApplicationRow { state: ApplicationState::Excluded, ..person.clone() })?;
        }
        Ok(Imposed { number, name: person.name.clone(), excluded, voided, revoked, until: None })
    }
}

/// How far an application has come.
pub fn stage(db: &Connection, application: ApplicationId) -> Result<Stage> {
    let valid = "WHERE application = ?1 AND state = 'valid'";
    if rows::first::<CertificateRow>(db, valid, [application])?.is_some() {
        return Ok(Stage::Certified);
    }
    let came = "WHERE application = ?1 AND state NOT IN ('absent', 'refused')";
    let sat = rows::first::<AttendanceRow>(db, came, [application])?.is_some()
        || rows::first::<MarkRow>(db, "WHERE application = ?1", [application])?.is_some();
    Ok(if sat { Stage::AfterExam } else { Stage::BeforeExam })
}
